import { TypeID } from "typeid-js";
import { badUserInput } from "./errors.js";

// Crockford's base 32, two digits (ten bits) at a time.
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
const PAIRS = Array.from({ length: 1024 }, (_, bits) => `${DIGITS[bits >> 5]}${DIGITS[bits & 31]}`);

/**
 * The public form of a database key: a TypeID such as `claim_01jt3v…` (https://github.com/jetify-com/typeid).
 * Written out here, because every row of an answer has one and the library takes many times as long.
 */
export function encodeId(prefix: string, uuid: string): string {
  const hex = uuid.replaceAll("-", "");
  // 26 digits are 130 bits: two that are zero and the key. Five hexadecimal digits are four of these.
  let id = `${prefix}_${PAIRS[Number.parseInt(hex.slice(0, 2), 16)]}`;
  for (let start = 2; start < 32; start += 5) {
    const bits = Number.parseInt(hex.slice(start, start + 5), 16);
    id += `${PAIRS[bits >> 10]}${PAIRS[bits & 1023]}`;
  }
  return id;
}

/**
 * Reads a public id.
 *
 * @throws BAD_USER_INPUT when the text is no TypeID
 */
export function decodeId(id: string): { prefix: string; uuid: string } {
  try {
    const read = TypeID.fromString(id);
    return { prefix: read.getType(), uuid: read.toUUID() };
  } catch {
    throw badUserInput(
      `${quoted(id)} is not an id. Use an id that the server gave, such as "claim_01jt3v8x1zfkq9m2d4n6p8r0sw".`,
    );
  }
}

/**
 * Reads a public id that must belong to one type.
 *
 * @throws BAD_USER_INPUT when the text is no TypeID, or one of another type
 */
export function decodeIdOf(prefix: string, id: string): string {
  const read = decodeId(id);
  if (read.prefix !== prefix) {
    throw badUserInput(
      `${quoted(id)} is the id of another type; here an id that starts with "${prefix}_" is needed.`,
    );
  }
  return read.uuid;
}

const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
