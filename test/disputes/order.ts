import { compareTexts, overlap, type Span, spanOf } from "./days.js";
import { type Claim, relates } from "./plain-world.js";

/** An instant in UTC without its `Z`, which would come after the digits that are left out when they are zeros: 01.25Z, 01.257Z. */
const digitsOf = (instant: string): string => instant.replace(/Z$/, "");

/** Which of two claims comes first by its days, and then by when it was recorded (section 2). */
const byDays = (one: Claim, other: Claim): number =>
  daysCompared(one, other) ||
  compareTexts(digitsOf(one.recordedAt), digitsOf(other.recordedAt)) ||
  compareTexts(one.id, other.id);

function daysCompared({ assertedAt: one }: Claim, { assertedAt: other }: Claim): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  const [left, right] = [spanOf(one), spanOf(other)];
  return compareTexts(left.first, right.first) || compareTexts(left.last, right.last);
}

const instantOf = ({ assertedAt }: Claim): Span["instant"] =>
  assertedAt === null ? null : spanOf(assertedAt).instant;

/**
 * Claims in the order of their dates (section 2). “The instants where both are known, then `recordedAt`” goes round in a circle
 * when a day was recorded between two instants of it in the wrong order. It is read so: the claims of a day stand in the
 * order in which they were recorded, and those with an instant share out their places among themselves.
 */
function byDates(claims: readonly Claim[]): Claim[] {
  const ordered = [...claims].sort(byDays);
  return ordered.map((claim) => {
    if (instantOf(claim) === null) return claim;
    const places = ordered.filter((other) => instantOf(other) !== null && daysCompared(claim, other) === 0);
    const inTime = [...places].sort((one, other) => instantOf(one)! - instantOf(other)!);
    return inTime[places.indexOf(claim)] as Claim;
  });
}

/**
 * Puts the counted claims of a proposition in order (section 2). The place of a claim is a path of ranks by date. A claim
 * that supersedes a later one gets the path of that one, and its own rank behind it; of several such claims behind one, the
 * dates decide.
 */
export function inOrder(claims: readonly Claim[]): Claim[] {
  const dated = byDates(claims);
  const ranks = new Map(dated.map((claim, rank) => [claim, rank]));
  const paths = new Map<Claim, readonly number[]>();
  const pathOf = (claim: Claim, above: readonly Claim[]): readonly number[] => {
    if (above.includes(claim)) throw new Error(`${claim.id} supersedes itself, by way of others`);
    const found = paths.get(claim);
    if (found) return found;
    const rank = ranks.get(claim) as number;
    // Only claims that count have a place; a superseded one that does not count puts nothing behind itself.
    const superseded = dated.filter((other) => relates(claim, "SUPERSEDES", other));
    const last = superseded
      .map((other) => pathOf(other, [...above, claim]))
      .sort(pathsCompared)
      .at(-1);
    const path = last && pathsCompared([rank], last) < 0 ? [...last, rank] : [rank];
    paths.set(claim, path);
    return path;
  };
  return dated.sort((one, other) => pathsCompared(pathOf(one, []), pathOf(other, [])));
}

function pathsCompared(one: readonly number[], other: readonly number[]): number {
  for (const [at, rank] of one.entries()) {
    const against = other[at];
    if (against === undefined) return 1;
    if (rank !== against) return rank - against;
  }
  return one.length - other.length;
}

/**
 * Whether the dates leave open which of two claims came first (section 2, `orderCertain`). Spans are of days. Read
 * literally: a deciding claim without a date has no span that could overlap, and SUPERSEDES makes nothing certain.
 */
export function orderIsOpen(deciding: Claim, other: Claim): boolean {
  if (other.assertedAt === null) return true;
  if (deciding.assertedAt === null) return false;
  const [one, two] = [spanOf(deciding.assertedAt), spanOf(other.assertedAt)];
  return overlap(one, two) && !(one.instant !== null && two.instant !== null);
}
