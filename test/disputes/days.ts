import { dateBounds, parseFuzzyDate } from "../../src/values/fuzzy-date.js";
import { endsOf } from "../support/read-date.js";

/**
 * The days between which a date lies, both inclusive, as texts that compare as the days do. An open start is less than
 * every day, an open end is more.
 */
export interface Span {
  readonly first: string;
  readonly last: string;
  /** The milliseconds between which it lies, by which lists are ordered. */
  readonly from: number;
  readonly to: number;
  /** The millisecond with which an instant begins; null of every other date. */
  readonly instant: number | null;
}

const OPEN_START = "";
const OPEN_END = "~";

/** The span of an EDTF string. */
export function spanOf(edtf: string): Span {
  const { earliest, latest } = parseFuzzyDate(edtf);
  const { first, last } = endsOf(edtf);
  const bounds = dateBounds(edtf);
  return {
    first: earliest === null ? OPEN_START : first.day,
    last: latest === null ? OPEN_END : last.day,
    from: bounds.earliest.getTime(),
    to: bounds.latest.getTime(),
    instant: edtf.includes("/") ? null : first.instant,
  };
}

export const hasOpenStart = (span: Span): boolean => span.first === OPEN_START;

/** Whether two spans share a day. */
export const overlap = (one: Span, other: Span): boolean =>
  one.first <= other.last && other.first <= one.last;

/** How many days two spans are apart: from the end of the earlier to the start of the later, 0 when they overlap. */
export function daysApart(one: Span, other: Span): number {
  if (overlap(one, other)) return 0;
  const [earlier, later] = one.first < other.first ? [one, other] : [other, one];
  return (Date.parse(later.first) - Date.parse(earlier.last)) / 86_400_000;
}

/** Less than zero when one comes before the other, as texts compare code unit by code unit. */
export const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
