import { createPatch } from "rfc6902";
import sql from "sql-template-tag";
import { v7 } from "uuid";
import type { Prisma } from "../generated/prisma/client.js";
import type { Author } from "../graphql/viewer.js";
import { ask, run } from "./ask.js";
import type { Draft } from "./change.js";
import { type Document, kindOf, type RecordKind } from "./record.js";
import { keyOf, type Row, type Rows, referencesOf, withoutApart } from "./rows.js";

/** A revision as the statement below takes it. */
interface Made {
  /** Its key, where that is not of chance. */
  readonly id?: string;
  readonly type: string;
  readonly record: string;
  readonly version: number;
  readonly action: string;
  readonly patch: unknown;
  readonly inverse: unknown;
  readonly public: boolean;
  readonly concerns: readonly string[];
  /** When, where that is not now. */
  readonly at?: string;
  /** The rows, where they are not those that stand there now. */
  readonly rows?: Rows;
  /** Whether the record is there afterwards. */
  readonly there: boolean;
  readonly reason?: string | null;
  readonly author?: Author;
}

/**
 * Writes a revision for each record that was changed, in their order: the last statement of its transaction, because
 * it takes the lock under which revisions are numbered.
 */
export async function revise(
  tx: Prisma.TransactionClient,
  drafts: readonly Draft[],
  author: Author,
  reason: string | null,
): Promise<void> {
  const made = drafts.flatMap((draft) => revisionOf(draft) ?? []);
  if (made.length === 0) return;
  const revised = new Set(made.map(({ record }) => record));
  const begun = await beginnings(
    tx,
    drafts.filter(({ id }) => revised.has(id)),
  );
  // Why something was recorded that readers do not see is not told beside what it brought along, which they do.
  const hidden = made.some((one) => one.action === "CREATED" && !one.public);
  const reasonOf = (one: Made) => (hidden && one.action === "CREATED" && one.public ? null : reason);
  const all = [...begun, ...made].map((one, place) => ({
    ...one,
    id: one.id ?? v7(),
    place,
    reason: one.reason ?? (one.author ? null : reasonOf(one)),
    author: one.author ?? author,
  }));
  await run(
    tx,
    sql`insert into revision (id, record_type, record_id, version, action, author_id, author_name, author_role, reason, patch, inverse, public, concerns, rows, recorded_at)
      select r.id, r.type, r.record, r.version, r.action, r.author ->> 'id', r.author ->> 'name', (r.author ->> 'role')::role, r.reason,
        r.patch, r.inverse, r.public, r.concerns, coalesce(r.rows, case when r.there then record_rows(r.type, r.record) end), coalesce(r.at, now())
      from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as r(place int, id uuid, type record_type, record uuid, version int,
        action revision_action, author jsonb, reason text, patch jsonb, inverse jsonb, public boolean, concerns uuid[], there boolean,
        rows jsonb, at timestamptz)
      order by r.place`,
  );
}

function revisionOf({
  kind,
  id,
  before,
  after,
  version,
  action,
  recordedAt,
  revision,
  public: seen,
  reason,
}: Draft): Made | undefined {
  const [former, latter] = [before, after].map((document) => document && withoutApart(kind, document));
  const patch = createPatch(former, latter);
  if (patch.length === 0 && action !== "HISTORY_ERASED") return undefined;
  return {
    id: revision,
    type: kind.type,
    record: id,
    version: version + 1,
    action: action ?? (before ? (after ? "UPDATED" : "DELETED") : "CREATED"),
    patch,
    inverse: createPatch(latter, former),
    ...aboutOf(kind, before, after),
    ...(seen !== undefined && { public: seen }),
    at: action ? undefined : recordedAt?.toISOString(),
    there: after !== null,
    reason,
  };
}

/** Who sees a revision, and what it concerns. */
function aboutOf(kind: RecordKind, ...documents: readonly (Document | null)[]) {
  const known = documents.filter((document) => document !== null);
  // Links between claims are not among them: readers may not learn of a link to a claim that they do not see.
  const references = known
    .flatMap((document) => referencesOf(kind.fields, document))
    .filter(({ to }) => kindOf(to).readable === undefined);
  return {
    public: kind.readable?.(known.at(-1) ?? {}) ?? true,
    concerns: [...new Set(references.map((reference) => keyOf(reference.to, reference.id)))],
  };
}

const UNKNOWN: Author = { id: "unknown", name: "Unknown", role: "ADMIN" };

/** What was written without a history gets the beginning of one: itself, as it stood before the first change. */
async function beginnings(tx: Prisma.TransactionClient, drafts: readonly Draft[]): Promise<Made[]> {
  const changed = drafts.filter(({ before }) => before !== null);
  if (changed.length === 0) return [];
  const keys = changed.map(({ id }) => id);
  const known = await ask<{ id: string }>(
    tx,
    sql`select distinct record_id::text as id from revision where record_id = any(${keys}::uuid[])`,
  );
  const begun = new Set(known.map(({ id }) => id));
  return changed
    .filter(({ id }) => !begun.has(id))
    .map(({ kind, id, before, version, rows }) => ({
      type: kind.type,
      record: id,
      version,
      action: "CREATED",
      patch: createPatch(null, before && withoutApart(kind, before)),
      inverse: createPatch(before && withoutApart(kind, before), null),
      ...aboutOf(kind, before),
      at: (rows?.[kind.entity.table]?.[0] as Row | undefined)?.recorded_at as string,
      rows,
      there: true,
      author: UNKNOWN,
    }));
}
