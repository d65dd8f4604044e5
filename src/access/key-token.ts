import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { decodeId, encodeId } from "../graphql/id.js";

// Told apart from other texts by those who look for secrets in what was published.
const PREFIX = "cgk";
const TOKEN = /^cgk_([0-7][0-9a-hjkmnp-tv-z]{25})_[\w-]{43}$/;

/** The prefix of the public ids of keys. */
export const KEY_ID = "key";

/** Makes the secret text of a new key: the id by which its row is found, and 256 random bits. */
export const makeToken = (uuid: string): string =>
  `${encodeId(PREFIX, uuid)}_${randomBytes(32).toString("base64url")}`;

/** Whether a text means to be an API key, well formed or not. */
export const isKeyToken = (text: string): boolean => text.startsWith(`${PREFIX}_`);

/** The row that a key names. */
export function keyOfToken(token: string): string | undefined {
  const [, digits] = TOKEN.exec(token) ?? [];
  return digits === undefined ? undefined : decodeId(`${KEY_ID}_${digits}`).uuid;
}

/**
 * What is kept of a key. The secret has 256 bits of its own, so no slow hash is needed; the row's key in it makes a
 * hash good for its own row only.
 */
export const hashOf = (uuid: string, token: string): Buffer =>
  createHmac("sha256", `claimgraph api key ${uuid}`).update(token).digest();

const NOBODYS = Buffer.alloc(32);

/** Whether a token has a hash, in hexadecimal. Without one the same work is done, in vain. */
export function hasHash(uuid: string, token: string, hash: string | undefined): boolean {
  const kept = hash === undefined ? NOBODYS : Buffer.from(hash, "hex");
  return timingSafeEqual(hashOf(uuid, token), kept) && hash !== undefined;
}
