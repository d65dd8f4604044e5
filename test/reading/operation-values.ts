import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
} from "graphql";
import { encodeId } from "../support/ids.js";
import type { World } from "../support/world.js";
import { COUNTRIES, DATES, TAGS, TEXTS } from "../support/world-maker.js";
import type { Random } from "./random.js";
import type { Reference } from "./reference.js";
import { type EntityName, ORDERS, type PageArgs, type Term, UNLESS_TOLD } from "./reference-page.js";
import { type StatsArgs, UNITS, type Unit } from "./reference-stats.js";

type Input = Record<string, unknown>;

const MOMENTS = [
  "2024-06-15T12:34:56.789Z",
  "2024-06-15T14:34:56.78+02:00",
  "2025-04-28T10:00:00Z",
  "2025-04-28T05:00:00.5-05:00",
  "1969-12-31T23:59:59.999Z",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
];
/** Filters on the time of a list that leave rows of less than two years: no unit makes too many periods of them. */
const WINDOWS: Partial<Record<EntityName, Input>> = {
  // Also the vague ones that begin within the window.
  Claim: { assertedAt: { definitelyAfter: "2023-12", possiblyDuring: "2024" } },
  Event: { occurred: { definitelyAfter: "2023-12", possiblyDuring: "2024" } },
  Source: { publishedOn: { definitelyAfter: "2023-12", possiblyDuring: "2024" } },
};
/** Addresses of sources, and parts of them, as nobody keeps them. */
const ADDRESSES = ["HTTPS://EXAMPLE.org:443/a?b=%20#c", "https://новини.укр/явка", "http://new.example"];
const ADDRESS_PARTS = [
  "https://НОВИНИ.укр",
  "https://новини.укр/яв",
  "новини.укр/явка",
  "явка",
  "HTTPS://EXAMPLE.org:443/a?",
  "HTTP://example.org",
  "/каша",
];
const SEARCHES = new Set(["contains", "startsWith"]);
const DAY = 86_400_000;
const ABSENT = "01902d3c-1111-7222-8333-444455556666";

/** Makes argument values that fit the data set: most filters find something, many find only a part. */
export class Values {
  constructor(
    private readonly random: Random,
    private readonly reference: Reference,
    private readonly world: World,
  ) {}

  /** The id of a row of this type: of one that can be seen, of a hidden one, or of none. */
  id(name: EntityName): string {
    // Claims come from the data set itself: the reference holds no hidden ones.
    const rows: readonly { id: string }[] = name === "Claim" ? this.world.claims : this.reference.all(name);
    const uuid = this.random.chance(0.05) ? ABSENT : this.random.pick(rows).id;
    return encodeId(name.toLowerCase(), uuid);
  }

  slug(name: EntityName): string {
    if (name === "Claim" || this.random.chance(0.1)) return "nobody";
    return this.random.pick<{ slug: string }>(this.reference.all(name)).slug;
  }

  orderBy(name: EntityName): Term[] {
    const fields = Object.keys(ORDERS[name]);
    const term = (field: string): Term => ({ field, direction: this.random.pick(["ASC", "DESC"]) });
    return this.random.some(fields, 0, fields.length).map(term);
  }

  /** A cursor of any row of the type, whether or not it is in the list. */
  cursor(name: EntityName, orderBy: readonly Term[] | undefined): string {
    const order = orderBy?.length ? orderBy : [UNLESS_TOLD[name]];
    return this.reference.pages.cursor(name, order, this.random.pick(this.reference.all(name)));
  }

  /** The arguments of a connection that returns no more than `most` rows. */
  connection(name: EntityName, where: GraphQLInputObjectType, most: number): PageArgs & { where?: Input } {
    const { random } = this;
    const args: PageArgs & { where?: Input } = {};
    const size = random.chance(0.04) ? 0 : random.int(1, Math.max(1, Math.min(most, 12)));
    if (random.chance(0.25)) args.last = size;
    else if (most < 20 || random.chance(0.7)) args.first = most >= 100 && random.chance(0.2) ? 100 : size;
    const orderBy = random.chance(0.5) ? this.orderBy(name) : undefined;
    if (orderBy) args.orderBy = orderBy;
    if (random.chance(0.5)) args.where = this.where(where, 2);
    if (random.chance(0.2)) args.after = this.cursor(name, orderBy);
    if (random.chance(0.15)) args.before = this.cursor(name, orderBy);
    return args;
  }

  /** Arguments that must be refused. */
  refused(name: EntityName): PageArgs {
    const other = name === "Actor" ? "Event" : "Actor";
    return this.random.pick<PageArgs>([
      { first: 1, last: 1 },
      { first: -1 },
      { last: 101 },
      { first: 2_147_483_647 },
      { after: this.cursor(other, undefined) },
      { before: "not a cursor" },
      {
        orderBy: [{ field: UNLESS_TOLD[name].field, direction: "ASC" }],
        after: this.cursor(name, [{ field: UNLESS_TOLD[name].field, direction: "DESC" }]),
      },
    ]);
  }

  /** A `where` input under which periods of any unit can be filled; none for rows without a time. */
  window(name: EntityName): Input | undefined {
    const window = WINDOWS[name];
    if (!window || this.random.chance(0.5)) return window;
    // With those that have no time at all.
    const [time] = Object.keys(window);
    return { or: [window, { [time!]: null }] };
  }

  /** A day on which affiliations begin or end, or close to one. */
  day(): string {
    const ends = this.world.affiliations
      .flatMap((link) => [link.fromEarliest, link.fromLatest, link.untilEarliest, link.untilLatest])
      .filter((moment) => moment !== null);
    const moment = this.random.pick(ends).getTime() + this.random.int(-1, 1) * DAY;
    const years = Date.parse("0002-01-01");
    return new Date(Math.min(Math.max(moment, years), Date.parse("9999-12-31"))).toISOString().slice(0, 10);
  }

  /** The arguments of statistics: few buckets where there are many `rows` of them. */
  stats(dimensions: readonly string[], rows: number, mayFill: boolean): StatsArgs {
    const { random } = this;
    const [units, others] = [true, false].map((timed) =>
      dimensions.filter((dimension) => UNITS.includes(dimension as Unit) === timed),
    );
    const fill = mayFill && random.chance(0.7);
    const by = fill
      ? random.shuffle([random.pick(units!), ...random.some(others!, 0, 1)])
      : random.some(dimensions, 1, 2);
    const first = rows > 20 || random.chance(0.7) ? random.int(random.chance(0.1) ? 0 : 1, 6) : undefined;
    const orderBy = random
      .some(["COUNT", "KEY"] as const, 0, 2)
      .map((field) => ({ field, direction: random.pick(["ASC", "DESC"] as const) }));
    return {
      by,
      ...(first !== undefined && { first }),
      ...(random.chance(0.5) && { orderBy }),
      ...((fill || random.chance(0.1)) && { fill }),
    };
  }

  /** Arguments of statistics that must be refused. */
  refusedStats(dimensions: readonly string[]): StatsArgs {
    const [one, other, third] = this.random.shuffle(dimensions) as [string, string, string?];
    const untimed = dimensions.filter((dimension) => !UNITS.includes(dimension as Unit));
    return this.random.pick<StatsArgs>([
      { by: [] },
      { by: [one, one] },
      { by: [one, other, third ?? one] },
      { by: [one], first: -1 },
      { by: [one], first: 1001 },
      { by: [this.random.pick(untimed)], fill: true },
      { by: untimed.length < dimensions.length ? ["DAY", "YEAR"] : untimed, fill: true },
      {
        by: [one],
        orderBy: [
          { field: "KEY", direction: "ASC" },
          { field: "KEY", direction: "DESC" },
        ],
      },
    ]);
  }

  /** A `where` input of at most so many levels of relations. */
  where(type: GraphQLInputObjectType, depth: number): Input {
    const { random } = this;
    const fields = Object.values(type.getFields()).filter(
      (field) => depth > 0 || /Filter$|Within$/.test(String(field.type)),
    );
    const chosen = random.chance(0.05) ? [] : random.some(fields, 1, random.chance(0.7) ? 1 : 2);
    return Object.fromEntries(
      chosen
        .filter((field) => depth > 0 || !/ListFilter$/.test(String(field.type)))
        .map((field) => [field.name, this.#entry(type.name, field.name, field.type, depth)]),
    );
  }

  #entry(owner: string, key: string, type: GraphQLInputType, depth: number): unknown {
    const { random } = this;
    const named = getNamedType(type) as GraphQLInputObjectType;
    if (isListType(getNullableType(type))) {
      const count = random.pick([0, 1, 2, 2, 3]);
      return Array.from({ length: count }, () => this.where(named, depth - 1));
    }
    if (key === "not") return this.where(named, depth - 1);
    if (named.name === "ActorWithin") {
      const key = random.chance(0.5) ? { id: this.id("Actor") } : { slug: this.slug("Actor") };
      return random.chance(0.6) ? { ...key, on: this.day() } : key;
    }
    if (named.name.endsWith("Where")) return random.chance(0.15) ? null : this.where(named, depth - 1);
    if (named.name.endsWith("ListFilter")) {
      const inner = getNamedType(named.getFields().some!.type) as GraphQLInputObjectType;
      const sides = random.chance(0.8) ? [random.pick(["some", "some", "none", "every"])] : ["some", "every"];
      return Object.fromEntries(sides.map((side) => [side, this.where(inner, depth - 1)]));
    }
    return this.#filter(owner, key, named);
  }

  #filter(owner: string, key: string, type: GraphQLInputObjectType): Input | null {
    const { random } = this;
    const entity = owner.replace(/Where$/, "") as EntityName;
    if (type.name !== "IdFilter" && type.name !== "StringsFilter" && random.chance(0.04)) return null;
    const operators = random.some(Object.keys(type.getFields()), 1, random.chance(0.85) ? 1 : 2);
    return Object.fromEntries(
      operators.map((operator) => {
        const value = () => this.#value(entity, key, operator, type);
        if (["in", "notIn", "hasSome", "hasEvery"].includes(operator)) {
          return [operator, Array.from({ length: random.pick([0, 1, 2, 4]) }, value)];
        }
        const missing = (operator === "eq" || operator === "ne") && type.name !== "IdFilter";
        return [operator, missing && random.chance(0.12) ? null : value()];
      }),
    );
  }

  #value(entity: EntityName, key: string, operator: string, type: GraphQLInputObjectType): unknown {
    const { random } = this;
    const scalar = getNamedType(type.getFields()[operator]!.type);
    if (isEnumType(scalar)) return random.pick(scalar.getValues()).name;
    if (isInputObjectType(scalar)) throw new Error(`${type.name}.${operator} is no scalar`);
    if (scalar.name === "ID") return this.id(entity);
    if (scalar.name === "EDTF") return random.pick(DATES);
    if (scalar.name === "DateTime") return random.pick(MOMENTS);
    if (scalar.name === "Int") return random.int(0, 7);
    // Such as the figures of the world have.
    if (scalar.name === "Float") return random.pick([0, 0.5, 3, 250, 4000, -1]);
    if (scalar.name === "Boolean") return random.chance(0.5);
    if (key === "tags") return random.pick(TAGS);
    if (key === "countryCode" && !SEARCHES.has(operator)) return random.pick(COUNTRIES);
    const rows: readonly object[] = entity in ORDERS ? this.reference.all(entity) : [];
    const known = rows.map((row) => (row as Input)[key]).filter((value) => typeof value === "string");
    const text = random.pick(known.length > 0 ? (known as string[]) : TEXTS);
    if (key === "url" && random.chance(0.6)) {
      return SEARCHES.has(operator) ? random.pick(ADDRESS_PARTS) : random.pick(ADDRESSES);
    }
    if (!SEARCHES.has(operator)) {
      return random.pick([text, text, text.normalize("NFD"), ` ${text.replaceAll(" ", "\u00A0 ")}`]);
    }
    const characters = [...text];
    const start = operator === "startsWith" ? 0 : random.int(0, characters.length - 1);
    const part = characters.slice(start, start + random.int(0, 5)).join("");
    if (key === "language" && random.chance(0.3)) return random.pick(["eng", "ENG", "zh-han"]);
    const variants = [part.toUpperCase(), part.toLowerCase(), part.normalize("NFD"), part.normalize("NFC")];
    return random.pick([part, part, ...variants, "%", "_", "\\"]);
  }
}
