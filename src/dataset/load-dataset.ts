import sql from "sql-template-tag";
import type { PrismaClient } from "../generated/prisma/client.js";
import { listOf } from "../graphql/field-names.js";
import { Refused } from "../graphql/user-error.js";
import { RECORDS } from "../records.js";
import { ask } from "../writing/ask.js";
import { Change, type Draft } from "../writing/change.js";
import { filled, type RecordKind } from "../writing/record.js";
import { checkDataset, type Outside } from "./check-dataset.js";
import { DatasetError } from "./dataset-error.js";
import { documentOf, type Origin } from "./documents.js";
import { fileOf } from "./format.js";
import { type Identify, identify } from "./ids.js";
import { readDataset } from "./read-dataset.js";
import { compareWithStored } from "./stored.js";

/** How many records of each kind were added, by the name of their list: `actors`. */
export type Created = Readonly<Record<string, number>>;

/**
 * Loads the data set of a folder, all of it or nothing. What is in the database already is left alone, with
 * all that it owns: a person may have edited it. So loading a set twice changes nothing.
 *
 * @throws DatasetError with everything that is wrong with the files
 */
export async function loadDataset(prisma: PrismaClient, folder: string): Promise<Created> {
  const set = readDataset(folder);
  const outside = checkDataset(set);
  return prisma.$transaction(
    async (tx) => {
      // Any number, the same in every process: two that load at once take turns.
      await tx.$executeRaw`select pg_advisory_xact_lock(7204611943)`;
      const recordedAt = new Date(set.about?.recordedAt ?? 0);
      const id = identify(set.about?.name ?? "", recordedAt);
      const stored = await compareWithStored(tx, set, slugsOf(outside), id);
      for (const { kind, slug, isUnknown } of outside) if (!stored.of(kind.entity).has(slug)) isUnknown();
      if (!set.about || set.problems.length > 0) throw new DatasetError(folder, set.problems);
      const { about } = set;
      const change = new Change(tx, { id: `dataset:${about.name}`, name: about.title, role: "ADMIN" }, null);
      const created = begin(change, recordedAt, { id, about, stored });
      await countOn(change, id);
      await save(change, folder);
      return created;
    },
    { maxWait: 60_000, timeout: 120_000 },
  );
}

function slugsOf(outside: readonly Outside[]): Map<RecordKind, string[]> {
  const slugs = new Map<RecordKind, Set<string>>();
  for (const { kind, slug } of outside) slugs.set(kind, (slugs.get(kind) ?? new Set()).add(slug));
  return new Map([...slugs].map(([kind, of]) => [kind, [...of]]));
}

/** Begins a record for each entry that the database lacks. */
function begin(change: Change, recordedAt: Date, origin: Origin): Created {
  const created: Record<string, number> = {};
  for (const kind of RECORDS) {
    const { missing, keyOf } = origin.stored.of(kind.entity);
    for (const entry of missing) {
      const name = entry.name as string;
      const after = filled(kind.fields, documentOf(kind, entry, origin));
      change.begin({ kind, id: keyOf(name), path: [fileOf(kind), name], after, recordedAt });
    }
    created[listOf(kind.entity)] = missing.length;
  }
  return created;
}

/** What was deleted comes back under its former key, and its versions count on. */
async function countOn(change: Change, id: Identify): Promise<void> {
  for (const kind of RECORDS) {
    const drafts = change.draftsOf(kind);
    const former = await formerVersions(change, drafts);
    await kind.comeBack?.(
      change,
      drafts.filter((draft) => former.has(draft.id)),
    );
    for (const draft of drafts) {
      const version = former.get(draft.id) ?? 0;
      change.begin({ ...draft, version, revision: id("revision", draft.id, version + 1) });
    }
  }
}

/** The last version of those that were deleted. */
async function formerVersions(change: Change, drafts: readonly Draft[]): Promise<Map<string, number>> {
  const rows = await ask<{ id: string; version: number }>(
    change.tx,
    sql`select record_id::text as id, max(version) as version from revision
      where record_id = any(${drafts.map(({ id }) => id)}::uuid[]) group by record_id`,
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** The files agree with themselves, but what is in the database may have been edited since. */
async function save(change: Change, folder: string): Promise<void> {
  try {
    await change.save();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const lines = error.errors.map(({ path, message }) => {
      const [file, entry, ...place] = path;
      return `${file}, ${entry}: ${place.join(".")} ${message}`;
    });
    throw new DatasetError(folder, lines);
  }
}
