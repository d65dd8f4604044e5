import type { Seen } from "./counted.js";
import { type Dispute, disputeAmong } from "./dispute.js";
import type { Claim, PlainWorld } from "./plain-world.js";

/**
 * The first claim, in their order, from which on a dispute has had its status without a break. The definition names `since` of
 * a dispute without saying more; it is read as that of a position is.
 */
export function sinceOf(
  world: PlainWorld,
  proposition: string,
  seen: Seen,
  { status, claims }: Pick<Dispute, "status" | "claims">,
): Claim | undefined {
  let first = claims.length;
  const statusAfter = (count: number) =>
    disputeAmong(world, proposition, seen, claims.slice(0, count)).status;
  while (first > 0 && statusAfter(first) === status) first--;
  return claims[first];
}
