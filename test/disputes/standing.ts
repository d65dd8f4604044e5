import { sideOf } from "./affiliations.js";
import { countedClaims, counts, EVERYTHING, isStruck } from "./counted.js";
import { disputeOf } from "./dispute.js";
import type { Figured } from "./figures.js";
import { type Claim, type PlainWorld, relates } from "./plain-world.js";
import { isFigured, type Position } from "./positions.js";

export type ClaimStanding =
  | "CURRENT"
  | "EARLIER"
  | "SUPERSEDED"
  | "STRUCK"
  | "DEPRECATED"
  | "RETRACTED"
  | "NOT_COUNTED";

const positionsNow = (world: PlainWorld, proposition: string): Position[] =>
  disputeOf(world, proposition, EVERYTHING).sides.flatMap(({ positions }) => positions);

/**
 * What became of the claims about a proposition (section 1). Where several words fit, what keeps a claim from counting comes
 * first, then whether it decides a position. What supersedes it has to count, and may be about anything.
 * An increment is every claim whose figure is additional, also one that withdraws.
 */
export function standingsOf(world: PlainWorld, proposition: string): Map<string, ClaimStanding> {
  const positions = positionsNow(world, proposition);
  const deciding = new Set(positions.map((position) => position.deciding));
  const standingOf = (claim: Claim): ClaimStanding => {
    if (claim.status === "RETRACTED") return "RETRACTED";
    if (claim.status !== "PUBLISHED") return "NOT_COUNTED";
    if (claim.rank === "DEPRECATED") return "DEPRECATED";
    if (isStruck(world, claim, EVERYTHING)) return "STRUCK";
    if (deciding.has(claim)) return "CURRENT";
    if (claim.figure?.additional) return "NOT_COUNTED";
    const superseded = world
      .speakingOf(claim.id)
      .some((other) => relates(other, "SUPERSEDES", claim) && counts(world, other, EVERYTHING));
    return superseded ? "SUPERSEDED" : "EARLIER";
  };
  return new Map(world.claimsOf(proposition).map((claim) => [claim.id, standingOf(claim)]));
}

/** A counted claim with a figure, for a chart. */
export interface FigurePoint {
  readonly claim: Figured;
  readonly side: string;
  /** Whether it is the figure of a position now. */
  readonly current: boolean;
}

/** The figures of counted claims, in no order. */
export function figurePointsOf(world: PlainWorld, proposition: string): FigurePoint[] {
  const current = new Set(positionsNow(world, proposition).map(({ figured }) => figured));
  return countedClaims(world, proposition, EVERYTHING)
    .filter(isFigured)
    .map((claim) => ({ claim, side: sideOf(world, claim), current: current.has(claim) }));
}
