import { concessionsOf } from "./concessions.js";
import { affirmed, type Conflict, type Dispute, pairsOf } from "./dispute.js";
import { comparable } from "./figures.js";
import type { Claim, PlainWorld } from "./plain-world.js";
import { takesSide } from "./positions.js";
import type { Side } from "./sides.js";
import { voicesOf } from "./voices.js";

/** The claim from which on a side has its stance. */
const start = ({ history }: Side): Claim[] => history.slice(-1).map(({ claim }) => claim);

/**
 * The claim by which a dispute came to its status. The definition names `since` of a dispute without saying more; the schema
 * describes it: that of the first conflict which still stands, of the second voice, of the concession, or of the first stance.
 */
export function sinceOf(
  world: PlainWorld,
  { status, sides, conflicts, claims }: Pick<Dispute, "status" | "sides" | "conflicts" | "claims">,
): Claim | undefined {
  const inOrder = (some: readonly Claim[]): Claim[] =>
    [...new Set(some)].sort((one, other) => claims.indexOf(one) - claims.indexOf(other));
  const later = (pair: readonly Claim[]): Claim[] => inOrder(pair).slice(-1);
  const began = ({ kind, sides: pair, claims: pairs }: Conflict): Claim[] =>
    kind === "STANCE" ? later(pair.flatMap(start)) : inOrder(pairs.flatMap(later)).slice(0, 1);
  const holding = sides.filter(({ stance }) => takesSide(stance));
  const voices = voicesOf(world, holding);
  const figured = voices.map(affirmed).filter(({ length }) => length > 0);
  switch (status) {
    case "CONTESTED":
      return inOrder(conflicts.flatMap(began))[0];
    case "CONCEDED":
      return inOrder(concessionsOf(world, sides, claims))[0];
    case "NOT_COMPARABLE":
      return inOrder(figured.flatMap((voice) => inOrder(voice).slice(0, 1)))[1];
    case "CORROBORATED": {
      if (figured.length === 0) {
        const agreeing = (["AFFIRMS", "REJECTS"] as const).map((stance) =>
          voices.filter((voice) => voice[0]?.stance === stance).map((voice) => voice.flatMap(start)),
        );
        return inOrder(
          agreeing.flatMap((some) =>
            inOrder(some.flatMap((voice) => inOrder(voice).slice(0, 1))).slice(1, 2),
          ),
        )[0];
      }
      // Of two voices with figures that can be compared, the one that came later.
      const pairs = pairsOf(figured).flatMap(([one, other]) =>
        one.flatMap((left) => other.map((right) => [left, right] as const)),
      );
      const comparing = pairs.filter(([one, other]) =>
        comparable(one, other, world.proposition(one.proposition as string)),
      );
      return inOrder(comparing.flatMap(later))[0];
    }
    case "SINGLE_SOURCED":
      return inOrder(holding.flatMap(start))[0];
    default:
      return undefined;
  }
}
