import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import sql from "sql-template-tag";
import type { Database } from "../database/database.js";
import { lost, OutcomeUnknown, unanswered } from "../database/unanswered.js";
import type { Prisma } from "../generated/prisma/client.js";
import { refuse, UserErrorCode } from "../graphql/user-error.js";
import type { Author } from "../graphql/viewer.js";
import { ask, run } from "./ask.js";
import { Change, shown } from "./change.js";
import { isTransient, refusedByDatabase } from "./database-rules.js";

/** A wish that a mutation be done once, however often it is asked for. */
export interface Once {
  /** What its author calls it. */
  readonly key: string;
  /** What was asked: the mutation's name and input. */
  readonly asked: unknown;
}

interface Settings {
  readonly author: Author;
  readonly reason?: string | null;
  readonly once?: Once;
}

const TRANSACTION = { maxWait: 10_000, timeout: 60_000 };
const ATTEMPTS = 5;

/**
 * Changes records in one transaction: all of it is kept or nothing. Work that PostgreSQL broke off, because two
 * transactions waited for each other, is done again, and so is work whose connection broke, where that cannot do it
 * twice: before it was to be committed, or under a key, which is found there if it was.
 *
 * @param work changes records; what it returns are the keys of the records that it was about
 * @returns the same; of a mutation that was done before under the same key, what it returned then
 * @throws Refused when a person did something wrong; OutcomeUnknown when it may have been done, or not
 */
export async function transact(
  database: Database,
  settings: Settings,
  work: (change: Change) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const prisma = await database.loadPrisma();
  let unknown = false;
  for (let attempt = 1; ; attempt++) {
    let committing = false;
    const whole = async (tx: Prisma.TransactionClient) => {
      const answer = await once(tx, settings, work);
      committing = true;
      return answer;
    };
    try {
      return await prisma.$transaction(whole, TRANSACTION);
    } catch (error) {
      unknown ||= committing && unanswered(error);
      const again = isTransient(error) || (lost(error) && (settings.once !== undefined || !unknown));
      if (!again || attempt === ATTEMPTS) {
        throw unknown && unanswered(error) ? new OutcomeUnknown(error) : refusedByDatabase(error);
      }
      await setTimeout(Math.random() * 50 * attempt);
    }
  }
}

async function once(
  tx: Prisma.TransactionClient,
  { author, reason, once }: Settings,
  work: (change: Change) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const before = once && (await claim(tx, author, once));
  if (before) return before;
  const change = new Change(tx, author, reason ?? null);
  const answer = await work(change);
  await change.save();
  if (once) {
    const { key } = once;
    const written = JSON.stringify(answer);
    await run(
      tx,
      sql`update idempotency_key set answer = ${written}::jsonb where author_id = ${author.id} and key = ${key}`,
    );
  }
  return answer;
}

/**
 * Takes an idempotency key. Of two requests that bring the same one at once, the second waits here for the first.
 *
 * @returns what was answered under it before
 * @throws Refused when it was used for something else
 */
async function claim(
  tx: Prisma.TransactionClient,
  author: Author,
  { key, asked }: Once,
): Promise<readonly string[] | undefined> {
  const hash = createHash("sha256").update(JSON.stringify(asked)).digest("hex");
  const taken = await run(
    tx,
    sql`insert into idempotency_key (author_id, key, input_hash) values (${author.id}, ${key}, ${hash}) on conflict do nothing`,
  );
  if (taken > 0) return undefined;
  const [known] = await ask<{ input_hash: string; answer: readonly string[] }>(
    tx,
    sql`select input_hash, answer from idempotency_key where author_id = ${author.id} and key = ${key}`,
  );
  if (known?.input_hash !== hash) {
    const message = `${shown(key)}: this key was used before, with another input. Use a new one for a new request.`;
    throw refuse(UserErrorCode.IDEMPOTENCY_KEY_REUSED, message, ["input", "idempotencyKey"]);
  }
  return known.answer;
}
