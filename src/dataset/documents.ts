import { encodeId } from "../graphql/id.js";
import type { Entity } from "../reading/entity.js";
import type { Entry, EntryField, EntryFields, EntryValue } from "../writing/entry.js";
import type { Document, Field, Fields, RecordKind } from "../writing/record.js";
import { type DatasetEntry, differencesOf, nameIn } from "./format.js";
import { type Identify, idKind } from "./ids.js";
import type { Stored } from "./stored.js";

/** What every document needs to know of its set. */
export interface Origin {
  readonly id: Identify;
  readonly about: DatasetEntry;
  readonly stored: Stored;
}

/** An entry becomes a document, as a mutation makes it. Its parts get ids too, numbered in its order. */
export const documentOf = (kind: RecordKind, entry: Entry, origin: Origin): Document =>
  read(kind.fields, differencesOf(kind), entry.value, entry, origin);

function read(
  fields: Fields,
  differences: EntryFields,
  value: EntryValue,
  entry: Entry,
  origin: Origin,
): Document {
  return Object.fromEntries(
    [...fields.values()].map((field) => [
      field.name,
      readField(field, differences[field.name] ?? {}, value[nameIn(differences, field.name)], entry, origin),
    ]),
  );
}

function readField(
  { name, how }: Field,
  difference: EntryField,
  value: unknown,
  entry: Entry,
  origin: Origin,
): unknown {
  if (difference.file) return entry.texts.get(name);
  if (value === undefined) return difference.ofSet ? origin.about[name as keyof DatasetEntry] : undefined;
  const inner = (fields: Fields, part: unknown) =>
    read(fields, difference.fields ?? {}, part as EntryValue, entry, origin);
  switch (how.kind) {
    case "one":
      return publicId(how.to(), value as string, origin);
    case "many":
      return (value as string[]).map((one) => publicId(how.to(), one, origin));
    case "value":
      return inner(how.fields, value);
    case "parts":
      return (value as EntryValue[]).map((part, at) => ({
        id: encodeId(how.prefix, origin.id(idKind(how.prefix), entry.name as string, at)),
        ...inner(how.fields, part),
      }));
    default:
      return value;
  }
}

/** The public id of what an entry names. */
const publicId = (entity: Entity, name: string, { stored }: Origin): string =>
  encodeId(entity.prefix as string, stored.of(entity).keyOf(name));
