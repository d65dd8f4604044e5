import "reflect-metadata";
import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { DateTime, Edtf } from "./scalars.js";

/** A class that carries a GraphQL input type. */
// biome-ignore lint/complexity/noBannedTypes: decorators hand classes over as functions
type InputClass = Function;
type ScalarType = typeof String | typeof Boolean | typeof Int | typeof ID | typeof DateTime | object;

/** The SQL type to which a filter's values are cast, by filter class. */
const casts = new Map<InputClass, string>();

/** The SQL type of the values a filter compares with. */
export function castOf(filter: InputClass): string {
  const cast = casts.get(filter);
  if (!cast) throw new Error(`${filter.name} is no scalar filter`);
  return cast;
}

const EQUALITY = {
  eq: "Equals. `null` finds rows without a value, where the field may be empty.",
  ne: "Does not equal; a row without a value does not equal any. `null` finds rows that have one.",
};
const MEMBERSHIP = { in: "Is one of these.", notIn: "Is none of these; true of a row without a value." };
const COMPARISON = {
  lt: "Less than this; of texts and instants, before it.",
  lte: "Less than this, or equal.",
  gt: "Greater than this; of texts and instants, after it.",
  gte: "Greater than this, or equal.",
};
const TEXT = {
  contains: "Contains this text. Upper and lower case are alike; no character has a special meaning.",
  startsWith: "Starts with this text. Upper and lower case are alike; no character has a special meaning.",
};

function filterType(
  name: string,
  description: string,
  scalar: () => ScalarType,
  cast: string,
  operators: Record<string, string>,
): InputClass {
  const type = class {};
  Object.defineProperty(type, "name", { value: name });
  for (const [operator, meaning] of Object.entries(operators)) {
    const many = operator === "in" || operator === "notIn";
    Field(() => (many ? [scalar()] : scalar()) as typeof String, { nullable: true, description: meaning })(
      type.prototype,
      operator,
    );
  }
  InputType(name, { description: `${description} Several entries must all be true.` })(type);
  casts.set(type, cast);
  return type;
}

export const IdFilter = filterType("IdFilter", "Restricts an id.", () => ID, "uuid", {
  eq: "Equals.",
  ne: "Does not equal.",
  ...MEMBERSHIP,
});

export const StringFilter = filterType(
  "StringFilter",
  "Restricts a text. `eq`, `in` and the comparisons tell upper from lower case and go by code point.",
  () => String,
  "text",
  { ...EQUALITY, ...MEMBERSHIP, ...COMPARISON, ...TEXT },
);

export const IntFilter = filterType("IntFilter", "Restricts a whole number.", () => Int, "integer", {
  ...EQUALITY,
  ...MEMBERSHIP,
  ...COMPARISON,
});

export const DateTimeFilter = filterType(
  "DateTimeFilter",
  "Restricts an instant.",
  () => DateTime,
  "timestamptz",
  {
    ...EQUALITY,
    ...COMPARISON,
  },
);

/** Certainty, and the question each filter on a vague date asks. */
export const FuzzyDateFilter = filterType(
  "FuzzyDateFilter",
  "Restricts a vague date; each entry says which certainty it wants. A row without a date never fits.",
  () => Edtf,
  "edtf",
  {
    definitelyBefore: "Even its latest reading lies before the earliest reading of this date.",
    definitelyAfter: "Even its earliest reading lies after the latest reading of this date.",
    possiblyDuring: "Some reading of it may fall within this date.",
    definitelyDuring: "Every reading of it falls within this date.",
  },
);

const enumFilters = new Map<object, InputClass>();

/** The filter type of an enum; the enum must have been registered by `vocabulary`. */
export function enumFilter(values: object): InputClass {
  const filter = enumFilters.get(values);
  if (!filter) throw new Error("this enum was not registered as a vocabulary");
  return filter;
}

/**
 * Registers an enum of the database schema as a GraphQL enum together with its filter type.
 *
 * @param name its name in both schemas
 * @param values the enum object that Prisma generates
 * @param meanings what each value means; a value without one does not compile
 */
export function vocabulary<T extends Record<string, string>>(
  name: string,
  values: T,
  description: string,
  meanings: { readonly [K in keyof T]: string },
): T {
  const valuesConfig = Object.fromEntries(
    Object.entries(meanings).map(([key, text]) => [key, { description: text }]),
  );
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as never });
  const cast = name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  enumFilters.set(
    values,
    filterType(`${name}Filter`, `Restricts the field to some values of ${name}.`, () => values, cast, {
      ...EQUALITY,
      ...MEMBERSHIP,
    }),
  );
  return values;
}
