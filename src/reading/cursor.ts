import { crc32 } from "node:zlib";
import { badUserInput } from "../graphql/errors.js";
import type { Noun, OrderTerm, SortKey } from "./noun.js";

/** The sort key values of one row, as text, the id last. */
export type Keys = readonly string[];

// A cursor is good for one list type and one order only; the names make another one's cursor recognisable.
const signature = (noun: Noun, order: readonly OrderTerm[]): string =>
  `${noun.name}(${order.map((term) => `${term.field} ${term.direction}`).join(", ")})`;

/**
 * The opaque position of a row: its sort keys and id, the order they belong to, and a checksum that tells a
 * cursor that was cut or altered from one that was given.
 */
export function encodeCursor(noun: Noun, order: readonly OrderTerm[], keys: Keys): string {
  const content = JSON.stringify([signature(noun, order), ...keys]);
  return Buffer.from(checksum(content) + content).toString("base64url");
}

/**
 * Reads a cursor that must belong to this list and order.
 *
 * @throws BAD_USER_INPUT when it was altered, or was given for another list or order
 */
export function decodeCursor(
  noun: Noun,
  order: readonly OrderTerm[],
  argument: string,
  cursor: string,
): Keys {
  const refuse = (why: string) =>
    badUserInput(
      `\`${argument}\` ${why}. Pass a cursor from this list, unchanged, with the same \`orderBy\`.`,
    );
  const bytes = Buffer.from(cursor, "base64url");
  const decoded = bytes.toString();
  const content = decoded.slice(8);
  // Decoding ignores what is no base64url, so the text must also come out again as it went in.
  if (bytes.toString("base64url") !== cursor || checksum(content) !== decoded.slice(0, 8)) {
    throw refuse("is not a cursor that this server gave");
  }
  const [signed, ...keys] = readList(content);
  if (signed !== signature(noun, order)) {
    throw refuse(`is a cursor of ${signed}, but this list is ${signature(noun, order)}`);
  }
  if (!couldBeKeys(noun, order, keys)) throw refuse("is not a cursor that this server gave");
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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const POSSIBLE: Record<SortKey["cast"], (text: string) => boolean> = {
  text: (text) => text.isWellFormed() && !text.includes("\0"),
  timestamptz(text) {
    if (text === "infinity" || text === "-infinity") return true;
    const moment = new Date(`${text.replace(" ", "T")}:00`);
    return (
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(text) &&
      !Number.isNaN(moment.getTime()) &&
      moment.toISOString().startsWith(text.slice(0, 10))
    );
  },
};

function couldBeKeys(noun: Noun, order: readonly OrderTerm[], keys: unknown[]): keys is string[] {
  const columns = order.flatMap(({ field }) => noun.orders.get(field) ?? []);
  const id = keys.at(-1);
  return (
    keys.length === columns.length + 1 &&
    columns.every(({ cast }, index) => {
      const key = keys[index];
      return typeof key === "string" && POSSIBLE[cast](key);
    }) &&
    typeof id === "string" &&
    UUID.test(id)
  );
}

const checksum = (content: string): string => crc32(content).toString(16).padStart(8, "0");
