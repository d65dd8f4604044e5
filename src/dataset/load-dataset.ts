import sql from "sql-template-tag";
import { actorRecord } from "../actor/actor.record.js";
import { claimRecord } from "../claim/claim.record.js";
import { eventRecord } from "../event/event.record.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { Refused } from "../graphql/user-error.js";
import { propositionRecord } from "../proposition/proposition.record.js";
import { RECORDS } from "../records.js";
import { sourceRecord } from "../source/source.record.js";
import { ask } from "../writing/ask.js";
import { Change } from "../writing/change.js";
import { type Document, filled, type RecordKind } from "../writing/record.js";
import { checkDataset } from "./check-dataset.js";
import { DatasetError } from "./dataset-error.js";
import * as documents from "./documents.js";
import { type Identify, identify } from "./ids.js";
import { readDataset } from "./read-dataset.js";
import { compareWithStored } from "./stored.js";

/** How many rows of each entity were added. */
export interface Created {
  actors: number;
  propositions: number;
  sources: number;
  events: number;
  claims: number;
}

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
      const stored = await compareWithStored(tx, set, [...new Set(outside.map(({ slug }) => slug))], id);
      for (const { slug, isUnknown } of outside) if (!stored.actors.has(slug)) isUnknown();
      if (!set.about || set.problems.length > 0) throw new DatasetError(folder, set.problems);
      const { name, title, language } = set.about;
      const change = new Change(tx, { id: `dataset:${name}`, name: title, role: "ADMIN" }, null);
      const created = begin(change, recordedAt, { id, language, stored, texts: set.texts });
      await countOn(change, id);
      await save(change, folder);
      return created;
    },
    { maxWait: 60_000, timeout: 120_000 },
  );
}

/** Begins a record for each entry that the database lacks. */
function begin(change: Change, recordedAt: Date, origin: documents.Origin): Created {
  const { actors, propositions, sources, events, claims } = origin.stored;
  const each = <Value extends { slug: string } | { key: string }>(
    kind: RecordKind,
    { missing, keyOf }: { missing: readonly Value[]; keyOf: (name: string) => string },
    document: (value: Value, origin: documents.Origin) => Document,
  ): number => {
    for (const value of missing) {
      const name = "slug" in value ? value.slug : value.key;
      const after = filled(kind.fields, document(value, origin));
      change.begin({ kind, id: keyOf(name), path: [`${kind.entity.table}s.yaml`, name], after, recordedAt });
    }
    return missing.length;
  };
  return {
    actors: each(actorRecord, actors, documents.actorDocument),
    propositions: each(propositionRecord, propositions, documents.propositionDocument),
    sources: each(sourceRecord, sources, documents.sourceDocument),
    events: each(eventRecord, events, documents.eventDocument),
    claims: each(claimRecord, claims, documents.claimDocument),
  };
}

/**
 * What was deleted comes back under its former key, and its versions count on. To bring a source back is not to publish its
 * text: what was withheld once is withheld until an editor says otherwise.
 */
async function countOn(change: Change, id: Identify): Promise<void> {
  const drafts = RECORDS.flatMap((kind) => change.draftsOf(kind));
  const former = await ask<{ id: string; version: number; withheld: boolean | null }>(
    change.tx,
    sql`select record_id::text as id, max(version) as version,
        bool_or(rows #>> '{source,0,text_access}' <> 'PUBLIC') as withheld
      from revision where record_id = any(${drafts.map(({ id }) => id)}::uuid[]) group by record_id`,
  );
  const formerly = new Map(former.map((one) => [one.id, one]));
  for (const draft of drafts) {
    const { version = 0, withheld } = formerly.get(draft.id) ?? {};
    const after = withheld ? { ...draft.after, textAccess: "ANALYST" } : draft.after;
    change.begin({ ...draft, after, version, revision: id("revision", draft.id, version + 1) });
  }
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
