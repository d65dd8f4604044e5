import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Context } from "../graphql/context.js";
import { isForbidden } from "../graphql/errors.js";
import type { UnfitRow } from "../graphql/unfit-rows.js";
import { UserError, UserErrorCode } from "../graphql/user-error.js";
import type { UserWarning } from "../graphql/user-warning.js";
import { shown } from "../values/shown.js";
import { openOne } from "./admit.js";
import { BatchMode, BatchOutcome, OnExisting } from "./batch-vocabulary.js";
import type { Change, Path } from "./change.js";
import { changingTogether } from "./mutation.js";
import type { Document, RecordKind } from "./record.js";
import { type Brought, type Input, Inputs } from "./resolve.js";
import { withoutApart } from "./rows.js";
import type { Once } from "./transact.js";

/** How many rows are tried in one transaction where each is recorded for itself: readers wait no longer than that takes. */
const AT_ONCE = 25;

/** How long the process is free between two transactions: the embedded database leaves it no time for what has come in. */
const PAUSE_MILLISECONDS = 5;

/** A new record, and what it is called within the request. */
export type Row = Input & { readonly key?: string | null };

/** What became of one row. */
export interface RowResult {
  /** What it is called within the request. */
  readonly key: string | null;
  readonly outcome: BatchOutcome;
  /** The record's key, if there is one. */
  readonly id?: string | undefined;
  readonly errors: readonly UserError[];
  readonly warnings: readonly UserWarning[];
}

/** A batch that is to be recorded. */
interface Batch {
  readonly kind: RecordKind;
  /** The mutation, and its field that has the rows. */
  readonly name: string;
  readonly many: string;
  readonly input: Input;
  readonly rows: readonly Row[];
  /** What is wrong with the types of values, by the places of the rows. */
  readonly aside: ReadonlyMap<number, UnfitRow>;
}

/** A row, and its place in the input. */
interface Item {
  readonly row: Row;
  readonly at: number;
}

interface Report {
  readonly results: readonly RowResult[];
  readonly errors: readonly UserError[];
}

/** Records rows: all or none, or each for itself. */
export async function recordRows(context: Context, batch: Batch): Promise<Report> {
  const items = batch.rows.map((row, at) => ({ row, at }));
  const brought: Brought = new Map();
  if (batch.input.mode === BatchMode.ALL_OR_NOTHING) return recordAll(context, batch, items);
  const results = new Map<number, RowResult>();
  // What is only tried is tried as a whole: later rows may name earlier ones, which are not there afterwards.
  const size = batch.input.dryRun === true ? Math.max(items.length, 1) : AT_ONCE;
  for (let from = 0; from < items.length; from += size) {
    if (from > 0) await setTimeout(PAUSE_MILLISECONDS);
    await recordSome(context, batch, items.slice(from, from + size), brought, results);
  }
  return { results: items.map(({ at }) => results.get(at) as RowResult), errors: [] };
}

async function recordAll(context: Context, batch: Batch, items: readonly Item[]): Promise<Report> {
  const { input, name } = batch;
  const { idempotencyKey, ...asked } = input;
  const once = typeof idempotencyKey === "string" ? { key: idempotencyKey, asked: [name, asked] } : undefined;
  const begun: Begun[] = [];
  const { answers, errors, warnings, replayed } = await changingTogether(
    context,
    input,
    [once],
    async (change) => {
      begun.splice(0, begun.length, ...(await begin(change, new Inputs(change), batch, items)));
      return [begun.map(({ id }) => id)];
    },
  );
  const results = items.map(({ row, at }): RowResult => {
    const own = errors.filter((error) => rowOf(batch, error.path) === at);
    const outcome =
      errors.length > 0
        ? own.length > 0
          ? BatchOutcome.REFUSED
          : BatchOutcome.LEFT_OUT
        : replayed.length > 0
          ? BatchOutcome.REPLAYED
          : outcomeOf(begun[at] as Begun);
    return {
      key: row.key ?? null,
      outcome,
      id: answers[0]?.[at],
      errors: own,
      warnings: warnings.filter(({ path }) => rowOf(batch, path) === at),
    };
  });
  return { results, errors };
}

/** The row of which something is said. */
function rowOf({ many }: Batch, path: readonly string[]): number | undefined {
  return path[0] === "input" && path[1] === many && path[2] !== undefined ? Number(path[2]) : undefined;
}

/**
 * Rows that are right are recorded in one transaction. Those that are wrong are found together, and the rest is tried again
 * without them. Only where nobody can tell which one is wrong, the halves are tried by themselves.
 */
async function recordSome(
  context: Context,
  batch: Batch,
  items: readonly Item[],
  brought: Brought,
  results: Map<number, RowResult>,
): Promise<void> {
  if (items.length === 0) return;
  const once = onceOfRows(batch, items);
  const begun = new Map<number, Begun>();
  let inputs: Inputs | undefined;
  const { answers, errors, warnings, replayed } = await changingTogether(
    context,
    batch.input,
    once,
    async (change, wanted, before) => {
      begun.clear();
      inputs = new Inputs(change, brought);
      for (const [place, { row }] of items.entries()) {
        const [id] = before[place] ?? [];
        if (id !== undefined) inputs.announce(batch.kind, row, id);
      }
      const chosen = wanted.map((place) => items[place] as Item);
      const made = await begin(change, inputs, batch, chosen);
      for (const [place, { at }] of chosen.entries()) begun.set(at, made[place] as Begun);
      return made.map(({ id }) => [id]);
    },
  );
  const all = [...errors, ...(inputs?.sharedBy(errors) ?? [])];
  if (all.length === 0) {
    inputs?.keep();
    for (const [place, { row, at }] of items.entries()) {
      const outcome = replayed.includes(place) ? BatchOutcome.REPLAYED : outcomeOf(begun.get(at) as Begun);
      results.set(at, {
        key: row.key ?? null,
        outcome,
        id: answers[place]?.[0],
        errors: [],
        warnings: warnings.filter(({ path }) => rowOf(batch, path) === at),
      });
    }
    return;
  }
  const wrong = grouped(all, (error) => rowOf(batch, error.path));
  const refuse = ({ row, at }: Item, errors: readonly UserError[]) =>
    results.set(at, { key: row.key ?? null, outcome: BatchOutcome.REFUSED, errors, warnings: [] });
  const ofAll = wrong.get(undefined) ?? [];
  if (ofAll.length > 0 && items.length === 1) refuse(items[0] as Item, all);
  else if (ofAll.length > 0) {
    const half = Math.ceil(items.length / 2);
    await recordSome(context, batch, items.slice(0, half), brought, results);
    await recordSome(context, batch, items.slice(half), brought, results);
  } else {
    for (const item of items) {
      const own = wrong.get(item.at);
      if (own) refuse(item, own);
    }
    await recordSome(
      context,
      batch,
      items.filter(({ at }) => !wrong.has(at)),
      brought,
      results,
    );
  }
}

function grouped<Value, Key>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

/** Each row is done once by what it is, not by where it stands: its key, its first external id, or its words. */
function onceOfRows({ name, many, input, rows }: Batch, items: readonly Item[]): (Once | undefined)[] {
  const { idempotencyKey } = input;
  if (typeof idempotencyKey !== "string") return items.map(() => undefined);
  const identities = rows.map(identityOf);
  return items.map(({ row, at }) => {
    const identity = identities[at] as string;
    // The same words twice are two rows.
    const nth = identities.slice(0, at).filter((one) => one === identity).length;
    const key = `${idempotencyKey} ${createHash("sha256").update(`${identity} ${nth}`).digest("base64url")}`;
    return { key, asked: [name, row], path: ["input", many, at] };
  });
}

function identityOf(row: Row): string {
  const [first] = (row.externalIds ?? []) as { scheme: string; value: string }[];
  if (row.key != null) return JSON.stringify(["key", row.key]);
  return JSON.stringify(first ? ["external", first.scheme, first.value] : ["words", row]);
}

/** A row that was begun: a new record, or one that was there. */
interface Begun {
  readonly id: string;
  readonly change: Change;
  readonly isNew: boolean;
}

/** What became of a row, once it is recorded. */
function outcomeOf({ id, change, isNew }: Begun): BatchOutcome {
  if (isNew) return BatchOutcome.RECORDED;
  const draft = change.draft(id);
  if (!draft?.before || !draft.after) return BatchOutcome.UNCHANGED;
  const [before, after] = [draft.before, draft.after].map((document) =>
    JSON.stringify(sorted(withoutApart(draft.kind, document))),
  );
  return before === after ? BatchOutcome.UNCHANGED : BatchOutcome.UPDATED;
}

const sorted = (document: Document): unknown =>
  Object.entries(document).toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Begins the rows, which may name each other, and opens the records that are there already. */
async function begin(change: Change, inputs: Inputs, batch: Batch, items: readonly Item[]): Promise<Begun[]> {
  const { kind, many, input } = batch;
  const pathOf = ({ at }: Item): Path => ["input", many, at];
  const rows = items.map(({ row }) => row);
  for (const { at } of items) {
    for (const { path, message } of batch.aside.get(at)?.unfit ?? []) {
      change.problem(UserErrorCode.INVALID, message, ["input", many, at, ...path]);
    }
  }
  change.connects = input.onExisting !== OnExisting.ERROR;
  checkKeys(change, batch, items);
  await inputs.lookUp(kind.fields, rows);
  await inputs.lookUpRows(kind, rows);
  const begun = items.map(({ row }) => {
    const there = input.onExisting === OnExisting.ERROR ? undefined : inputs.thereAs(kind, row);
    const id = inputs.announce(kind, row, there);
    return { id, change, isNew: there === undefined };
  });
  for (const [place, item] of items.entries()) {
    const { id, isNew } = begun[place] as Begun;
    const path = pathOf(item);
    await allowed(change, batch, path, async () => {
      kind.mayBegin?.(change.author, item.row);
      if (isNew) inputs.begin(kind, item.row, path, id);
      else if (input.onExisting === OnExisting.UPDATE) await update(change, inputs, kind, item.row, id, path);
    });
  }
  return begun;
}

/** What a role does not allow ends the request, but for a row by itself: that one alone is refused. */
async function allowed(change: Change, { input }: Batch, path: Path, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    if (input.mode !== BatchMode.EACH || !isForbidden(error)) throw error;
    change.problem(UserErrorCode.FORBIDDEN, error.message, path);
  }
}

/** No two rows of a request have the same key. */
function checkKeys(change: Change, { many, rows }: Batch, items: readonly Item[]): void {
  for (const { row, at } of items) {
    if (row.key == null || rows.findIndex(({ key }) => key === row.key) === at) continue;
    const message = `${JSON.stringify(row.key)}: an earlier row has this key. Give each row another, or none.`;
    change.problem(UserErrorCode.TAKEN, message, ["input", many, at, "key"]);
  }
}

/** Changes what a row gives of a record that is there. */
async function update(
  change: Change,
  inputs: Inputs,
  kind: RecordKind,
  row: Row,
  key: string,
  path: Path,
): Promise<void> {
  const isNew = change.draft(key)?.before === null;
  const draft = isNew ? undefined : await openOne(change, kind.entity, { key }, path);
  if (!draft) return;
  draft.path = path;
  const given = inputs.given(kind.fields, row, path);
  for (const { name, given: when } of kind.fields.values()) {
    if (when !== "first" || given[name] === undefined || given[name] === draft.before?.[name]) continue;
    const message = `${shown(given[name])}: the ${kind.entity.name.toLowerCase()} is there, with the ${name} ${draft.before?.[name]}. An update does not change it: leave it out, or use the mutation that does.`;
    change.problem(UserErrorCode.INVALID, message, [...path, name]);
  }
  draft.after = { ...draft.after, ...keepingParts(kind, draft.after as Document, given) };
}

/** The lists that a row gives, with the parts that are there already and say the same. */
function keepingParts(kind: RecordKind, before: Document, given: Document): Document {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const how = kind.fields.get(name)?.how;
      if (how?.kind !== "parts") return [name, value];
      const left = [...(before[name] as Document[])];
      const parts = (value as Document[]).map((part) => {
        const at = left.findIndex((one) => saysTheSame(one, part));
        return at < 0 ? part : (left.splice(at, 1)[0] as Document);
      });
      return [name, parts];
    }),
  );
}

/** Whether a part has all that is given of another one. */
function saysTheSame(part: unknown, given: unknown): boolean {
  if (typeof given !== "object" || given === null) return part === given;
  if (typeof part !== "object" || part === null) return false;
  return Object.entries(given).every(
    ([name, value]) => name === "id" || value == null || saysTheSame((part as Document)[name], value),
  );
}
