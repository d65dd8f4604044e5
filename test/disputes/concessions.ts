import { sideOf } from "./affiliations.js";
import type { Claim, PlainWorld } from "./plain-world.js";
import { takesSide } from "./positions.js";
import type { Side } from "./sides.js";

/** Whether a counted claim takes a stance on a YES_NO (section 7, CONCEDED). One that withdraws takes none. */
const takes = (claim: Claim, stance: string): boolean => claim.act !== "RETRACT" && claim.stance === stance;

/**
 * The claims by which sides gave in (section 7, CONCEDED). “After another side's claim had taken it” is read of both ways to come to a
 * stance, and “came to it” of the last change of a side that has the stance now.
 */
export function concessionsOf(world: PlainWorld, sides: readonly Side[], claims: readonly Claim[]): Claim[] {
  const held = sides.filter(({ stance }) => takesSide(stance));
  const stances = new Set(
    held.flatMap(({ stance, divided, positions }) => [
      stance,
      ...(divided ? positions.map((position) => position.stance).filter(takesSide) : []),
    ]),
  );
  const [stance] = stances;
  if (stance === undefined || stances.size > 1) return [];
  const opposite = stance === "AFFIRMS" ? "REJECTS" : "AFFIRMS";
  return held.flatMap(({ actor, history }) => {
    const [before, last] = [history.at(-2), history.at(-1)];
    if (!before || !last) return [];
    const admits = stance === "AFFIRMS" && before.stance === "SILENT" && last.claim.act === "ADMIT";
    const earlier = claims.slice(0, claims.indexOf(last.claim));
    const another = earlier.some((claim) => takes(claim, stance) && sideOf(world, claim) !== actor);
    return (before.stance === opposite || admits) && another ? last.claim : [];
  });
}
