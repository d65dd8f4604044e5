import { compareTexts, overlap, type Span, spanOf } from "./days.js";
import { type Claim, relates } from "./plain-world.js";

/**
 * Which of two claims comes first by its date (section 2). “The instants where both are known” is no order when a day
 * stands between two instants of it, so here a date that is no instant comes before the instants of its day.
 */
function byDate(one: Claim, other: Claim): number {
  return (
    datesCompared(one.assertedAt, other.assertedAt) ||
    compareTexts(one.recordedAt, other.recordedAt) ||
    compareTexts(one.id, other.id)
  );
}

function datesCompared(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  const [left, right] = [spanOf(one), spanOf(other)];
  return (
    compareTexts(left.first, right.first) ||
    compareTexts(left.last, right.last) ||
    instantsCompared(left, right)
  );
}

function instantsCompared({ instant: one }: Span, { instant: other }: Span): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  return one.from - other.from || one.to - other.to;
}

/**
 * Puts the counted claims of a proposition in order (section 2). The place of a claim is a path of ranks by date. A claim
 * that supersedes a later one gets the path of that one, and its own rank behind it; of several such claims behind one, the
 * dates decide.
 */
export function inOrder(claims: readonly Claim[]): Claim[] {
  const dated = [...claims].sort(byDate);
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
  return overlap(one, two) && !(one.instant && two.instant);
}
