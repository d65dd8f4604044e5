import { sideOf } from "./affiliations.js";
import type { Figured } from "./figures.js";
import { orderIsOpen } from "./order.js";
import { type Claim, type Figure, type PlainWorld, relates } from "./plain-world.js";

export type SideStance = "AFFIRMS" | "REJECTS" | "SILENT" | "WITHDRAWN" | "NEUTRAL";

/** What an actor says while it is on one side (section 3). */
export interface Position {
  readonly actor: string;
  readonly side: string;
  stance: SideStance;
  /** The claim whose figure is held, or rejected. */
  figured: Figured | null;
  deciding: Claim;
  /** The claims that put the stance there, from the one that `since` is the date of to the deciding one. */
  holding: Claim[];
  history: { stance: SideStance; claim: Claim }[];
  increments: readonly Claim[];
}

export const takesSide = (stance: SideStance): stance is "AFFIRMS" | "REJECTS" =>
  stance === "AFFIRMS" || stance === "REJECTS";

/** What a claim makes of a position; null leaves it as it is. */
type Put = { stance: SideStance; figured: Figured | null } | null;

export const isFigured = (claim: Claim): claim is Figured => claim.figure !== null;

/**
 * Whether a claim takes its actor's word back (the first row of section 3). Read literally: “a claim of the actor” may be about
 * anything, and of any status.
 */
function withdraws(world: PlainWorld, claim: Claim, held: Position | undefined): boolean {
  if (claim.act === "RETRACT") return true;
  if (claim.stance !== "NEUTRAL" || claim.figure) return false;
  if (held && relates(claim, "SUPERSEDES", held.deciding)) return true;
  return claim.relations.some(({ type, to }) => type === "RETRACTS" && world.claim(to).by === claim.by);
}

const isIncrement = (world: PlainWorld, claim: Claim, held: Position | undefined): boolean =>
  !withdraws(world, claim, held) && claim.figure?.additional === true;

/** The table of section 3, row by row. */
function putBy(world: PlainWorld, claim: Claim, held: Position | undefined): Put {
  const { act, stance, proposition } = claim;
  const own = isFigured(claim) ? claim : null;
  // A rejected figure is not held, and nothing is held once it was withdrawn.
  const kept = held?.stance === "AFFIRMS" ? held.figured : null;
  const affirms: Put = { stance: "AFFIRMS", figured: own ?? kept };
  if (withdraws(world, claim, held)) return { stance: "WITHDRAWN", figured: null };
  if (claim.figure?.additional) return null;
  if (stance === "AFFIRMS") return affirms;
  if (stance === "REJECTS") return { stance: "REJECTS", figured: own };
  if (act === "NO_STATEMENT" || act === "DECLINE_COMMENT") {
    const stays = held && (takesSide(held.stance) || held.stance === "SILENT");
    return stays ? null : { stance: "SILENT", figured: null };
  }
  const isQuantity = proposition !== null && world.proposition(proposition).kind === "QUANTITY";
  if (own && isQuantity && act !== "DENY") return affirms;
  return held ? null : { stance: "NEUTRAL", figured: null };
}

/** What the claims of one actor on one side have led to so far. */
interface State {
  readonly actor: string;
  readonly side: string;
  position?: Position;
  readonly increments: Claim[];
}

/** Keeps what a claim put there. A repeated stance, a withdrawal too, decides anew; `putBy` leaves a repeated silence out. */
function keep(state: State, claim: Claim, { stance, figured }: NonNullable<Put>): void {
  const { actor, side, position, increments } = state;
  const change = { stance, claim };
  if (position?.stance === stance) {
    Object.assign(position, { figured, deciding: claim, holding: [...position.holding, claim] });
  } else {
    const history = [...(position?.history ?? []), change];
    state.position = { actor, side, stance, figured, deciding: claim, holding: [claim], history, increments };
  }
}

/**
 * The positions that counted claims lead to (section 3). Who made nothing but increments has no position.
 *
 * @param claims in order
 */
export function positionsOf(world: PlainWorld, claims: readonly Claim[]): Position[] {
  const states = new Map<string, State>();
  for (const claim of claims) {
    const side = sideOf(world, claim);
    const key = `${claim.by} ${side}`;
    const state = states.get(key) ?? { actor: claim.by, side, increments: [] };
    states.set(key, state);
    for (const other of states.values()) {
      const { position } = other;
      // Read literally: not the actor itself, when it has come to another side since.
      if (other.side !== side || other.actor === claim.by || !position) continue;
      if (relates(claim, "SUPERSEDES", position.deciding)) {
        keep(other, claim, { stance: "WITHDRAWN", figured: null });
      }
    }
    if (isIncrement(world, claim, state.position)) state.increments.push(claim);
    const put = putBy(world, claim, state.position);
    if (put) keep(state, claim, put);
  }
  return [...states.values()].flatMap(({ position }) => position ?? []);
}

const figureText = (figure: Figure | null | undefined): string | null =>
  figure ? JSON.stringify([figure.low, figure.best, figure.high, figure.approximator, figure.asOf]) : null;

/**
 * Whether dates leave no doubt about a position (section 2). A claim “would put another stance or figure there” when the
 * position would be another one if this claim came after the deciding one.
 */
export function orderIsCertain(world: PlainWorld, position: Position, claims: readonly Claim[]): boolean {
  return !claims.some((claim) => {
    if (claim === position.deciding || claim.by !== position.actor) return false;
    if (sideOf(world, claim) !== position.side || !orderIsOpen(position.deciding, claim)) return false;
    const put = putBy(world, claim, position);
    return (
      put !== null &&
      (put.stance !== position.stance ||
        figureText(put.figured?.figure) !== figureText(position.figured?.figure))
    );
  });
}
