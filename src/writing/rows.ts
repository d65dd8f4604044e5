import { decodeIdOf, encodeId } from "../graphql/id.js";
import { DateTime } from "../graphql/scalars.js";
import type { Entity } from "../reading/entity.js";
import { dateBounds } from "../values/fuzzy-date.js";
import type { Document, Field, Fields, PartsHow, RecordKind } from "./record.js";

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a record by table, as `record_rows` of the database gives them. */
export type Rows = Readonly<Record<string, readonly Row[]>>;

/** Reads a record out of its rows. What is kept apart is left out. */
export function documentOf(kind: RecordKind, rows: Rows): Document {
  const [row] = rows[kind.entity.table] ?? [];
  if (!row) throw new Error(`there is no row of ${kind.entity.table}`);
  return read(kind.fields, row, rows);
}

function read(fields: Fields, row: Row, rows: Rows): Document {
  return Object.fromEntries(
    [...fields.values()].flatMap((field) => {
      const value = readField(field, row, rows);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

function readField({ how }: Field, row: Row, rows: Rows): unknown {
  switch (how.kind) {
    case "column": {
      if (how.apart) return undefined;
      const value = row[how.column] ?? null;
      return value !== null && how.type() === DateTime ? new Date(value as string).toISOString() : value;
    }
    case "date":
      return row[how.columns[0]] ?? null;
    case "value":
      return how.present.every((column) => row[column] == null) ? null : read(how.fields, row, rows);
    case "one":
      return row[how.column] == null ? null : publicId(how.to(), row[how.column]);
    case "many":
      return (rows[how.table] ?? []).map((link) => publicId(how.to(), link[how.far]));
    case "parts":
      return (rows[how.table] ?? []).map((part) => ({
        id: encodeId(how.prefix, part.id as string),
        ...read(how.fields, part, rows),
      }));
  }
}

const publicId = (entity: Entity, key: unknown): string => encodeId(entity.prefix as string, key as string);

/** The rows of a document. What it does not have is not written; null and the empty list are. */
export function rowsOf(kind: RecordKind, id: string, document: Document): Rows {
  const rows: Record<string, Row[]> = {};
  const main = { id, ...columns(kind.fields, document) };
  rows[kind.entity.table] = [main];
  for (const { name, how } of kind.fields.values()) {
    const list = (document[name] ?? []) as readonly unknown[];
    if (how.kind === "many") {
      rows[how.table] = (list as string[]).map((one, position) => ({
        [how.near]: id,
        [how.far]: keyOf(how.to(), one),
        ...(how.ordered && { position }),
      }));
    } else if (how.kind === "parts") {
      rows[how.table] = (list as Document[]).map((part, position) => partRow(how, id, part, position));
    }
  }
  return rows;
}

const partRow = (how: PartsHow, owner: string, part: Document, position: number): Row => ({
  id: decodeIdOf(how.prefix, part.id as string),
  [how.owner]: owner,
  ...columns(how.fields, part),
  ...(how.ordered && { position }),
});

/** The key of a reference. */
export const keyOf = (entity: Entity, id: string): string => decodeIdOf(entity.prefix as string, id);

function columns(fields: Fields, document: Document | null): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const { name, how } of fields.values()) {
    const value = document === null ? null : document[name];
    if (value === undefined) continue;
    switch (how.kind) {
      case "column":
        row[how.column] = value;
        break;
      case "date": {
        const bounds = value === null ? { earliest: null, latest: null } : dateBounds(value as string);
        const [edtf, earliest, latest] = how.columns;
        Object.assign(row, { [edtf]: value, [earliest]: bounds.earliest, [latest]: bounds.latest });
        break;
      }
      case "value":
        Object.assign(row, columns(how.fields, value as Document | null));
        break;
      case "one":
        row[how.column] = value === null ? null : keyOf(how.to(), value as string);
    }
  }
  return row;
}

/** One reference of a document to another record. */
export interface Reference {
  readonly to: Entity;
  readonly id: string;
  /** Where in the document it stands. */
  readonly path: readonly PropertyKey[];
}

/** All references of a document. */
export function referencesOf(
  fields: Fields,
  document: Document,
  path: readonly PropertyKey[] = [],
): Reference[] {
  return [...fields.values()].flatMap(({ name, how }): Reference[] => {
    const value = document[name];
    const here = [...path, name];
    if (value == null) return [];
    switch (how.kind) {
      case "one":
        return [{ to: how.to(), id: value as string, path: here }];
      case "many":
        return (value as (string | undefined)[]).flatMap((id, at) =>
          id === undefined ? [] : { to: how.to(), id, path: [...here, at] },
        );
      case "value":
        return referencesOf(how.fields, value as Document, here);
      case "parts":
        return (value as Document[]).flatMap((part, at) => referencesOf(how.fields, part, [...here, at]));
      default:
        return [];
    }
  });
}

/** The document with those of its lists whose order means nothing in that of their ids, as they are read again. */
export const inOrder = (kind: RecordKind, document: Document): Document =>
  Object.fromEntries(
    Object.entries(document).map(([name, value]) => {
      const how = kind.fields.get(name)?.how;
      if ((how?.kind !== "many" && how?.kind !== "parts") || how.ordered) return [name, value];
      const idOf = (one: string | { id: string }) => (typeof one === "string" ? one : one.id);
      const list = value as readonly (string | { id: string })[];
      return [name, list.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1))];
    }),
  );

/** The document without what is kept apart: this is what the history compares and keeps. */
export const withoutApart = (kind: RecordKind, document: Document): Document =>
  Object.fromEntries(
    Object.entries(document).filter(([name]) => {
      const how = kind.fields.get(name)?.how;
      return !(how?.kind === "column" && how.apart);
    }),
  );
