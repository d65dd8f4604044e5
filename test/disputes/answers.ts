import { sideOf } from "./affiliations.js";
import { EVERYTHING, type Seen } from "./counted.js";
import { compareTexts } from "./days.js";
import { toNumber } from "./decimals.js";
import { type Conflict, disputeOf } from "./dispute.js";
import { type Interval, intervalOf } from "./figures.js";
import type { Claim, Figure, PlainWorld } from "./plain-world.js";
import { orderIsCertain, type Position } from "./positions.js";
import type { Side } from "./sides.js";
import { sinceOf } from "./since.js";
import { figurePointsOf, standingsOf } from "./standing.js";
import { timelineOf } from "./timeline.js";

// The answers of the reference in the shape of GraphQL's. Lists whose order is not defined are sorted by id.

export type Dated = { edtf: string } | null;

const dated = (edtf: string | null): Dated => (edtf === null ? null : { edtf });
const ref = (id: string) => ({ id });

function figure(given: Figure | undefined) {
  if (!given) return null;
  const { low, best, high, approximator, additional, asOf } = given;
  return { low, best, high, approximator, additional, asOf: dated(asOf) };
}

function interval(given: Interval | null) {
  if (!given) return null;
  const { low, high } = given;
  return { low: low === null ? null : toNumber(low), high: high === null ? null : toNumber(high) };
}

function position(world: PlainWorld, given: Position, claims: readonly Claim[]) {
  return {
    actor: ref(given.actor),
    side: ref(given.side),
    stance: given.stance as string,
    figure: figure(given.figured?.figure),
    since: dated(given.history.at(-1)?.claim.assertedAt ?? null),
    orderCertain: orderIsCertain(world, given, claims),
    decidingClaim: ref(given.deciding.id),
    history: given.history.map(({ stance, claim }) => ({
      ...{ stance: stance as string, claim: ref(claim.id), on: dated(claim.assertedAt) },
    })),
    increments: given.increments.map(({ id }) => ref(id)),
  };
}

export const byActor = (one: { actor: { id: string } }, other: { actor: { id: string } }): number =>
  compareTexts(one.actor.id, other.actor.id);

function side(world: PlainWorld, given: Side, claims: readonly Claim[]) {
  return {
    actor: ref(given.actor),
    stance: given.stance as string,
    figure: figure(given.figured?.figure),
    since: dated(given.history.at(-1)?.claim.assertedAt ?? null),
    divided: given.divided,
    decidingClaim: ref(given.deciding.id),
    positions: given.positions.map((one) => position(world, one, claims)).sort(byActor),
  };
}

/** A conflict as it is asked for; of several relations between two sides, each pair of claims is an answer. */
export interface AskedConflict {
  kind: string;
  sides: { actor: { id: string } }[];
  claims: { id: string }[];
  intervals: { low: number | null; high: number | null }[];
}

function conflict({
  kind,
  sides,
  claims,
  figures,
}: Conflict): AskedConflict & { others: { id: string }[][] } {
  const turned = compareTexts(sides[0].actor, sides[1].actor) > 0;
  const inTurn = <Item>(pair: readonly [Item, Item]): Item[] => (turned ? [pair[1], pair[0]] : [...pair]);
  const pairs = claims.map((pair) => inTurn(pair).map(({ id }) => ref(id)));
  return {
    kind,
    sides: inTurn(sides).map(({ actor }) => ({ actor: ref(actor) })),
    claims: pairs[0] as { id: string }[],
    intervals: figures ? inTurn(figures).map((one) => interval(intervalOf(one.figure))!) : [],
    others: pairs,
  };
}

/** Which pair of sides a conflict is between. */
export const pairOf = ({ sides }: AskedConflict): string => sides.map(({ actor }) => actor.id).join(" ");

export const byPair = (one: AskedConflict, other: AskedConflict): number =>
  compareTexts(pairOf(one), pairOf(other));

/** The dispute as GraphQL gives it. */
export function expectedDispute(world: PlainWorld, proposition: string, seen: Seen) {
  const dispute = disputeOf(world, proposition, seen);
  const { status, stance, divided, voices, origins, sides, conflicts, spread, claims } = dispute;
  // The claim by which a side came to its stance changed no other side.
  const place = ({ history }: Side) => claims.indexOf(history.at(-1)?.claim as Claim);
  return {
    ...{ status: status as string, stance: stance as string | null, divided, voices, origins },
    sideCount: sides.length,
    since: dated(sinceOf(world, proposition, seen, dispute)?.assertedAt ?? null),
    sides: [...sides].sort((one, other) => place(one) - place(other)).map((one) => side(world, one, claims)),
    conflicts: conflicts.map(conflict).sort(byPair),
    envelope: interval(dispute.envelope),
    overlap: interval(dispute.overlap),
    spread,
  };
}

/** The timeline as GraphQL gives it. */
export const expectedTimeline = (world: PlainWorld, proposition: string) =>
  timelineOf(world, proposition).map(({ on, status, sides, claims }) => ({
    on,
    status: status as string,
    sides: sides.map(({ actor, stance }) => ({ actor: ref(actor), stance: stance as string })).sort(byActor),
    claims: claims.map(({ id }) => id).sort(),
  }));

/** The figures as GraphQL gives them, by the id of their claim. */
export const expectedFigures = (world: PlainWorld, proposition: string) =>
  figurePointsOf(world, proposition)
    .map(({ claim, side: speaking, current }) => {
      const { asOf, low, best, high, approximator, additional } = claim.figure;
      return {
        ...{ claim: ref(claim.id), actor: ref(claim.by), side: ref(speaking), on: dated(claim.assertedAt) },
        ...{ asOf: dated(asOf), low, best, high, approximator, additional, current },
      };
    })
    .sort((one, other) => compareTexts(one.claim.id, other.claim.id));

/** What became of each claim about a proposition, and for which side it speaks, by its id. */
export const expectedStandings = (world: PlainWorld, proposition: string) => {
  const standings = standingsOf(world, proposition);
  return world
    .claimsOf(proposition)
    .map((claim) => ({
      ...{ id: claim.id, standing: standings.get(claim.id) as string, side: ref(sideOf(world, claim)) },
    }))
    .sort((one, other) => compareTexts(one.id, other.id));
};

/** All that is asked of a proposition. @param days on which the dispute is asked, under both readings */
export function expectedAnswer(world: PlainWorld, proposition: string, days: readonly string[]) {
  return {
    now: expectedDispute(world, proposition, EVERYTHING),
    possibly: days.map((on) => expectedDispute(world, proposition, { on, dates: "POSSIBLY" })),
    definitely: days.map((on) => expectedDispute(world, proposition, { on, dates: "DEFINITELY" })),
    timeline: expectedTimeline(world, proposition),
    figures: expectedFigures(world, proposition),
    claims: expectedStandings(world, proposition),
  };
}

export type Answered = ReturnType<typeof expectedAnswer>;
