import { Random } from "../reading/random.js";
import { Recorder } from "../writing/recorder.js";
import { expectedAnswer } from "./answers.js";
import { askAll, fit } from "./asking.js";
import { PlainWorld } from "./plain-world.js";
import { type ReadRows, readWorld, recordWorlds } from "./recording.js";
import { expectFiltersAndOrders, expectStandings } from "./stored.js";
import { DAYS, makeWorld } from "./worlds.js";
import { type Deleted, makeWrite, type Write } from "./writes.js";

// DISPUTE_STEPS=2000 writes longer; DISPUTE_SEED writes something else.
const STEPS = Number(process.env.DISPUTE_STEPS ?? 20);
const SEED = Number(process.env.DISPUTE_SEED ?? 1);

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start({ MAX_COST: "1000000000" });
  const random = new Random(SEED);
  await recordWorlds(recorder, [makeWorld(random, "w0"), makeWorld(random, "w1")]);
});
afterAll(() => recorder?.stop());

async function done({ name, input }: Write): Promise<void> {
  const { errors } = await recorder.run(name, input);
  expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
}

async function expectEverywhere(rows: ReadRows, days: readonly string[]): Promise<void> {
  const world = new PlainWorld(rows);
  for (const { id } of rows.propositions) {
    const asked = await askAll(recorder.app.as("EDITOR"), id, days);
    expect(asked).toEqual(fit(expectedAnswer(world, id, days), asked));
  }
  await expectFiltersAndOrders(recorder.app.ask, world);
  await expectStandings(recorder.app.as("EDITOR"), world);
}

test("after every write all disputes, and what filters know of them, are those of the reference", async () => {
  const random = new Random(SEED);
  const deleted: Deleted[] = [];
  const written: Write[] = [];
  let rows = await readWorld(recorder.app.as("EDITOR"));
  for (let step = 0; step < STEPS; step++) {
    const write = makeWrite(random, rows, deleted);
    written.push(write);
    const claim = rows.claims.find(({ id }) => write.name === "deleteClaim" && id === write.input.id);
    if (claim) deleted.push({ claim });
    const before = rows;
    try {
      await done(write);
      rows = await readWorld(recorder.app.as("EDITOR"));
      await expectEverywhere(rows, random.some(DAYS, 1, 1));
    } catch (error) {
      const last = written.slice(-5).map(({ name, input }) => `${name} ${JSON.stringify(input)}`);
      const worlds = [`before: ${JSON.stringify(before)}`, `after: ${JSON.stringify(rows)}`];
      throw new Error(
        [`seed ${SEED}, step ${step}, the last writes:`, ...last, ...worlds, (error as Error).message].join(
          "\n",
        ),
      );
    }
  }
  const tally: Record<string, number> = {};
  for (const { name } of written) tally[name] = (tally[name] ?? 0) + 1;
  console.info(`seed ${SEED}, ${STEPS} writes:`, JSON.stringify(tally));
  expect(Object.keys(tally).length).toBeGreaterThan(Math.min(10, STEPS / 4));
}, 3_600_000);
