import sql, { join, raw, type Sql } from "sql-template-tag";
import type { Keys } from "./cursor.js";
import type { Direction, Noun, OrderTerm, SortKey } from "./noun.js";

/** One expression of an `order by`, never null, with its direction. */
export interface SortColumn {
  readonly expression: Sql;
  readonly cast: string;
  readonly direction: Direction;
}

/**
 * The columns of an order, the id last. It breaks ties in the direction of the last term, so that one index
 * can be read for the whole order, forward or backward.
 *
 * @param locate the occurrence of a table from which a column is read
 */
export function sortColumns(
  noun: Noun,
  order: readonly OrderTerm[],
  locate: (column: string) => Sql,
): SortColumn[] {
  const columns: SortColumn[] = [];
  for (const { field, direction } of order) {
    const keys = noun.orders.get(field);
    if (!keys) throw new Error(`${noun.name} has no order ${field}`);
    for (const key of keys) {
      columns.push({ expression: neverNull(key, locate(key.column), direction), cast: key.cast, direction });
    }
  }
  const direction = order.at(-1)?.direction ?? "ASC";
  return [...columns, { expression: locate("id"), cast: "uuid", direction }];
}

// A missing time sorts as the last moment there is, ascending, and as the first, descending: last both ways.
// An index on this expression gives the order, and a plain comparison of rows finds the place of a cursor.
function neverNull(key: SortKey, column: Sql, direction: Direction): Sql {
  if (!key.nullable) return column;
  const last = direction === "ASC" ? raw("'infinity'::timestamptz") : raw("'-infinity'::timestamptz");
  return sql`coalesce(${column}, ${last})`;
}

/** The `order by` list; reversed to read the end of a list. */
export function orderBy(columns: readonly SortColumn[], reversed: boolean): Sql {
  return join(
    columns.map(({ expression, direction }) =>
      (direction === "DESC") === reversed ? sql`${expression}` : sql`${expression} desc`,
    ),
    ", ",
  );
}

/** The condition that a row stands after (or before) the row with these sort keys. */
export function beyond(columns: readonly SortColumn[], keys: Keys, side: "after" | "before"): Sql {
  const values = columns.map((column, index) => sql`${keys[index]}::${raw(column.cast)}`);
  const operator = (column: SortColumn) =>
    raw((column.direction === "ASC") === (side === "after") ? ">" : "<");
  if (columns.every((column) => column.direction === columns[0]?.direction)) {
    const expressions = columns.map((column) => column.expression);
    return sql`(${join(expressions, ", ")}) ${operator(columns[0] as SortColumn)} (${join(values, ", ")})`;
  }
  // Mixed directions have no row comparison: beyond in the first key, or level in it and beyond in the rest.
  const steps = columns.map((column, index) => {
    const level = columns.slice(0, index).map((earlier, i) => sql`${earlier.expression} = ${values[i]}`);
    return sql`(${join([...level, sql`${column.expression} ${operator(column)} ${values[index]}`], " and ")})`;
  });
  return sql`(${join(steps, " or ")})`;
}
