import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import sql from "sql-template-tag";
import type { ZodType } from "zod";
import type { Database } from "../database/database.js";
import { lost, OutcomeUnknown, unanswered } from "../database/unanswered.js";
import type { Prisma } from "../generated/prisma/client.js";
import { Refused, UserErrorCode } from "../graphql/user-error.js";
import type { UserWarning } from "../graphql/user-warning.js";
import type { Author } from "../graphql/viewer.js";
import { prose, text } from "../values/rules.js";
import { shown } from "../values/shown.js";
import { ask, run } from "./ask.js";
import { Change, type Path } from "./change.js";
import { isDouble, isTransient, refusedByDatabase, refusedOfDraft } from "./database-rules.js";

/** A wish that a mutation be done once, however often it is asked for. */
export interface Once {
  readonly key: string;
  /** What its author calls it in messages, where that is not the key. */
  readonly called?: string;
  /** What was asked: the mutation's name and input. */
  readonly asked: unknown;
  /** Where in the input it stands, where that is not its key. */
  readonly path?: Path;
}

interface Settings {
  readonly author: Author;
  readonly reason?: string | null;
  /** What is to be done, one or several things, and which of them only once. */
  readonly once: readonly (Once | undefined)[];
  /** Whether it is only tried: all is checked and said, and nothing is kept. */
  readonly dryRun?: boolean;
}

/** Ends a transaction of which nothing is to be kept. */
class OnlyTried extends Error {
  constructor(readonly done: Done) {
    super("It was only tried.");
  }
}

/** What came of one thing that was to be done: keys of records. */
export type Keys = readonly string[];

/**
 * Does those of several things that were not done before, and says of each which records it was about.
 *
 * @param wanted their places
 * @param before what was answered of the others
 */
type Work = (
  change: Change,
  wanted: readonly number[],
  before: readonly (Keys | undefined)[],
) => Promise<readonly Keys[]>;

interface Done {
  readonly answers: readonly Keys[];
  readonly warnings: readonly UserWarning[];
  /** Which of the things were done before. */
  readonly replayed: readonly number[];
}

const LONGEST_KEY = 200;
const TRANSACTION = { maxWait: 10_000, timeout: 60_000 };
const ATTEMPTS = 5;

/**
 * Changes records in one transaction: all of it is kept or nothing. Work that PostgreSQL broke off, because two
 * transactions waited for each other, is done again, and so is work whose connection broke, where that cannot do it
 * twice: before it was to be committed, or under a key, which is found there if it was.
 *
 * @param work does those of the things that were not done before, and says of each which records it was about
 * @returns the same of all, and what is odd; of what was done before under the same key, what it was then
 * @throws Refused when a person did something wrong; OutcomeUnknown when it may have been done, or not
 */
export async function transact(database: Database, settings: Settings, work: Work): Promise<Done> {
  const prisma = await database.loadPrisma();
  const named = settings.once.every((one) => one !== undefined);
  let unknown = false;
  for (let attempt = 1; ; attempt++) {
    let committing = false;
    const whole = async (tx: Prisma.TransactionClient) => {
      const answer = await within(tx, settings, work);
      if (settings.dryRun) throw new OnlyTried(answer);
      committing = true;
      return answer;
    };
    try {
      return await prisma.$transaction(whole, TRANSACTION);
    } catch (error) {
      if (error instanceof OnlyTried) return error.done;
      unknown ||= committing && unanswered(error);
      const again =
        isTransient(error) ||
        isDouble(error) ||
        (error instanceof Refused && error.outrun) ||
        (lost(error) && (named || !unknown));
      if (!again || attempt === ATTEMPTS) {
        throw unknown && unanswered(error) ? new OutcomeUnknown(error) : refusedByDatabase(error);
      }
      await setTimeout(Math.random() * 50 * attempt);
    }
  }
}

async function within(
  tx: Prisma.TransactionClient,
  { author, reason, once }: Settings,
  work: Work,
): Promise<Done> {
  const change = new Change(tx, author, prose.safeParse(reason).data ?? null);
  if (reason != null) checkText(change, prose, reason, "reason");
  for (const { key } of once.filter((one) => one !== undefined))
    checkText(change, keyRule, key, "idempotencyKey");
  change.refuseIfWrong();
  const answers: (Keys | undefined)[] = [];
  for (const one of once) answers.push(one && (await claim(change, author, one)));
  const wanted = [...answers.keys()].filter((at) => answers[at] === undefined);
  change.refuseIfWrong();
  const replayed = [...answers.keys()].filter((at) => !wanted.includes(at));
  const all = { answers: answers as Keys[], warnings: change.warnings, replayed };
  if (wanted.length === 0) return all;
  const done = await work(change, wanted, answers);
  try {
    await change.save({ noticing: true });
  } catch (error) {
    throw refusedOfDraft(error, change);
  }
  for (const [place, at] of wanted.entries()) answers[at] = done[place];
  if (once.every((one) => one === undefined)) return all;
  const answered = wanted.map((at, place) => ({ key: once[at]?.key, answer: done[place] as Keys }));
  await run(
    tx,
    sql`update idempotency_key k set answer = a.answer
      from jsonb_to_recordset(${JSON.stringify(answered)}::jsonb) as a(key text, answer jsonb)
      where k.author_id = ${author.id} and k.key = a.key`,
  );
  return all;
}

const keyRule = text.max(LONGEST_KEY, { error: `write at most ${LONGEST_KEY} characters` });

function checkText(change: Change, rule: ZodType, given: string, name: string): void {
  const [issue] = rule.safeParse(given).error?.issues ?? [];
  if (issue) change.problem(UserErrorCode.INVALID, `${shown(given)}: ${issue.message}.`, ["input", name]);
}

/**
 * Takes an idempotency key. Of two requests that bring the same one at once, the second waits here for the first.
 *
 * @returns what was answered under it before; nothing, and a problem, when it was used for something else
 */
async function claim(
  change: Change,
  author: Author,
  { key, called = shown(key), asked, path = ["input", "idempotencyKey"] }: Once,
): Promise<Keys | undefined> {
  const { tx } = change;
  const hash = createHash("sha256").update(JSON.stringify(asked)).digest("hex");
  const taken = await run(
    tx,
    sql`insert into idempotency_key (author_id, key, input_hash) values (${author.id}, ${key}, ${hash}) on conflict do nothing`,
  );
  if (taken > 0) return undefined;
  const [known] = await ask<{ input_hash: string; answer: Keys }>(
    tx,
    sql`select input_hash, answer from idempotency_key where author_id = ${author.id} and key = ${key}`,
  );
  if (known?.input_hash !== hash) {
    const message = `${called}: this key was used before, with another input. Use a new one for a new request.`;
    change.problem(UserErrorCode.IDEMPOTENCY_KEY_REUSED, message, path);
    return [];
  }
  return known.answer;
}
