import sql, { raw, type Sql } from "sql-template-tag";
import type { OrderedColumn } from "./comparison.js";
import type { Alias, Args, Entity, Expression, Link, Row, ScalarField } from "./entity.js";
import { at, identifier } from "./names.js";
import type { End } from "./order.js";

/** The arguments of a field that is filtered or ordered by: none are given. */
export const NO_ARGS: Args = Object.freeze({});

/** A row that is restricted. */
export interface RestrictedRow extends Row {
  readonly entity: Entity;
  /** What it may be ordered by; nothing, if it only restricts another one. */
  readonly ends: readonly End[];
  /** The columns of it that are there; nothing, if all are. */
  readonly told?: ReadonlySet<string> | undefined;
}

/** A row of a table, or of a query that stands in its place. */
export class TableRow implements RestrictedRow {
  /** @param id its key, where that is known or stands somewhere else @param told its columns that are there, if not all are */
  constructor(
    readonly entity: Entity,
    readonly alias: Alias,
    readonly ends: readonly End[] = [],
    readonly id: Sql = at(alias, "id"),
    readonly told?: ReadonlySet<string>,
  ) {}

  column(name: string): Sql {
    return at(this.alias, name);
  }
}

/** A row that is found by a link which carries columns of it. */
export class LinkedRow implements RestrictedRow {
  readonly id: Sql;
  /** The key of the row at the other end of the link. */
  readonly near: Sql;

  /** @param target the row @param linked the link */
  constructor(
    readonly entity: Entity,
    private readonly link: Link,
    private readonly target: Alias,
    readonly linked: Alias,
    readonly ends: readonly End[],
  ) {
    this.id = at(linked, link.far);
    this.near = at(linked, link.near);
  }

  column(name: string): Sql {
    if (name === "id") return this.id;
    return at(this.link.carries?.has(name) ? this.linked : this.target, name);
  }

  /** The tables that have these columns: the link alone, if it carries them all. */
  tables(columns: Columns): Sql {
    const links = sql`${identifier(this.link.table)} ${raw(this.linked)}`;
    const alone = columns !== "all" && [...columns].every((name) => this.link.carries?.has(name));
    return alone ? links : sql`${links} join ${this.table} on ${at(this.target, "id")} = ${this.id}`;
  }

  /** The table of the row. */
  get table(): Sql {
    return sql`${identifier(this.entity.table)} ${raw(this.target)}`;
  }

  /** The row as it stands in its table. */
  get inTable(): Row {
    return new TableRow(this.entity, this.target);
  }
}

/** Columns of a row; its key is none of them. */
export type Columns = ReadonlySet<string> | "all";

/** The columns of a row that are read by what is written of it. */
export function columnsOf(write: (row: Row) => unknown): ReadonlySet<string> {
  const read = new Set<string>();
  const column = (name: string): Sql => {
    if (name !== "id") read.add(name);
    return sql``;
  };
  write({ id: sql``, column });
  return read;
}

const plain = new Map<string, Expression>();

/** The expression of a column; the same for equal names. */
export function columnNamed(name: string): Expression {
  let expression = plain.get(name);
  if (!expression) {
    expression = (row) => row.column(name);
    plain.set(name, expression);
  }
  return expression;
}

/** Whether a field is a column as it stands. */
export const isColumn = ({ column, expression }: ScalarField): boolean =>
  column !== undefined && expression === columnNamed(column);

/** A column with the way in which its rows are ordered by it. */
export function orderedBy({ ends }: RestrictedRow, expression: Expression, column: Sql): OrderedColumn {
  const way = ends.find(({ key }) => key.expression === expression)?.direction ?? "DESC";
  return { column, way };
}

/** What a row keeps of another one, under a prefix. */
export const keptRow = (row: Row, prefix: string): Row => ({
  id: row.id,
  column: (name) => row.column(`${prefix}${name}`),
});
