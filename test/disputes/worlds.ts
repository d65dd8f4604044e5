import * as words from "../../src/generated/prisma/enums.js";
import type { Random } from "../reading/random.js";
import { dayOf, sideOn } from "./affiliations.js";
import { spanOf } from "./days.js";
import {
  type Actor,
  type Affiliation,
  type Claim,
  type Figure,
  PlainWorld,
  type Proposition,
  type Source,
  type WorldRows,
} from "./plain-world.js";

/** Few and close to each other: equal days, days within months, instants of one day, open ends of both sorts. */
export const DATES = [
  "2024-01-05",
  "2024-01-10",
  "2024-01-10T09:00:00Z",
  "2024-01-10T15:30:00Z",
  "2024-01-10T15:30Z",
  // On another day than in UTC.
  "2024-01-11T01:00:00+02:00",
  "2024-01-10T20:30:00-05:00",
  "2024-01-10T00:15+14:00",
  "2024-02-01T05:00:00+09:00/2024-02-14T22:00:00-08:00",
  "../2024-02-10T23:30:00-03:30",
  "2024-01",
  "2024-01-20/2024-02-10",
  "2024-02-01",
  "2024-02",
  "2024-02-15",
  "2024-02-15~",
  "2024-03-01",
  "2024-03-01/..",
  "../2024-02-10",
  "2024-03-20",
  "2024-22",
  "2024-05-01",
  "2024",
];

const AS_OF = [
  "2024-01-09",
  "2024-01",
  "2024-02",
  "2024-02-14",
  "2024-03-02",
  "2024-05-01",
  "../2024-01-20",
  "2024-04/..",
  "2024-02-13T23:00:00-12:00",
  "2024-05-02T00:30:00+03:00",
];
const AFFILIATED_FROM = [
  "2023",
  "2024-01-10",
  "2024-01",
  "2024-02",
  "2024-02-15",
  "2024-01-20/2024-03",
  "2024-02/..",
  "../2024-01-31",
  "2024-02-15T00:30:00+09:00",
];
const AFFILIATED_UNTIL = [
  "2024-01-09",
  "2024-01-31",
  "2024-02",
  "2024-02-14",
  "2024-04",
  "2024-03/..",
  "../2024-05",
  "2023-06",
  "2024-01-09T23:30:00-05:00",
];
// A tenth above and below each other, and a hair beside that.
const NUMBERS = [-100, 0, 0.1, 0.11, 80, 90, 100, 110, 110.0001, 121, 300, 4000];

/** Some days on which to ask, before, between and after the dates. */
export const DAYS = [
  "2023-12-31",
  "2024-01-10",
  "2024-01-31",
  "2024-02-10",
  "2024-02-15",
  "2024-03-01",
  "2024-04-15",
  "2025-01-01",
];

const { SpeechAct, Stance, ReviewStatus, ClaimRelationType, Approximator } = words;
const ACTS = [...Object.values(SpeechAct), SpeechAct.NO_STATEMENT, SpeechAct.ADMIT, SpeechAct.ASSERT];
const STANCES = [
  Stance.AFFIRMS,
  Stance.AFFIRMS,
  Stance.AFFIRMS,
  Stance.REJECTS,
  Stance.REJECTS,
  Stance.NEUTRAL,
  Stance.NEUTRAL,
];
const TYPES = [
  ...Object.values(ClaimRelationType),
  "SUPERSEDES",
  "SUPERSEDES",
  "RETRACTS",
  "REPEATS",
] as const;

/** Makes a small world whose ids begin with `name` and serve as slugs. Few of everything, so that things meet. */
export function makeWorld(random: Random, name: string): WorldRows {
  const ids = (word: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${name}-${word}-${at}`);
  const actors = random
    .shuffle(["Ada", "Ben", "Cyd", "Dan", "Eve", "Fay"])
    .slice(0, random.int(2, 6))
    .map<Actor>((called, at) => ({ id: `${name}-actor-${at}`, name: called }));
  const affiliations = makeAffiliations(random, actors);
  const sources: Source[] = [];
  for (const id of ids("source", random.int(1, 5))) sources.push(makeSource(random, id, actors, sources));
  const [yesNo, quantity] = (["YES_NO", "QUANTITY"] as const).map<Proposition>((kind) => ({
    id: `${name}-${kind.toLowerCase().replace("_", "-")}`,
    kind,
    accumulates: kind === "QUANTITY" && random.chance(0.5),
    comparableDays: random.pick([0, 10, 30, 30, 30]),
  })) as [Proposition, Proposition];
  const [main, beside] = random.shuffle([yesNo, quantity]) as [Proposition, Proposition];
  const habits: Habits = { dates: random.some(DATES, 4, 9), affirming: random.pick([0, 0, 0.6, 0.9]) };
  const claims: Claim[] = [];
  for (const id of ids("claim", random.int(3, 15))) {
    const proposition = random.chance(0.85) ? main : random.maybe([beside], 0.3);
    const world = { actors, affiliations, sources, propositions: [yesNo, quantity], claims };
    claims.push(makeClaim(random, id, proposition, habits, world));
  }
  return { actors, affiliations, sources, propositions: [yesNo, quantity], claims };
}

/** Each actor is part of those before it alone, so that there is no circle on any day. */
function makeAffiliations(random: Random, actors: readonly Actor[]): Affiliation[] {
  return actors.flatMap((actor, at) => {
    if (at === 0 || random.chance(0.5)) return [];
    return Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, link) =>
      makeAffiliation(random, `${actor.id}-${link}`, actor.id, random.pick(actors.slice(0, at)).id),
    );
  });
}

/** An affiliation that does not end before it begins. */
export function makeAffiliation(random: Random, id: string, actor: string, of: string): Affiliation {
  const from = random.maybe(AFFILIATED_FROM, 0.4);
  const until = random.maybe(AFFILIATED_UNTIL, 0.5);
  const ends = from === null || until === null || spanOf(from).first <= spanOf(until).last;
  return { id, actor, of, from, until: ends ? until : null };
}

function makeSource(random: Random, id: string, actors: readonly Actor[], before: readonly Source[]): Source {
  const copied = before.length > 0 && random.chance(0.5) ? random.pick(before).id : null;
  return { id, publisher: random.maybe(actors, 0.3)?.id ?? null, syndicationOf: copied };
}

/** Which numbers figures have. */
const FORMS = ["b", "b", "b", "lh", "lh", "lbh", "l", "h", "lb", "bh"];

/** A figure whose numbers are in order. */
export function makeFigure(random: Random): Figure {
  const [low, best, high] = [0, 1, 2].map(() => random.pick(NUMBERS)).sort((one, other) => one - other);
  const form = random.pick(FORMS);
  const given = (letter: string, number = 0) => (form.includes(letter) ? number : null);
  // At least "at most 5" is no number, nor is the reverse.
  const emptied = { l: "AT_MOST", h: "AT_LEAST" }[form];
  const approximators = Object.values(Approximator).filter((one) => one !== emptied);
  return {
    ...{ low: given("l", low), best: given("b", best), high: given("h", high) },
    approximator: random.chance(0.4) ? "EXACT" : random.pick(approximators),
    additional: random.chance(0.12),
    asOf: random.maybe(AS_OF, 0.5),
  };
}

/** What the claims of one world have in common. */
export interface Habits {
  readonly dates: readonly string[];
  /** How often a claim affirms, whatever else it does. */
  readonly affirming: number;
}

/** What a claim with some act may say: silence takes no side and gives no figure, who takes back takes no side. */
export function sayable<Said extends Pick<Claim, "act" | "stance" | "figure">>(said: Said): Said {
  const silent = said.act === "NO_STATEMENT" || said.act === "DECLINE_COMMENT";
  const neutral = silent || said.act === "RETRACT";
  return { ...said, ...(neutral && { stance: "NEUTRAL" }), ...(silent && { figure: null }) };
}

/** A claim of a world so far, with relations to earlier claims that are accepted. */
export function makeClaim(
  random: Random,
  id: string,
  proposition: Proposition | null,
  { dates, affirming }: Habits,
  world: WorldRows,
): Claim {
  const figured = proposition?.kind === "QUANTITY" && random.chance(0.65);
  const claim: Claim = sayable<Claim>({
    id,
    by: random.pick(world.actors).id,
    proposition: proposition?.id ?? null,
    status: random.chance(0.8) ? "PUBLISHED" : random.pick(Object.values(ReviewStatus)),
    rank: random.pick(["NORMAL", "NORMAL", "NORMAL", "NORMAL", "NORMAL", "PREFERRED", "DEPRECATED"]),
    act: random.pick(ACTS),
    stance: random.chance(affirming) ? "AFFIRMS" : random.pick(STANCES),
    assertedAt: random.maybe(dates, 0.12),
    recordedAt: new Date().toISOString(),
    figure: figured ? makeFigure(random) : null,
    relations: [],
    citations: random.some(world.sources, 1, 2).map((source) => source.id),
  });
  const plain = new PlainWorld(world);
  const relations = new Map<string, Claim["relations"][number]>();
  for (const to of random.some(world.claims, 0, random.chance(0.5) ? 2 : 0)) {
    const type = random.pick(TYPES);
    if (mayRelate(plain, claim, type, to)) relations.set(`${type} ${to.id}`, { type, to: to.id });
  }
  return { ...claim, relations: [...relations.values()] };
}

/** Whether a relation is accepted (section 1): one that takes a word back comes from the actor or its side. */
export function mayRelate(world: PlainWorld, claim: Claim, type: string, to: Claim): boolean {
  if (type !== "RETRACTS" && type !== "SUPERSEDES") return true;
  const day = dayOf(claim);
  return claim.by === to.by || sideOn(world, claim.by, day) === sideOn(world, to.by, day);
}
