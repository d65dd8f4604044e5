import { z } from "zod";
import { fieldOf, listOf } from "../graphql/field-names.js";
import { few, fields } from "../values/fields.js";
import { edtf, instant, language, slug, text, together } from "../values/rules.js";
import type { EntryField, EntryFields, EntryValue } from "../writing/entry.js";
import type { Field, Fields, RecordKind } from "../writing/record.js";

// The files of a data set, one for each kind of record; examples/README.md explains them to people. What an entry may say
// follows from how the records of its kind are written. A message says what to write instead: it is all that an author sees.

export const datasetSchema = fields({
  /** Namespace of the ids, so never to be changed once the set has been loaded anywhere. */
  name: slug,
  title: text,
  description: text,
  licence: text,
  /** Instant of recording of every row; it is part of the ids too. */
  recordedAt: instant,
  /** Language of what is written, unless an entry says otherwise. */
  language,
});

export type DatasetEntry = z.output<typeof datasetSchema>;

/** The file of the entries of a kind. */
export const fileOf = ({ entity }: RecordKind): string => `${listOf(entity)}.yaml`;

/** The field that names an entry within its set. */
export const keyFieldOf = ({ fields }: RecordKind): "slug" | "key" => (fields.has("slug") ? "slug" : "key");

/** What differs in the entries of a kind from how its records are written. */
export const differencesOf = ({ entries }: RecordKind): EntryFields => entries?.fields ?? {};

/** The name of a field in an entry. */
export const nameIn = (entry: EntryFields, field: string): string => entry[field]?.as ?? field;

/** The rule of one entry of a kind. */
export function entrySchema(kind: RecordKind): z.ZodObject {
  const entry = differencesOf(kind);
  const key = keyFieldOf(kind);
  const own = kind.fields.has(key) ? {} : { [key]: slug };
  const place = kind.problemAt === undefined ? [] : [nameIn(entry, kind.problemAt)];
  return fields({ ...own, ...shapeOf(kind.fields, entry) }).superRefine(
    together((value: EntryValue) => kind.problem(byField(kind.fields, entry, value) as never), ...place),
  );
}

function shapeOf(fields: Fields, entry: EntryFields): Record<string, z.ZodType> {
  const given = [...fields.values()].filter((field) => field.given !== "never");
  return Object.fromEntries(
    given.map((field) => [nameIn(entry, field.name), ruleOf(field, entry[field.name] ?? {})]),
  );
}

function ruleOf(field: Field, entry: EntryField): z.ZodType {
  if (entry.rule) return entry.rule;
  const rule = entry.file ? fileName : howRule(field, entry);
  if (field.default !== undefined) return rule.default(field.default);
  return field.nullable || field.follows || entry.ofSet ? rule.optional() : rule;
}

const fileName = z.string().regex(/^\w[\w.-]*$/, {
  error: "write the name of a file in the same folder, such as brief.txt",
});

function howRule({ how }: Field, entry: EntryField): z.ZodType {
  switch (how.kind) {
    case "column":
      return how.rule;
    case "date":
      return edtf;
    case "one":
      return slug;
    case "many":
      return listRule(slug, how.least, entry.least ?? `name at least one ${fieldOf(how.to())}`);
    case "parts":
      return listRule(objectRule(how, entry.fields), how.least, entry.least ?? "give at least one");
    case "value":
      return objectRule(how, entry.fields);
  }
}

const listRule = (item: z.ZodType, least: number, message: string): z.ZodType =>
  least > 0 ? few(item).min(least, { error: message }) : few(item).default(() => []);

const objectRule = (
  { fields: inner, problem }: Pick<RecordKind, "fields" | "problem">,
  entry: EntryFields = {},
): z.ZodType =>
  fields(shapeOf(inner, entry)).superRefine(
    together((value: EntryValue) => problem(byField(inner, entry, value) as never)),
  );

/** The values of an entry by the names of the fields. */
const byField = (fields: Fields, entry: EntryFields, value: EntryValue): EntryValue =>
  Object.fromEntries([...fields.keys()].map((name) => [name, value[nameIn(entry, name)]]));
