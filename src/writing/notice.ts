import sql, { raw } from "sql-template-tag";
import { encodeId } from "../graphql/id.js";
import { DateTime } from "../graphql/scalars.js";
import { UserWarningCode } from "../graphql/user-warning.js";
import { dateBounds } from "../values/fuzzy-date.js";
import { nameKey } from "../values/name.js";
import { shown } from "../values/shown.js";
import { ask } from "./ask.js";
import { type Change, type Draft, type Path, placeIn } from "./change.js";
import { allKinds, type Document, type Fields, type RecordKind } from "./record.js";

/** Warns of what may be odd in records of any kind. */
export async function noticeAll(change: Change): Promise<void> {
  for (const kind of allKinds()) {
    for (const draft of change.draftsOf(kind)) noticeDates(change, draft);
  }
  await noticeConnected(change);
}

const A_DAY = 86_400_000;

/** Dates in the future and before the year 1000 are mostly slips of the pen. What is to end may end later. */
function noticeDates(change: Change, draft: Draft): void {
  const former = new Set(datesOf(draft.kind.fields, draft.before).map(({ written }) => written));
  for (const { written, path } of datesOf(draft.kind.fields, draft.after)) {
    if (former.has(written)) continue;
    const { earliest, latest } = dateBounds(written);
    const odd =
      earliest.getTime() > Date.now() + A_DAY
        ? "lies in the future"
        : latest.getUTCFullYear() < 1000
          ? "lies before the year 1000"
          : undefined;
    if (!odd) continue;
    const message = `${shown(written)} ${odd}. Change it if that is not meant.`;
    change.warn(UserWarningCode.UNUSUAL_DATE, message, placeIn(draft, path));
  }
}

interface Written {
  readonly written: string;
  readonly path: Path;
}

function datesOf(fields: Fields, document: Document | null, path: Path = []): Written[] {
  return [...fields.values()].flatMap(({ name, how, given }): Written[] => {
    const value = document?.[name];
    const here = [...path, name];
    if (value == null || given === "never") return [];
    switch (how.kind) {
      case "date":
        return name === "to" ? [] : [{ written: value as string, path: here }];
      case "column":
        return how.type() === DateTime
          ? [{ written: `${new Date(value as string).toISOString().slice(0, 19)}Z`, path: here }]
          : [];
      case "value":
        return datesOf(how.fields, value as Document, here);
      case "parts":
        return (value as Document[]).flatMap((part, at) => datesOf(how.fields, part, [...here, at]));
      default:
        return [];
    }
  });
}

/** Somebody gave a new record, and one that is called otherwise was there under its slug or identifier. */
async function noticeConnected(change: Change): Promise<void> {
  for (const kind of allKinds()) {
    const { called, table, prefix, name } = kind.entity;
    const connected = change.connected.filter(({ entity }) => entity === kind.entity);
    if (!called || connected.length === 0) continue;
    const rows = await ask<{ id: string; called: string }>(
      change.tx,
      sql`select id::text, ${raw(called)} as called from ${raw(table)} where id = any(${connected.map(({ key }) => key)}::uuid[])`,
    );
    const names = new Map(rows.map((row) => [row.id, row.called]));
    for (const { key, input, path } of connected) {
      const [is, given] = [names.get(key), input[called]];
      if (is === undefined || typeof given !== "string" || nameKey(is) === nameKey(given)) continue;
      const message = `${shown(given)}: the ${name.toLowerCase()} that is there is called ${shown(is)}, and was used as it is. Give another slug or identifier if another is meant.`;
      change.warn(
        UserWarningCode.EXISTING_DIFFERS,
        message,
        [...path, "create", called],
        encodeId(prefix as string, key),
      );
    }
  }
}

/** A text of a draft by which records that may be the same are found. */
export interface Clue {
  readonly draft: Draft;
  readonly text: string;
  readonly path: Path;
}

/**
 * Warns of records that may be the same, by texts which people read alike.
 *
 * @param clues texts that are new in this change
 * @param candidates a query that gives the ids and texts of records whose text may be the same as one of `texts`
 * @param keyOf two texts with the same key are alike
 */
export async function noticeSame(
  change: Change,
  kind: RecordKind,
  clues: readonly Clue[],
  candidates: (texts: readonly string[]) => ReturnType<typeof sql>,
  keyOf: (text: string) => string,
): Promise<void> {
  if (clues.length === 0) return;
  const { prefix, name } = kind.entity;
  const rows = await ask<{ id: string; text: string }>(change.tx, candidates(clues.map(({ text }) => text)));
  const found = new Map<string, { id: string; text: string }[]>();
  for (const row of rows) found.set(keyOf(row.text), [...(found.get(keyOf(row.text)) ?? []), row]);
  for (const { draft, text, path } of clues) {
    // Of two that come with this change, the later one is told of the first.
    const other = found
      .get(keyOf(text))
      ?.find(({ id }) => id !== draft.id && !isLater(change, kind, id, draft.id));
    if (!other) continue;
    const id = encodeId(prefix as string, other.id);
    const message = `${shown(text)}: the ${name.toLowerCase()} ${id} has ${shown(other.text)}. If it is the same, use that one.`;
    change.warn(UserWarningCode.POSSIBLE_DUPLICATE, message, placeIn(draft, path), id);
  }
}

function isLater(change: Change, kind: RecordKind, id: string, than: string): boolean {
  const ids = change
    .draftsOf(kind)
    .filter(({ before }) => before === null)
    .map((draft) => draft.id);
  return ids.includes(id) && ids.indexOf(id) > ids.indexOf(than);
}

/** Whether a field is new in this change, or differs from what it was. */
export const isNew = ({ before, after }: Draft, field: string): boolean =>
  after?.[field] != null && JSON.stringify(before?.[field]) !== JSON.stringify(after[field]);
