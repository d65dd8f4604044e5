import { concessionsOf } from "./concessions.js";
import { countedClaims, liesBy, type Seen } from "./counted.js";
import type { Decimal } from "./decimals.js";
import { comparable, type Figured, type Interval, intervalOf } from "./figures.js";
import { inOrder } from "./order.js";
import type { Claim, PlainWorld, Proposition } from "./plain-world.js";
import { relates } from "./plain-world.js";
import { takesSide } from "./positions.js";
import { figuresOppose, holdingClaims, oppose, type Side, sidesOf } from "./sides.js";
import { originsOf, voicesOf } from "./voices.js";

export type DisputeStatus =
  | "NO_POSITION"
  | "SINGLE_SOURCED"
  | "CORROBORATED"
  | "CONTESTED"
  | "CONCEDED"
  | "NOT_COMPARABLE"
  | "RETRACTED";

export interface Conflict {
  readonly kind: "STANCE" | "FIGURE" | "RELATION";
  readonly sides: readonly [Side, Side];
  /** The claims, in the order of the sides; of several relations between two sides, each pair. */
  readonly claims: readonly (readonly [Claim, Claim])[];
  readonly figures: readonly [Figured, Figured] | null;
}

export interface Dispute {
  readonly status: DisputeStatus;
  readonly stance: "AFFIRMS" | "REJECTS" | null;
  readonly divided: boolean;
  readonly voices: number;
  readonly origins: number;
  readonly sides: readonly Side[];
  readonly conflicts: readonly Conflict[];
  readonly envelope: Interval | null;
  readonly overlap: Interval | null;
  readonly spread: number | null;
  /** The counted claims, in order. */
  readonly claims: readonly Claim[];
}

/** The conflict between two sides that hold a stance, the first kind that fits (section 7). */
function conflictOf(world: PlainWorld, one: Side, other: Side): Conflict | undefined {
  const sides = [one, other] as const;
  const figures = one.figured && other.figured ? ([one.figured, other.figured] as const) : null;
  if (oppose(one, other)) return { kind: "STANCE", sides, claims: [[one.deciding, other.deciding]], figures };
  if (figures && figuresOppose(world, one, other))
    return { kind: "FIGURE", sides, claims: [figures], figures };
  const objects = (speaker: Claim, to: Claim) =>
    relates(speaker, "DENIES", to) || relates(speaker, "CONTRADICTS", to);
  const claims = holdingClaims(one).flatMap((left) =>
    holdingClaims(other)
      .filter((right) => objects(left, right) || objects(right, left))
      .map((right) => [left, right] as const),
  );
  return claims.length > 0 ? { kind: "RELATION", sides, claims, figures: null } : undefined;
}

/** Each pair of different items, once. */
export const pairsOf = <Item>(items: readonly Item[]): [Item, Item][] =>
  items.flatMap((one, at) => items.slice(at + 1).map((other): [Item, Item] => [one, other]));

/** The figures that sides affirm. */
export const affirmed = (sides: readonly Side[]): Figured[] =>
  sides.flatMap(({ stance, figured }) => (stance === "AFFIRMS" && figured ? figured : []));

/**
 * The status, the first that fits (section 7). Figures are held by those who affirm; a rejected one is not held.
 * Read literally, a claim that takes a stance leads to RETRACTED even if its figure is additional.
 */
function statusOf(
  { kind, id }: Proposition,
  world: PlainWorld,
  seen: Seen,
  { sides, conflicts, claims }: Pick<Dispute, "sides" | "conflicts" | "claims">,
): DisputeStatus {
  const proposition = world.proposition(id);
  if (conflicts.length > 0) return "CONTESTED";
  if (kind === "YES_NO" && concessionsOf(world, sides, claims).length > 0) return "CONCEDED";
  const voices = voicesOf(world, sides);
  const figures = voices.map(affirmed).filter(({ length }) => length > 0);
  const someComparable = pairsOf(figures).some(([one, other]) =>
    one.some((left) => other.some((right) => comparable(left, right, proposition))),
  );
  if (kind === "QUANTITY" && figures.length >= 2 && !someComparable) return "NOT_COMPARABLE";
  const agreeing = pairsOf(voices).some(([one, other]) => one[0]?.stance === other[0]?.stance);
  if (kind === "QUANTITY" && figures.length > 0 ? someComparable : agreeing) return "CORROBORATED";
  if (voices.length > 0) return "SINGLE_SOURCED";
  const spoke = world.claimsOf(id).some((claim) => {
    const shown = claim.status === "PUBLISHED" || claim.status === "RETRACTED";
    const says = claim.stance !== "NEUTRAL" || (claim.figure && !claim.figure.additional);
    return shown && says && liesBy(claim, seen);
  });
  return spoke ? "RETRACTED" : "NO_POSITION";
}

/** Decimals by size. */
const bySize = (values: readonly Decimal[]): Decimal[] =>
  [...values].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));

/** What the affirmed figures span, and what all of them share (section 7). */
function intervals(figures: readonly Figured[]): Pick<Dispute, "envelope" | "overlap" | "spread"> {
  if (figures.length === 0) return { envelope: null, overlap: null, spread: null };
  const all = figures.map(({ figure }) => intervalOf(figure));
  const lows = bySize(all.flatMap(({ low }) => low ?? []));
  const highs = bySize(all.flatMap(({ high }) => high ?? []));
  const shared = { low: lows.at(-1) ?? null, high: highs[0] ?? null };
  const none = shared.low !== null && shared.high !== null && shared.low > shared.high;
  return {
    envelope: {
      low: lows.length === all.length ? (lows[0] ?? null) : null,
      high: highs.length === all.length ? (highs.at(-1) ?? null) : null,
    },
    overlap: none ? null : shared,
    spread: spreadOf(figures),
  };
}

/**
 * Highest best ÷ lowest best (section 7). “The middle where best is missing” is read as that of the low and high that were
 * given; a figure with one end has none and is left out. Where the lowest is not above zero, a quotient says nothing.
 */
function spreadOf(figures: readonly Figured[]): number | null {
  const values = figures.flatMap(({ figure: { low, best, high } }) => {
    if (best !== null) return best;
    return low !== null && high !== null ? (low + high) / 2 : [];
  });
  const lowest = Math.min(...values);
  return values.length === 0 || lowest <= 0 ? null : Math.max(...values) / lowest;
}

/** The dispute about a proposition (section 7), as far as the settings let it see. */
export const disputeOf = (world: PlainWorld, proposition: string, seen: Seen): Dispute =>
  disputeAmong(world, proposition, seen, inOrder(countedClaims(world, proposition, seen)));

/** The dispute as some claims make it, the first of those that count. */
export function disputeAmong(
  world: PlainWorld,
  proposition: string,
  seen: Seen,
  claims: readonly Claim[],
): Dispute {
  const sides = sidesOf(world, claims);
  const holding = sides.filter(({ stance }) => takesSide(stance));
  const conflicts = pairsOf(holding).flatMap(([one, other]) => conflictOf(world, one, other) ?? []);
  const stances = [...new Set(holding.map(({ stance }) => stance))].filter(takesSide);
  return {
    status: statusOf(world.proposition(proposition), world, seen, { sides, conflicts, claims }),
    stance: stances.length === 1 ? (stances[0] ?? null) : null,
    divided: sides.some(({ divided }) => divided),
    voices: voicesOf(world, sides).length,
    origins: originsOf(world, claims),
    sides,
    conflicts,
    ...intervals(affirmed(sides)),
    claims,
  };
}
