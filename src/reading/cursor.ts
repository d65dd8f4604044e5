import { crc32 } from "node:zlib";
import { badUserInput } from "../graphql/errors.js";
import type { Noun, OrderTerm } from "./noun.js";

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
  const [signed, ...keys] = JSON.parse(content) as string[];
  if (signed !== signature(noun, order)) {
    throw refuse(`is a cursor of ${signed}, but this list is ${signature(noun, order)}`);
  }
  return keys;
}

const checksum = (content: string): string => crc32(content).toString(16).padStart(8, "0");
