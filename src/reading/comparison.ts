import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { badUserInput } from "../graphql/errors.js";
import type { ValueType } from "../graphql/filters.js";
import type { Form, Search } from "../values/canonical.js";
import { shown } from "../values/shown.js";
import type { Direction } from "./entity.js";
import { lastMoment } from "./order.js";

export type Filter = Readonly<Record<string, unknown>>;

/** The clause that demands all of these; nothing when there are none. */
export function where(conditions: readonly Sql[]): Sql {
  const condition = all(conditions);
  return condition ? sql` where ${condition}` : sql``;
}

/** The conjunction of conditions; nothing when there are none. */
export function all(conditions: readonly Sql[]): Sql | undefined {
  if (conditions.length < 2) return conditions[0];
  return sql`(${join(conditions, " and ")})`;
}

export const notNull = (key: string) =>
  badUserInput(`\`${key}\` must not be null. Leave it out, or give a value.`);

/** PostgreSQL keeps no NUL character, and half a surrogate pair is no text. */
export function checkText<Value>(key: string, value: Value): Value {
  if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed())) {
    throw badUserInput(`\`${key}\` holds a NUL character or half a surrogate pair. Take it out.`);
  }
  return value;
}

/** The operators that are given values that a row may have. */
const WHOLE = new Set(["eq", "ne", "in", "notIn", "has", "hasSome", "hasEvery"]);
const RANGES = new Set(["lt", "lte", "gt", "gte"]);
const SEARCHES = new Set<string>(["contains", "startsWith"] satisfies Search[]);

/** What to compare kept values with where a value, or a list of them, is given to an operator. */
function inForm(form: Form, operator: string, key: string, value: unknown): unknown {
  if (value === null) return value;
  if (Array.isArray(value)) return value.map((one, at) => inForm(form, operator, `${key}.${at}`, one));
  const text = value as string;
  if (WHOLE.has(operator)) return wholeInForm(form, key, text);
  return RANGES.has(operator) ? formOf(form, text) : value;
}

/** @throws BAD_USER_INPUT when a value has no canonical form, so that no row can have it */
function wholeInForm(form: Form, key: string, text: string): string {
  const made = form.whole(text);
  if ("problem" in made) throw badUserInput(`\`${key}\` is ${shown(text)}: ${made.problem}.`);
  return made.value;
}

/** The form of a text that is a whole value; any other text stays as it is. */
function formOf(form: Form, text: string): string {
  const made = form.whole(text);
  return "value" in made ? made.value : text;
}

/** Which fits into an index. */
const LONGEST_IN_FORM = 2_000;

/** The texts for which values are searched: the given part, and the ways in which it may stand in a value. */
function partsInForm(form: Form | undefined, search: Search, part: string): string[] {
  if (!form) return [part];
  const parts = form.parts?.(part, search) ?? [formOf(form, part)];
  // What is too long is in no value, and nothing is in all of them: blanks of which nothing is left.
  const possible = parts.filter(({ length }) => length > 0 && length <= LONGEST_IN_FORM);
  // A search tells no case.
  const differing = new Map([part, ...possible].map((one) => [one.toLowerCase(), one]));
  return [...differing.values()];
}

// Each row is searched for each character.
const LONGEST_SEARCH = 1_000;

function checkLength(key: string, value: string): void {
  if (value.length > LONGEST_SEARCH) {
    throw badUserInput(
      `\`${key}\` has ${value.length} characters; the limit is ${LONGEST_SEARCH}. Search for a shorter part.`,
    );
  }
}

// A driver that is given a Date writes it in the time zone of the process, and loses the seconds that the offsets
// of former times have.
export const instant = (date: Date): string => date.toISOString();

/** A column, and the way in which rows are ordered by it, if they are. */
export interface OrderedColumn {
  readonly column: Sql;
  readonly way: Direction;
}

/**
 * A time compared in the words of the index that gives the order, so that the comparison bounds the range that is
 * read. Missing times stand at one end of it, and must not count as the last moment that they stand for.
 */
export const moment = ({ column, way }: OrderedColumn, comparison: (end: Sql) => Sql): Sql =>
  sql`${comparison(lastMoment(column, way))} and ${column} is not null`;

/** No time: the last moment there is, in the same words. */
export const missing = ({ column, way }: OrderedColumn): Sql =>
  sql`${lastMoment(column, way)} = ${raw(way === "ASC" ? "'infinity'" : "'-infinity'")}::timestamptz`;

const COMPARISONS: Readonly<Record<string, Sql>> = {
  eq: raw("="),
  lt: raw("<"),
  lte: raw("<="),
  gt: raw(">"),
  gte: raw(">="),
};

/** What is known of a value that is compared. */
export interface Compared {
  readonly type: ValueType;
  readonly nullable: boolean;
  /** Whether rows are ordered by it as well. */
  readonly ordered: boolean;
  /** The form in which its values are kept, where one can be written in several. */
  readonly form?: Form | undefined;
}

/**
 * The condition that a filter states about a value; nothing when the filter is empty.
 *
 * @param key what to call the filter in an error
 * @param filter null finds rows without a value
 * @throws BAD_USER_INPUT when a value cannot be used
 */
export function scalar(
  placed: OrderedColumn,
  spec: Compared,
  key: string,
  filter: Filter | null,
): Sql | undefined {
  if (filter === null) return operation(placed, spec, "eq", null);
  const conditions: Sql[] = [];
  for (const [operator, value] of Object.entries(filter)) {
    if (value === undefined) continue;
    if (value === null && operator !== "eq" && operator !== "ne") throw notNull(`${key}.${operator}`);
    for (const one of Array.isArray(value) ? value : [value]) checkText(key, one);
    if (SEARCHES.has(operator)) checkLength(`${key}.${operator}`, value as string);
    const kept = spec.form ? inForm(spec.form, operator, `${key}.${operator}`, value) : value;
    conditions.push(operation(placed, spec, operator, kept instanceof Date ? instant(kept) : kept));
  }
  return all(conditions);
}

// Texts are compared by code point, and searched by Unicode's folding of case, whatever the locale of the database.
function operation(
  placed: OrderedColumn,
  { type: { sql: cast }, nullable, ordered, form }: Compared,
  operator: string,
  value: unknown,
): Sql {
  const { column } = placed;
  const type = raw(cast);
  const isMoment = nullable && ordered && cast === "timestamptz";
  switch (operator) {
    case "ne":
      if (value === null) return nullable ? sql`${column} is not null` : sql`true`;
      return sql`${column} is distinct from ${value}::${type}`;
    case "in":
      return sql`${column} = any(${value}::${type}[])`;
    case "notIn": {
      const differs = sql`${column} <> all(${value}::${type}[])`;
      return nullable ? sql`(${differs} or ${column} is null)` : differs;
    }
    case "has":
      return sql`${column} @> array[${value}]::${type}`;
    case "hasSome":
      return sql`${column} && ${value}::${type}`;
    case "hasEvery":
      return sql`${column} @> ${value}::${type}`;
    case "isEmpty":
      // The planner knows how often a list is this one, but not how long lists are.
      return value ? sql`${column} = '{}'` : sql`${column} <> '{}'`;
    case "contains":
      return search(column, partsInForm(form, operator, value as string), (part) => `%${part}%`);
    case "startsWith":
      return search(column, partsInForm(form, operator, value as string), (part) => `${part}%`);
  }
  if (value === null) {
    if (!nullable) return sql`false`;
    return isMoment ? missing(placed) : sql`${column} is null`;
  }
  const compared = (one: Sql) => sql`${one} ${COMPARISONS[operator] ?? empty} ${value}::${type}`;
  if (isMoment) return moment(placed, compared);
  return compared(cast === "text" && operator !== "eq" ? sql`${column} collate "C"` : column);
}

/** Whether a text is like one of these parts. Each is a condition of its own, since an index finds no list of patterns. */
function search(column: Sql, parts: readonly string[], pattern: (part: string) => string): Sql {
  const conditions = parts.map((part) => sql`folded(${column}) like folded(${pattern(literally(part))})`);
  return conditions.length === 1 ? (conditions[0] as Sql) : sql`(${join(conditions, " or ")})`;
}

// In a LIKE pattern these three have a meaning; a filter gives text.
const literally = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
