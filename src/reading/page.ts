import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { where } from "./comparison.js";
import { cursorOf, FIRST_ID, LAST_ID, type LateKeys, placeOf } from "./cursor.js";
import type { Alias } from "./entity.js";
import { type Json, list, object, quoted, written } from "./json.js";
import { Bound } from "./late.js";
import { at, identifier } from "./names.js";
import { beyond, endsOf, orderBy, type SortColumn, sortColumns, upTo } from "./order.js";
import type { EdgeField, ObjectPlan, PageField, PageInfoField, PagePlan } from "./plan.js";
import type { Statement } from "./statement.js";
import type { Belonging, Conditions } from "./where.js";

/** Written out: a value that never changes need not be sent each time. */
const literal = (text: string): Sql => raw(`'${text}'::text`);

/** Tables, and the conditions that their rows have to fit. */
interface Rows {
  readonly from: Sql;
  readonly conditions: readonly Sql[];
}

/** The table, or link and table, from which a page is read. */
interface Source extends Rows {
  readonly target: Alias;
  /** The occurrence of a column by which the rows are ordered. */
  readonly locate: (column: string) => Sql;
  /** What has as many rows as the list. */
  readonly counted: Rows;
  /**
   * Set where a row may be found more than once: the table of the rows, which is read only for those of the page. Their keys
   * are then the last of what orders them.
   */
  readonly once?: Sql;
}

/** Where the rows of a page are: all rows of the entity, or those that belong to somebody. */
export function pageSource(conditions: Conditions, plan: PagePlan, belonging?: Belonging): Source {
  const linked = conditions.byLinks(plan, belonging);
  if (linked) {
    const { row, several, hint, conditions } = linked;
    const { target, locate } = row;
    // First, because what orders a page may need more of the row.
    const found = { from: row.tables, conditions };
    if (!several) return { from: row.joined, conditions, target, locate, counted: found };
    const keys = sql`(select distinct ${row.id} from ${found.from}${where(conditions)}) found`;
    const rows = { ...found, conditions: hint ? [...conditions, hint] : conditions };
    return { ...rows, target, locate, counted: { from: keys, conditions: [] }, once: row.table };
  }
  const target = conditions.alias();
  const visible = conditions.visible(plan.entity, target);
  const own = belonging
    ? conditions.related(belonging.relation, belonging.owner, target)
    : visible
      ? [visible]
      : [];
  const restriction = conditions.of(plan, target);
  const from = sql`${identifier(plan.entity.table)} ${raw(target)}`;
  const rows = { from, conditions: restriction ? [...own, restriction] : own };
  return { ...rows, target, locate: (column) => at(target, column), counted: rows };
}

/**
 * Writes a page as one JSON value: a window of rows in the order of the list or from its end, an aggregate of that,
 * and the fields of the answer. What the fields ask for decides what the two below must show.
 */
export function writePage(statement: Statement, plan: PagePlan, source: Source): Json {
  return new Page(statement, plan, source).json;
}

class Page {
  readonly #order: readonly SortColumn[];
  /** The same, of the rows of the window. */
  readonly #shown: readonly SortColumn[];
  /** Columns of the window. */
  readonly #read: Sql[] = [];
  /** Columns of the aggregate. */
  readonly #gathered: Sql[] = [];
  /** Whether the window shows what the cursor of each row says. */
  #places = false;
  /** Whether one row more than the page is read, which tells whether the list goes on. */
  #more = false;
  /** Whether the rows of the window are numbered in its order. */
  #numbered = false;

  constructor(
    private readonly statement: Statement,
    private readonly plan: PagePlan,
    private readonly source: Source,
  ) {
    this.#order = sortColumns(plan.entity, plan.order, source.locate);
    this.#shown = source.once
      ? this.#order.map((column, index) => ({ ...column, expression: raw(`found.k${index}`) }))
      : this.#order;
  }

  get json(): Json {
    const { fields, backward } = this.plan;
    const [only, another] = fields;
    if (only?.[1].kind === "nodes" && !another && !backward) {
      const element = written(this.statement.object(only[1].object, this.source.target));
      return object(fields, () => list(this.#window(sql`${element} as json`)));
    }
    // A row more has to be known before the rows are gathered.
    this.#more = [...fields.values()].some((field) => field.kind === "pageInfo" && this.#asksFurther(field));
    const answer = object(fields, (field) => this.#field(field));
    // What is gathered is known only now that all fields are written.
    if (this.#gathered.length === 0) return answer;
    if (this.#places) {
      const keys = this.#shown.map(({ expression }) => sql`${expression}::text`);
      this.#read.push(sql`${placeOf(this.plan.entity, this.plan.order, keys)} as place`);
    }
    const read = this.#window(this.#read.length > 0 ? join(this.#read, ", ") : sql``);
    const rows = this.#numbered ? sql`(select o.*, row_number() over () as n from ${read} o)` : read;
    return [sql`(select ${written(answer)} from (select ${join(this.#gathered, ", ")} from ${rows} o) page)`];
  }

  #field(field: PageField): Json {
    switch (field.kind) {
      case "typename":
        return quoted(field.name);
      case "totalCount":
        return [
          sql`(select count(*) from ${this.source.counted.from}${where(this.source.counted.conditions)})`,
        ];
      case "nodes":
        return this.#list([this.#object(field.object)]);
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
        return quoted(cursorOf(this.#place));
      case "node":
        return [this.#object(field.object)];
    }
  }

  /** An object of each row of the window. */
  #object(plan: ObjectPlan): Sql {
    const name = raw(`r${this.#read.length}`);
    this.#read.push(sql`${written(this.statement.object(plan, this.source.target))} as ${name}`);
    return sql`o.${name}`;
  }

  /** The page's rows as a list. The end of a list is read backward and shown forward. */
  #list(row: Json): Json {
    const order = this.plan.backward ? sql` order by ${this.#number}.n desc` : sql``;
    const cut = this.#more ? sql` filter (where ${this.#number}.n <= ${this.#size})` : sql``;
    return ["[", this.#gather(sql`string_agg(${written(row)}, ','${order})${cut}`), "]"];
  }

  /** The row, numbered. */
  get #number(): Sql {
    this.#numbered = true;
    return sql`o`;
  }

  #gather(aggregate: Sql): Sql {
    const name = raw(`a${this.#gathered.length}`);
    this.#gathered.push(sql`${aggregate} as ${name}`);
    return sql`page.${name}`;
  }

  /** What the cursor of the row says. */
  get #place(): Sql {
    this.#places = true;
    return sql`o.place`;
  }

  #asksFurther({ fields }: Extract<PageField, { kind: "pageInfo" }>): boolean {
    const further = this.plan.backward ? "hasPreviousPage" : "hasNextPage";
    return [...fields.values()].some((part) => part.kind === "info" && part.name === further);
  }

  #info(name: PageInfoField): Sql {
    const { backward, after, before } = this.plan;
    const forward = name === "hasNextPage" || name === "endCursor";
    if (name === "hasNextPage" || name === "hasPreviousPage") {
      const [side, cursor] = forward ? (["before", before] as const) : (["after", after] as const);
      const outside = cursor && this.#outside(side, cursor);
      if (forward === backward) return sql`${outside ?? sql`false`}::text`;
      const further = this.#gather(sql`count(*) > ${this.#size}`);
      return sql`(${further}${outside ? sql` or ${outside}` : empty})::text`;
    }
    const resting = name === "endCursor" ? this.#resting : sql`'null'`;
    if (this.plan.size === 0) return resting;
    // The first row read, or the last of the page. Whoever sorts for one aggregate changes what the others see.
    const index = forward === backward ? sql`1` : sql`least(count(*), ${this.#size})`;
    const order = backward ? sql` order by ${this.#number}.n` : empty;
    const place = this.#gather(sql`(array_agg(${this.#place}${order}))[${index}]`);
    return sql`coalesce('"' || ${cursorOf(place)} || '"', ${resting})`;
  }

  /** Where an empty page of a log stands: at its cursor, or else at that end of the log from which it was to be read. */
  get #resting(): Sql {
    const { log, entity, order, backward, after, before } = this.plan;
    if (!log || (backward && before)) return sql`'null'`;
    // No row's own id: it may be one that the viewer may not see.
    const ends = endsOf(entity, order);
    const keys = backward
      ? [...ends.map(({ key }) => this.#greatest(key.column)), literal(LAST_ID)]
      : (after?.map((key) => sql`${new Bound(key)}::text`) ?? [
          ...ends.map(() => literal("0")),
          literal(FIRST_ID),
        ]);
    return sql`'"' || ${cursorOf(placeOf(entity, order, keys))} || '"'`;
  }

  #greatest(column: string): Sql {
    return sql`coalesce((select max(${identifier(column)}) from ${identifier(this.plan.entity.table)}), 0)::text`;
  }

  /** Whether rows lie on the other side of a cursor. */
  #outside(side: "after" | "before", cursor: LateKeys): Sql {
    // The row of the cursor itself lies there too, and is the first that is met: read in order, from the cursor on,
    // this ends at once. Asked whether any row exists, the planner would begin anywhere.
    const conditions = [...this.source.conditions, upTo(this.#order, cursor, side)];
    const found = sql`select true from ${this.source.from}${where(conditions)}`;
    return sql`coalesce((${found} order by ${orderBy(this.#order, side === "after")} limit 1), false)`;
  }

  #window(selected: Sql): Sql {
    const { after, before, size, backward } = this.plan;
    const conditions = [...this.source.conditions];
    if (after) conditions.push(beyond(this.#order, after, "after"));
    if (before) conditions.push(beyond(this.#order, before, "before"));
    // Written out, because a plan that is made once for all values would have to guess it.
    const limit = raw(String(size + (this.#more ? 1 : 0)));
    const rows = sql`from ${this.source.from}${where(conditions)} order by ${orderBy(this.#order, backward)} limit ${limit}`;
    return sql`(select ${selected} ${this.source.once ? this.#once(this.source.once, rows) : rows})`;
  }

  /** Rows that may be found more than once, each once. */
  #once(table: Sql, found: Sql): Sql {
    const keys = this.#order.map(({ expression }) => expression);
    const named = keys.map((key, index) => sql`${key} as ${raw(`k${index}`)}`);
    const id = (this.#shown.at(-1) as SortColumn).expression;
    return sql`from (select distinct on (${join(keys, ", ")}) ${join(named, ", ")} ${found}) found join ${table} on ${at(this.source.target, "id")} = ${id} order by ${orderBy(this.#shown, this.plan.backward)}`;
  }

  get #size(): Sql {
    return raw(String(this.plan.size));
  }
}
