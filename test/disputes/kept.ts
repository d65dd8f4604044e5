import type { Input, Recorder } from "../writing/recorder.js";

/** A dispute as a proposition answers it, and the propositions that lists find by what is kept of it. */
export interface Kept extends Input {
  status: string;
  voices: number;
  sides: unknown[];
  found: string[];
}

/** What a proposition answers itself, and whether lists know the same: they then find it by all of that. */
export async function keptOf(recorder: Recorder, slug: string): Promise<Kept> {
  const query = `query ($slug: String!, $kept: PropositionWhere!) {
    proposition(slug: $slug) { dispute { status stance divided voices sideCount sides { actor { slug } stance } } }
    propositions(where: $kept) { nodes { slug } }
  }`;
  const ask = async (kept: Input) => {
    const { data, errors } = await recorder.app.ask(query, { slug, kept });
    expect(errors).toBeUndefined();
    return data as { proposition: { dispute: Kept }; propositions: { nodes: { slug: string }[] } };
  };
  const { sides, ...dispute } = (await ask({})).proposition.dispute;
  const equal = Object.entries(dispute).map(([name, value]) => [name, { eq: value }]);
  const kept = { slug: { eq: slug }, dispute: Object.fromEntries(equal) };
  const found = (await ask(kept)).propositions.nodes.map((one) => one.slug);
  return { ...dispute, sides, found } as Kept;
}
