import sql, { type Sql } from "sql-template-tag";
import { where } from "./comparison.js";
import type { Entity, Row } from "./entity.js";
import { at } from "./names.js";
import type { Columns } from "./row.js";

/**
 * Rows of one entity: where they are read from, what they must fit, and where their columns stand. A page, a count,
 * statistics and a relation filter all take their rows from such a set, so that they agree.
 */
export interface RowSet {
  readonly entity: Entity;
  /** One of the rows, as it is restricted, ordered and grouped: a link may stand for it. */
  readonly row: Row;
  /** The same as it stands in its table, for who shows it. The set has to be read with "all" columns. */
  readonly shown: Row;
  /** The tables to read. @param columns of the row that are read beside those of the conditions */
  tables(columns: Columns): Sql;
  readonly conditions: readonly Sql[];
  /** Set where a row may be found more than once. */
  readonly repeated?: Repeated;
}

interface Repeated {
  /** What follows from the conditions, and spares who reads in order to look at much that does not fit. */
  readonly hint: Sql | undefined;
  /** The table of the rows. */
  readonly table: Sql;
}

export const NO_COLUMNS: ReadonlySet<string> = new Set();

/** The tables of a set and its conditions. @param columns of the row that are read beside those of the conditions */
export const from = (set: RowSet, columns: Columns): Sql =>
  sql`from ${set.tables(columns)}${where(set.conditions)}`;

/** The same rows, each of them once. */
export function once(set: RowSet): RowSet {
  if (!set.repeated) return set;
  const { entity, repeated, shown } = set;
  const keys = sql`(select distinct ${set.row.id} as id ${from(set, NO_COLUMNS)}) found`;
  const id = at("found", "id");
  return {
    entity,
    row: { id, column: (name) => (name === "id" ? id : shown.column(name)) },
    shown,
    tables: (columns) =>
      columns !== "all" && columns.size === 0
        ? keys
        : sql`${keys} join ${repeated.table} on ${shown.id} = ${id}`,
    conditions: [],
  };
}

/** How many rows a set has. */
export const counted = (set: RowSet): Sql => sql`(select count(*) ${from(once(set), NO_COLUMNS)})`;
