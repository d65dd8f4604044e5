import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
} from "graphql";
import { badUserInput } from "../graphql/errors.js";
import { CalendarDate } from "../graphql/scalars.js";
import { type Class, type Entity, entityOf } from "./entity.js";
import { type Asked, type Fields, type ObjectPlan, planFields, planObject, type TypeName } from "./plan.js";

/** Units of time by which rows are grouped, and what PostgreSQL calls them. */
export const PERIODS = { DAY: "day", WEEK: "week", MONTH: "month", YEAR: "year" } as const;
export type Period = keyof typeof PERIODS;

/** What rows can be grouped by. */
export interface Dimension {
  /** The value of the enum. */
  readonly name: string;
  /** The bucket's field. */
  readonly field: string;
  /**
   * The declared fields that lead from a row to what it is grouped by, such as `events.place.countryCode`: the last one is
   * a value, a record, or of a period a time.
   */
  readonly path: readonly string[];
  readonly period?: Period;
}

/** A number beside `count`: how many different records a path leads to. */
export interface Tally {
  readonly field: string;
  readonly path: readonly string[];
}

/** What is declared of the statistics of an entity. */
export interface Statistics {
  readonly dimensions: ReadonlyMap<string, Dimension>;
  readonly tallies: ReadonlyMap<string, Tally>;
}

/** How many buckets there are at most, and how many empty ones a filled series may have. */
export const MOST_BUCKETS = 1_000;
/** How many buckets are given unless told. */
export const DEFAULT_BUCKETS = 100;

/** What to read of the statistics of a list. */
export interface StatsPlan {
  readonly by: readonly Dimension[];
  readonly first: number;
  /** Whether KEY or COUNT orders, and the way. */
  readonly order: readonly StatsOrder[];
  /** The place in `by` of the period whose empty buckets are added. */
  readonly filled: number | undefined;
  readonly fields: Fields<TypeName | BucketsPlan>;
}

export interface BucketsPlan {
  readonly kind: "buckets";
  readonly fields: Fields<BucketField>;
}

export interface StatsOrder {
  readonly field: "COUNT" | "KEY";
  readonly direction: "ASC" | "DESC";
}

export type BucketField =
  | TypeName
  | { readonly kind: "count" | "vague" }
  | { readonly kind: "tally"; readonly tally: Tally }
  | { readonly kind: "dimension"; readonly dimension: Dimension; readonly object: ObjectPlan | undefined };

/** The arguments of `stats`, as graphql-js has coerced them. */
interface StatsArgs {
  readonly by: readonly string[];
  readonly first?: number | null;
  readonly orderBy?: readonly StatsOrder[] | null;
  readonly fill?: boolean | null;
}

/**
 * Plans what a selection on the statistics of a list reads.
 *
 * @throws BAD_USER_INPUT when the arguments contradict each other or leave their range
 */
export function planStats(
  asked: Asked,
  field: GraphQLField<unknown, unknown>,
  nodes: readonly [FieldNode, ...FieldNode[]],
  entity: Entity,
): StatsPlan {
  const { statistics } = entity;
  if (!statistics) throw new Error(`no statistics are declared of ${entity.name}`);
  const args = getArgumentValues(field, nodes[0], asked.variableValues) as unknown as StatsArgs;
  const by = args.by.map((name) => statistics.dimensions.get(name) as Dimension);
  const fields = planFields(asked, namedType(field), nodes, (_name, [first, ...others]) => {
    const buckets = namedType(field).getFields().buckets as GraphQLField<unknown, unknown>;
    const type = namedType(buckets);
    const bucket = planFields<BucketField>(asked, type, [first, ...others], (name, selected) => {
      if (name === "count" || name === "vague") return { kind: name };
      const tally = statistics.tallies.get(name);
      if (tally) return { kind: "tally", tally };
      const dimension = [...statistics.dimensions.values()].find((one) => one.field === name);
      if (!dimension) throw new Error(`${type.name}.${name} is not declared to the read path`);
      const end = typeAt(entity, dimension.path);
      const of = type.getFields()[name] as GraphQLField<unknown, unknown>;
      const object =
        "record" in end ? planObject(asked, namedType(of), selected, entityOf(end.record)) : undefined;
      return { kind: "dimension", dimension, object };
    });
    return { kind: "buckets" as const, fields: bucket };
  });
  return { by, ...checked(args, by), fields };
}

const namedType = ({ type }: GraphQLField<unknown, unknown>): GraphQLObjectType =>
  getNamedType(type) as GraphQLObjectType;

const words = (list: readonly string[]): string => list.join(", ");

function checked(
  { by: names, first: given, orderBy, fill }: StatsArgs,
  by: readonly Dimension[],
): Pick<StatsPlan, "first" | "order" | "filled"> {
  const first = given ?? DEFAULT_BUCKETS;
  if (names.length === 0) throw badUserInput("`by` of `stats` is empty. Name one or two dimensions.");
  if (names.length > 2) {
    throw badUserInput(
      `\`by\` of \`stats\` names ${names.length} dimensions: ${words(names)}. Name one or two.`,
    );
  }
  if (names[0] === names[1]) throw badUserInput(`\`by\` of \`stats\` names ${names[0]} twice.`);
  if (first < 0 || first > MOST_BUCKETS) {
    throw badUserInput(`\`first\` of \`stats\` is ${first}; it must be between 0 and ${MOST_BUCKETS}.`);
  }
  const periods = by.flatMap(({ period }, index) => (period ? index : []));
  if (fill && periods.length !== 1) {
    const which = words(Object.keys(PERIODS));
    throw badUserInput(`\`fill\` needs exactly one of ${which} in \`by\`: it adds the periods without rows.`);
  }
  const order = orderBy?.length ? orderBy : [periods.length > 0 ? BY_KEY : BY_COUNT];
  const [one, other] = order;
  if (order.length > 2 || one?.field === other?.field) {
    throw badUserInput(`\`orderBy\` of \`stats\` names ${order.length > 2 ? "a field" : one?.field} twice.`);
  }
  return { first, order, filled: fill ? periods[0] : undefined };
}

const BY_KEY = { field: "KEY", direction: "ASC" } as const;
const BY_COUNT = { field: "COUNT", direction: "DESC" } as const;

/** The GraphQL type of what a path leads to: the class of a record, or the type of a value. */
export function typeAt(
  entity: Entity,
  [name = "", ...rest]: readonly string[],
): { readonly record: Class } | { readonly value: unknown } {
  const spec = entity.fields.get(name);
  switch (spec?.kind) {
    case "scalar":
      return { value: spec.type() };
    case "fuzzyDate":
      return { value: CalendarDate };
    case "value":
      return typeAt(entityOf(spec.of()), rest);
    case "one":
    case "list":
    case "connection": {
      const record = spec.relation.target();
      return rest.length === 0 ? { record } : typeAt(entityOf(record), rest);
    }
    default:
      throw new Error(`${entity.name}.${name} does not lead to anything that rows could be grouped by`);
  }
}
