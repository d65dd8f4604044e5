import { type Entity, Recorder } from "../writing/recorder.js";

// What turns a dispute though its stances stay as they are.

let recorder: Recorder;
const actors: Record<string, Entity> = {};

beforeAll(async () => {
  recorder = await Recorder.start();
  for (const slug of ["east", "guard", "west"]) actors[slug] = await recorder.actor({ slug, name: slug });
});
afterAll(() => recorder.stop());

type Said = Record<string, unknown> & { by: string; on: string | null };

const say = ({ by, on, ...rest }: Said, proposition: string) =>
  recorder.claim({
    ...{ status: "PUBLISHED", act: "ASSERT", stance: "NEUTRAL", assertedAt: on },
    ...{ assertedBy: { slug: by }, proposition: { slug: proposition }, ...rest },
  });

async function disputeAbout(slug: string): Promise<unknown> {
  const { data } = await recorder.app.ask(
    `query ($slug: String!) {
      proposition(slug: $slug) {
        dispute { status since { edtf } voices }
        timeline { on status sides { actor { slug } stance } }
      }
    }`,
    { slug },
  );
  return (data as { proposition: unknown }).proposition;
}

test("two voices that were one begin to differ when one no longer cites its copy of the text", async () => {
  const slug = "voices";
  await recorder.proposition({ slug, text: slug, kind: "YES_NO", measure: null, unit: null });
  const { id } = await recorder.source({ title: "The original" });
  for (const by of ["east", "west"]) {
    const copy = await recorder.source({
      ...{ title: `The copy of ${by}`, publisher: { slug: by }, syndicationOf: { id } },
    });
    const citations = [{ source: { id: copy.id } }];
    await say({ by, on: "2024-01-01", stance: "AFFIRMS", citations }, slug);
  }
  expect(await disputeAbout(slug)).toMatchObject({
    dispute: { status: "SINGLE_SOURCED", voices: 1, since: { edtf: "2024-01-01" } },
  });
  await say({ by: "west", on: "2024-02-01", stance: "AFFIRMS" }, slug);
  expect(await disputeAbout(slug)).toMatchObject({
    dispute: { status: "CORROBORATED", voices: 2, since: { edtf: "2024-02-01" } },
    timeline: [
      { on: "2024-01-01", status: "SINGLE_SOURCED" },
      { on: "2024-02-01", status: "CORROBORATED", sides: [] },
    ],
  });
});

test("a side concedes when it speaks again after its dissenter has left it", async () => {
  const slug = "dissent";
  await recorder.proposition({ slug, text: slug, kind: "YES_NO", measure: null, unit: null });
  await recorder.run("addAffiliation", {
    actor: actors.guard?.id,
    affiliation: { role: "PART_OF", actor: { slug: "east" }, to: "2024-03-31" },
  });
  await say({ by: "west", on: "2024-01-01", stance: "AFFIRMS" }, slug);
  await say({ by: "guard", on: "2024-02-01", stance: "REJECTS" }, slug);
  await say({ by: "east", on: "2024-03-01", stance: "AFFIRMS" }, slug);
  await say({ by: "east", on: "2024-05-01", stance: "AFFIRMS" }, slug);
  expect(await disputeAbout(slug)).toMatchObject({
    dispute: { status: "CONCEDED", since: { edtf: "2024-05-01" } },
    timeline: [
      { on: "2024-01-01", status: "SINGLE_SOURCED" },
      { on: "2024-02-01", status: "CONTESTED" },
      { on: "2024-03-01", status: "CORROBORATED" },
      { on: "2024-05-01", status: "CONCEDED", sides: [] },
    ],
  });
});

test("a side of which only an increment is left, once its word is struck, has no stance any more", async () => {
  const slug = "increment";
  await recorder.proposition({ slug, text: slug, kind: "QUANTITY", measure: "KILLED" });
  await say({ by: "west", on: "2024-01-01", stance: "AFFIRMS" }, slug);
  const { id } = await say({ by: "east", on: null, stance: "REJECTS" }, slug);
  await say(
    {
      ...{ by: "east", on: "2024-03-01", figure: { best: 5, approximator: "EXACT", additional: true } },
      relations: [{ type: "RETRACTS", to: { id } }],
    },
    slug,
  );
  expect(await disputeAbout(slug)).toMatchObject({
    dispute: { status: "SINGLE_SOURCED" },
    timeline: [
      { on: null, status: "SINGLE_SOURCED", sides: [{ actor: { slug: "east" }, stance: "REJECTS" }] },
      { on: "2024-01-01", status: "CONTESTED", sides: [{ actor: { slug: "west" }, stance: "AFFIRMS" }] },
      { on: "2024-03-01", status: "SINGLE_SOURCED", sides: [] },
    ],
  });
});

describe("a claim that is struck was never said", () => {
  const OPPOSITE = { AFFIRMS: "REJECTS", REJECTS: "AFFIRMS" } as const;

  test.each([
    ["AFFIRMS", ["west"]],
    ["REJECTS", ["west"]],
    ["AFFIRMS", ["guard", "west"]],
    ["REJECTS", ["guard", "west"]],
  ] as const)(
    "so nobody concedes by what another side alone had said: %s, said by %j",
    async (stance, speakers) => {
      const slug = `never-said-${stance.toLowerCase()}-${speakers.length}`;
      await recorder.proposition({ slug, text: slug, kind: "YES_NO", measure: null, unit: null });
      let struck: Entity | undefined;
      for (const [day, by] of speakers.entries()) {
        struck = await say({ by, on: `2024-06-0${day + 1}`, stance }, slug);
      }
      await say({ by: "guard", on: "2024-06-10", stance: OPPOSITE[stance] }, slug);
      await say(
        {
          by: "west",
          on: "2024-06-20",
          act: "RETRACT",
          relations: [{ type: "RETRACTS", to: { id: struck?.id } }],
        },
        slug,
      );
      await say({ by: "guard", on: "2024-06-30", stance }, slug);
      const guard = { actor: { slug: "guard" }, stance };
      const { timeline, dispute } = (await disputeAbout(slug)) as { timeline: object[]; dispute: object };
      expect(dispute).toMatchObject({ status: "SINGLE_SOURCED" });
      expect(timeline.slice(-2)).toEqual([
        {
          on: "2024-06-20",
          status: "SINGLE_SOURCED",
          sides: [{ actor: { slug: "west" }, stance: "WITHDRAWN" }],
        },
        { on: "2024-06-30", status: "SINGLE_SOURCED", sides: [guard] },
      ]);
    },
  );

  test("and what stands behind a later claim that it supersedes stays there", async () => {
    const slug = "stays-behind";
    await recorder.proposition({ slug, text: slug, kind: "YES_NO", measure: null, unit: null });
    const later = await say({ by: "west", on: "2024-03-01", stance: "REJECTS" }, slug);
    const relations = [{ type: "SUPERSEDES", to: { id: later.id } }];
    await say({ by: "west", on: "2024-01-05", stance: "AFFIRMS", relations }, slug);
    const { id } = await say({ by: "east", on: "2024-02-01", stance: "REJECTS" }, slug);
    await say(
      { by: "east", on: "2024-04-01", act: "RETRACT", relations: [{ type: "RETRACTS", to: { id } }] },
      slug,
    );
    expect(await disputeAbout(slug)).toMatchObject({
      dispute: { status: "SINGLE_SOURCED" },
      timeline: [
        { on: "2024-01-05", status: "SINGLE_SOURCED" },
        { on: "2024-02-01", status: "CONTESTED" },
        {
          ...{ on: "2024-04-01", status: "SINGLE_SOURCED" },
          sides: [{ actor: { slug: "east" }, stance: "WITHDRAWN" }],
        },
      ],
    });
  });
});
