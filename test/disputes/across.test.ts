import { type Entity, Recorder } from "../writing/recorder.js";

let recorder: Recorder;
let army: Entity;

beforeAll(async () => {
  recorder = await Recorder.start();
  army = await recorder.actor({ slug: "army", name: "army" });
  for (const slug of ["first", "second", "third"]) {
    await recorder.proposition({ slug, text: slug, kind: "YES_NO", measure: null, unit: null });
  }
});
afterAll(() => recorder.stop());

const claim = (proposition: string, day: string, ...relations: { type: string; to: { id: string } }[]) =>
  recorder.claim({
    ...{ status: "PUBLISHED", act: "ASSERT", stance: "AFFIRMS", assertedAt: `2024-01-${day}` },
    ...{ assertedBy: { id: army.id }, proposition: { slug: proposition }, relations },
  });

async function standingOf({ id }: Entity): Promise<unknown> {
  const { data } = await recorder.app.ask("query ($id: ID!) { claim(id: $id) { standing } }", { id });
  return (data as { claim: { standing: string } }).claim.standing;
}

test("a claim that is superseded from another proposition stands again once that is struck from a third", async () => {
  const early = await claim("first", "01");
  await claim("first", "02");
  expect(await standingOf(early)).toBe("EARLIER");
  const later = await claim("second", "03", { type: "SUPERSEDES", to: { id: early.id } });
  expect(await standingOf(early)).toBe("SUPERSEDED");
  const strike = await claim("third", "04", { type: "RETRACTS", to: { id: later.id } });
  expect([await standingOf(later), await standingOf(early)]).toEqual(["STRUCK", "EARLIER"]);
  await recorder.done("retractClaim", { id: strike.id });
  expect([await standingOf(later), await standingOf(early)]).toEqual(["CURRENT", "SUPERSEDED"]);
});
