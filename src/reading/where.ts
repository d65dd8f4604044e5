import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { badUserInput } from "../graphql/errors.js";
import { decodeIdOf } from "../graphql/id.js";
import type { Viewer } from "../graphql/viewer.js";
import { all, fuzzyDate, notNull, scalar } from "./comparison.js";
import {
  type Alias,
  type Entity,
  entityOf,
  type FilterSpec,
  type Find,
  type Owner,
  type Relation,
} from "./entity.js";
import { Found } from "./late.js";
import { at, identifier } from "./names.js";
import { type End, endsOf } from "./order.js";
import type { PagePlan } from "./plan.js";
import {
  asksFor,
  BY_KEY,
  hinted,
  LinkedRow,
  type Links,
  linksTo,
  namesOne,
  namesSome,
  orderedColumn,
  type Row,
  readColumn,
  type Sought,
  type Where,
} from "./row.js";

/** How many conditions one `where` may have; statements grow with it. */
const MOST_CONDITIONS = 200;

/** How deep relations may be nested in a `where`: what it costs to plan and to look through grows by powers. */
const DEEPEST_RELATION = 5;

/**
 * Turns `where` inputs into SQL conditions. Every condition is true or false, never unknown: a row without a
 * value equals nothing, and `not` turns that round.
 */
export class Conditions {
  #aliases = 0;
  #count = 0;
  #depth = 0;

  /** @param whole everything is asked within one statement, for which names of tables may stand for something else */
  constructor(
    private readonly viewer: Viewer,
    private readonly whole: boolean,
  ) {}

  /** Whether any row is restricted by values, on which the best plan depends. */
  get any(): boolean {
    return this.#count > 0;
  }

  /** A name for one more occurrence of a table, unique within the statement. */
  alias(): Alias {
    return `t${this.#aliases++}`;
  }

  /** The rows of an entity that this viewer may see. */
  visible(entity: Entity, alias: Alias): Sql | undefined {
    return entity.visible?.(alias, this.viewer);
  }

  /** The rows of a target that belong to an owner, as far as the viewer may see them. */
  related(relation: Relation, owner: Owner, target: Alias): Sql[] {
    const visible = this.visible(entityOf(relation.target()), target);
    const on = relation.on(owner, target, this.viewer);
    return visible ? [on, visible] : [on];
  }

  /**
   * The condition that a `where` input states about a row.
   *
   * @param order how the rows will be ordered: conditions are stated in the words of its index
   * @throws BAD_USER_INPUT when a value cannot be used
   */
  of({ entity, where, order }: Restricted, alias: Alias): Sql | undefined {
    return this.#of(rowOf(entity, alias, endsOf(entity, order)), where);
  }

  /**
   * The rows that a `where` input restricts, found by links that carry columns of theirs; nothing when there are no such
   * links.
   *
   * @param belonging to whom they belong, and how
   * @throws BAD_USER_INPUT when a value cannot be used
   */
  byLinks({ entity, where, order }: Restricted, belonging?: Belonging): LinkedRows | undefined {
    return this.#byLinks({ entity, where: where ?? {}, order }, belonging);
  }

  #byLinks({ entity, where, order = [] }: Sought, belonging?: Belonging): LinkedRows | undefined {
    const links = linksTo({ entity, where, order, relation: belonging?.relation });
    if (!links) return undefined;
    const { link, from, several, rest } = links;
    const row = new LinkedRow(entity, link, this.alias(), this.alias(), endsOf(entity, order));
    const owner = belonging?.owner.id;
    const conditions = [
      from ? this.ofKey(from.entity, row.near, from.where) : sql`${row.near} = ${owner}`,
      from && owner && sql`${row.locate(belonging.relation.owned as string)} = ${owner}`,
      this.visible(entity, row.seen),
      this.#of(row, rest),
    ];
    const hint = from && several ? this.#hinted(from, row.linked) : undefined;
    return { row, several, hint, conditions: conditions.filter((condition) => condition !== undefined) };
  }

  /**
   * What is asked of rows as far as links to them tell it, stated about the link. It is said a second time so that rows which
   * do not fit are not looked up, and as a number, of which the planner reckons that it fits nearly always: how many rows are
   * found, it knows from the first.
   */
  #hinted({ entity, where, link }: LinksFrom, linked: Alias): Sql | undefined {
    const row = { ...rowOf(entity, linked, []), id: at(linked, link.far) };
    const conditions = Object.entries(hinted(link, entity, where)).map(([key, value]) =>
      value === undefined ? undefined : this.#entry(row, key, value),
    );
    const told = all(conditions.filter((condition) => condition !== undefined));
    return told && sql`(${told})::int <> 0`;
  }

  /**
   * What a query finds, as a value. It is run first: what it finds within the statement would not be known yet when that
   * is planned.
   */
  readonly find: Find = (query, type) =>
    this.whole
      ? sql`(${query})::${raw(type)}`
      : sql`${new Found(sql`select (${query})::text as found`)}::${raw(type)}`;

  #of(row: Row, where: Where | null | undefined): Sql | undefined {
    const conditions: Sql[] = [];
    for (const [key, value] of Object.entries(where ?? {})) {
      if (value === undefined) continue;
      this.#admit(1);
      const condition = this.#entry(row, key, value);
      if (condition) conditions.push(condition);
    }
    return all(conditions);
  }

  /** Counts conditions; a list that could not end within bounds is refused before it is walked. */
  #admit(conditions: number, ahead = 0): void {
    this.#count += conditions;
    if (Math.max(this.#count, ahead) > MOST_CONDITIONS) {
      throw badUserInput(`\`where\` has more than ${MOST_CONDITIONS} conditions. Ask in several requests.`);
    }
  }

  #entry(row: Row, key: string, value: unknown): Sql | undefined {
    if (key === "and" || key === "or") {
      if (value === null) throw notNull(key);
      this.#admit(0, (value as Where[]).length);
      const parts = (value as Where[]).map((part) => this.#of(row, part) ?? sql`true`);
      if (parts.length === 0) return key === "and" ? undefined : sql`false`;
      return sql`(${join(parts, key === "and" ? " and " : " or ")})`;
    }
    if (key === "not") {
      if (value === null) throw notNull(key);
      return sql`(${this.#of(row, value as Where) ?? sql`true`}) is not true`;
    }
    const spec = row.entity.filters.get(key);
    if (!spec) throw new Error(`${row.entity.name}Where.${key} is not declared to the read path`);
    return this.#field(row, key, spec, value);
  }

  #field(row: Row, key: string, spec: FilterSpec, value: unknown): Sql | undefined {
    const { entity } = row;
    const filter = value as Where | null;
    switch (spec.kind) {
      case "id":
        return scalar({ column: row.id, way: "DESC" }, ID, key, filter && mapIds(entity, filter));
      case "scalar":
        return scalar(readColumn(row, spec, this.viewer), spec, key, filter);
      case "fuzzyDate":
        return fuzzyDate(orderedColumn(row, spec.earliest), row.locate(spec.latest), key, filter);
      case "value": {
        const states = (state: Sql) => spec.present.map((column) => sql`${row.locate(column)} ${state}`);
        if (filter === null) return sql`(${join(states(raw("is null")), " and ")})`;
        const present = sql`(${join(states(raw("is not null")), " or ")})`;
        const { alias, id, ends, locate } = row;
        const inner = this.#of({ entity: entityOf(spec.of()), alias, id, ends, locate }, filter);
        return inner ? sql`(${present} and ${inner})` : present;
      }
      case "one":
        return filter === null ? this.#missing(spec, row) : this.#one(spec, row, filter);
      case "many": {
        if (filter === null) throw notNull(key);
        for (const [quantifier, restriction] of Object.entries(filter)) {
          if (restriction === null) throw notNull(`${key}.${quantifier}`);
        }
        const { relation } = spec;
        const { some, none, every } = filter as Record<"some" | "none" | "every", Where | undefined>;
        return all([
          ...(some ? [this.#exists(relation, row, some)] : []),
          ...(none ? [this.#none(relation, row, none)] : []),
          ...(every ? [this.#none(relation, row, { not: every })] : []),
        ]);
      }
      case "special":
        if (filter === null) throw notNull(key);
        return spec.build(row.id, filter, row.alias, this.find);
    }
  }

  /** The condition that there is no row of another type. */
  #missing({ relation, nullable }: OneFilter, owner: Row): Sql {
    if (!nullable) return sql`false`;
    if (relation.held && !entityOf(relation.target()).visible) {
      return sql`${owner.locate(relation.held)} is null`;
    }
    return this.#none(relation, owner, {});
  }

  /** The condition that the one row of another type fits. */
  #one({ relation, nullable }: OneFilter, owner: Row, where: Where): Sql | undefined {
    const entity = entityOf(relation.target());
    if (!relation.held || entity.visible) return this.#exists(relation, owner, where);
    const key = owner.locate(relation.held);
    const condition = this.ofKey(entity, key, where);
    if (!nullable) return condition;
    const present = sql`${key} is not null`;
    if (!condition) return present;
    // What is asked of the key alone may be true of a missing one; "is not this" is.
    return asksFor(entity, where, BY_KEY) ? sql`(${present} and ${condition})` : condition;
  }

  /** The condition that the row with a key fits, stated about the key. */
  ofKey(entity: Entity, key: Sql, where: Where): Sql | undefined {
    if (asksFor(entity, where, BY_KEY)) return this.#nested(entity, this.alias(), where, key);
    const target = this.alias();
    const inner = this.#nested(entity, target, where);
    if (!inner) return undefined;
    const keys = sql`select ${at(target, "id")} from ${identifier(entity.table)} ${raw(target)} where ${inner}`;
    // An index on one key gives the order as well. Of keys that are named the planner knows how common they are; of others it
    // knows best how many there are.
    if (namesOne(entity, where)) return sql`${key} = ${this.find(keys, "uuid")}`;
    return namesSome(entity, where)
      ? sql`${key} = any(${this.find(sql`select array(${keys} order by ${at(target, "id")})`, "uuid[]")})`
      : sql`${key} in (${keys})`;
  }

  /**
   * The condition that no row of a relation fits. How many rows have none that fit is what the planner can least guess:
   * it takes them for few, and looks at all. With an offset it asks row by row, and a page of what is common ends early.
   */
  #none(relation: Relation, owner: Row, where: Where): Sql {
    const restricted = Object.keys(where).length > 0;
    return sql`not exists (${this.#related(relation, owner, where)}${restricted ? raw(" offset 0") : empty})`;
  }

  /** The condition that a row of a relation fits. */
  #exists(relation: Relation, owner: Row, where: Where): Sql {
    return sql`exists (${this.#related(relation, owner, where)})`;
  }

  /** The rows of a relation that fit. */
  #related(relation: Relation, owner: Row, where: Where): Sql {
    const entity = entityOf(relation.target());
    const byLinks = this.#deeper(() => this.#byLinks({ entity, where }, { relation, owner }));
    if (byLinks) {
      const { row, conditions } = byLinks;
      return sql`select from ${row.tables} where ${join(conditions, " and ")}`;
    }
    const linked = this.alias();
    const between = relation.between?.(linked, this.viewer);
    if (!between) {
      const inner = this.#nested(entity, linked, where);
      const conditions = [...this.related(relation, owner, linked), ...(inner ? [inner] : [])];
      return sql`select from ${identifier(entity.table)} ${raw(linked)} where ${join(conditions, " and ")}`;
    }
    const { tables, near, far, only } = between;
    const conditions = [sql`${near} = ${owner.id}`, ...(only ? [only] : [])];
    // A key that is given, or found first, is compared with the link's; the rows themselves are not read.
    const byKey = !entity.visible && (namesSome(entity, where) || asksFor(entity, where, ["id"]));
    const target = byKey ? undefined : this.alias();
    const inner = target ? this.#nested(entity, target, where) : this.ofKey(entity, far, where);
    const visible = target && this.visible(entity, target);
    for (const condition of [visible, inner]) if (condition) conditions.push(condition);
    const from = target
      ? sql`${tables} join ${identifier(entity.table)} ${raw(target)} on ${at(target, "id")} = ${far}`
      : tables;
    return sql`select from ${from} where ${join(conditions, " and ")}`;
  }

  #nested(entity: Entity, alias: Alias, where: Where, id = at(alias, "id")): Sql | undefined {
    return this.#deeper(() => this.#of({ ...rowOf(entity, alias, []), id }, where));
  }

  #deeper<Result>(write: () => Result): Result {
    if (++this.#depth > DEEPEST_RELATION) {
      throw badUserInput(
        `\`where\` nests relations more than ${DEEPEST_RELATION} deep. Ask in several requests.`,
      );
    }
    const written = write();
    this.#depth--;
    return written;
  }
}

type Restricted = Pick<PagePlan, "entity" | "where" | "order">;

/** To whom rows belong, and how. */
export interface Belonging {
  readonly relation: Relation;
  readonly owner: Owner;
}

/** Rows that are found by links, and what they have to fit. */
interface LinkedRows {
  readonly row: LinkedRow;
  /** Whether a row may be found more than once. */
  readonly several: boolean;
  /** What follows from the conditions, and spares who reads in order to look at much that does not fit. */
  readonly hint: Sql | undefined;
  readonly conditions: readonly Sql[];
}

const rowOf = (entity: Entity, alias: Alias, ends: readonly End[]): Row => ({
  entity,
  alias,
  id: at(alias, "id"),
  ends,
  locate: (column) => at(alias, column),
});

type LinksFrom = NonNullable<Links["from"]>;

type OneFilter = Extract<FilterSpec, { kind: "one" }>;

const ID = { read: undefined, cast: "uuid", nullable: false, unique: true, ordered: false } as const;

function mapIds(entity: Entity, filter: Where): Where {
  const decode = (id: unknown) => decodeIdOf(entity.prefix as string, id as string);
  return Object.fromEntries(
    Object.entries(filter).map(([operator, value]) => [
      operator,
      value == null ? value : Array.isArray(value) ? value.map(decode) : decode(value),
    ]),
  );
}
