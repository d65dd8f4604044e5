import * as words from "../../src/generated/prisma/enums.js";
import type { Random } from "../reading/random.js";
import type { Input } from "../writing/recorder.js";
import { compareTexts } from "./days.js";
import { PlainWorld } from "./plain-world.js";
import { affiliationInput, claimInput, type ReadClaim, type ReadRows } from "./recording.js";
import { DATES, makeAffiliation, makeClaim, makeFigure, mayRelate, sayable } from "./worlds.js";

/** A mutation and its input. */
export interface Write {
  readonly name: string;
  readonly input: Input;
}

/** A claim that was deleted, and the last version that it had. */
export interface Deleted {
  readonly claim: ReadClaim;
}

/** Makes a write that is accepted; undefined when there is nothing to do it to. */
type Writer = (random: Random, rows: ReadRows, deleted: readonly Deleted[]) => Write | undefined;

const byId = (id: string): Input => ({ id });
const pickFrom = <Item>(random: Random, items: readonly Item[]): Item | undefined =>
  items.length === 0 ? undefined : random.pick(items);

/** Two rows of which the first may depend on the second: an order by slug keeps out circles. */
function twoInOrder<Row extends { slug: string }>(
  random: Random,
  rows: readonly Row[],
): [Row, Row] | undefined {
  const [one, other] = random.some(rows, 2, 2);
  if (!one || !other) return undefined;
  return compareTexts(one.slug, other.slug) > 0 ? [one, other] : [other, one];
}

/** The reference is slow where much was said. */
const MOST_CLAIMS = 40;

const recordClaim: Writer = (random, rows) => {
  if (rows.claims.length >= MOST_CLAIMS) return undefined;
  const proposition = random.maybe(rows.propositions, 0.05);
  const habits = { dates: DATES, affirming: 0.3 };
  const claim = makeClaim(random, `new-${random.int(0, 1e9)}`, proposition, habits, rows);
  return { name: "recordClaim", input: { claim: claimInput(claim, (id) => id, byId) } };
};

/** Claims that no word was taken back for or by: who speaks for whom may change of these. */
function isFree(world: PlainWorld, claim: ReadClaim): boolean {
  const binds = (type: string) => type === "RETRACTS" || type === "SUPERSEDES";
  const bound = world
    .speakingOf(claim.id)
    .flatMap(({ relations }) => relations.filter(({ to }) => to === claim.id));
  return ![...claim.relations, ...bound].some(({ type }) => binds(type));
}

/** Some fields of a claim, changed, and what else has to change then. */
function changes(random: Random, rows: ReadRows, claim: ReadClaim): Input {
  const wanted = wish(random, rows, claim);
  const { stance, figure } = sayable({ ...claim, ...wanted } as ReadClaim);
  return { ...wanted, stance, ...(figure === null && { figure }) };
}

function wish(random: Random, rows: ReadRows, claim: ReadClaim): Input {
  const kindOf = (id: string | null) => rows.propositions.find((one) => one.id === id)?.kind;
  const free = isFree(new PlainWorld(rows), claim);
  switch (random.int(0, free ? 6 : 4)) {
    case 0:
      return { stance: random.pick(Object.values(words.Stance)) };
    case 1:
      return { act: random.pick(Object.values(words.SpeechAct)) };
    case 2:
      return { rank: random.pick(Object.values(words.Rank)) };
    case 3:
      return kindOf(claim.proposition) === "QUANTITY"
        ? { figure: random.chance(0.2) ? null : makeFigure(random) }
        : { stance: "AFFIRMS" };
    case 4: {
      const proposition = random.maybe(rows.propositions, 0.1);
      const keeps = proposition === null || proposition.kind === "QUANTITY";
      return { proposition: proposition && byId(proposition.id), ...(!keeps && { figure: null }) };
    }
    case 5:
      return { assertedAt: random.maybe(DATES, 0.15) };
    default:
      return { assertedBy: byId(random.pick(rows.actors).id) };
  }
}

const updateClaim: Writer = (random, rows) => {
  const claim = pickFrom(random, rows.claims);
  if (!claim) return undefined;
  const { id, version: expectedVersion } = claim;
  return { name: "updateClaim", input: { id, expectedVersion, claim: changes(random, rows, claim) } };
};

/** A step of review from one of some states. */
const review =
  (name: string, ...from: string[]): Writer =>
  (random, { claims }) => {
    const claim = pickFrom(
      random,
      claims.filter(({ status }) => from.includes(status)),
    );
    return claim && { name, input: { id: claim.id } };
  };

const deleteClaim: Writer = (random, rows) => {
  const world = new PlainWorld(rows);
  const claim = pickFrom(
    random,
    rows.claims.filter(({ id }) => world.speakingOf(id).length === 0),
  );
  return claim && { name: "deleteClaim", input: { id: claim.id, cascade: true } };
};

const restore: Writer = (random, rows, deleted) => {
  const there = new Set(rows.claims.map(({ id }) => id));
  const gone = deleted.filter(
    ({ claim }) => !there.has(claim.id) && claim.relations.every(({ to }) => there.has(to)),
  );
  const one = pickFrom(random, gone);
  return one && { name: "restore", input: { id: one.claim.id, version: one.claim.version } };
};

const addClaimRelation: Writer = (random, rows) => {
  const [one, other] = random.some(rows.claims, 2, 2);
  if (!one || !other) return undefined;
  // Only to claims that are older: there is no circle.
  const [to, from] = one.id < other.id ? [one, other] : [other, one];
  const type = random.pick(["SUPERSEDES", "RETRACTS", ...Object.values(words.ClaimRelationType)]);
  const known = from.relations.some((relation) => relation.to === to.id && relation.type === type);
  if (known || !mayRelate(new PlainWorld(rows), from, type, to)) return undefined;
  return { name: "addClaimRelation", input: { claim: from.id, claimRelation: { type, to: byId(to.id) } } };
};

const removeClaimRelation: Writer = (random, { claims }) => {
  const id = pickFrom(
    random,
    claims.flatMap(({ relationIds }) => relationIds),
  );
  return id === undefined ? undefined : { name: "removeClaimRelation", input: { id } };
};

const addCitation: Writer = (random, { claims, sources }) => {
  const claim = pickFrom(random, claims);
  const source = pickFrom(random, sources);
  return (
    claim &&
    source && { name: "addCitation", input: { claim: claim.id, citation: { source: byId(source.id) } } }
  );
};

const removeCitation: Writer = (random, { claims }) => {
  const claim = pickFrom(
    random,
    claims.filter(({ citationIds }) => citationIds.length > 1),
  );
  return claim && { name: "removeCitation", input: { id: random.pick(claim.citationIds) } };
};

const addAffiliation: Writer = (random, rows) => {
  const two = twoInOrder(random, rows.actors);
  if (!two) return undefined;
  const [actor, of] = two;
  const link = makeAffiliation(random, "new", actor.id, of.id);
  return { name: "addAffiliation", input: { actor: actor.id, affiliation: affiliationInput(link, byId) } };
};

const updateAffiliation: Writer = (random, { affiliations }) => {
  const link = pickFrom(random, affiliations);
  if (!link) return undefined;
  const { from, until: to } = makeAffiliation(random, link.id, link.actor, link.of);
  return { name: "updateAffiliation", input: { id: link.id, affiliation: { from, to } } };
};

const removeAffiliation: Writer = (random, { affiliations }) => {
  const link = pickFrom(random, affiliations);
  return link && { name: "removeAffiliation", input: { id: link.id } };
};

const updateSource: Writer = (random, rows) => {
  const two = twoInOrder(random, rows.sources);
  if (!two) return undefined;
  const [{ id, version: expectedVersion }, original] = two;
  const publisher = random.maybe(rows.actors, 0.2);
  const source = random.chance(0.5)
    ? { publisher: publisher && byId(publisher.id) }
    : { syndicationOf: random.chance(0.7) ? byId(original.id) : null };
  return { name: "updateSource", input: { id, expectedVersion, source } };
};

const updateProposition: Writer = (random, { propositions }) => {
  const { id, version: expectedVersion } = random.pick(propositions);
  const proposition = random.chance(0.5)
    ? { accumulates: random.chance(0.6) }
    : { comparableDays: random.pick([0, 10, 30, 90]) };
  return { name: "updateProposition", input: { id, expectedVersion, proposition } };
};

/** How often each is done, and how. */
const WRITERS: readonly (readonly [number, Writer])[] = [
  [6, recordClaim],
  [8, updateClaim],
  [3, review("publishClaim", "DRAFT", "IN_REVIEW", "RETRACTED")],
  [2, review("retractClaim", "PUBLISHED")],
  [1, review("rejectClaim", "DRAFT", "IN_REVIEW")],
  [2, deleteClaim],
  [2, restore],
  [4, addClaimRelation],
  [2, removeClaimRelation],
  [1, addCitation],
  [1, removeCitation],
  [2, addAffiliation],
  [2, updateAffiliation],
  [2, removeAffiliation],
  [2, updateSource],
  [2, updateProposition],
];

const CHOICES = WRITERS.flatMap(([times, writer]) => Array.from({ length: times }, () => writer));

/** A random write that is accepted of the world as it is. */
export function makeWrite(random: Random, rows: ReadRows, deleted: readonly Deleted[]): Write {
  for (;;) {
    const write = random.pick(CHOICES)(random, rows, deleted);
    if (write) return write;
  }
}
