import sql, { raw } from "sql-template-tag";
import { encodeId } from "../graphql/id.js";
import { DateTime } from "../graphql/scalars.js";
import { UserWarningCode } from "../graphql/user-warning.js";
import { dateBounds } from "../values/fuzzy-date.js";
import { nameKey } from "../values/name.js";
import { line, scheme } from "../values/rules.js";
import { shown } from "../values/shown.js";
import { ask } from "./ask.js";
import { type Change, type Connected, type Draft, type Path, placeIn } from "./change.js";
import { externalKeys } from "./external-ids.js";
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
  return [...fields.values()].flatMap(({ name, how, given, follows }): Written[] => {
    const value = document?.[name];
    const here = [...path, name];
    if (value == null || given === "never") return [];
    switch (how.kind) {
      case "date":
        return name === "to" || (document && isSameDate(follows?.(document), value))
          ? []
          : [{ written: value as string, path: here }];
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

/** What follows from another date, if only in another zone, is told of there. */
const isSameDate = (one: unknown, other: unknown): boolean =>
  typeof one === "string" &&
  dateBounds(one).earliest.getTime() === dateBounds(other as string).earliest.getTime();

/** Somebody gave a new record, and another one was there under its slug or identifier. */
async function noticeConnected(change: Change): Promise<void> {
  for (const kind of allKinds()) {
    const connected = change.connected.filter(({ entity }) => entity === kind.entity);
    if (connected.length === 0) continue;
    await noticeOtherwise(change, kind, connected);
    await noticeLacking(change, kind, connected);
  }
}

/** Fields that say what a record is, beside what it is called. */
const KINDS = ["kind", "type"];

/** Warns where what is there is called otherwise, or is something else. */
async function noticeOtherwise(
  change: Change,
  { entity: { called, table, prefix, name }, fields }: RecordKind,
  connected: readonly Connected[],
): Promise<void> {
  if (!called) return;
  const what = KINDS.find((field) => fields.has(field)) as string;
  const rows = await ask<{ id: string; called: string; what: string }>(
    change.tx,
    sql`select id::text, ${raw(called)} as called, ${raw(what)}::text as what
      from ${raw(table)} where id = any(${connected.map(({ key }) => key)}::uuid[])`,
  );
  const there = new Map(rows.map((row) => [row.id, row]));
  for (const { key, input, path } of connected) {
    const is = there.get(key);
    if (!is) continue;
    const warn = (field: string, said: string) => {
      const message = `${shown(input[field])}: the ${name.toLowerCase()} that is there is ${said}, and was used as it is. Give another slug or identifier if another is meant.`;
      const place = [...path, "create", field];
      change.warn(UserWarningCode.EXISTING_DIFFERS, message, place, encodeId(prefix as string, key));
    };
    const given = input[called];
    if (typeof given === "string" && nameKey(is.called) !== nameKey(given))
      warn(called, `called ${shown(is.called)}`);
    if (typeof input[what] === "string" && input[what] !== is.what) warn(what, `of the ${what} ${is.what}`);
  }
}

interface Identifier {
  readonly scheme: string;
  readonly value: string;
}

/** Warns of identifiers that came with `create`, and that what is there does not have. */
async function noticeLacking(
  change: Change,
  { entity }: RecordKind,
  connected: readonly Connected[],
): Promise<void> {
  const given = connected.flatMap(({ key, input, path }) => {
    const ids = (input.externalIds ?? []) as readonly Identifier[];
    return ids.flatMap((id) => {
      const [register, value] = [scheme.safeParse(id.scheme).data, line.safeParse(id.value).data];
      return register !== undefined && value !== undefined ? { key, path, pair: [register, value] } : [];
    });
  });
  const held = await externalKeys(
    change.tx,
    entity,
    given.map(({ pair }) => pair),
  );
  const has = new Set(held.map(({ id, scheme, value }) => JSON.stringify([id, scheme, value])));
  for (const { key, path, pair } of given) {
    if (has.has(JSON.stringify([key, ...pair]))) continue;
    const [register, value] = pair;
    const message = `${shown(value)}: the ${entity.name.toLowerCase()} that is there has no such identifier in ${shown(register)}, and was used as it is. Add it with add${entity.name}ExternalId if it is the same.`;
    const record = encodeId(entity.prefix as string, key);
    change.warn(UserWarningCode.EXISTING_DIFFERS, message, [...path, "create"], record);
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
