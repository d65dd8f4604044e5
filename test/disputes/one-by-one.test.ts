import { Random } from "../reading/random.js";
import { Recorder } from "../writing/recorder.js";
import { spanOf } from "./days.js";
import { PlainWorld, type WorldRows } from "./plain-world.js";
import { readWorld, recordWorlds } from "./recording.js";
import { expectFiltersAndOrders, expectStandings } from "./stored.js";
import { makeWorld } from "./worlds.js";

// What is kept of a dispute goes on from what was kept before when one more claim comes after all others. That is so of most claims
// of every second world, and of few of the others.

const WORLDS = Math.min(Number(process.env.DISPUTE_WORLDS ?? 40), 200);
const SEED = Number(process.env.DISPUTE_SEED ?? 1);

/** The same world, told by the first days of its claims: relations to what is only told later are left out. */
function inOrderOfTime(world: WorldRows): WorldRows {
  const firstDay = (assertedAt: string | null) => (assertedAt === null ? "" : spanOf(assertedAt).first);
  const claims = world.claims.toSorted((one, other) =>
    firstDay(one.assertedAt).localeCompare(firstDay(other.assertedAt)),
  );
  const told = new Set<string>();
  return {
    ...world,
    claims: claims.map((claim) => {
      told.add(claim.id);
      return { ...claim, relations: claim.relations.filter(({ to }) => told.has(to)) };
    }),
  };
}

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder?.stop());

test("what is kept is true after claims that were recorded one by one", async () => {
  for (let at = 0; at < WORLDS; at++) {
    const world = makeWorld(new Random(SEED * 100_003 + at), `w${at}`);
    await recordWorlds(recorder, [at % 2 === 0 ? inOrderOfTime(world) : world], { inOrder: true });
  }
  const world = new PlainWorld(await readWorld(recorder.app.as("EDITOR")));
  await expectFiltersAndOrders(recorder.app.ask, world);
  await expectStandings(recorder.app.as("EDITOR"), world);
}, 3_600_000);

test("a silence decides once the word before it is taken back, which is recorded last", async () => {
  await recorder.actor({ slug: "ministry", name: "ministry" });
  await recorder.proposition({ slug: "silence", text: "silence", kind: "YES_NO", measure: null, unit: null });
  const says = (day: string, act: string, stance: string) =>
    recorder.claim({
      ...{ status: "PUBLISHED", act, stance, assertedAt: `2024-01-${day}` },
      ...{ assertedBy: { slug: "ministry" }, proposition: { slug: "silence" } },
    });
  await says("01", "ASSERT", "AFFIRMS");
  const { id } = await says("03", "NO_STATEMENT", "NEUTRAL");
  const standing = async () =>
    (await recorder.app.ask("query ($id: ID!) { claim(id: $id) { standing } }", { id })).data;
  expect(await standing()).toEqual({ claim: { standing: "EARLIER" } });
  await says("02", "RETRACT", "NEUTRAL");
  expect(await standing()).toEqual({ claim: { standing: "CURRENT" } });
});
