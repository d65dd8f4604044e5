import "reflect-metadata";
import { Field, Float, ID, InputType, Int, registerEnumType } from "type-graphql";
import { CalendarDate, DateTime, Edtf, Url } from "./scalars.js";

/** A class that carries a GraphQL input type. */
// biome-ignore lint/complexity/noBannedTypes: decorators hand classes over as functions
type InputClass = Function;
type ScalarType =
  | typeof String
  | typeof Boolean
  | typeof Int
  | typeof Float
  | typeof ID
  | typeof DateTime
  | object;

/** What the database makes of the values of a GraphQL type. */
export interface ValueType {
  /** The SQL type. */
  readonly sql: string;
  /** The filter type; nothing when there is none. */
  readonly Filter?: InputClass;
  /** The words of an enum, as the database orders them. */
  readonly words?: readonly string[];
}

const valueTypes = new Map<unknown, ValueType>();
const listTypes = new Map<unknown, ValueType>();

/** What the database makes of the values of a GraphQL type; a type that it does not know is a programming fault. */
export function valueTypeOf(type: unknown): ValueType {
  const found = Array.isArray(type) ? listTypes.get(type[0]) : valueTypes.get(type);
  if (!found) throw new Error(`no SQL type is known of the GraphQL type ${String(type)}`);
  return found;
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

const MANY = new Set(["in", "notIn", "hasSome", "hasEvery"]);

function filterType(
  name: string,
  description: string,
  scalar: () => ScalarType,
  operators: Record<string, string>,
): InputClass {
  const type = class {};
  Object.defineProperty(type, "name", { value: name });
  for (const [operator, meaning] of Object.entries(operators)) {
    const many = MANY.has(operator);
    Field(() => (many ? [scalar()] : operator === "isEmpty" ? Boolean : scalar()) as typeof String, {
      nullable: true,
      description: meaning,
    })(type.prototype, operator);
  }
  InputType(name, { description: `${description} Several entries must all be true.` })(type);
  return type;
}

export const IdFilter = filterType("IdFilter", "Restricts an id.", () => ID, {
  eq: "Equals.",
  ne: "Does not equal.",
  ...MEMBERSHIP,
});

const StringFilter = filterType(
  "StringFilter",
  "Restricts a text. `eq`, `in` and the comparisons tell upper from lower case and go by code point. What is kept in one form, such as a code, an address or a name, may be given in any.",
  () => String,
  { ...EQUALITY, ...MEMBERSHIP, ...COMPARISON, ...TEXT },
);
const IntFilter = filterType("IntFilter", "Restricts a whole number.", () => Int, {
  ...EQUALITY,
  ...MEMBERSHIP,
  ...COMPARISON,
});
const FloatFilter = filterType("FloatFilter", "Restricts a number.", () => Float, {
  ...EQUALITY,
  ...COMPARISON,
});
const BooleanFilter = filterType("BooleanFilter", "Restricts a yes or no.", () => Boolean, EQUALITY);
const DateTimeFilter = filterType("DateTimeFilter", "Restricts an instant.", () => DateTime, {
  ...EQUALITY,
  ...COMPARISON,
});
const DateFilter = filterType("DateFilter", "Restricts a day.", () => CalendarDate, {
  ...EQUALITY,
  ...COMPARISON,
});

const StringsFilter = filterType("StringsFilter", "Restricts a list of texts.", () => String, {
  has: "Has this one.",
  hasSome: "Has at least one of these.",
  hasEvery: "Has all of these.",
  isEmpty: "Whether it has none.",
});

listTypes.set(String, { sql: "text[]", Filter: StringsFilter });
valueTypes.set(String, { sql: "text", Filter: StringFilter });
valueTypes.set(Url, { sql: "text", Filter: StringFilter });
valueTypes.set(Int, { sql: "integer", Filter: IntFilter });
valueTypes.set(Float, { sql: "double precision", Filter: FloatFilter });
valueTypes.set(Boolean, { sql: "boolean", Filter: BooleanFilter });
valueTypes.set(DateTime, { sql: "timestamptz", Filter: DateTimeFilter });
valueTypes.set(CalendarDate, { sql: "date", Filter: DateFilter });

/** Certainty, and the question each filter on a vague date asks. */
export const FuzzyDateFilter = filterType(
  "FuzzyDateFilter",
  "Restricts a vague date; each entry says which certainty it wants. A row without a date never fits.",
  () => Edtf,
  {
    definitelyBefore: "Even its latest reading lies before the earliest reading of this date.",
    definitelyAfter: "Even its earliest reading lies after the latest reading of this date.",
    possiblyDuring: "Some reading of it may fall within this date.",
    definitelyDuring: "Every reading of it falls within this date.",
  },
);

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
  const sql = name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  const Filter = filterType(`${name}Filter`, `Restricts the field to some values of ${name}.`, () => values, {
    ...EQUALITY,
    ...MEMBERSHIP,
  });
  valueTypes.set(values, { sql, Filter, words: Object.keys(values) });
  return values;
}
