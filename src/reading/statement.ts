import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { badUserInput } from "../graphql/errors.js";
import type { Viewer } from "../graphql/viewer.js";
import { at, identifier } from "./names.js";
import { type Alias, type FieldSpec, nounOf, type Relation } from "./noun.js";
import { beyond, orderBy, type SortColumn, sortColumns } from "./order.js";
import type { FieldPlan, ObjectPlan, PagePlan } from "./plan.js";
import { all, Conditions } from "./where.js";

/** Keys of a connection in a row; rows stand beside them under the place that asks for them. */
export const PAGE = { keys: "#keys", behind: "#behind", ahead: "#ahead", total: "#total" } as const;

/** Writes plans as SQL: one statement, whatever the nesting, that answers one JSON value. */
export class Statement {
  readonly #viewer: Viewer;
  readonly #conditions: Conditions;

  constructor(viewer: Viewer) {
    this.#viewer = viewer;
    this.#conditions = new Conditions(viewer);
  }

  /** Whether one plan is good for all values: a look-up by keys is planned alike for every key, a filter is not. */
  get onePlan(): boolean {
    return !this.#conditions.any;
  }

  /** The first row that fits, as an object; no row when there is none. */
  one(plan: ObjectPlan, fits: (alias: Alias) => Sql): Sql {
    const { alias, rows } = this.#ofTable(plan, fits);
    return sql`select to_json(o) as json from (select ${this.#columns(plan, alias)} ${rows}) o`;
  }

  /** The rows with these keys, as one object by key. */
  byKeys(plan: ObjectPlan, keys: readonly string[]): Sql {
    const { alias, rows } = this.#ofTable(plan, (row) => sql`${at(row, "id")} = any(${keys}::uuid[])`);
    return sql`select json_object_agg(${at(alias, "id")}, ${this.#object(plan, alias)}) as json ${rows}`;
  }

  /** One page of all rows of a noun. */
  page(plan: PagePlan): Sql {
    return sql`select ${this.#page(plan)} as json`;
  }

  #ofTable(plan: ObjectPlan, fits: (alias: Alias) => Sql): { alias: Alias; rows: Sql } {
    const alias = this.#conditions.alias();
    const visible = this.#conditions.visible(plan.noun, alias);
    const conditions = visible ? [fits(alias), visible] : [fits(alias)];
    return { alias, rows: sql`from ${identifier(plan.noun.table)} ${raw(alias)}${where(conditions)}` };
  }

  /** The columns of a row that becomes an object: PostgreSQL writes rows as JSON faster than it calls functions. */
  #columns(plan: ObjectPlan, alias: Alias): Sql {
    if (plan.fields.size > MOST_COLUMNS) {
      throw badUserInput(
        `One selection of ${plan.noun.name} asks for more than ${MOST_COLUMNS} fields. Ask for fewer.`,
      );
    }
    // A selection of nothing but __typename is a row without columns.
    if (plan.fields.size === 0) return empty;
    return join(
      [...plan.fields].map(([key, field]) => sql`${this.#field(field, alias)} as ${identifier(key)}`),
      ", ",
    );
  }

  /** An object made of a row that is already at hand. */
  #object(plan: ObjectPlan, alias: Alias): Sql {
    return sql`(select to_json(o) from (select ${this.#columns(plan, alias)}) o)`;
  }

  #field(field: FieldPlan, alias: Alias): Sql {
    switch (field.kind) {
      case "column":
        return this.#column(field.spec, alias);
      case "value": {
        const missing = join(
          field.present.map((column) => sql`${at(alias, column)} is null`),
          " and ",
        );
        return sql`case when ${missing} then null else ${this.#object(field.object, alias)} end`;
      }
      case "one": {
        const target = this.#conditions.alias();
        return sql`(select to_json(o) from (select ${this.#columns(field.object, target)} ${this.#related(field.relation, alias, target)}) o)`;
      }
      case "list": {
        const target = this.#conditions.alias();
        const rows = this.#related(field.relation, alias, target);
        return sql`(select coalesce(json_agg(o), '[]') from (select ${this.#columns(field.object, target)} ${rows} order by ${field.order(alias, target)}) o)`;
      }
      case "connection":
        return this.#page(field.page, { relation: field.relation, alias });
    }
  }

  #column(spec: Extract<FieldSpec, { column: string }>, alias: Alias): Sql {
    return spec.kind === "column" && spec.read ? spec.read(alias, this.#viewer) : at(alias, spec.column);
  }

  /** The rows of a target that belong to an owner. */
  #related(relation: Relation, owner: Alias, target: Alias): Sql {
    const table = identifier(nounOf(relation.target()).table);
    return sql`from ${table} ${raw(target)}${where(this.#conditions.related(relation, owner, target))}`;
  }

  /** The JSON value of a page: of all rows, or of those that belong to an owner. */
  #page(plan: PagePlan, owner?: Owner): Sql {
    const source = this.#source(plan, owner);
    const columns = sortColumns(plan.noun, plan.order, source.locate);
    const entries: [string, Sql][] = [];
    if (plan.total)
      entries.push([PAGE.total, sql`(select count(*) from ${source.from}${where(source.conditions)})`]);
    const [near, far] = plan.backward ? (["before", "after"] as const) : (["after", "before"] as const);
    if (plan.moreBehind) entries.push([PAGE.behind, outside(plan, near, columns, source)]);
    if (plan.more && plan[far]) entries.push([PAGE.ahead, outside(plan, far, columns, source)]);
    if (plan.rows.size === 0 && !plan.keys && !plan.more) return jsonObject(entries);

    const conditions = [...source.conditions];
    if (plan.after) conditions.push(beyond(columns, plan.after, "after"));
    if (plan.before) conditions.push(beyond(columns, plan.before, "before"));
    // One row more than the page tells whether the list goes on. It is written out, because a plan that is made once
    // for all values would have to guess it.
    const limit = plan.size + (plan.more ? 1 : 0);
    const window = (selected: Sql) =>
      sql`(select ${selected} from ${source.from}${where(conditions)} order by ${orderBy(columns, plan.backward)} limit ${raw(String(limit))}) o`;

    const places = [...plan.rows];
    const [only] = places;
    if (only && places.length === 1 && !plan.keys) {
      entries.push([only[0], sql`coalesce(json_agg(o), '[]')`]);
      return sql`(select ${jsonObject(entries)} from ${window(this.#columns(only[1], source.target))})`;
    }
    const selected = places.map(
      ([, object], index) => sql`${this.#object(object, source.target)} as ${raw(`r${index}`)}`,
    );
    for (const [index, [place]] of places.entries()) {
      entries.push([place, sql`coalesce(json_agg(o.${raw(`r${index}`)}), '[]')`]);
    }
    const texts = columns.map(({ expression }) => sql`${expression}::text`);
    selected.push(sql`json_build_array(${join(texts, ", ")}) as keys`);
    entries.push([PAGE.keys, sql`coalesce(json_agg(o.keys), '[]')`]);
    return sql`(select ${jsonObject(entries)} from ${window(join(selected, ", "))})`;
  }

  /** The table, or link and table, from which a page is read. */
  #source(plan: PagePlan, owner?: Owner): Source {
    const target = this.#conditions.alias();
    const table = sql`${identifier(plan.noun.table)} ${raw(target)}`;
    const restriction = this.#conditions.of(plan.noun, target, plan.where);
    const filter = restriction ? [restriction] : [];
    const link = owner?.relation.link;
    const carries = link?.carries;
    if (owner && !carries) {
      const related = this.#conditions.related(owner.relation, owner.alias, target);
      return {
        target,
        from: table,
        conditions: [...related, ...filter],
        locate: (column) => at(target, column),
      };
    }
    const visible = this.#conditions.visible(plan.noun, target);
    const own = visible ? [visible, ...filter] : filter;
    if (!owner || !link || !carries) {
      return { target, from: table, conditions: own, locate: (column) => at(target, column) };
    }
    const linked = this.#conditions.alias();
    const key = at(linked, link.far);
    return {
      target,
      from: sql`${identifier(link.table)} ${raw(linked)} join ${table} on ${at(target, "id")} = ${key}`,
      conditions: [sql`${at(linked, link.near)} = ${at(owner.alias, "id")}`, ...own],
      locate: (column) =>
        column === "id" ? key : carries.has(column) ? at(linked, column) : at(target, column),
    };
  }
}

interface Owner {
  readonly relation: Relation;
  readonly alias: Alias;
}

interface Source {
  readonly target: Alias;
  readonly from: Sql;
  readonly conditions: readonly Sql[];
  /** The occurrence of a column by which the rows are ordered. */
  readonly locate: (column: string) => Sql;
}

/** Whether rows lie on the other side of a cursor. */
function outside(
  plan: PagePlan,
  side: "after" | "before",
  columns: readonly SortColumn[],
  source: Source,
): Sql {
  const cursor = plan[side];
  if (!cursor) return sql`false`;
  // The row of the cursor itself lies there too, so the question is whether any row is not beyond it.
  const within = beyond(columns, cursor, side);
  return sql`exists (select from ${source.from}${where([...source.conditions, sql`not ${within}`])})`;
}

const where = (conditions: readonly Sql[]): Sql => {
  const condition = all(conditions);
  return condition ? sql` where ${condition}` : sql``;
};

/** Columns that PostgreSQL returns in one row, with some to spare. */
const MOST_COLUMNS = 1000;
/** Arguments that a PostgreSQL function takes, in pairs of a key and a value. */
const MOST_PAIRS = 50;

// Only a connection is made this way: a handful of entries, unless somebody gives `nodes` many aliases.
function jsonObject(entries: readonly (readonly [string, Sql])[]): Sql {
  if (entries.length > MOST_PAIRS)
    throw badUserInput(`One page is asked for its rows more than ${MOST_PAIRS} times.`);
  if (entries.length === 0) return sql`json_build_object()`;
  // GraphQL names hold letters, digits and underscores only, so a key needs no escape.
  return sql`json_build_object(${join(
    entries.map(([key, value]) => sql`${raw(`'${key}'`)}, ${value}`),
    ", ",
  )})`;
}
