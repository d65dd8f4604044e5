import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { where } from "./comparison.js";
import { cursorOf, FIRST_ID, LAST_ID, type LateKeys, placeOf } from "./cursor.js";
import type { SortKey } from "./entity.js";
import { type Json, list, object, quoted, written } from "./json.js";
import { Bound } from "./late.js";
import { identifier } from "./names.js";
import { beyond, endsOf, orderBy, type SortColumn, sortColumns, upTo } from "./order.js";
import type { EdgeField, ObjectPlan, PageField, PageInfoField, PagePlan } from "./plan.js";
import { type Columns, columnsOf, TableRow } from "./row.js";
import { counted, type RowSet } from "./row-set.js";
import type { Statement } from "./statement.js";
import { writeStats } from "./write-statistics.js";

/** Written out: a value that never changes need not be sent each time. */
const literal = (text: string): Sql => raw(`'${text}'::text`);

/**
 * Writes a page as one JSON value: a window of rows in the order of the list or from its end, and an aggregate of that
 * with the fields of the answer. What these need of the window is found out first.
 */
export const writePage = (statement: Statement, plan: PagePlan, set: RowSet): Json =>
  new Page(statement, plan, set).json();

/** What the fields of a page need of its window. */
interface Needs {
  /** The objects that are made of each row, in the order of their columns. */
  readonly objects: readonly ObjectPlan[];
  /** Whether what the cursor of each row says is shown. */
  readonly places: boolean;
  /** Whether one row more than the page is read, which tells whether the list goes on. */
  readonly more: boolean;
  /** Whether the rows are numbered in the order of the window. */
  readonly numbers: boolean;
  /** Whether there is a window at all. */
  readonly window: boolean;
}

function needsOf({ fields, backward, size }: PagePlan): Needs {
  const parts = [...fields.values()];
  const edges = parts.flatMap((field) => (field.kind === "edges" ? [...field.fields.values()] : []));
  const infos = new Set(
    parts.flatMap((field) =>
      (field.kind === "pageInfo" ? [...field.fields.values()] : []).map((info) =>
        info.kind === "info" ? info.name : undefined,
      ),
    ),
  );
  const objects = [...parts, ...edges].flatMap((field) =>
    field.kind === "nodes" || field.kind === "node" ? field.object : [],
  );
  const lists = parts.some(({ kind }) => kind === "nodes" || kind === "edges");
  const more = infos.has(backward ? "hasPreviousPage" : "hasNextPage");
  const cursors = size > 0 && (infos.has("startCursor") || infos.has("endCursor"));
  return {
    objects,
    places: cursors || edges.some(({ kind }) => kind === "cursor"),
    more,
    numbers: (backward && (lists || cursors)) || (more && lists),
    window: lists || more || cursors,
  };
}

class Page {
  readonly #order: readonly SortColumn[];
  /** The same, of the rows of the window. */
  readonly #shown: readonly SortColumn[];
  readonly #needs: Needs;

  constructor(
    private readonly statement: Statement,
    private readonly plan: PagePlan,
    private readonly set: RowSet,
  ) {
    this.#order = sortColumns(plan.entity, plan.order, set.row, statement.viewer);
    // Where rows are found more than once, their keys are given on, and the rows are read for those of the page only.
    this.#shown = set.repeated
      ? this.#order.map((column, index) => ({ ...column, expression: raw(`found.k${index}`) }))
      : this.#order;
    this.#needs = needsOf(plan);
  }

  json(): Json {
    const { fields, backward } = this.plan;
    const [only, another] = fields;
    if (only?.[1].kind === "nodes" && !another && !backward) {
      const element = this.#objectOf(only[1].object);
      return object(fields, () => list(this.#window(sql`${element} as json`)));
    }
    const answer = object(fields, (field) => this.#field(field));
    return this.#needs.window ? [sql`(select ${written(answer)} from ${this.#rows()} o)`] : answer;
  }

  /** The rows of the window, with what the fields need of them. */
  #rows(): Sql {
    const { objects, places, numbers } = this.#needs;
    const columns = objects.map((plan, index) => sql`${this.#objectOf(plan)} as ${raw(`r${index}`)}`);
    if (places) {
      const keys = this.#shown.map(({ expression }) => sql`${expression}::text`);
      columns.push(sql`${placeOf(this.plan.entity, this.plan.order, keys)} as place`);
    }
    const rows = this.#window(columns.length > 0 ? join(columns, ", ") : sql``);
    return numbers ? sql`(select o.*, row_number() over () as n from ${rows} o)` : rows;
  }

  #objectOf(plan: ObjectPlan): Sql {
    return written(this.statement.object(plan, this.set.shown));
  }

  #field(field: PageField): Json {
    switch (field.kind) {
      case "typename":
        return quoted(field.name);
      case "totalCount":
        return [counted(this.set)];
      case "stats":
        return writeStats(this.statement, field.stats, this.set);
      case "nodes":
        return this.#list([this.#column(field.object)]);
      case "edges":
        return this.#list(object(field.fields, (part) => this.#edge(part)));
      case "pageInfo":
        return object(field.fields, (part) =>
          part.kind === "typename" ? quoted(part.name) : [this.#info(part.name)],
        );
    }
  }

  #edge(field: EdgeField): Json {
    switch (field.kind) {
      case "typename":
        return quoted(field.name);
      case "cursor":
        return quoted(cursorOf(sql`o.place`));
      case "node":
        return [this.#column(field.object)];
    }
  }

  /** The object of each row of the window. */
  #column(plan: ObjectPlan): Sql {
    return raw(`o.r${this.#needs.objects.indexOf(plan)}`);
  }

  /** The page's rows as a list. The end of a list is read backward and shown forward. */
  #list(row: Json): Json {
    const order = this.plan.backward ? sql` order by o.n desc` : empty;
    const cut = this.#needs.more ? sql` filter (where o.n <= ${this.#size})` : empty;
    return ["[", sql`string_agg(${written(row)}, ','${order})${cut}`, "]"];
  }

  #info(name: PageInfoField): Sql {
    const { backward, after, before } = this.plan;
    const forward = name === "hasNextPage" || name === "endCursor";
    if (name === "hasNextPage" || name === "hasPreviousPage") {
      const [side, cursor] = forward ? (["before", before] as const) : (["after", after] as const);
      const outside = cursor && this.#outside(side, cursor);
      if (forward === backward) return sql`${outside ?? sql`false`}::text`;
      return sql`(count(*) > ${this.#size}${outside ? sql` or ${outside}` : empty})::text`;
    }
    const resting = name === "endCursor" ? this.#resting() : sql`'null'`;
    if (this.plan.size === 0) return resting;
    // The first row read, or the last of the page. Whoever sorts for one aggregate changes what the others see.
    const index = forward === backward ? sql`1` : sql`least(count(*), ${this.#size})`;
    const order = backward ? sql` order by o.n` : empty;
    const cursor = cursorOf(sql`(array_agg(o.place${order}))[${index}]`);
    return sql`coalesce('"' || ${cursor} || '"', ${resting})`;
  }

  /** Where an empty page of a log stands: at its cursor, or else at that end of the log from which it was to be read. */
  #resting(): Sql {
    const { log, entity, order, backward, after, before } = this.plan;
    if (!log || (backward && before)) return sql`'null'`;
    // No row's own id: it may be one that the viewer may not see.
    const ends = endsOf(entity, order);
    const keys = backward
      ? [...ends.map(({ key }) => this.#greatest(key.expression)), literal(LAST_ID)]
      : (after?.map((key) => sql`${new Bound(key)}::text`) ?? [
          ...ends.map(() => literal("0")),
          literal(FIRST_ID),
        ]);
    return sql`'"' || ${cursorOf(placeOf(entity, order, keys))} || '"'`;
  }

  #greatest(expression: SortKey["expression"]): Sql {
    const { entity } = this.plan;
    const row = new TableRow(entity, "last");
    const value = expression(row, this.statement.conditions.given());
    return sql`coalesce((select max(${value}) from ${identifier(entity.table)} ${raw(row.alias)}), 0)::text`;
  }

  /** Whether rows lie on the other side of a cursor. */
  #outside(side: "after" | "before", cursor: LateKeys): Sql {
    // The row of the cursor itself lies there too, and is the first that is met: read in order, from the cursor on,
    // this ends at once. Asked whether any row exists, the planner would begin anywhere.
    const found = this.#found(sql`true`, [upTo(this.#order, cursor, side)]);
    return sql`coalesce((${found} order by ${orderBy(this.#order, side === "after")} limit 1), false)`;
  }

  #window(selected: Sql): Sql {
    const { after, before, size, backward } = this.plan;
    const bounds: Sql[] = [];
    if (after) bounds.push(beyond(this.#order, after, "after"));
    if (before) bounds.push(beyond(this.#order, before, "before"));
    // Written out, because a plan that is made once for all values would have to guess it.
    const limit = raw(String(size + (this.#needs.more ? 1 : 0)));
    const last = sql` order by ${orderBy(this.#order, backward)} limit ${limit}`;
    const { repeated } = this.set;
    if (!repeated) return sql`(${this.#found(selected, bounds)}${last})`;
    const keys = this.#order.map(({ expression }) => expression);
    const named = keys.map((key, index) => sql`${key} as ${raw(`k${index}`)}`);
    const found = this.#found(sql`distinct on (${join(keys, ", ")}) ${join(named, ", ")}`, bounds);
    const id = (this.#shown.at(-1) as SortColumn).expression;
    return sql`(select ${selected} from (${found}${last}) found join ${repeated.table} on ${this.set.shown.id} = ${id} order by ${orderBy(this.#shown, backward)})`;
  }

  /** The rows of the set that fit, some of them more than once. */
  #found(selected: Sql, further: readonly Sql[]): Sql {
    const { repeated, conditions } = this.set;
    const hint = repeated?.hint;
    const tables = this.set.tables(repeated ? this.#columnsOfOrder() : "all");
    return sql`select ${selected} from ${tables}${where([...conditions, ...(hint ? [hint] : []), ...further])}`;
  }

  #columnsOfOrder(): Columns {
    const { plan, statement } = this;
    return columnsOf((row) => sortColumns(plan.entity, plan.order, row, statement.viewer));
  }

  get #size(): Sql {
    return raw(String(this.plan.size));
  }
}
