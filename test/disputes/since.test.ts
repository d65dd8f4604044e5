import { Recorder } from "../writing/recorder.js";

let recorder: Recorder;

beforeAll(async () => {
  recorder = await Recorder.start();
  for (const slug of ["east", "guard", "west"]) await recorder.actor({ slug, name: slug });
  await recorder.run("addAffiliation", {
    actor: await idOf("guard"),
    affiliation: { role: "PART_OF", actor: { slug: "east" } },
  });
});
afterAll(() => recorder.stop());

async function idOf(slug: string): Promise<string> {
  const { data } = await recorder.app.ask("query ($slug: String!) { actor(slug: $slug) { id } }", { slug });
  return (data as { actor: { id: string } }).actor.id;
}

type Said = readonly [actor: string, day: string, stance: string, best?: number];

/** The status and since when it is so, once all of this was said. */
async function sinceOf(slug: string, said: readonly Said[]): Promise<string> {
  const quantity = said.some(([, , , best]) => best !== undefined);
  const kind = quantity
    ? { kind: "QUANTITY", measure: "KILLED" }
    : { kind: "YES_NO", measure: null, unit: null };
  await recorder.proposition({ slug, text: slug, ...kind });
  for (const [actor, day, stance, best] of said) {
    await recorder.claim({
      ...{ status: "PUBLISHED", act: stance === "RETRACT" ? "RETRACT" : "ASSERT", assertedAt: `2024-${day}` },
      ...{ stance: stance === "RETRACT" ? "NEUTRAL" : stance, assertedBy: { slug: actor } },
      ...{ proposition: { slug }, figure: best === undefined ? null : { best, approximator: "EXACT" } },
    });
  }
  const query =
    "query ($slug: String!) { proposition(slug: $slug) { dispute { status since { edtf } conflicts { kind } } } }";
  const { data } = await recorder.app.ask(query, { slug });
  const { dispute } = (data as { proposition: { dispute: { status: string; since: { edtf: string } } } })
    .proposition;
  return `${dispute.status} ${dispute.since.edtf}`;
}

// What is so now began later than the stances and figures of now were first given.
test.each<[string, readonly Said[], string]>([
  [
    "a rejection opposes every number only once it names none",
    [
      ["west", "01-01", "AFFIRMS", 500],
      ["east", "02-01", "REJECTS", 80],
      ["east", "05-01", "REJECTS"],
    ],
    "CONTESTED 2024-05-01",
  ],
  [
    "a number of a side is held again once the later one is withdrawn",
    [
      ["west", "01-01", "AFFIRMS", 500],
      ["east", "02-01", "AFFIRMS", 80],
      ["guard", "03-01", "AFFIRMS", 500],
      ["guard", "04-01", "RETRACT"],
    ],
    "CONTESTED 2024-04-01",
  ],
  [
    "a side concedes once none of its actors holds the opposite",
    [
      ["west", "01-01", "AFFIRMS"],
      ["guard", "02-01", "REJECTS"],
      ["east", "03-01", "AFFIRMS"],
      ["guard", "04-01", "RETRACT"],
    ],
    "CONCEDED 2024-04-01",
  ],
  [
    "a conflict that has stood since its second number",
    [
      ["west", "01-01", "AFFIRMS", 500],
      ["east", "02-01", "AFFIRMS", 80],
      ["east", "03-01", "AFFIRMS"],
    ],
    "CONTESTED 2024-02-01",
  ],
])("%s", async (name, said, expected) => {
  expect(await sinceOf(name.replaceAll(" ", "-"), said)).toBe(expected);
});
