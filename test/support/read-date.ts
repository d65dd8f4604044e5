import { type FuzzyDate, parseFuzzyDate } from "../../src/values/fuzzy-date.js";

/** One end of a date. */
export interface End {
  readonly day: string;
  /** What a clock at its place shows, to the millisecond. */
  readonly clock: string;
  /** In milliseconds; null unless it was written as a time. */
  readonly instant: number | null;
}

const TIMED = /^(\d{4}-\d\d-\d\d)(T[\d:.]+)(Z|[+-]\d\d:\d\d)$/;

/** The ends of a date. What is said of a time is read off its text; what has none is read as the program does. */
export function endsOf(edtf: string): { readonly first: End; readonly last: End } {
  const { earliest, latest } = parseFuzzyDate(edtf);
  const [from = "", to = from] = edtf.split("/");
  return {
    first: endOf(from, earliest ?? "0001-01-01", "T00:00:00.000"),
    last: endOf(to, latest ?? "9999-12-31", "T23:59:59.999"),
  };
}

/** @param time the first or the last of a day */
function endOf(text: string, day: string, time: string): End {
  const [, written, clock = "", zone] = TIMED.exec(text) ?? [];
  if (!written) return { day, clock: day + time, instant: null };
  const whole = written + clock + time.slice(clock.length);
  return { day: written, clock: whole, instant: Date.parse(whole + zone) };
}

/** Whether one end comes before another: as instants if both are times, else by their clocks. */
export const before = (one: End, other: End): boolean =>
  one.instant !== null && other.instant !== null ? one.instant < other.instant : one.clock < other.clock;

/** What the field of a date shows. */
export function readDate(edtf: string): FuzzyDate {
  const date = parseFuzzyDate(edtf);
  const { first, last } = endsOf(edtf);
  const moment = edtf.includes("/") || first.instant === null ? null : new Date(first.instant);
  return {
    ...date,
    earliest: date.earliest && first.day,
    latest: date.latest && last.day,
    at: moment?.toISOString().replace(/\.?0*Z$/, "Z") ?? null,
  };
}
