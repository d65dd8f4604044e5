import sql, { join, raw, type Sql } from "sql-template-tag";
import type { ValueType } from "../graphql/filters.js";
import type { Viewer } from "../graphql/viewer.js";
import type { LateKeys } from "./cursor.js";
import type { Direction, Entity, OrderTerm, Row, SortKey } from "./entity.js";
import { Bound } from "./late.js";
import { NO_ARGS } from "./row.js";

/** One expression of an `order by`, never null, with its direction. */
export interface SortColumn {
  readonly expression: Sql;
  readonly direction: Direction;
  readonly type: ValueType;
}

const UUID: ValueType = { sql: "uuid" };

/** The types of what orders a list, the id last. */
export const sortTypes = (entity: Entity, order: readonly OrderTerm[]): ValueType[] => [
  ...endsOf(entity, order).flatMap(({ key }) => (isFlagged(key) ? [BOOLEAN, key.type] : [key.type])),
  UUID,
];

/**
 * What orders a list, the id last. It breaks ties in the direction of the last term, so that one index can be read for
 * the whole order, forward or backward.
 *
 * @param row the occurrence of a row that is ordered
 */
export function sortColumns(
  entity: Entity,
  order: readonly OrderTerm[],
  row: Row,
  viewer: Viewer,
): SortColumn[] {
  const columns = endsOf(entity, order).flatMap(({ key, direction }): SortColumn[] => {
    const value = key.expression(row, { viewer, args: key.defaults ?? NO_ARGS });
    return expressionsOf(key, value, direction).map((one) => ({ ...one, direction }));
  });
  const direction = order.at(-1)?.direction ?? "ASC";
  return [...columns, { expression: row.id, type: UUID, direction }];
}

/** A key by which rows may be ordered, and the way. */
export interface End {
  readonly key: SortKey;
  readonly direction: Direction;
}

/** The keys of an order. */
export const endsOf = (entity: Entity, order: readonly OrderTerm[]): End[] =>
  order.flatMap(({ field, direction }) => {
    const keys = entity.orders.get(field);
    if (!keys) throw new Error(`${entity.name} has no order ${field}`);
    return keys.map((key) => ({ key, direction }));
  });

const BOOLEAN: ValueType = { sql: "boolean" };

/** Of a time, an end of all times stands for the missing one; whatever else is missing needs a flag beside it. */
const isFlagged = ({ type, nullable }: SortKey): boolean => nullable && type.sql !== "timestamptz";

/** A key as it orders: none of its expressions is null, and missing values come last. */
function expressionsOf(
  key: SortKey,
  value: Sql,
  direction: Direction,
): Pick<SortColumn, "expression" | "type">[] {
  const { type, nullable } = key;
  if (!nullable) return [{ expression: value, type }];
  if (!isFlagged(key)) return [{ expression: lastMoment(value, direction), type }];
  const flag = sql`(${value} ${raw(direction === "ASC" ? "is null" : "is not null")})`;
  const some = raw(`'${someValue(type)}'::${type.sql}`);
  return [
    { expression: flag, type: BOOLEAN },
    { expression: sql`coalesce(${value}, ${some})`, type },
  ];
}

/** Any value of a type. */
function someValue({ sql, words }: ValueType): string {
  if (words) return words[0] as string;
  return { text: "", boolean: "false", date: "0001-01-01" }[sql] ?? "0";
}

/**
 * A time that, where it is missing, is the last moment there is, ascending, and the first, descending: last both
 * ways. Nothing else is: a time with an open end has a date. An index on this expression gives the order, and a plain
 * comparison of rows finds the place of a cursor.
 */
export function lastMoment(column: Sql, direction: Direction): Sql {
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
export const beyond = (columns: readonly SortColumn[], keys: LateKeys, side: "after" | "before"): Sql =>
  compared(columns, keys, (direction) => ((direction === "ASC") === (side === "after") ? ">" : "<"), "");

/**
 * The condition that a row does not stand after (or before) the row with these sort keys. It says the same as `not
 * beyond`, in the way that bounds what is read of an index.
 */
export const upTo = (columns: readonly SortColumn[], keys: LateKeys, side: "after" | "before"): Sql =>
  compared(columns, keys, (direction) => ((direction === "ASC") === (side === "after") ? "<" : ">"), "=");

/** Compares rows key by key, each in its direction; `level` is "=" when rows that are level in all keys fit as well. */
function compared(
  columns: readonly SortColumn[],
  keys: LateKeys,
  operator: (direction: Direction) => string,
  level: "" | "=",
): Sql {
  const values = columns.map(
    ({ type }, index) => sql`${new Bound(keys[index] as LateKeys[number])}::${raw(type.sql)}`,
  );
  const rows = (count: number, comparison: string): Sql => {
    const expressions = columns.slice(0, count).map((column) => column.expression);
    return sql`(${join(expressions, ", ")}) ${raw(comparison)} (${join(values.slice(0, count), ", ")})`;
  };
  const first = columns[0] as SortColumn;
  const turn = columns.findIndex(({ direction }) => direction !== first.direction);
  if (turn < 0) return rows(columns.length, operator(first.direction) + level);
  // Mixed directions have no row comparison: further in the first key, or level in it and further in the rest. Those
  // before the turn have one, which bounds the range of the index that gives their order; "is true" keeps the planner
  // from collecting each step by itself instead.
  const steps = columns.map((column, index) => {
    const before = columns.slice(0, index).map((earlier, i) => sql`${earlier.expression} = ${values[i]}`);
    const comparison = operator(column.direction) + (index === columns.length - 1 ? level : "");
    return sql`(${join([...before, sql`${column.expression} ${raw(comparison)} ${values[index]}`], " and ")})`;
  });
  return sql`(${rows(turn, `${operator(first.direction)}=`)} and (${join(steps, " or ")}) is true)`;
}
