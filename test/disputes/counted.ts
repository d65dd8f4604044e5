import { spanOf } from "./days.js";
import type { Claim, PlainWorld } from "./plain-world.js";
import { relates } from "./plain-world.js";

/** How a vague date is read when it is compared with a day. */
export type DateReading = "POSSIBLY" | "DEFINITELY";

/** What a dispute sees (the settings before section 1): `on` null is no limit. */
export interface Seen {
  readonly on: string | null;
  readonly dates: DateReading;
}

export const EVERYTHING: Seen = { on: null, dates: "POSSIBLY" };

/** Whether a claim lies by the day (the settings before section 1). */
export function liesBy({ assertedAt }: Claim, { on, dates }: Seen): boolean {
  if (on === null) return true;
  if (assertedAt === null) return dates === "POSSIBLY";
  const { first, last } = spanOf(assertedAt);
  return (dates === "POSSIBLY" ? first : last) <= on;
}

const speaks = (claim: Claim, seen: Seen): boolean =>
  claim.status === "PUBLISHED" && claim.rank !== "DEPRECATED" && liesBy(claim, seen);

/**
 * Whether a claim is struck (section 1). Read literally: the striking claim has to lie by the day that is asked about, it may
 * be about any proposition or none, and its actor is not looked at again.
 */
export const isStruck = (world: PlainWorld, claim: Claim, seen: Seen): boolean =>
  world.speakingOf(claim.id).some((other) => relates(other, "RETRACTS", claim) && speaks(other, seen));

/** Whether a claim counts (section 1). */
export const counts = (world: PlainWorld, claim: Claim, seen: Seen): boolean =>
  speaks(claim, seen) && !isStruck(world, claim, seen);

/** The claims about a proposition that count (section 1), in no order. */
export const countedClaims = (world: PlainWorld, proposition: string, seen: Seen): Claim[] =>
  world.claimsOf(proposition).filter((claim) => counts(world, claim, seen));
