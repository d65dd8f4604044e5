import { endsOf } from "../support/read-date.js";
import type * as prisma from "../support/rows.js";
import type { ClaimRow } from "../support/world.js";
import type { EntityName, Rowed } from "./reference-page.js";
import { compareKeys, type Key, type Rows } from "./reference-rows.js";
import { badInput } from "./reference-where.js";

/** The units of time that rows are grouped by. */
export const UNITS = ["DAY", "WEEK", "MONTH", "YEAR"] as const;
export type Unit = (typeof UNITS)[number];

/** The arguments of `stats`. */
export interface StatsArgs {
  by: readonly string[];
  first?: number | null;
  orderBy?: readonly { readonly field: "COUNT" | "KEY"; readonly direction: "ASC" | "DESC" }[] | null;
  fill?: boolean;
}

/** What a row is to one dimension: how it is shown, where it stands among others, whether it is vague. */
interface Value {
  readonly shown: unknown;
  readonly keys: readonly Key[];
  readonly vague?: boolean;
}

/** A row with one of the events that it is about and one of the sources that it cites, as far as it has some. */
interface Place<Row> {
  readonly row: Row;
  readonly event: prisma.Event | null;
  readonly source: prisma.Source | null;
}

type Dimensions<Row> = Record<string, (place: Place<Row>) => Value>;

interface Bucket<Row> {
  readonly values: readonly Value[];
  readonly rows: Set<Row>;
  readonly vague: Set<Row>;
}

const isUnit = (dimension: string): dimension is Unit => UNITS.includes(dimension as Unit);

const startOfDay = (day: string) => new Date(`${day}T00:00:00.000Z`);
const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);

/** The first day of the period that a moment is in. */
export function periodOf(unit: Unit, moment: Date): string {
  const day = dayOf(moment);
  if (unit === "YEAR") return `${day.slice(0, 4)}-01-01`;
  if (unit === "MONTH") return `${day.slice(0, 7)}-01`;
  if (unit === "DAY") return day;
  const monday = startOfDay(day);
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
  return dayOf(monday);
}

/** The first day of the period after the one that begins on this day. */
function nextPeriod(unit: Unit, day: string): string {
  const next = startOfDay(day);
  if (unit === "YEAR") next.setUTCFullYear(next.getUTCFullYear() + 1);
  if (unit === "MONTH") next.setUTCMonth(next.getUTCMonth() + 1);
  if (unit === "WEEK") next.setUTCDate(next.getUTCDate() + 7);
  if (unit === "DAY") next.setUTCDate(next.getUTCDate() + 1);
  return dayOf(next);
}

const word = (value: string | null | undefined): Value => ({ shown: value ?? null, keys: [value ?? null] });

function record<Row extends { id: string }>(row: Row | null, text: (row: Row) => string): Value {
  return { shown: row, keys: row ? [text(row), row.id] : [null, null] };
}

const UNDATED: Value = { shown: null, keys: [null], vague: true };

function period(unit: Unit, edtf: string | null): Value {
  if (edtf === null) return UNDATED;
  const { first, last } = endsOf(edtf);
  // The first of all days stands for an open start, also where it was written.
  if (first.day === "0001-01-01") return UNDATED;
  const day = periodOf(unit, startOfDay(first.day));
  return { shown: day, keys: [day], vague: periodOf(unit, startOfDay(last.day)) !== day };
}

/** The dimensions of time, of rows with a vague date. */
const times = <Row>(edtf: (row: Row) => string | null): Dimensions<Row> =>
  Object.fromEntries(UNITS.map((unit) => [unit, ({ row }: Place<Row>) => period(unit, edtf(row))]));

const nameOf = (actor: prisma.Actor) => actor.name;

function dimensions(rows: Rows): { [Name in EntityName]: Dimensions<Rowed[Name]> } {
  return {
    Claim: {
      ACT: ({ row }) => word(row.act),
      STANCE: ({ row }) => word(row.stance),
      CERTAINTY: ({ row }) => word(row.certainty),
      STATUS: ({ row }) => word(row.status),
      RANK: ({ row }) => word(row.rank),
      LANGUAGE: ({ row }) => word(row.language),
      ASSERTED_BY: ({ row }) => record(rows.actor(row.assertedById), nameOf),
      SIDE: ({ row }) => record(rows.sideOfClaim(row), nameOf),
      EVENT: ({ event }) => record(event, ({ title }) => title),
      EVENT_TYPE: ({ event }) => word(event?.type),
      COUNTRY: ({ event }) => word(event?.placeCountryCode),
      PROPOSITION: ({ row }) => record(rows.proposition(row.propositionId), ({ text }) => text),
      SOURCE: ({ source }) => record(source, ({ title }) => title),
      PUBLISHER: ({ source }) => record(rows.actor(source?.publisherId ?? null), nameOf),
      ...times((row) => row.assertedAtEdtf),
    },
    Event: {
      TYPE: ({ row }) => word(row.type),
      COUNTRY: ({ row }) => word(row.placeCountryCode),
      ...times((row) => row.occurredEdtf),
    },
    Source: {
      KIND: ({ row }) => word(row.kind),
      PUBLISHER: ({ row }) => record(rows.actor(row.publisherId), nameOf),
      LANGUAGE: ({ row }) => word(row.language),
      ...times((row) => row.publishedOnEdtf),
    },
    Proposition: { KIND: ({ row }) => word(row.kind), MEASURE: ({ row }) => word(row.measure) },
    Actor: { KIND: ({ row }) => word(row.kind), COUNTRY: ({ row }) => word(row.countryCode) },
  };
}

/** The field of a bucket that shows a dimension: `assertedBy` for ASSERTED_BY. */
export const fieldOf = (dimension: string): string =>
  dimension.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

function check({ by, first, orderBy, fill }: StatsArgs): void {
  if (by.length < 1 || by.length > 2) throw badInput("One or two dimensions.");
  if (new Set(by).size < by.length) throw badInput("A dimension twice.");
  if (first != null && (first < 0 || first > 1000)) throw badInput("0 to 1,000 buckets.");
  const fields = orderBy?.map(({ field }) => field) ?? [];
  if (new Set(fields).size < fields.length) throw badInput("A field of the order twice.");
  if (fill && by.filter(isUnit).length !== 1) throw badInput("Only one dimension of time can be filled.");
}

function compareKey<Row>(a: Bucket<Row>, b: Bucket<Row>, way: number): number {
  const [keys, others] = [a, b].map(({ values }) => values.flatMap((value) => value.keys));
  for (const [index, key] of keys!.entries()) {
    const other = others![index]!;
    const order = compareKeys(key, other);
    // What is missing comes last either way.
    if (order !== 0) return key === null || other === null ? order : order * way;
  }
  return 0;
}

/** Counts the rows of lists by what they have in common, one by one. */
export class Statistics {
  readonly #dimensions: ReturnType<typeof dimensions>;
  readonly #places = new Map<ClaimRow, Place<ClaimRow>[]>();

  constructor(private readonly rows: Rows) {
    this.#dimensions = dimensions(rows);
  }

  /** What `stats` answers for a list of these rows. */
  of<Name extends EntityName>(name: Name, rows: readonly Rowed[Name][], args: StatsArgs) {
    type Row = Rowed[Name];
    check(args);
    const { by, fill, first, orderBy } = args;
    const read = by.map((dimension) => (this.#dimensions[name] as Dimensions<Row>)[dimension]!);
    const buckets = new Map<string, Bucket<Row>>();
    const bucketOf = (values: readonly Value[]): Bucket<Row> => {
      const key = JSON.stringify(values.map(({ keys }) => keys));
      const bucket = buckets.get(key) ?? { values, rows: new Set(), vague: new Set() };
      buckets.set(key, bucket);
      return bucket;
    };
    for (const row of rows) {
      for (const place of this.#placesOf(name, row)) {
        const values = read.map((value) => value(place));
        const bucket = bucketOf(values);
        bucket.rows.add(row);
        if (values.some(({ vague }) => vague)) bucket.vague.add(row);
      }
    }
    if (fill) for (const values of missing(by, [...buckets.values()])) bucketOf(values);

    const terms = orderBy?.length
      ? orderBy
      : [
          by.some(isUnit)
            ? { field: "KEY", direction: "ASC" as const }
            : { field: "COUNT", direction: "DESC" as const },
        ];
    const ordered = [...buckets.values()].sort((a, b) => {
      for (const { field, direction } of terms) {
        const way = direction === "DESC" ? -1 : 1;
        const order = field === "COUNT" ? (a.rows.size - b.rows.size) * way : compareKey(a, b, way);
        if (order !== 0) return order;
      }
      return compareKey(a, b, 1);
    });
    return { buckets: ordered.slice(0, first ?? 100).map((bucket) => this.#shown(by, bucket)) };
  }

  #placesOf<Name extends EntityName>(name: Name, row: Rowed[Name]): Place<Rowed[Name]>[] {
    if (name !== "Claim") return [{ row, event: null, source: null }];
    const claim = row as ClaimRow;
    const places = this.#places.get(claim) ?? this.#pairs(claim);
    this.#places.set(claim, places);
    return places as Place<Rowed[Name]>[];
  }

  /** Each event of a claim with each of its sources. */
  #pairs(row: ClaimRow): Place<ClaimRow>[] {
    const events = orNothing(this.rows.eventsOf(row));
    const sources = orNothing(this.#sourcesOf(row));
    return events.flatMap((event) => sources.map((source) => ({ row, event, source })));
  }

  #sourcesOf = (claim: ClaimRow) =>
    this.rows.citationsOf(claim).map(({ sourceId }) => this.rows.source(sourceId)!);

  #shown<Row>(by: readonly string[], { values, rows, vague }: Bucket<Row>) {
    const claims = [...rows] as ClaimRow[];
    return {
      ...Object.fromEntries(by.map((dimension, index) => [fieldOf(dimension), values[index]!.shown])),
      count: rows.size,
      vague: vague.size,
      actorCount: () => new Set(claims.map(({ assertedById }) => assertedById)).size,
      sourceCount: () => new Set(claims.flatMap(this.#sourcesOf)).size,
    };
  }
}

const orNothing = <Row>(rows: readonly Row[]): readonly (Row | null)[] => (rows.length > 0 ? rows : [null]);

/** The values of all buckets between the first and the last period: with each value of the other dimension. */
function missing<Row>(by: readonly string[], buckets: readonly Bucket<Row>[]): Value[][] {
  const at = by.findIndex(isUnit);
  const unit = by[at] as Unit;
  const days = buckets.map(({ values }) => values[at]!.shown as string | null);
  const known = days.filter((day) => day !== null).sort();
  if (known.length === 0) return [];
  const periods: string[] = [];
  const others = new Set(
    buckets.map(({ values }) =>
      JSON.stringify(values.flatMap(({ keys }, index) => (index === at ? [] : keys))),
    ),
  );
  for (let day = known[0]!; day <= known.at(-1)!; day = nextPeriod(unit, day)) {
    periods.push(day);
    if (periods.length * others.size > 1000) throw badInput("More than 1,000 buckets.");
  }
  return periods.flatMap((day) =>
    buckets.map(({ values }) =>
      values.map((value, index) => (index === at ? { shown: day, keys: [day] } : value)),
    ),
  );
}
