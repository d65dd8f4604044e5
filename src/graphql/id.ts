import { shown } from "../values/shown.js";
import { badUserInput } from "./errors.js";

// Crockford's base 32.
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

/** The value of each digit, by its character code. */
const VALUES: readonly number[] = Object.assign(
  [],
  Object.fromEntries([...DIGITS].map((digit, value) => [digit.charCodeAt(0), value])),
);

// A prefix of letters, which may hold underscores inside; the first digit stands for three bits only.
const TYPE_ID = /^([a-z](?:[a-z_]{0,61}[a-z])?)_([0-7][0-9a-hjkmnp-tv-z]{25})$/;

/**
 * Reads a public id.
 *
 * @throws BAD_USER_INPUT when the text is no TypeID
 */
export function decodeId(id: string): { prefix: string; uuid: string } {
  const [, prefix, digits] = TYPE_ID.exec(id) ?? [];
  if (prefix === undefined || digits === undefined) {
    throw badUserInput(
      `${shown(id)} is not an id. Use an id that the server gave, such as "claim_01jt3v8x1zfkq9m2d4n6p8r0sw".`,
    );
  }
  const digit = (index: number) => VALUES[digits.charCodeAt(index)] as number;
  // Four digits are twenty bits, five hexadecimal digits; the first two hold eight bits.
  let hex = (digit(0) * 32 + digit(1)).toString(16).padStart(2, "0");
  for (let index = 2; index < 26; index += 4) {
    const bits = ((digit(index) * 32 + digit(index + 1)) * 32 + digit(index + 2)) * 32 + digit(index + 3);
    hex += bits.toString(16).padStart(5, "0");
  }
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return { prefix, uuid };
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
      `${shown(id)} is the id of another type; here an id that starts with "${prefix}_" is needed.`,
    );
  }
  return read.uuid;
}

/** Writes a public id, as the database does in columns named `public_id`. */
export function encodeId(prefix: string, uuid: string): string {
  let bits = BigInt(`0x${uuid.replaceAll("-", "")}`);
  let digits = "";
  for (let index = 0; index < 26; index++, bits >>= 5n) digits = DIGITS[Number(bits & 31n)] + digits;
  return `${prefix}_${digits}`;
}
