import { GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { FuzzyDateError, parseFuzzyDate } from "../values/fuzzy-date.js";
import { urlProblem } from "../values/rules.js";
import { shown } from "../values/shown.js";

const literal = (parse: (value: unknown) => unknown) => (node: ValueNode) => {
  if (node.kind !== Kind.STRING) throw new TypeError("Write it as a string in quotation marks.");
  return parse(node.value);
};

function text(value: unknown, name: string): string {
  if (typeof value !== "string") throw new TypeError(`${name} must be a string.`);
  return value;
}

// The date and time part of RFC 3339, the profile of ISO 8601 that names an instant without doubt.
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** An instant, and how it was written: the zone says which day it was where it was written. */
export class WrittenInstant extends Date {
  constructor(readonly written: string) {
    super(written);
  }
}

function parseInstant(value: unknown): Date {
  const written = text(value, "DateTime");
  const date = new WrittenInstant(written);
  // A day that the month does not have would otherwise silently become another one.
  // An offset may carry the first and the last day out of the years that the database reads.
  const inUtc = Number.isNaN(date.getTime()) ? "" : date.toISOString();
  if (!INSTANT.test(written) || !dayExists(written.slice(0, 10)) || !dayExists(inUtc.slice(0, 10))) {
    throw new TypeError(
      `${shown(written)} is no instant: it needs a day, a time and a zone. Write it like "2025-04-28T10:30:00Z".`,
    );
  }
  return date;
}

const dayExists = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && day >= "0001-01-01";
};

/** An instant, in ISO 8601 and UTC. What the statement read is written so already. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: "DateTime",
  description: "An instant in ISO 8601, always in UTC on output: `2025-04-28T10:30:00Z`.",
  specifiedByURL: "https://scalars.graphql.org/andimarek/date-time.html",
  serialize(value) {
    return value instanceof Date ? value.toISOString() : String(value);
  },
  parseValue: parseInstant,
  parseLiteral: literal(parseInstant) as (node: ValueNode) => Date,
});

/** A calendar day. Input of dates that may be vague takes EDTF. */
export const CalendarDate = new GraphQLScalarType<string, string>({
  name: "Date",
  description: "A calendar day in ISO 8601: `2025-04-28`.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
  serialize: String,
  parseValue(value) {
    const written = text(value, "Date");
    if (!/^\d{4}-\d{2}-\d{2}$/.test(written) || !dayExists(written)) {
      throw new TypeError(`${shown(written)} is no day. Write it like "2025-04-28".`);
    }
    return written;
  },
});

function parseEdtf(value: unknown): string {
  const written = text(value, "EDTF");
  try {
    return parseFuzzyDate(written).edtf;
  } catch (error) {
    if (error instanceof FuzzyDateError) throw new TypeError(error.message);
    throw error;
  }
}

/** A date as vague as it is known. */
export const Edtf = new GraphQLScalarType<string, string>({
  name: "EDTF",
  description:
    "A date as vague as it is known: EDTF (ISO 8601-2) level 0 or 1, years 0001 to 9999. " +
    "`2025-04-28`, `2024-06`, `2025~` (about), `2024-10/2024-12` (some time between), `2024-10/..` (since). " +
    "A time has its zone, and keeps it: `2025-04-28T10:00:00+02:00`. Its day is the one in that zone.",
  specifiedByURL: "https://www.loc.gov/standards/datetime/",
  serialize: String,
  parseValue: parseEdtf,
  parseLiteral: literal(parseEdtf) as (node: ValueNode) => string,
});

/** Any JSON value, where nothing better fits. It only leaves the server. */
export const Json = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc8259",
});

/** An absolute web address. */
export const Url = new GraphQLScalarType<string, string>({
  name: "URL",
  description: "An absolute address, http or https, as it was recorded.",
  specifiedByURL: "https://url.spec.whatwg.org/",
  serialize: String,
  parseValue(value) {
    const written = text(value, "URL");
    const problem = urlProblem(written);
    if (problem !== undefined)
      throw new TypeError(`${shown(written)} is no http or https address: ${problem}.`);
    return written;
  },
});
