import type { Claim, PlainWorld } from "./plain-world.js";
import { relates } from "./plain-world.js";
import { takesSide } from "./positions.js";
import { holdingClaims, type Side } from "./sides.js";

/** Where `syndicationOf` leads at the end (section 5). */
export function originOf(world: PlainWorld, source: string): string {
  const { syndicationOf } = world.source(source);
  return syndicationOf === null ? source : originOf(world, syndicationOf);
}

/** How many origins the counted claims cite (section 5). */
export const originsOf = (world: PlainWorld, claims: readonly Claim[]): number =>
  new Set(claims.flatMap(({ citations }) => citations.map((source) => originOf(world, source)))).size;

/** The origins of the sources that a claim cites and its own actor publishes (section 5, b). */
const ownOrigins = (world: PlainWorld, claim: Claim): string[] =>
  claim.citations
    .filter((source) => world.source(source).publisher === claim.by)
    .map((source) => originOf(world, source));

/** Whether two sides with the same stance are one voice by themselves (section 5, a and b). */
function speakAsOne(world: PlainWorld, one: Side, other: Side): boolean {
  const repeated = holdingClaims(one).some((left) =>
    holdingClaims(other).some((right) => relates(left, "REPEATS", right) || relates(right, "REPEATS", left)),
  );
  if (repeated) return true;
  const origins = ownOrigins(world, other.deciding);
  return ownOrigins(world, one.deciding).some((origin) => origins.includes(origin));
}

/** The voices of the sides that hold a stance (section 5): each is the list of its sides. */
export function voicesOf(world: PlainWorld, sides: readonly Side[]): Side[][] {
  let voices: Side[][] = [];
  for (const side of sides.filter(({ stance }) => takesSide(stance))) {
    const joins = (voice: Side[]) =>
      voice.some((other) => other.stance === side.stance && speakAsOne(world, side, other));
    voices = [...voices.filter((voice) => !joins(voice)), [side, ...voices.filter(joins).flat()]];
  }
  return voices;
}
