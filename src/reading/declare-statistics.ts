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
  declared: Described,
): void {
  const entity = entityOf(target());
  const { rows, by, time, tallies = {} } = declared;
  const dimension = (name: string, path: string, period?: Period): [string, Dimension] => [
    name,
    { name, field: camel(name), path: path.split("."), period },
  ];
  const dimensions = new Map([
    ...Object.entries(by).map(([name, path]) => dimension(name, path)),
    ...(time ? (Object.keys(PERIODS) as Period[]).map((period) => dimension(period, time, period)) : []),
  ]);
  const tallied = Object.entries(tallies).map(([field, { of }]): [string, Tally] => [
    field,
    { field, path: of.split(".") },
  ]);
  entity.statistics = { dimensions, tallies: new Map(tallied) };
  const Stats = written(`${entity.name}Stats`, `How many ${rows} a list has, by what they have in common.`);
  const Bucket = bucketType(entity, [...dimensions.values()], declared);
  outputField(Stats, "buckets", () => [Bucket], "The groups, as they are ordered.");
  addStats(Connection, Stats, dimensionEnum(entity, [...dimensions.values()], rows), declared);
}

const outputField = (of: Class, key: string, type: () => unknown, description: string, nullable = false) =>
  Field(type as () => typeof String, { nullable, description })(of.prototype, key);

function bucketType(
  entity: Entity,
  dimensions: readonly Dimension[],
  { rows, time, tallies = {} }: Described,
): Class {
  const Bucket = written(`${entity.name}Bucket`, `${capital(rows)} that have something in common.`);
  for (const dimension of dimensions) {
    const { name, field } = dimension;
    const description = `${meaning(dimension)}; null unless \`by\` names ${name}, and where it is missing.`;
    outputField(Bucket, field, () => typeOf(entity, dimension), description, true);
  }
  outputField(Bucket, "count", () => Int, `How many ${rows} they are.`);
  for (const [key, { description }] of Object.entries(tallies)) {
    outputField(Bucket, key, () => Int, description);
  }
  const vague = `How many of them may belong to another bucket, because \`${time}\` is vague or missing.`;
  if (time) outputField(Bucket, "vague", () => Int, vague);
  return Bucket;
}

function dimensionEnum({ name }: Entity, dimensions: readonly Dimension[], rows: string): object {
  const values = Object.fromEntries(dimensions.map((one) => [one.name, one.name]));
  registerEnumType(values, {
    name: `${name}Dimension`,
    description: `What ${rows} can be grouped by.`,
    valuesConfig: Object.fromEntries(
      dimensions.map((one) => [one.name, { description: `${meaning(one)}.` }]),
    ),
  });
  return values;
}

/** Gives a connection the field. TypeGraphQL gives arguments to methods only: it is declared as one, never called. */
function addStats(Connection: Class, Stats: Class, dimensions: object, { rows, time }: Described): void {
  const { prototype } = Connection;
  const description = `Counts the ${rows} of the whole list under this \`where\`, grouped: the same ${rows} as \`totalCount\`.`;
  const method = { value: () => undefined };
  Field(() => Stats as typeof Object, { description })(prototype, "stats", method as never);
  const args: Record<string, [type: () => unknown, options: object]> = {
    by: [() => [dimensions], { description: "What to group them by: one or two dimensions." }],
    first: [
      () => Int,
      {
        nullable: true,
        defaultValue: DEFAULT_BUCKETS,
        description: `How many buckets: 0 to ${MOST_BUCKETS}.`,
      },
    ],
    orderBy: [
      () => [StatsOrder],
      {
        nullable: true,
        description: `The order, first term first. Unless told: ${time ? "KEY ASC with a period, else " : ""}COUNT DESC.`,
      },
    ],
    fill: [
      () => Boolean,
      {
        nullable: true,
        defaultValue: false,
        description: time
          ? `Whether periods without ${rows} between the first and the last are given too, for each value of a second dimension; at most ${MOST_BUCKETS} buckets are made.`
          : "Of no use here: there are no periods.",
      },
    ],
  };
  for (const [index, [name, [type, options]]] of Object.entries(args).entries()) {
    Arg(name, type as () => typeof String, options)(prototype, "stats", index);
  }
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
    ? `${UNITS[period]} of the earliest reading of \`${path.join(".")}\`, of a time in its zone`
    : `Their \`${path.join(".")}\``;

/** The GraphQL type of a bucket's field. */
function typeOf(entity: Entity, { path, period }: Dimension): unknown {
  if (period) return CalendarDate;
  const end = typeAt(entity, path);
  return "record" in end ? end.record : end.value;
}
