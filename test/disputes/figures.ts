import { daysApart, overlap, type Span, spanOf } from "./days.js";
import { type Decimal, decimal, tenthOf } from "./decimals.js";
import type { Claim, Figure, Proposition } from "./plain-world.js";

/** The numbers that a figure may mean; null is an open end (section 6). */
export interface Interval {
  readonly low: Decimal | null;
  readonly high: Decimal | null;
}

/** The interval of a figure (section 6). */
export function intervalOf({ low, best, high, approximator }: Figure): Interval {
  const ends = low === null && high === null ? [best, best] : [low, high];
  const [lower = null, upper = null] = ends.map((end) => (end === null ? null : decimal(end)));
  switch (approximator) {
    case "EXACT":
      return { low: lower, high: upper };
    case "AT_LEAST":
      return { low: lower, high: null };
    case "AT_MOST":
      return { low: null, high: upper };
    case "ABOUT":
      return {
        low: lower === null ? null : lower - tenthOf(lower),
        high: upper === null ? null : upper + tenthOf(upper),
      };
  }
}

const isAbove = (lower: Decimal | null, upper: Decimal | null): boolean =>
  lower !== null && upper !== null && lower > upper;

/** Whether two intervals have a number in common (section 6). */
export const meet = (one: Interval, other: Interval): boolean =>
  !isAbove(one.low, other.high) && !isAbove(other.low, one.high);

/** A claim whose figure is compared. */
export type Figured = Claim & { readonly figure: Figure };

interface Time {
  readonly span: Span;
  readonly given: boolean;
}

/** The time of a figure (section 6); null when it has none. */
function timeOf({ figure, assertedAt }: Figured, { accumulates }: Proposition): Time | null {
  if (figure.asOf !== null) return { span: spanOf(figure.asOf), given: true };
  return accumulates && assertedAt !== null ? { span: spanOf(assertedAt), given: false } : null;
}

/** Whether two figures are comparable (section 6). */
export function comparable(one: Figured, other: Figured, proposition: Proposition): boolean {
  const [left, right] = [timeOf(one, proposition), timeOf(other, proposition)];
  if (!left || !right) return true;
  if (left.given && right.given) return overlap(left.span, right.span);
  return daysApart(left.span, right.span) <= proposition.comparableDays;
}

/** Whether two figures conflict (section 6). */
export function figuresConflict(one: Figured, other: Figured, proposition: Proposition): boolean {
  const [left, right] = [intervalOf(one.figure), intervalOf(other.figure)];
  if (comparable(one, other, proposition)) return !meet(left, right);
  const [before, after] = [timeOf(one, proposition), timeOf(other, proposition)];
  if (!proposition.accumulates || !before || !after) return false;
  // Figures that are not comparable have spans that do not overlap, so one of them is the earlier.
  return before.span.first < after.span.first ? isAbove(left.low, right.high) : isAbove(right.low, left.high);
}
