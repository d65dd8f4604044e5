import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { badUserInput } from "../graphql/errors.js";
import { valueTypeOf } from "../graphql/filters.js";
import { decodeIdOf } from "../graphql/id.js";
import type { Viewer } from "../graphql/viewer.js";
import { all, type Compared, notNull, scalar } from "./comparison.js";
import { fuzzyDate } from "./date-comparison.js";
import {
  type Alias,
  type Args,
  type Entity,
  entityOf,
  type FilterSpec,
  type Find,
  type Given,
  type OrderTerm,
  type Relation,
  type Row,
  type ScalarField,
} from "./entity.js";
import { Found } from "./late.js";
import {
  asksFor,
  BY_KEY,
  columnsAsked,
  hinted,
  type Links,
  linksTo,
  namesOne,
  namesSome,
  type Where,
} from "./links.js";
import { at, identifier } from "./names.js";
import { endsOf } from "./order.js";
import {
  columnNamed,
  columnsOf,
  keptRow,
  LinkedRow,
  NO_ARGS,
  orderedBy,
  type RestrictedRow,
  TableRow,
} from "./row.js";
import { from, NO_COLUMNS, type RowSet } from "./row-set.js";

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

  /** Whether this viewer may see a row; nothing when all rows may be seen. */
  visible(entity: Entity, row: Row): Sql | undefined {
    return entity.visible?.(row, this.viewer);
  }

  /** What a field is asked with. */
  given(args: Args = NO_ARGS): Given {
    return { viewer: this.viewer, args };
  }

  /**
   * The rows that fit a `where` input: all of an entity that the viewer may see, or those of them that belong to somebody.
   * Whoever lists, counts or groups rows, or asks whether there are any, takes the set from here.
   *
   * @throws BAD_USER_INPUT when a value cannot be used
   */
  rows(asked: Asked): RowSet {
    return this.#byLinks(asked) ?? this.inTable(asked);
  }

  /** The same, all of them in their table: for who reads all columns, or few rows. */
  inTable({ entity, where, order = [], belonging, rows }: Asked): RowSet {
    const row = new TableRow(entity, this.alias(), endsOf(entity, order));
    const query = rows ?? belonging?.relation.rows?.(belonging.owner, belonging.given);
    const table = query ? sql`(${query})` : identifier(entity.table);
    const conditions = [
      belonging?.relation.on?.(belonging.owner, row, belonging.given),
      this.visible(entity, row),
      this.#of(row, where),
    ];
    return {
      entity,
      row,
      shown: row,
      tables: () => sql`${table} ${raw(row.alias)}`,
      conditions: conditions.filter((condition) => condition !== undefined),
    };
  }

  /** The rows, found by links that carry columns of theirs; nothing when there are no such links. */
  #byLinks({ entity, where: given, order = [], belonging, rows }: Asked): RowSet | undefined {
    const where = given ?? {};
    const computed = rows ?? belonging?.relation.rows;
    const links = computed ? undefined : linksTo({ entity, where, order, relation: belonging?.relation });
    if (!links) return undefined;
    const { link, from, several, rest } = links;
    const row = new LinkedRow(entity, link, this.alias(), this.alias(), endsOf(entity, order));
    const owner = belonging?.owner.id;
    const owned = from && owner ? (belonging.relation.owned as string) : undefined;
    const conditions = [
      from ? this.ofKey(from.entity, row.near, from.where) : sql`${row.near} = ${owner}`,
      owned === undefined ? undefined : sql`${row.column(owned)} = ${owner}`,
      this.visible(entity, row),
      this.#of(row, rest),
    ];
    const columns = new Set([
      ...columnsAsked(entity, rest, this.viewer),
      ...columnsOf((one) => this.visible(entity, one)),
      ...(owned ? [owned] : []),
    ]);
    return {
      entity,
      row,
      shown: row.inTable,
      tables: (further) => row.tables(further === "all" ? "all" : new Set([...columns, ...further])),
      conditions: conditions.filter((condition) => condition !== undefined),
      repeated: several ? { hint: from && this.#hinted(from, row.linked), table: row.table } : undefined,
    };
  }

  /**
   * What is asked of rows as far as links to them tell it, stated about the link. It is said a second time so that rows which
   * do not fit are not looked up, and as a number, of which the planner reckons that it fits nearly always: how many rows are
   * found, it knows from the first.
   */
  #hinted({ entity, where, link }: LinksFrom, linked: Alias): Sql | undefined {
    const row = new TableRow(entity, linked, [], at(linked, link.far), link.hints);
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

  #of(row: RestrictedRow, where: Where | null | undefined): Sql | undefined {
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

  #entry(row: RestrictedRow, key: string, value: unknown): Sql | undefined {
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

  #field(row: RestrictedRow, key: string, spec: FilterSpec, value: unknown): Sql | undefined {
    const { entity } = row;
    const filter = value as Where | null;
    switch (spec.kind) {
      case "id":
        return scalar({ column: row.id, way: "DESC" }, ID, key, filter && mapIds(entity, filter));
      case "scalar":
        return this.#scalar(row, spec, key, filter);
      case "fuzzyDate": {
        const earliest = orderedBy(row, columnNamed(spec.earliest), row.column(spec.earliest));
        const edtf = row.told?.has(spec.edtf) === false ? undefined : row.column(spec.edtf);
        return fuzzyDate({ earliest, latest: row.column(spec.latest), edtf }, key, filter);
      }
      case "value": {
        const states = (state: Sql) => spec.present.map((column) => sql`${row.column(column)} ${state}`);
        const { ends } = row;
        const value = { ...keptRow(row, spec.prefix ?? ""), entity: entityOf(spec.of()), ends };
        if (spec.present.length === 0) {
          if (filter === null) throw notNull(key);
          return this.#of(value, filter);
        }
        if (filter === null) return sql`(${join(states(raw("is null")), " and ")})`;
        const present = sql`(${join(states(raw("is not null")), " or ")})`;
        const inner = this.#of(value, filter);
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
        return spec.build(row, filter, this.find, this.viewer);
    }
  }

  #scalar(row: RestrictedRow, spec: ScalarField, key: string, filter: Where | null): Sql | undefined {
    const { expression, nullable, ordered, form, defaults } = spec;
    const placed = orderedBy(row, expression, expression(row, this.given(defaults)));
    return scalar(placed, { type: valueTypeOf(spec.type()), nullable, ordered, form }, key, filter);
  }

  /** The condition that there is no row of another type. */
  #missing({ relation, nullable }: OneFilter, owner: RestrictedRow): Sql {
    if (!nullable) return sql`false`;
    if (relation.held && !entityOf(relation.target()).visible) {
      return sql`${owner.column(relation.held)} is null`;
    }
    return this.#none(relation, owner, {});
  }

  /** The condition that the one row of another type fits. */
  #one({ relation, nullable }: OneFilter, owner: Row, where: Where): Sql | undefined {
    const entity = entityOf(relation.target());
    if (!relation.held || entity.visible) return this.#exists(relation, owner, where);
    const key = owner.column(relation.held);
    const condition = this.ofKey(entity, key, where);
    if (!nullable) return condition;
    const present = sql`${key} is not null`;
    if (!condition) return present;
    // What is asked of the key alone may be true of a missing one; "is not this" is.
    return asksFor(entity, where, BY_KEY) ? sql`(${present} and ${condition})` : condition;
  }

  /** The condition that the row with a key fits, stated about the key. */
  ofKey(entity: Entity, key: Sql, where: Where): Sql | undefined {
    const target = this.alias();
    if (asksFor(entity, where, BY_KEY)) return this.#nested(new TableRow(entity, target, [], key), where);
    const inner = this.#nested(new TableRow(entity, target), where);
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
    const belonging = { relation, owner, given: this.given(relation.defaults) };
    const asked = { entity: entityOf(relation.target()), where, belonging };
    const set =
      this.#deeper(() => this.#byLinks(asked)) ??
      this.#between(relation, owner, where) ??
      this.#deeper(() => this.inTable(asked));
    return sql`select ${from(set, NO_COLUMNS)}`;
  }

  /** The rows of a relation that fit, found by the tables that stand between; nothing when there are none. */
  #between(relation: Relation, owner: Row, where: Where): RowSet | undefined {
    const { tables, near, far, only } = relation.between?.(this.alias(), this.viewer) ?? {};
    if (!tables || !near || !far) return undefined;
    const entity = entityOf(relation.target());
    // A key that is given, or found first, is compared with the link's; the rows themselves are not read.
    const byKey = !entity.visible && (namesSome(entity, where) || asksFor(entity, where, ["id"]));
    const row = byKey ? undefined : new TableRow(entity, this.alias());
    const conditions = [
      sql`${near} = ${owner.id}`,
      only,
      row && this.visible(entity, row),
      row ? this.#nested(row, where) : this.ofKey(entity, far, where),
    ];
    const found = row ?? { id: far, column: () => far };
    const joined =
      row && sql`${tables} join ${identifier(entity.table)} ${raw(row.alias)} on ${row.id} = ${far}`;
    return {
      entity,
      row: found,
      shown: found,
      tables: () => joined ?? tables,
      conditions: conditions.filter((condition) => condition !== undefined),
    };
  }

  #nested(row: RestrictedRow, where: Where): Sql | undefined {
    return this.#deeper(() => this.#of(row, where));
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

/** What rows are asked for. */
export interface Asked {
  readonly entity: Entity;
  readonly where?: Where | null | undefined;
  /** How they will be ordered: conditions are stated in the words of its index. */
  readonly order?: readonly OrderTerm[];
  readonly belonging?: Belonging | undefined;
  /** A query that gives them, in place of the entity's table. */
  readonly rows?: Sql | undefined;
}

/** To whom rows belong, and how. */
export interface Belonging {
  readonly relation: Relation;
  readonly owner: Row;
  /** What the relation's field is asked with. */
  readonly given: Given;
}

type LinksFrom = NonNullable<Links["from"]>;

type OneFilter = Extract<FilterSpec, { kind: "one" }>;

const ID: Compared = { type: { sql: "uuid" }, nullable: false, ordered: false };

function mapIds(entity: Entity, filter: Where): Where {
  const decode = (id: unknown) => decodeIdOf(entity.prefix as string, id as string);
  return Object.fromEntries(
    Object.entries(filter).map(([operator, value]) => [
      operator,
      value == null ? value : Array.isArray(value) ? value.map(decode) : decode(value),
    ]),
  );
}
