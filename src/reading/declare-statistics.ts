import { Arg, Field, InputType, Int, registerEnumType } from "type-graphql";
import { CalendarDate } from "../graphql/scalars.js";
import { WrittenType } from "../graphql/written-type.js";
import { type ConnectionTypes, SortDirection } from "./connection.js";
import { type Class, type Entity, entityOf } from "./entity.js";
import {
  DEFAULT_BUCKETS,
  type Dimension,
  MOST_BUCKETS,
  PERIODS,
  type Period,
  type Tally,
  typeAt,
} from "./statistics.js";

enum StatsOrderField {
  COUNT = "COUNT",
  KEY = "KEY",
}
registerEnumType(StatsOrderField, {
  name: "StatsOrderField",
  description: "What buckets of statistics can be ordered by.",
  valuesConfig: {
    COUNT: { description: "By `count`; of equal ones, by KEY." },
    KEY: {
      description:
        "By the dimensions as `by` names them: times from the earliest, words code point by code point, records by their name, title or text. What is missing comes last either way.",
    },
  },
});

@InputType({ description: "One term of an order of buckets." })
class StatsOrder {
  @Field(() => StatsOrderField, { description: "The field to order by." })
  field!: StatsOrderField;

  @Field(() => SortDirection, { defaultValue: SortDirection.ASC, description: "The way." })
  direction!: SortDirection;
}

interface Described {
  /** What is counted, in the plural: claims. */
  readonly rows: string;
  /** The paths of declared fields to what the rows can be grouped by, by the dimensions' names. */
  readonly by: Readonly<Record<string, string>>;
  /** The declared time by whose days, weeks, months and years they can be grouped. */
  readonly time?: string;
  /** How many different records paths lead to, by the fields' names. */
  readonly tallies?: Readonly<Record<string, { readonly of: string; readonly description: string }>>;
}

/**
 * Declares the statistics of an entity: a field `stats` of its connection that counts the rows of the list, grouped. A
 * dimension's name gives the name of the bucket's field: EVENT_TYPE is `eventType`.
 */
export function statistics(
  { target, Connection }: { readonly target: () => Class } & Pick<ConnectionTypes, "Connection">,
  { rows, by, time, tallies = {} }: Described,
): void {
  const entity = entityOf(target());
  const { name } = entity;
  const dimensions = new Map<string, Dimension>();
  const add = (key: string, path: string, period?: Period) =>
    dimensions.set(key, { name: key, field: camel(key), path: path.split("."), period });
  for (const [key, path] of Object.entries(by)) add(key, path);
  if (time) for (const period of Object.keys(PERIODS) as Period[]) add(period, time, period);
  const tallied = new Map(
    Object.entries(tallies).map(([field, { of }]): [string, Tally] => [
      field,
      { field, path: of.split(".") },
    ]),
  );
  entity.statistics = { dimensions, tallies: tallied };

  const Bucket = written(`${name}Bucket`, `${capital(rows)} that have something in common.`);
  const field = (of: Class, key: string, type: () => unknown, description: string, nullable = false) =>
    Field(type as () => typeof String, { nullable, description })(of.prototype, key);
  for (const dimension of dimensions.values()) {
    const asked = `null unless \`by\` names ${dimension.name}, and where it is missing`;
    field(Bucket, dimension.field, () => typeOf(entity, dimension), `${meaning(dimension)}; ${asked}.`, true);
  }
  field(Bucket, "count", () => Int, `How many ${rows} they are.`);
  for (const [key, { description }] of Object.entries(tallies)) field(Bucket, key, () => Int, description);
  if (time) {
    field(
      Bucket,
      "vague",
      () => Int,
      `How many of them may belong to another bucket, because \`${time}\` is vague or missing.`,
    );
  }
  const Stats = written(`${name}Stats`, `How many ${rows} a list has, by what they have in common.`);
  field(Stats, "buckets", () => [Bucket], "The groups, as they are ordered.");

  const values = Object.fromEntries([...dimensions.keys()].map((key) => [key, key]));
  registerEnumType(values, {
    name: `${name}Dimension`,
    description: `What ${rows} can be grouped by.`,
    valuesConfig: Object.fromEntries(
      [...dimensions.values()].map((one) => [one.name, { description: `${meaning(one)}.` }]),
    ),
  });
  const described = `Counts the ${rows} of the whole list under this \`where\`, grouped: the same ${rows} as \`totalCount\`.`;
  // TypeGraphQL gives arguments to methods only. It is never called.
  const method = { value: () => undefined };
  Field(() => Stats as typeof Object, { description: described })(
    Connection.prototype,
    "stats",
    method as never,
  );
  const argument = (key: string, type: () => unknown, options: object, index: number) =>
    Arg(key, type as () => typeof String, options)(Connection.prototype, "stats", index);
  argument("by", () => [values], { description: "What to group them by: one or two dimensions." }, 0);
  argument(
    "first",
    () => Int,
    { nullable: true, defaultValue: DEFAULT_BUCKETS, description: `How many buckets: 0 to ${MOST_BUCKETS}.` },
    1,
  );
  const order = time
    ? "The order, first term first. Unless told: KEY ASC with a period, else COUNT DESC."
    : "The order, first term first. Unless told: COUNT DESC.";
  argument("orderBy", () => [StatsOrder], { nullable: true, description: order }, 2);
  const fill = `Whether periods without ${rows} between the first and the last are given too: at most ${MOST_BUCKETS}.`;
  argument(
    "fill",
    () => Boolean,
    {
      nullable: true,
      defaultValue: false,
      description: time ? fill : "Of no use here: there are no periods.",
    },
    3,
  );
}

function written(name: string, description: string): Class {
  const type = class {};
  Object.defineProperty(type, "name", { value: name });
  WrittenType(name, { description })(type);
  return type;
}

const camel = (name: string): string =>
  name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const UNITS: Readonly<Record<Period, string>> = {
  DAY: "The day",
  WEEK: "The Monday of the week (ISO 8601)",
  MONTH: "The first day of the month",
  YEAR: "The first day of the year",
};

const meaning = ({ path, period }: Dimension): string =>
  period
    ? `${UNITS[period]} of the earliest reading of \`${path.join(".")}\`, in UTC`
    : `Their \`${path.join(".")}\``;

/** The GraphQL type of a bucket's field. */
function typeOf(entity: Entity, { path, period }: Dimension): unknown {
  if (period) return CalendarDate;
  const end = typeAt(entity, path);
  return "record" in end ? end.record : end.value;
}
