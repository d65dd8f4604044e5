import { Recorder } from "../writing/recorder.js";
import { keptOf } from "./kept.js";

let recorder: Recorder;

beforeAll(async () => {
  recorder = await Recorder.start({ MAX_COST: "1000000000" });
});
afterAll(() => recorder.stop());

const by = (slug: string) => ({ slug });

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
  const { sides, ...dispute } = await keptOf(recorder, "bridge-open");
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
  const { sides, found } = await keptOf(recorder, "bridge-open");
  expect(sides).toContainEqual({ actor: { slug: "whole" }, stance: "AFFIRMS" });
  expect(sides).not.toContainEqual({ actor: { slug: "army" }, stance: "AFFIRMS" });
  expect(found).toEqual(["bridge-open"]);
});
