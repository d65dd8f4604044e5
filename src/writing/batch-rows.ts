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
import { type Document, type RecordKind, withoutFollowing } from "./record.js";
import { type Brought, bring, type Input, Inputs, namesAround } from "./resolve.js";
import { inOrderOfNeed, needsOf } from "./row-order.js";
import { withoutApart } from "./rows.js";
import { keepingParts } from "./same-part.js";
import type { Once } from "./transact.js";

/** How many rows are tried in one transaction where each is recorded for itself, and how few where they take long. */
const AT_ONCE = 25;
const FEWEST_AT_ONCE = 5;
/** What a transaction may take: readers of the embedded database wait for as long. */
const LONGEST_MILLISECONDS = 200;

/** How long the process is free before a transaction: the embedded database leaves it no time for what has come in. */
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
  const needs = needsOf(batch.kind, batch.rows);
  const waiting = inOrderOfNeed(needs).map((places) => places.map((at) => items[at] as Item));
  for (let size = AT_ONCE; waiting.length > 0; ) {
    const group = nextGroup(batch, waiting, size);
    // What is only tried is not there afterwards, so that whoever needs it has to try it again.
    const again = batch.input.dryRun === true ? neededBy(group, needs, items, results) : [];
    const began = performance.now();
    await recordSome(context, batch, group, again, brought, results);
    const milliseconds = performance.now() - began;
    size = Math.max(
      FEWEST_AT_ONCE,
      Math.min(AT_ONCE, Math.round((group.length * LONGEST_MILLISECONDS) / milliseconds)),
    );
  }
  return { results: items.map(({ at }) => results.get(at) as RowResult), errors: [] };
}

/** Takes the rows that are recorded together: those that need each other, and others as long as they are few. */
function nextGroup({ kind, input }: Batch, waiting: Item[][], size: number): Item[] {
  const group = waiting.shift() ?? [];
  const names = new Map(group.flatMap(({ row }) => namesAround(kind, row).own.map((name) => [name, row])));
  for (;;) {
    const [next] = waiting;
    if (!next || group.length + next.length > size) return group;
    for (const { row } of next) {
      for (const name of namesAround(kind, row).own) {
        const other = names.get(name) ?? row;
        // It updates what that one records, if that is right.
        if (input.onExisting === OnExisting.UPDATE && JSON.stringify(other) !== JSON.stringify(row))
          return group;
        names.set(name, row);
      }
    }
    group.push(...next);
    waiting.shift();
  }
}

/** The rows of earlier groups that were right and that a group needs, in the order in which they were tried. */
function neededBy(
  group: readonly Item[],
  needs: readonly (readonly number[])[],
  items: readonly Item[],
  results: ReadonlyMap<number, RowResult>,
): Item[] {
  const needed = new Set<number>();
  const visit = (at: number) => {
    for (const need of needs[at] ?? []) {
      if (needed.has(need)) continue;
      needed.add(need);
      visit(need);
    }
  };
  for (const { at } of group) visit(at);
  return [...results]
    .filter(([at, { outcome }]) => needed.has(at) && outcome !== BatchOutcome.REFUSED)
    .map(([at]) => items[at] as Item);
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
  again: readonly Item[],
  brought: Brought,
  results: Map<number, RowResult>,
): Promise<void> {
  if (items.length === 0) return;
  await setTimeout(PAUSE_MILLISECONDS);
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
      const isReplayed = ({ at }: Item) => results.get(at)?.outcome === BatchOutcome.REPLAYED;
      for (const { row, at } of again.filter(isReplayed)) {
        inputs.announce(batch.kind, row, results.get(at)?.id);
      }
      const needed = again.filter((item) => !isReplayed(item));
      const chosen = wanted.map((place) => items[place] as Item);
      const made = (await begin(change, inputs, batch, [...needed, ...chosen])).slice(needed.length);
      for (const [place, { at }] of chosen.entries()) begun.set(at, made[place] as Begun);
      return made.map(({ id }) => [id]);
    },
  );
  const all = [...errors, ...(inputs?.sharedBy(errors) ?? [])];
  if (all.length === 0) {
    if (batch.input.dryRun !== true) inputs?.keep();
    for (const [place, { row, at }] of items.entries()) {
      const [id] = answers[place] ?? [];
      if (id !== undefined && batch.input.dryRun !== true) bring(brought, batch.kind, row, id);
      const outcome = replayed.includes(place) ? BatchOutcome.REPLAYED : outcomeOf(begun.get(at) as Begun);
      results.set(at, {
        key: row.key ?? null,
        outcome,
        id,
        errors: [],
        warnings: warnings.filter(({ path }) => rowOf(batch, path) === at),
      });
    }
    return;
  }
  const wrong = grouped(all, (error) => rowOf(batch, error.path));
  const refuse = ({ row, at }: Item, errors: readonly UserError[]) =>
    results.set(at, { key: row.key ?? null, outcome: BatchOutcome.REFUSED, errors, warnings: [] });
  const unclear = !items.some(({ at }) => wrong.has(at));
  if (unclear && items.length === 1) refuse(items[0] as Item, all);
  else if (unclear) {
    const half = Math.ceil(items.length / 2);
    await recordSome(context, batch, items.slice(0, half), again, brought, results);
    await recordSome(context, batch, items.slice(half), again, brought, results);
  } else {
    for (const item of items) {
      const own = wrong.get(item.at);
      if (own) refuse(item, own);
    }
    await recordSome(
      context,
      batch,
      items.filter(({ at }) => !wrong.has(at)),
      again,
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
    const called = `${shown(idempotencyKey)}, for a row with the same ${row.key == null ? "external id or words" : "key"}`;
    return { key, called, asked: [name, row], path: ["input", many, at] };
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
  /** Whether it changes what an earlier row of the same transaction makes of the record, if one does. */
  revises?: boolean | undefined;
}

/** What became of a row, once it is recorded. */
function outcomeOf({ id, change, isNew, revises }: Begun): BatchOutcome {
  if (isNew) return BatchOutcome.RECORDED;
  if (revises !== undefined) return revises ? BatchOutcome.UPDATED : BatchOutcome.UNCHANGED;
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
      change.unfit(message, ["input", many, at, ...path]);
    }
  }
  change.connects = input.onExisting !== OnExisting.ERROR;
  checkKeys(change, batch, items);
  await inputs.lookUp(
    kind.fields,
    items.map((item) => [item.row, pathOf(item)] as const),
  );
  await inputs.lookUpRows(kind, rows);
  const begun = items.map((item): Begun => {
    const { row } = item;
    const there = input.onExisting === OnExisting.ERROR ? undefined : inputs.thereAs(kind, row, pathOf(item));
    const id = inputs.announce(kind, row, there);
    return { id, change, isNew: there === undefined };
  });
  for (const [place, item] of items.entries()) {
    const one = begun[place] as Begun;
    const { id, isNew } = one;
    const path = pathOf(item);
    await allowed(change, batch, path, async () => {
      kind.mayBegin?.(change.author, item.row);
      if (isNew) inputs.begin(kind, item.row, path, id);
      else if (input.onExisting === OnExisting.UPDATE) {
        one.revises = await update(change, inputs, kind, item.row, id, path);
      }
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

/** A key has something to it, and no two rows of a request have the same. */
function checkKeys(change: Change, { many, rows }: Batch, items: readonly Item[]): void {
  for (const { row, at } of items) {
    if (row.key != null && row.key.trim() === "") {
      const message = `${JSON.stringify(row.key)}: a key that is blank names nothing. Write a name, or leave it out.`;
      change.problem(UserErrorCode.INVALID, message, ["input", many, at, "key"]);
    }
    if (row.key == null || rows.findIndex(({ key }) => key === row.key) === at) continue;
    const message = `${JSON.stringify(row.key)}: an earlier row has this key. Give each row another, or none.`;
    change.problem(UserErrorCode.TAKEN, message, ["input", many, at, "key"]);
  }
}

/**
 * Changes what a row gives of a record that is there.
 *
 * @returns where an earlier row of the same transaction records or changes it, whether this one says something else
 */
async function update(
  change: Change,
  inputs: Inputs,
  kind: RecordKind,
  row: Row,
  key: string,
  path: Path,
): Promise<boolean | undefined> {
  const begun = change.draft(key);
  const draft = begun ?? (await openOne(change, kind.entity, { key }, path));
  if (!begun) draft.path = path;
  const former = draft.after as Document;
  const given = inputs.given(kind.fields, row, path);
  for (const { name, given: when } of kind.fields.values()) {
    if (when !== "first" || given[name] === undefined || given[name] === former[name]) continue;
    const message = `${shown(given[name])}: the ${kind.entity.name.toLowerCase()} is there, with the ${name} ${former[name]}. An update does not change it: leave it out, or use the mutation that does.`;
    change.problem(UserErrorCode.INVALID, message, [...path, name]);
  }
  const kept = withoutFollowing(kind, former);
  draft.after = { ...kept, ...keepingParts(kind, former, given) };
  return begun && JSON.stringify(kept) !== JSON.stringify(draft.after);
}
