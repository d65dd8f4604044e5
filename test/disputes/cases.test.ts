import type { Ask } from "../support/app.js";
import { Recorder } from "../writing/recorder.js";
import { CASES, type Case, type Expectation, inWordsOfCase, PROPOSITION, worldOf } from "./cases.js";
import type { WorldRows } from "./plain-world.js";
import { recordWorlds } from "./recording.js";

let recorder: Recorder;

const named = (at: number) => (id: string) => `case-${at}-${id}`;

/** A world whose ids no other case has; the actors keep their names. */
function renamed(
  { actors, affiliations, sources, propositions, claims }: WorldRows,
  to: (id: string) => string,
): WorldRows {
  const maybe = (id: string | null) => id && to(id);
  return {
    actors: actors.map(({ id, name }) => ({ id: to(id), name })),
    affiliations: affiliations.map((link) => ({ ...link, actor: to(link.actor), of: to(link.of) })),
    sources: sources.map(({ id, publisher, syndicationOf }) => ({
      ...{ id: to(id), publisher: maybe(publisher), syndicationOf: maybe(syndicationOf) },
    })),
    propositions: propositions.map((proposition) => ({ ...proposition, id: to(proposition.id) })),
    claims: claims.map((claim) => ({
      ...claim,
      ...{ id: to(claim.id), by: to(claim.by), proposition: maybe(claim.proposition) },
      relations: claim.relations.map((relation) => ({ ...relation, to: to(relation.to) })),
      citations: claim.citations.map(to),
    })),
  };
}

beforeAll(async () => {
  recorder = await Recorder.start({ MAX_COST: "1000000000" });
  const worlds = CASES.map((worked, at) => renamed(worldOf(worked), named(at)));
  await recordWorlds(recorder, worlds, { inOrder: true });
});
afterAll(() => recorder.stop());

interface Said {
  status: string;
  voices: number;
  origins: number;
  sides: { actor: { name: string }; stance: string; divided: boolean }[];
  conflicts: { kind: string }[];
}

async function said(ask: Ask, slug: string, { on, dates = "POSSIBLY" }: Partial<Expectation>) {
  const query = `query ($slug: String!, $on: Date, $dates: DateReading) {
    proposition(slug: $slug) { dispute(on: $on, dates: $dates) {
      status voices origins sides { actor { name } stance divided } conflicts { kind }
    } }
  }`;
  const { data, errors } = await ask(query, { slug, on, dates });
  if (errors || !data) throw new Error(JSON.stringify(errors));
  const { dispute } = data.proposition as { dispute: Said };
  const sides = dispute.sides.map(({ actor, ...side }) => ({ ...side, name: actor.name }));
  return inWordsOfCase({ ...dispute, sides });
}

test.each(CASES.map((worked, at): [string, Case, number] => [worked.name, worked, at]))(
  "%s",
  async (_name, worked, at) => {
    for (const expected of worked.expect) {
      const { on, dates, ...wanted } = expected;
      for (const ask of [recorder.app.ask, recorder.app.as("EDITOR")]) {
        const { origins, ...others } = await said(ask, named(at)(PROPOSITION), { on, dates });
        const answer = { ...others, ...(wanted.origins !== undefined && { origins }) };
        expect({ on, dates, ...answer }).toEqual({
          on,
          dates,
          ...wanted,
          conflicts: [...wanted.conflicts].sort(),
        });
      }
    }
  },
);
