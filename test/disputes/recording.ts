import type { Ask } from "../support/app.js";
import { anEvent, type Input, type Problem, type Recorder } from "../writing/recorder.js";
import type { Affiliation, Claim, Figure, Proposition, WorldRows } from "./plain-world.js";

/** What the inputs of mutations need beside what the world says. */
const EVENT = "what-happened";
const by = (slug: string) => ({ slug });

export const affiliationInput = ({ of, from, until }: Affiliation): Input => ({
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

/** The input that records a claim. @param idOf the ids that earlier claims were given */
export function claimInput(claim: Claim, idOf: (claim: string) => string): Input {
  const { by: actor, proposition, relations, citations, figure } = claim;
  const { status, rank, act, stance, assertedAt } = claim;
  return {
    ...{ status, rank, act, stance, assertedAt, figure },
    statement: `Said in ${claim.id}.`,
    language: "en",
    assertedBy: by(actor),
    events: [by(EVENT)],
    proposition: proposition === null ? null : by(proposition),
    relations: relations.map(({ type, to }) => ({ type, to: { id: idOf(to) } })),
    citations: citations.map((source) => ({ source: by(source) })),
  };
}

/** Drafts that bring the actors, sources and propositions of a world along. They count for nothing. */
function carriers({ actors, affiliations, sources, propositions }: WorldRows): Input[] {
  const people = actors.map(({ id, name }) => {
    const partOf = affiliations.filter(({ actor }) => actor === id).map(affiliationInput);
    return { create: { slug: id, name, kind: "OTHER", affiliations: partOf } };
  });
  const documents = sources.map(({ id, publisher, syndicationOf }) => {
    const links = {
      publisher: publisher && by(publisher),
      syndicationOf: syndicationOf && by(syndicationOf),
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
    events: [by(EVENT)],
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
  sources: "id publisher { id } syndicationOf { id }",
  propositions: "id slug kind accumulates comparableDays",
  claims: `id status rank act stance recordedAt assertedAt { edtf } assertedBy { id } proposition { id }
    figure { low best high approximator additional asOf { edtf } }
    relations { type from { id } to { id } } citations { source { id } }`,
};

type Ref = { id: string };
type Dated = { edtf: string } | null;
type Affiliated = Ref & { role: string; actor: Ref; from: Dated; to: Dated };
type Read = {
  actors: { id: string; name: string; affiliations: Affiliated[] }[];
  sources: { id: string; publisher: Ref | null; syndicationOf: Ref | null }[];
  propositions: (Proposition & { slug: string })[];
  claims: (Pick<Claim, "id" | "status" | "rank" | "act" | "stance" | "recordedAt"> & {
    assertedAt: Dated;
    assertedBy: Ref;
    proposition: Ref | null;
    figure: (Omit<Figure, "asOf"> & { asOf: Dated }) | null;
    relations: { type: Claim["relations"][number]["type"]; from: Ref; to: Ref }[];
    citations: { source: Ref }[];
  })[];
};

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

/** Reads everything that is recorded, drafts too. @param ask as somebody who sees all */
export async function readWorld(ask: Ask): Promise<WorldRows> {
  const actors = await readAll(ask, "actors");
  const sources = await readAll(ask, "sources");
  const claims = await readAll(ask, "claims");
  return {
    actors,
    affiliations: actors.flatMap(({ id: actor, affiliations }) =>
      affiliations
        .filter(({ role }) => role === "PART_OF")
        .map((link) => ({
          ...{ id: link.id, actor, of: link.actor.id },
          from: link.from?.edtf ?? null,
          until: link.to?.edtf ?? null,
        })),
    ),
    sources: sources.map(({ id, publisher, syndicationOf }) => ({
      id,
      publisher: publisher?.id ?? null,
      syndicationOf: syndicationOf?.id ?? null,
    })),
    propositions: await readAll(ask, "propositions"),
    claims: claims.map(({ assertedAt, assertedBy, proposition, figure, relations, citations, ...claim }) => ({
      ...claim,
      by: assertedBy.id,
      assertedAt: assertedAt?.edtf ?? null,
      proposition: proposition?.id ?? null,
      figure: figure && { ...figure, asOf: figure.asOf?.edtf ?? null },
      relations: relations.flatMap(({ type, from, to }) => (from.id === claim.id ? { type, to: to.id } : [])),
      citations: citations.map(({ source }) => source.id),
    })),
  };
}
