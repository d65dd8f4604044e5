import { type Parsed, type ParsedDate, type ParsedSeason, parse } from "edtf";
import { LRUCache } from "lru-cache";
import { shown } from "./shown.js";

/** How finely a date is known: the unit it was written in. */
export enum DatePrecision {
  /** A moment with a time and a zone: `2025-04-28T10:00:00Z`, `2025-04-28T10:00:00+02:00`. */
  INSTANT = "INSTANT",
  /** One day: `2025-04-28`. */
  DAY = "DAY",
  /** One month, or an unspecified day of it: `2024-06`, `2024-06-XX`. */
  MONTH = "MONTH",
  /** Three months of the northern hemisphere: `2024-21`. */
  SEASON = "SEASON",
  /** One year, or an unspecified month or day of it: `2024`, `2024-XX`, `2024-XX-XX`. */
  YEAR = "YEAR",
  /** Ten years that share three digits: `202X`. */
  DECADE = "DECADE",
  /** A hundred years that share two digits: `19XX`. */
  CENTURY = "CENTURY",
  /** From one date to another, either end possibly open or unknown: `2024-10/2024-12`, `2024-10/..`. */
  INTERVAL = "INTERVAL",
}

/**
 * A date as vague as the news gave it. `earliest` and `latest` are days (`YYYY-MM-DD`), both inclusive, and null where
 * that end is open or unknown. Of a time they are the day in its zone: whoever speaks at half past midnight in Rome speaks
 * on that day, though it is the day before in UTC. `at` is a single instant in UTC, as the scalar DateTime writes it; null
 * of every other date. `approximate` stands for `~`, `uncertain` for `?`, both for `%`, whether they qualify the whole
 * date or one end of an interval.
 */
export interface FuzzyDate {
  /** As it was written, but for the zone of a time, which is `Z` or has the form `+02:00`. */
  readonly edtf: string;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly at: string | null;
  readonly precision: DatePrecision;
  readonly approximate: boolean;
  readonly uncertain: boolean;
}

/**
 * The first and last millisecond a date may mean, both inclusive. Unlike `FuzzyDate` it never has a gap:
 * an open or unknown end is `OPEN_START` or `OPEN_END`, so that it can be compared, indexed and sorted.
 */
export interface DateBounds {
  earliest: Date;
  latest: Date;
}

const FIRST_INSTANT = Date.parse("0001-01-01T00:00:00.000Z");
const LAST_INSTANT = Date.parse("9999-12-31T23:59:59.999Z");

/** Stands for an open or unknown start; also the first instant a date may name. */
export const OPEN_START: Date = new Date(FIRST_INSTANT);
/** Stands for an open or unknown end; also the last instant a date may name. */
export const OPEN_END: Date = new Date(LAST_INSTANT);

const LONGEST = 64;
const YEARS_READ = "only years from 0001 to 9999 are read";

/** Why a text is not a date, with examples of texts that are. */
export class FuzzyDateError extends Error {
  constructor(text: string, reason: string) {
    super(
      `${shown(text)} is not a date: ${reason}. Write for example 2025-04-28, 2024-06, 2024, ` +
        "2025~ (about), 2024-10/2024-12 (between), 2024-10/.. (since) or 2025-04-28T10:00:00Z.",
    );
    this.name = "FuzzyDateError";
  }
}

/**
 * A date with its bounds in milliseconds; a null bound is open or unknown. `before` and `after` are how far the clocks of
 * the places where its ends were told are ahead of UTC.
 */
interface Span {
  first: number | null;
  last: number | null;
  before: number;
  after: number;
  precision: DatePrecision;
  approximate: boolean;
  uncertain: boolean;
}

// The same few dates are read again for every row that is answered, and the parser takes far longer than
// a look-up. The bound keeps strings sent by clients from filling the memory.
const known = new LRUCache<string, { date: FuzzyDate; span: Span }>({ max: 5000 });

/**
 * Reads an EDTF string of level 0 or 1 (ISO 8601-2), years 0001 to 9999. The answer is shared and frozen.
 *
 * @throws FuzzyDateError when the text is no such date
 */
export function parseFuzzyDate(edtf: string): FuzzyDate {
  return read(edtf).date;
}

/**
 * The instants between which an EDTF string lies; see `parseFuzzyDate` for what is read.
 *
 * @throws FuzzyDateError when the text is no such date
 */
export function dateBounds(edtf: string): DateBounds {
  const { first, last } = read(edtf).span;
  return { earliest: new Date(first ?? FIRST_INSTANT), latest: new Date(last ?? LAST_INSTANT) };
}

/**
 * The same by the clocks of the places where its ends were told, as if these showed UTC: what a time and a day have in
 * common. A date without a time has its `dateBounds`.
 *
 * @throws FuzzyDateError when the text is no such date
 */
export function localBounds(edtf: string): DateBounds {
  const { first, last, before, after } = read(edtf).span;
  return {
    earliest: new Date(first === null ? FIRST_INSTANT : first + before),
    latest: new Date(last === null ? LAST_INSTANT : last + after),
  };
}

const isTime = (end: string | undefined): boolean => end?.includes("T") === true;

/**
 * Whether a date ends before another one begins. Days are compared with days: a time lies on the day of its zone. Two times
 * are compared as instants.
 *
 * @throws FuzzyDateError when a text is no such date
 */
export function endsBefore(one: string, other: string): boolean {
  const timed = isTime(one.split("/").at(-1)) && isTime(other.split("/")[0]);
  const boundsOf = timed ? dateBounds : localBounds;
  return boundsOf(one).latest < boundsOf(other).earliest;
}

function read(edtf: string): { date: FuzzyDate; span: Span } {
  const found = known.get(edtf);
  if (found) return found;
  const span = spanOf(edtf, parseText(edtf));
  const { first, last, before, after, precision, approximate, uncertain } = span;
  const date = Object.freeze({
    edtf: edtf.replaceAll(OFFSET, canonicalOffset),
    earliest: first === null ? null : dayOf(first + before),
    latest: last === null ? null : dayOf(last + after),
    at: precision === DatePrecision.INSTANT && first !== null ? instantOf(first) : null,
    precision,
    approximate,
    uncertain,
  });
  known.set(edtf, { date, span });
  return { date, span };
}

/** The offset of a time. ISO 8601 writes its minus as the character of that name or as a hyphen. */
const OFFSET = /(?<=T[\d:.]+)([+\u2212-])(\d\d):?(\d\d)?/g;

const canonicalOffset = (_: string, sign: string, hours: string, minutes = "00"): string =>
  `${sign === "+" ? "+" : "-"}${hours}:${minutes}`;

/** Whether a time is told by a clock that nobody has: https://en.wikipedia.org/wiki/List_of_UTC_offsets. */
const isBeyond = (edtf: string): boolean =>
  [...edtf.matchAll(OFFSET)].some(([, sign, hours, minutes = "0"]) => {
    const offset = Number(hours) * 60 + Number(minutes);
    return offset > (sign === "+" ? 14 : 12) * 60;
  });

function parseText(edtf: string): Parsed {
  if (edtf === "") throw new FuzzyDateError(edtf, "it is empty");
  if (edtf.length > LONGEST) throw new FuzzyDateError(edtf, `it is longer than ${LONGEST} characters`);
  // The parser takes .1 for one millisecond, and drops the fourth digit.
  if (/:\d\d\.(?!\d{3}(?!\d))/.test(edtf))
    throw new FuzzyDateError(edtf, "a fraction of a second has exactly three digits");
  try {
    return parse(edtf, { level: 1, seasonIntervals: false, seasonUncertainty: false });
  } catch {
    throw new FuzzyDateError(
      edtf,
      isBeyond(edtf)
        ? "the offset of a time lies from -12:00 to +14:00"
        : "it does not follow EDTF (ISO 8601-2) level 0 or 1",
    );
  }
}

function spanOf(edtf: string, parsed: Parsed): Span {
  switch (parsed.type) {
    case "Date":
      return dateSpan(edtf, parsed);
    case "Season":
      return seasonSpan(edtf, parsed);
    case "Interval":
      return intervalSpan(edtf, ...parsed.values);
    default:
      throw new FuzzyDateError(edtf, `${YEARS_READ}, and 19XX for a century`);
  }
}

type End = ParsedDate | number | null;

function intervalSpan(edtf: string, lower: End, upper: End): Span {
  const from = typeof lower === "object" && lower ? dateSpan(edtf, lower) : null;
  const to = typeof upper === "object" && upper ? dateSpan(edtf, upper) : null;
  if (!from && !to) throw new FuzzyDateError(edtf, "neither end is known; leave the date out instead");
  if (from && to && from.first! > to.last!) throw new FuzzyDateError(edtf, "it ends before it starts");
  if (from && to && dayOf(from.first! + from.before) > dayOf(to.last! + to.after))
    throw new FuzzyDateError(
      edtf,
      "its last day comes before its first, by the zones of its ends; write both with times in one zone",
    );
  return {
    first: from?.first ?? null,
    last: to?.last ?? null,
    before: from?.before ?? 0,
    after: to?.after ?? 0,
    precision: DatePrecision.INTERVAL,
    approximate: Boolean(from?.approximate || to?.approximate),
    uncertain: Boolean(from?.uncertain || to?.uncertain),
  };
}

const YEAR_DIGITS = 0b1111;
const MONTH_DIGITS = 0b110000;
const DAY_DIGITS = 0b11000000;

function dateSpan(edtf: string, parsed: ParsedDate): Span {
  const { values, unspecified = 0 } = parsed;
  const [year = 0, month = 0, day = 1] = values;
  const certainty = { approximate: parsed.approximate === true, uncertain: parsed.uncertain === true };
  if (unspecified & YEAR_DIGITS) return { ...yearsSpan(edtf, year, unspecified), ...certainty };
  checkYear(edtf, year);
  // The parser lets 29 February pass in every year.
  if (day > daysIn(year, month)) throw new FuzzyDateError(edtf, `that month has no day ${day}`);

  if (values.length > 3) return { ...instantSpan(edtf, parsed), ...certainty };
  if (values.length === 1 || unspecified & MONTH_DIGITS)
    return { ...between(at(year), at(year + 1)), precision: DatePrecision.YEAR, ...certainty };
  if (values.length === 2 || unspecified & DAY_DIGITS)
    return { ...between(at(year, month), at(year, month + 1)), precision: DatePrecision.MONTH, ...certainty };
  return {
    ...between(at(year, month, day), at(year, month, day + 1)),
    precision: DatePrecision.DAY,
    ...certainty,
  };
}

/** The years that share their leading digits: 202X or 19XX. */
function yearsSpan(edtf: string, year: number, unspecified: number) {
  const digits = [0b1000, 0b1100].indexOf(unspecified & YEAR_DIGITS);
  if (digits < 0) throw new FuzzyDateError(edtf, "at most the last two digits of a year may be X");
  // -000X comes as the year -0. Of 000X, whose year is 0, the years from 0001 on are read.
  if (year < 0 || Object.is(year, -0)) throw new FuzzyDateError(edtf, YEARS_READ);
  const [years, precision] = digits === 0 ? [10, DatePrecision.DECADE] : [100, DatePrecision.CENTURY];
  // 000X and 00XX would begin in the year 0000, which is not read.
  return { ...between(Math.max(at(year), FIRST_INSTANT), at(year + years)), precision };
}

/** Length of the smallest part that was written, in milliseconds, by the number of parts. */
const TIME_UNITS: Record<number, number> = { 4: 3_600_000, 5: 60_000, 6: 1000, 7: 1 };

function instantSpan(edtf: string, { values, offset = 0, timeZone }: ParsedDate) {
  if (timeZone === undefined)
    throw new FuzzyDateError(edtf, "a time needs a zone: end it in Z, or in an offset like +02:00");
  const [year = 0, month, day, hour = 0, minute = 0, second = 0, millisecond = 0] = values;
  const local = at(year, month, day) + (((hour * 60 + minute) * 60 + second) * 1000 + millisecond);
  const ahead = offset * 60_000;
  const first = local - ahead;
  for (const moment of [first, local]) checkYear(edtf, new Date(moment).getUTCFullYear());
  return {
    ...between(first, first + TIME_UNITS[values.length]!),
    before: ahead,
    after: ahead,
    precision: DatePrecision.INSTANT,
  };
}

/** The first month (from 0) of a season, by its EDTF number. */
const SEASON_STARTS: Record<number, number> = { 21: 2, 22: 5, 23: 8, 24: 11 };

/**
 * The standard leaves open which months a season has, and the parser's library takes calendar quarters.
 * Here they are the meteorological seasons of the northern hemisphere: spring (21) is March to May, summer
 * (22) June to August, autumn (23) September to November, winter (24) December to the next February.
 */
function seasonSpan(edtf: string, { values: [year, season] }: ParsedSeason): Span {
  checkYear(edtf, year);
  const start = SEASON_STARTS[season]!;
  const { first, last } = between(at(year, start), at(year, start + 3));
  return {
    first,
    last: Math.min(last, LAST_INSTANT),
    before: 0,
    after: 0,
    precision: DatePrecision.SEASON,
    approximate: false,
    uncertain: false,
  };
}

function checkYear(edtf: string, year: number): void {
  if (year < 1 || year > 9999) throw new FuzzyDateError(edtf, YEARS_READ);
}

/** Start of a day in UTC; `Date.UTC` cannot be used, since it takes the years 0 to 99 for 1900 to 1999. */
function at(year: number, month = 0, day = 1): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

function daysIn(year: number, month: number): number {
  return new Date(at(year, month + 1, 0)).getUTCDate();
}

const between = (first: number, next: number) => ({ first, last: next - 1, before: 0, after: 0 });

const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** As the database writes it: without zeros at the end of a fraction. */
const instantOf = (instant: number): string => new Date(instant).toISOString().replace(/\.?0*Z$/, "Z");
