import type { Ask } from "../support/app.js";
import { anEvent, type Input, type Problem, type Recorder } from "../writing/recorder.js";
import type { Actor, Affiliation, Claim, Figure, Proposition, Source, WorldRows } from "./plain-world.js";

/** What the inputs of mutations need beside what the world says. */
const EVENT = "what-happened";
const bySlug = (slug: string): Input => ({ slug });

/** The input of an affiliation. @param by how the other actor is named */
export const affiliationInput = (
  { of, from, until }: Affiliation,
  by: (id: string) => Input = bySlug,
): Input => ({
  role: "PART_OF",
  actor: by(of),
  from,
  to: until,
});

export const propositionInput = ({ id, kind, accumulates, comparableDays }: Proposition): Input => ({
  slug: id,
  text: `About ${id}.`,
  kind,
  ...(kind === "QUANTITY" && { measure: "KILLED" }),
  // Defaults are left out, so that they are tried as well.
  ...(accumulates && { accumulates }),
  ...(comparableDays !== 30 && { comparableDays }),
});

/**
 * The input that records a claim.
 *
 * @param idOf the ids that earlier claims were given
 * @param by how an actor, a source or a proposition is named
 */
export function claimInput(
  claim: Claim,
  idOf: (claim: string) => string,
  by: (id: string) => Input = bySlug,
): Input {
  const { by: actor, proposition, relations, citations, figure } = claim;
  const { status, rank, act, stance, assertedAt } = claim;
  return {
    ...{ status, rank, act, stance, assertedAt, figure },
    statement: `Said in ${claim.id}.`,
    language: "en",
    assertedBy: by(actor),
    events: [bySlug(EVENT)],
    proposition: proposition === null ? null : by(proposition),
    relations: relations.map(({ type, to }) => ({ type, to: { id: idOf(to) } })),
    citations: citations.map((source) => ({ source: by(source) })),
  };
}

/** Drafts that bring the actors, sources and propositions of a world along. They count for nothing. */
function carriers({ actors, affiliations, sources, propositions }: WorldRows): Input[] {
  const people = actors.map(({ id, name }) => {
    const partOf = affiliations.filter(({ actor }) => actor === id).map((link) => affiliationInput(link));
    return { create: { slug: id, name, kind: "OTHER", affiliations: partOf } };
  });
  const documents = sources.map(({ id, publisher, syndicationOf }) => {
    const links = {
      publisher: publisher && bySlug(publisher),
      syndicationOf: syndicationOf && bySlug(syndicationOf),
    };
    return { source: { create: { slug: id, kind: "ARTICLE", title: id, ...links } } };
  });
  return propositions.map((proposition) => ({
    statement: `Brings ${proposition.id} along.`,
    language: "en",
    act: "ASSERT",
    status: "DRAFT",
    assertedBy: people[0],
    relayedBy: people.slice(1),
    events: [bySlug(EVENT)],
    citations: documents,
    proposition: { create: propositionInput(proposition) },
  }));
}

interface Batch {
  recorded: number;
  errors: Problem[];
  results: { claim: { id: string } | null }[];
}

async function recordBatch(recorder: Recorder, claims: readonly Input[]): Promise<string[]> {
  const answer = await recorder.run("recordClaims", { claims }, "recorded results { claim { id } }");
  const { errors, results } = answer as unknown as Batch;
  if (errors.length > 0) throw new Error(`not recorded: ${JSON.stringify(errors.slice(0, 5))}`);
  return results.map(({ claim }) => claim?.id as string);
}

/**
 * Records worlds through the API: all claims that speak of no other at once, then those that speak of these, and so on.
 *
 * @param inOrder whether each claim has to be recorded after the one before it
 * @returns the ids that the claims were given
 */
export async function recordWorlds(
  recorder: Recorder,
  worlds: readonly WorldRows[],
  { inOrder = false } = {},
): Promise<Map<string, string>> {
  await recorder.run("createEvent", { event: { ...anEvent(), slug: EVENT } });
  await recordBatch(recorder, worlds.flatMap(carriers));
  const ids = new Map<string, string>();
  const idOf = (claim: string) => ids.get(claim) as string;
  let waiting = worlds.flatMap(({ claims }) => claims.map((claim, at) => ({ claim, at })));
  for (let turn = 0; waiting.length > 0; turn++) {
    const isDue = ({ claim, at }: (typeof waiting)[number]) =>
      inOrder ? at === turn : claim.relations.every(({ to }) => ids.has(to));
    const due = waiting.filter(isDue).slice(0, 1000);
    const given = await recordBatch(
      recorder,
      due.map(({ claim }) => claimInput(claim, idOf)),
    );
    for (const [at, { claim }] of due.entries()) ids.set(claim.id, given[at] as string);
    waiting = waiting.filter(({ claim }) => !ids.has(claim.id));
  }
  return ids;
}

const LISTS = {
  actors: "id name slug affiliations { id role actor { id } from { edtf } to { edtf } }",
  sources: "id slug version publisher { id } syndicationOf { id }",
  propositions: "id slug version kind accumulates comparableDays",
  claims: `id version status rank act stance recordedAt assertedAt { edtf } assertedBy { id } proposition { id }
    figure { low best high approximator additional asOf { edtf } }
    relations { id type from { id } to { id } } citations { id source { id } }`,
};

type Ref = { id: string };
type Dated = { edtf: string } | null;
type Slugged = { slug: string };
type Versioned = { version: number };
type Affiliated = Ref & { role: string; actor: Ref; from: Dated; to: Dated };
type Related = Ref & { type: Claim["relations"][number]["type"]; from: Ref; to: Ref };
type Read = {
  actors: (Actor & Slugged & { affiliations: Affiliated[] })[];
  sources: (Ref & Slugged & Versioned & { publisher: Ref | null; syndicationOf: Ref | null })[];
  propositions: (Proposition & Slugged & Versioned)[];
  claims: (Pick<Claim, "id" | "status" | "rank" | "act" | "stance" | "recordedAt"> &
    Versioned & {
      assertedAt: Dated;
      assertedBy: Ref;
      proposition: Ref | null;
      figure: (Omit<Figure, "asOf"> & { asOf: Dated }) | null;
      relations: Related[];
      citations: (Ref & { source: Ref })[];
    })[];
};

/** A claim as it was read, with what mutations name. */
export type ReadClaim = Claim &
  Versioned & { readonly relationIds: readonly string[]; readonly citationIds: readonly string[] };

/** A world as it was read, with what mutations name. */
export interface ReadRows extends WorldRows {
  readonly actors: readonly (Actor & Slugged)[];
  readonly sources: readonly (Source & Slugged & Versioned)[];
  readonly propositions: readonly (Proposition & Slugged & Versioned)[];
  readonly claims: readonly ReadClaim[];
}

async function readAll<Name extends keyof Read>(ask: Ask, name: Name): Promise<Read[Name]> {
  const rows: unknown[] = [];
  for (let after: string | null = null; ; ) {
    const query = `query ($after: String) { ${name}(first: 100, after: $after) { nodes { ${LISTS[name]} } pageInfo { hasNextPage endCursor } } }`;
    const { data, errors } = await ask(query, { after });
    if (errors) throw new Error(JSON.stringify(errors));
    const page = data?.[name] as { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    rows.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return rows as Read[Name];
    after = page.pageInfo.endCursor;
  }
}

const idOf = (ref: Ref | null): string | null => ref?.id ?? null;
const edtfOf = (date: Dated): string | null => date?.edtf ?? null;

/** Reads everything that is recorded, drafts too. @param ask as somebody who sees all */
export async function readWorld(ask: Ask): Promise<ReadRows> {
  const actors = await readAll(ask, "actors");
  const sources = await readAll(ask, "sources");
  const claims = await readAll(ask, "claims");
  return {
    actors,
    affiliations: actors.flatMap(({ id: actor, affiliations }) =>
      affiliations
        .filter(({ role }) => role === "PART_OF")
        .map(({ id, actor: of, from, to }) => ({
          id,
          actor,
          of: of.id,
          from: edtfOf(from),
          until: edtfOf(to),
        })),
    ),
    sources: sources.map(({ publisher, syndicationOf, ...source }) => ({
      ...source,
      ...{ publisher: idOf(publisher), syndicationOf: idOf(syndicationOf) },
    })),
    propositions: await readAll(ask, "propositions"),
    claims: claims.map(readClaim),
  };
}

function readClaim(read: Read["claims"][number]): ReadClaim {
  const { assertedAt, assertedBy, proposition, figure, relations, citations, ...claim } = read;
  const made = relations.filter(({ from }) => from.id === claim.id);
  return {
    ...claim,
    by: assertedBy.id,
    assertedAt: edtfOf(assertedAt),
    proposition: idOf(proposition),
    figure: figure && { ...figure, asOf: edtfOf(figure.asOf) },
    relations: made.map(({ type, to }) => ({ type, to: to.id })),
    relationIds: made.map(({ id }) => id),
    citations: citations.map(({ source }) => source.id),
    citationIds: citations.map(({ id }) => id),
  };
}
