import { v7 } from "uuid";
import type { PrismaClient } from "../generated/prisma/client.js";
import { decodeIdOf, encodeId } from "../graphql/id.js";
import { refuse, UserErrorCode } from "../graphql/user-error.js";
import type { Author, Role } from "../graphql/viewer.js";
import { canonicalLine } from "../values/name.js";
import { hashOf, KEY_ID, makeToken } from "./key-token.js";

const LONGEST_NAME = 100;
const LONGEST_REASON = 1_000;

/** What a key is to be. */
export interface NewKey {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt?: Date | null;
}

/** A key that was just made. The token is not kept anywhere, so it can be shown this once. */
export interface MadeKey {
  readonly id: string;
  readonly token: string;
}

/**
 * Makes a key.
 *
 * @throws Refused when the name cannot be used or the expiry lies in the past
 */
export async function createKey(prisma: PrismaClient, key: NewKey, by: Author): Promise<MadeKey> {
  const { role, expiresAt } = key;
  const name = sentence(key.name, "name", LONGEST_NAME);
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw refuse(
      UserErrorCode.INVALID,
      `\`expiresAt\` is ${expiresAt.toISOString()}, which is past. Give a time to come, or none for a key without end.`,
      ["input", "expiresAt"],
    );
  }
  const uuid = v7();
  const token = makeToken(uuid);
  const hash = hashOf(uuid, token).toString("hex");
  await prisma.apiKey.create({ data: { id: uuid, name, role, hash, expiresAt, createdBy: by.id } });
  return { id: encodeId(KEY_ID, uuid), token };
}

/**
 * Revokes a key, from its next request on.
 *
 * @throws Refused when there is no such key or it was revoked before
 */
export async function revokeKey(
  prisma: PrismaClient,
  { id, reason }: { id: string; reason?: string | null },
  by: Author,
): Promise<void> {
  const revocationReason = reason == null ? null : sentence(reason, "reason", LONGEST_REASON);
  const uuid = keyNamed(id);
  const { count } = await prisma.apiKey.updateMany({
    where: { id: uuid, revokedAt: null },
    data: { revokedAt: new Date(), revokedBy: by.id, revocationReason },
  });
  if (count > 0) return;
  const revoked = await prisma.apiKey.findUnique({ where: { id: uuid } });
  if (!revoked) throw noSuchKey(id);
  const { revokedAt, revokedBy } = revoked;
  throw refuse(
    UserErrorCode.INVALID,
    `This key was revoked already, at ${revokedAt?.toISOString()} by ${revokedBy}.`,
    ["input", "id"],
  );
}

function keyNamed(id: string): string {
  try {
    return decodeIdOf(KEY_ID, id);
  } catch {
    throw noSuchKey(id);
  }
}

// Whoever passes the key itself instead of its id shall not find it in an answer or a log.
const noSuchKey = (id: string) =>
  refuse(
    UserErrorCode.NOT_FOUND,
    `There is no key with ${/^key_\w{1,26}$/.test(id) ? `the id ${JSON.stringify(id)}` : "this id"}. Ids start with "key_"; \`apiKeys\` lists them.`,
    ["input", "id"],
  );

/** A text of one line. */
function sentence(given: string, field: string, longest: number): string {
  const text = given.trim();
  const refused = /\p{Cc}/u.test(text) || "problem" in canonicalLine(text);
  if (text !== "" && text.length <= longest && !refused) return text;
  const problem =
    text === ""
      ? "is blank"
      : text.length > longest
        ? `has ${text.length} characters`
        : "has control characters, or others that no name has";
  throw refuse(UserErrorCode.INVALID, `\`${field}\` ${problem}. Give 1 to ${longest} on one line.`, [
    "input",
    field,
  ]);
}
