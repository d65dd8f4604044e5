import sql, { raw, type Sql } from "sql-template-tag";
import { ID, Int } from "type-graphql";
import { CalendarDate, DateTime } from "../graphql/scalars.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import type { FuzzyDateColumns, Row, ScalarField } from "./entity.js";
import { type Json, jsonOf, quoted, unless } from "./json.js";

// Values as the answer shows them, written by the database, so that its text can be passed on as it is.

/**
 * An instant as the scalar DateTime: ISO 8601 in UTC. Sessions work in UTC and write dates by ISO; replacing two
 * characters of that costs half of what a formatting function does.
 */
export const instant = (value: Sql): Sql => sql`replace(replace(${value}::text, ' ', 'T'), '+00', 'Z')`;

/** A value of a row. @param value its expression */
export function scalarJson({ type, nullable }: Pick<ScalarField, "type" | "nullable">, value: Sql): Json {
  const json = notNullJson(type(), value);
  return nullable ? unless(sql`${value} is null`, json) : json;
}

function notNullJson(type: unknown, value: Sql): Json {
  if (type === DateTime) return quoted(instant(value));
  if (type === Int) return [value];
  if (type === CalendarDate) return quoted(value);
  // The words of an enum are those of the schema.
  return type === ID || isEnum(type) ? quoted(value) : jsonOf(value);
}

const isEnum = (type: unknown): boolean =>
  typeof type === "object" && type !== null && Object.getPrototypeOf(type) === Object.prototype;

/** The first and the last day that a date may mean, of a time the day in its zone. */
export const firstDay = ({ edtf, earliest }: Omit<DateColumns, "latest">): Sql =>
  sql`first_day(${edtf}, ${earliest})`;
export const lastDay = ({ edtf, latest }: Omit<DateColumns, "earliest">): Sql =>
  sql`last_day(${edtf}, ${latest})`;

/** Patterns by which the text of a date, without its qualifier, tells how finely it is known; the first that fits. */
const PRECISIONS = [
  ["/", "INTERVAL"],
  ["T", "INSTANT"],
  ["^\\d{4}-\\d\\d-\\d\\d", "DAY"],
  ["^\\d{4}-2[1-4]", "SEASON"],
  ["^\\d{4}-\\d\\d", "MONTH"],
  ["^\\d{4}", "YEAR"],
  ["^\\d{3}X", "DECADE"],
] as const;

/**
 * The parts of a vague date, each of the columns that keep it. The text follows EDTF, as was checked when it was
 * recorded; `parseFuzzyDate` reads the same out of it.
 */
export const fuzzyDatePart: Record<keyof FuzzyDate, (columns: DateColumns) => Sql> = {
  edtf: ({ edtf }) => edtf,
  // An end that is open or unknown counts as the first or the last day of all.
  earliest: (date) => sql`case when ${date.edtf} !~ '^([.][.])?/' then ${firstDay(date)}::text end`,
  latest: (date) => sql`case when ${date.edtf} !~ '/([.][.])?$' then ${lastDay(date)}::text end`,
  at: ({ edtf, earliest }) => instant(sql`instant_of(${edtf}, ${earliest})`),
  precision({ edtf }) {
    const cases = PRECISIONS.map(([pattern, name]) => `when ${edtf.sql} ~ '${pattern}' then '${name}'`);
    return raw(`case ${cases.join(" ")} else 'CENTURY' end`);
  },
  approximate: ({ edtf }) => sql`${edtf} ~ '[~%]'`,
  uncertain: ({ edtf }) => sql`${edtf} ~ '[?%]'`,
};

/** The columns of a vague date in one occurrence of a row. */
export const fuzzyDateColumns = (row: Row, { edtf, earliest, latest }: FuzzyDateColumns) => ({
  edtf: row.column(edtf),
  earliest: row.column(earliest),
  latest: row.column(latest),
});

export type DateColumns = { readonly [part in keyof FuzzyDateColumns]: Sql };

// An end may be open, and most dates are no instant.
const NULLABLE_PARTS: readonly string[] = ["earliest", "latest", "at"] satisfies (keyof FuzzyDate)[];

/** A part of a vague date that there is. */
export function fuzzyDateJson(name: keyof FuzzyDate, columns: DateColumns): Json {
  const value = fuzzyDatePart[name](columns);
  return NULLABLE_PARTS.includes(name) ? [sql`coalesce(to_json(${value})::text, 'null')`] : jsonOf(value);
}
