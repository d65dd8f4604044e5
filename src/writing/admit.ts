import sql from "sql-template-tag";
import { withArticle } from "../graphql/article.js";
import { forbidden } from "../graphql/errors.js";
import { encodeId } from "../graphql/id.js";
import { UserErrorCode } from "../graphql/user-error.js";
import { may } from "../graphql/viewer.js";
import type { Entity } from "../reading/entity.js";
import { shown } from "../values/shown.js";
import { ask } from "./ask.js";
import type { Change, Draft, Path } from "./change.js";
import { type Document, kindOf, type RecordKind } from "./record.js";
import { documentOf, type Rows } from "./rows.js";

/** Which record, and on which conditions. */
interface Asked {
  readonly key: string | undefined;
  readonly expectedVersion?: unknown;
  /** Where something else than usual is left to whoever recorded it. */
  readonly authorMay?: RecordKind["authorMay"];
}

/** Opens one record to be changed: it must be there, the author must be allowed to, and it must not have changed since. */
export async function openOne(
  change: Change,
  entity: Entity,
  { key, expectedVersion, authorMay = kindOf(entity).authorMay }: Asked,
  path: Path,
): Promise<Draft> {
  const kind = kindOf(entity);
  const [draft] = key === undefined ? [] : await change.open(kind, new Map([[key, ["input"]]]));
  if (!draft) missing(change, entity, key, path);
  change.refuseIfWrong();
  await checkAuthors(change, [draft as Draft], authorMay);
  await checkVersion(change, draft as Draft, expectedVersion as number | null | undefined);
  return draft as Draft;
}

/** Opens several records to be changed, as `openOne` does one. @returns the drafts of those that are there */
export async function openAll(
  change: Change,
  entity: Entity,
  paths: ReadonlyMap<string, Path>,
  authorMay: RecordKind["authorMay"],
): Promise<Draft[]> {
  const drafts = await change.open(kindOf(entity), paths);
  for (const [key, path] of paths) if (!change.draft(key)) missing(change, entity, key, path);
  await checkAuthors(change, drafts, authorMay);
  return drafts;
}

function missing(change: Change, { name, prefix }: Entity, key: string | undefined, path: Path): void {
  // Where it was no id at all, that has been said.
  const named = key === undefined ? "" : shown(encodeId(prefix as string, key));
  const message = `${named}: there is no such ${name.toLowerCase()}; it may have been deleted. Use the id of one that exists.`;
  change.problem(UserErrorCode.NOT_FOUND, message, path);
}

/**
 * Editors change everything; whoever is less, only what the kind leaves to its author: their own drafts.
 *
 * @throws FORBIDDEN
 */
async function checkAuthors(
  change: Change,
  drafts: readonly Draft[],
  authorMay: RecordKind["authorMay"],
): Promise<void> {
  if (may(change.author, "EDITOR")) return;
  const ids = drafts.map(({ id }) => id);
  const first = await ask<{ id: string; author: string }>(
    change.tx,
    sql`select distinct on (record_id) record_id::text as id, author_id as author from revision
      where record_id = any(${ids}::uuid[]) order by record_id, seq`,
  );
  const authors = new Map(first.map(({ id, author }) => [id, author]));
  const own = ({ id, before }: Draft) =>
    authorMay?.(before as Document) && authors.get(id) === change.author.id;
  if (drafts.every(own)) return;
  throw forbidden(
    authorMay
      ? "With the role ANALYST you may change drafts of your own: withdrawClaim takes one out of review. Ask an editor for anything else."
      : `To change ${withArticle((drafts[0] as Draft).kind.entity.name.toLowerCase())} that is there needs the role EDITOR. Ask an editor.`,
  );
}

/** Nobody overwrites what they have not seen. */
async function checkVersion(
  change: Change,
  draft: Draft,
  expected: number | null | undefined,
): Promise<void> {
  if (expected == null || expected === draft.version) return;
  const { kind, id, version } = draft;
  const then = (await contentAt(change, kind, id, expected))?.document;
  const now = draft.before as Document;
  const differingFields = then
    ? Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(then[name]))
    : [];
  const differ = differingFields.length > 0 ? `; it differs in ${differingFields.join(", ")}` : "";
  change.problem(
    UserErrorCode.CONFLICT,
    `${shown(expected)}: the ${kind.entity.name.toLowerCase()} has version ${version} by now${differ}. Read it again, and send its version.`,
    ["input", "expectedVersion"],
    { currentVersion: version, differingFields },
  );
  change.refuseIfWrong();
}

/** A record as it was in one of its versions, and when it was first recorded; nothing when that is not known, or erased. */
export async function contentAt(change: Change, kind: RecordKind, id: string, version: number) {
  const [found] = await ask<{ rows: Rows | null }>(
    change.tx,
    sql`select rows from revision where record_id = ${id}::uuid and version = ${version}::int`,
  );
  if (!found?.rows) return undefined;
  const [row] = found.rows[kind.entity.table] ?? [];
  return { document: documentOf(kind, found.rows), recordedAt: new Date(row?.recorded_at as string) };
}
