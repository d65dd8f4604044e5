import { dayOf, sideOn } from "./affiliations.js";
import { type Figured, figuresConflict, intervalOf, meet } from "./figures.js";
import type { Claim, PlainWorld } from "./plain-world.js";
import { type Position, positionsOf, type SideStance, takesSide } from "./positions.js";

/** The actors that speak as one (section 4). */
export interface Side {
  readonly actor: string;
  readonly stance: SideStance;
  readonly figured: Figured | null;
  readonly deciding: Claim;
  readonly divided: boolean;
  readonly positions: readonly Position[];
  /** The claims that changed its stance, in order. */
  readonly history: readonly { readonly stance: SideStance; readonly claim: Claim }[];
}

/** A stance as it is compared: who rejects a number rejects no other. */
interface Held {
  readonly stance: SideStance;
  readonly figured: Figured | null;
}

/** Whether two stances oppose each other (section 7, STANCE; section 4 says “opposing” of actors in the same sense). */
export function oppose(one: Held, other: Held): boolean {
  if (one.stance === "REJECTS" && other.stance === "AFFIRMS") return oppose(other, one);
  if (one.stance !== "AFFIRMS" || other.stance !== "REJECTS") return false;
  if (other.figured === null) return true;
  return one.figured !== null && meet(intervalOf(one.figured.figure), intervalOf(other.figured.figure));
}

/** Whether two affirm figures that conflict (section 7, FIGURE). */
export function figuresOppose(world: PlainWorld, one: Held, other: Held): boolean {
  if (one.stance !== "AFFIRMS" || other.stance !== "AFFIRMS" || !one.figured || !other.figured) return false;
  const { proposition } = one.figured;
  return proposition !== null && figuresConflict(one.figured, other.figured, world.proposition(proposition));
}

type Standing = Pick<Side, "stance" | "figured" | "deciding">;

/** The position that was decided last, by the order of the claims. */
const lastOf = (positions: readonly Position[], claims: readonly Claim[]): Position | undefined =>
  [...positions].sort((one, other) => claims.indexOf(one.deciding) - claims.indexOf(other.deciding)).at(-1);

/**
 * Where a side stands (section 4). “The last figure held” is read as the one that was given last, not as that of the position
 * decided last. When nobody holds a stance, the last claim that put the side's stance decides.
 */
function standingOf(positions: readonly Position[], claims: readonly Claim[]): Standing | undefined {
  const holding = lastOf(
    positions.filter(({ stance }) => takesSide(stance)),
    claims,
  );
  const stance =
    holding?.stance ??
    (["SILENT", "WITHDRAWN", "NEUTRAL"] as const).find((one) =>
      positions.some((position) => position.stance === one),
    );
  const agreeing = positions.filter((position) => position.stance === stance);
  const deciding = lastOf(agreeing, claims)?.deciding;
  if (stance === undefined || !deciding) return undefined;
  const figures = agreeing.flatMap((position) => position.figured ?? []);
  const figured = figures.sort((one, other) => claims.indexOf(one) - claims.indexOf(other)).at(-1);
  return { stance, deciding, figured: figured ?? null };
}

/** Whether two actors of a side are at odds, and both still belong to it when the side decides (section 4). */
function isDivided(
  world: PlainWorld,
  side: string,
  { stance, deciding }: Standing,
  positions: readonly Position[],
): boolean {
  if (!takesSide(stance)) return false;
  const still = positions.filter(({ actor }) => sideOn(world, actor, dayOf(deciding)) === side);
  return still.some((one, at) =>
    still.slice(at + 1).some((other) => oppose(one, other) || figuresOppose(world, one, other)),
  );
}

function grouped(positions: readonly Position[]): Map<string, Position[]> {
  const sides = new Map<string, Position[]>();
  for (const position of positions) {
    sides.set(position.side, [...(sides.get(position.side) ?? []), position]);
  }
  return sides;
}

/**
 * The sides that counted claims lead to (section 4). “Since” of a side is read as that of a position: from which claim on
 * its stance has been held without a break. So the stances after each of the claims are looked at.
 *
 * @param claims in order
 */
export function sidesOf(world: PlainWorld, claims: readonly Claim[]): Side[] {
  const histories = new Map<string, { stance: SideStance; claim: Claim }[]>();
  for (const [at, claim] of claims.entries()) {
    const so = claims.slice(0, at + 1);
    for (const [side, positions] of grouped(positionsOf(world, so))) {
      const history = histories.get(side) ?? [];
      const stance = standingOf(positions, so)?.stance;
      if (stance && history.at(-1)?.stance !== stance) history.push({ stance, claim });
      histories.set(side, history);
    }
  }
  return [...grouped(positionsOf(world, claims))].flatMap(([actor, positions]) => {
    const standing = standingOf(positions, claims);
    if (!standing) return [];
    const divided = isDivided(world, actor, standing, positions);
    return { actor, ...standing, divided, positions, history: histories.get(actor) ?? [] };
  });
}

/** The holding claims of a side (sections 5 and 7): of those of its actors who have the side's stance. */
export const holdingClaims = (side: Side): Claim[] =>
  side.positions.filter(({ stance }) => stance === side.stance).flatMap(({ holding }) => holding);
