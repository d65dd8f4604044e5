import { type Input, Recorder } from "../writing/recorder.js";

let recorder: Recorder;

beforeAll(async () => {
  recorder = await Recorder.start({ MAX_COST: "1000000000" });
});
afterAll(() => recorder.stop());

const by = (slug: string) => ({ slug });

/** What lists know of a proposition, and what it answers itself. */
async function bothOf(slug: string) {
  const query = `query ($slug: String!, $kept: PropositionWhere!) {
    proposition(slug: $slug) { dispute { status stance divided voices sideCount sides { actor { slug } stance } } }
    propositions(where: $kept) { nodes { slug } }
  }`;
  const { data: now } = await recorder.app.ask(query, { slug, kept: { slug: { eq: slug } } });
  const { sides, ...dispute } = ((now as Input).proposition as { dispute: Record<string, unknown> }).dispute;
  const equal = Object.entries(dispute).map(([name, value]) => [name, { eq: value }]);
  const kept = { slug: { eq: slug }, dispute: Object.fromEntries(equal) };
  const { data, errors } = await recorder.app.ask(query, { slug, kept });
  expect(errors).toBeUndefined();
  const found = ((data as Input).propositions as { nodes: { slug: string }[] }).nodes.map((one) => one.slug);
  return { ...dispute, sides: sides as unknown[], found };
}

test("claims that are recorded at once all count", async () => {
  await recorder.proposition({
    slug: "bridge-open",
    text: "The bridge is open.",
    kind: "YES_NO",
    measure: null,
    unit: null,
  });
  const event = await recorder.event({ slug: "opening" });
  const source = await recorder.source({ slug: "paper" });
  const slugs = Array.from({ length: 12 }, (_, at) => `speaker-${at}`);
  for (const slug of slugs) await recorder.actor({ slug, name: slug });
  await Promise.all(
    slugs.map((slug, at) =>
      recorder.claim({
        status: "PUBLISHED",
        act: "ASSERT",
        stance: at % 3 === 0 ? "REJECTS" : "AFFIRMS",
        assertedBy: by(slug),
        proposition: by("bridge-open"),
        events: [{ id: event.id }],
        citations: [{ source: { id: source.id } }],
      }),
    ),
  );
  const { sides, ...dispute } = await bothOf("bridge-open");
  expect(sides).toHaveLength(12);
  expect(dispute).toMatchObject({ status: "CONTESTED", sideCount: 12, voices: 12, found: ["bridge-open"] });
});

test("an affiliation that is recorded while its actor speaks moves what it says", async () => {
  await recorder.actor({ slug: "whole", name: "whole" });
  const army = await recorder.actor({ slug: "army", name: "army" });
  const claim = (at: number) =>
    recorder.claim({
      status: "PUBLISHED",
      act: "ASSERT",
      stance: "AFFIRMS",
      assertedAt: `2024-01-${10 + at}`,
      assertedBy: by("army"),
      proposition: by("bridge-open"),
    });
  const joins = recorder.done("addAffiliation", {
    actor: army.id,
    affiliation: { role: "PART_OF", actor: by("whole"), from: "2020" },
  });
  await Promise.all([claim(0), claim(1), joins, claim(2), claim(3)]);
  const { sides, found } = await bothOf("bridge-open");
  expect(sides).toContainEqual({ actor: { slug: "whole" }, stance: "AFFIRMS" });
  expect(sides).not.toContainEqual({ actor: { slug: "army" }, stance: "AFFIRMS" });
  expect(found).toEqual(["bridge-open"]);
});
