import { hash } from "node:crypto";
import sql, { type Sql } from "sql-template-tag";
import { badUserInput } from "../graphql/errors.js";
import type { ValueType } from "../graphql/filters.js";
import { allEntities, type Entity, type OrderTerm } from "./entity.js";
import { jsonOf, quoted, written } from "./json.js";
import { Late } from "./late.js";
import { sortTypes } from "./order.js";

/** The sort key values of one row, as text, the id last. */
export type Keys = readonly string[];

/** The same, some of them known only when the statement is run. */
export type LateKeys = readonly (string | Late<string>)[];

/** No row's id: with either, a position stands before or after all rows that are level in everything else. */
export const FIRST_ID = "00000000-0000-0000-0000-000000000000";
export const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** What a cursor is good for: one list type and one order only. */
interface List {
  /** Makes another one's cursor recognisable. */
  readonly signature: string;
  /** The types of its sort keys, that of the id last. */
  readonly types: readonly ValueType[];
}

const listOf = (entity: Entity, order: readonly OrderTerm[]): List => ({
  signature: `${entity.name}(${order.map((term) => `${term.field} ${term.direction}`).join(", ")})`,
  types: sortTypes(entity, order),
});

/**
 * What a cursor says: a JSON list, as text, of the order that it belongs to, the row's sort keys and its id.
 *
 * @param keys the sort keys as text, the id last
 */
export function placeOf(entity: Entity, order: readonly OrderTerm[], keys: readonly Sql[]): Sql {
  const { signature, types } = listOf(entity, order);
  const members = keys.flatMap((key, index) => [
    ",",
    ...(types[index]?.sql === "text" ? jsonOf(key) : quoted(key)),
  ]);
  return written([`["${signature}"`, ...members, "]"]);
}

/**
 * The opaque position of a row, written by the database: in base64, a checksum that tells a cursor that was cut or
 * altered from one that was given, and what it says. It is written for every row of a page, so by what costs
 * PostgreSQL least: to exchange single characters, for those that a URL may hold, would take longer than all the rest.
 *
 * @param place what it says
 */
export function cursorOf(place: Sql): Sql {
  const bytes = sql`convert_to(${place}, 'UTF8')`;
  return sql`replace(encode(substring(sha256(${bytes}) for 4) || ${bytes}, 'base64'), E'\n', '')`;
}

/**
 * Reads a cursor that must belong to this list and order.
 *
 * @param argument the argument that holds it, for the message
 * @throws BAD_USER_INPUT when it was altered, or was given for another list or order; of a late one, then
 */
export function readCursor(
  entity: Entity,
  order: readonly OrderTerm[],
  argument: string,
  cursor: string | Late<string>,
): LateKeys {
  const list = listOf(entity, order);
  if (!(cursor instanceof Late)) return decodeCursor(list, argument, cursor);
  const keys = cursor.map((text) => decodeCursor(list, argument, text));
  return list.types.map((_, index) => keys.map((all) => all[index] as string));
}

function decodeCursor({ signature, types }: List, argument: string, cursor: string): Keys {
  const refuse = (why: string) =>
    badUserInput(
      `\`${argument}\` ${why}. Pass a cursor from this list, unchanged, with the same \`orderBy\`.`,
    );
  const bytes = Buffer.from(cursor, "base64");
  const content = bytes.subarray(4);
  const checksum = hash("sha256", content, "buffer").subarray(0, 4);
  // Decoding ignores what is no base64, so the text must also come out again as it went in.
  if (bytes.toString("base64") !== cursor || !checksum.equals(bytes.subarray(0, 4))) {
    throw refuse("is not a cursor that this server gave");
  }
  const [signed, ...keys] = readList(content.toString());
  if (isSignature(signed) && signed !== signature) {
    throw refuse(`is a cursor of ${signed}, but this list is ${signature}`);
  }
  if (signed !== signature || !couldBeKeys(types, keys)) {
    throw refuse("is not a cursor that this server gave");
  }
  return keys;
}

// The checksum is no secret: whoever makes it may write anything, and the database should not be the first to see.
function readList(content: string): unknown[] {
  try {
    const list: unknown = JSON.parse(content);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** Whether it is the signature of some list, in some order, of this server. */
function isSignature(signed: unknown): signed is string {
  const [, name, terms = ""] = typeof signed === "string" ? (/^(\w+)\((.*)\)$/.exec(signed) ?? []) : [];
  const entity = allEntities().find((one) => one.name === name);
  const fields = terms.split(", ").map((term) => /^(\w+) (?:ASC|DESC)$/.exec(term)?.[1]);
  // An order names no field twice, so no signature is long.
  return (
    new Set(fields).size === fields.length && fields.every((field) => field && entity?.orders.has(field))
  );
}

const matches = (pattern: RegExp) => (text: string) => pattern.test(text);

/** Whether a text could be what PostgreSQL writes of a value, by the SQL type of that. */
const POSSIBLE: Readonly<Record<string, (text: string) => boolean>> = {
  bigint: matches(/^-?\d{1,18}$/),
  integer: (text) => /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) < 2 ** 31,
  "double precision": (text) =>
    /^-?\d{1,20}(\.\d{1,20})?(e[+-]\d{1,3})?$/.test(text) && Number.isFinite(+text),
  boolean: matches(/^(true|false)$/),
  text: (text) => text.isWellFormed() && !text.includes("\0"),
  date: (text) => isDay(text, text),
  timestamptz(text) {
    if (text === "infinity" || text === "-infinity") return true;
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(text)) return false;
    return isDay(text.slice(0, 10), `${text.replace(" ", "T")}:00`);
  },
  uuid: matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
};

// A day too many is that of another month.
const isDay = (day: string, instant: string): boolean =>
  /^(?!0000)\d{4}-\d\d-\d\d$/.test(day) && new Date(instant).getUTCDate() === Number(day.slice(8));

const couldBe = ({ sql, words }: ValueType, key: unknown): key is string =>
  typeof key === "string" && (words?.includes(key) ?? POSSIBLE[sql]?.(key) ?? false);

const couldBeKeys = (types: readonly ValueType[], keys: unknown[]): keys is string[] =>
  keys.length === types.length && types.every((type, index) => couldBe(type, keys[index]));
