import { Random } from "../reading/random.js";
import { Recorder } from "../writing/recorder.js";
import { type Answered, expectedAnswer } from "./answers.js";
import { askAll, fit } from "./asking.js";
import { PlainWorld } from "./plain-world.js";
import { readWorld, recordWorlds } from "./recording.js";
import { expectFiltersAndOrders, expectStandings } from "./stored.js";
import { DAYS, makeWorld } from "./worlds.js";

// DISPUTE_WORLDS=2000 asks longer; DISPUTE_SEED chooses other worlds. Few worlds do not reach every status.
const WORLDS = Number(process.env.DISPUTE_WORLDS ?? 40);
const SEED = Number(process.env.DISPUTE_SEED ?? 1);
const DAYS_ASKED = 3;

let recorder: Recorder;
let world: PlainWorld;
let slugs: Map<string, string>;

const seedOf = (at: number): number => SEED * 100_003 + at;

beforeAll(async () => {
  recorder = await Recorder.start({ MAX_COST: "1000000000", STATEMENT_SECONDS: "600" });
  const worlds = Array.from({ length: WORLDS }, (_, at) => makeWorld(new Random(seedOf(at)), `w${at}`));
  // A batch takes a thousand claims.
  for (let from = 0; from < worlds.length; from += 60) {
    await recordWorlds(recorder, worlds.slice(from, from + 60));
  }
  const rows = await readWorld(recorder.app.as("EDITOR"));
  world = new PlainWorld(rows);
  slugs = new Map(rows.propositions.map(({ id, slug }) => [id, slug]));
}, 3_600_000);
afterAll(() => recorder?.stop());

/** What of the world a proposition depends on, short enough to be read. */
function shown(proposition: string): string {
  const claims = world
    .claimsOf(proposition)
    .filter(({ status }) => status === "PUBLISHED" || status === "RETRACTED");
  const actors = new Set(claims.map(({ by }) => by));
  const links = world.rows.affiliations.filter(({ actor }) => actors.has(actor));
  // A set that grows while it is walked: those of the wholes too.
  for (const actor of actors) {
    for (const link of world.affiliationsOf(actor)) {
      actors.add(link.of);
      if (!links.includes(link)) links.push(link);
    }
  }
  const lines = [...links, world.proposition(proposition), ...claims];
  return lines.map((line) => JSON.stringify(line)).join("\n");
}

function expectSame(
  proposition: string,
  days: readonly string[],
  asked: Parameters<typeof fit>[1],
): Answered {
  const expected = expectedAnswer(world, proposition, days);
  try {
    expect(asked).toEqual(fit(expected, asked));
  } catch (error) {
    throw new Error(
      `seed ${SEED}, ${slugs.get(proposition)}, asked on ${days}\n${shown(proposition)}\n${(error as Error).message}`,
    );
  }
  return expected;
}

test("disputes, timelines, figures and standings are those of the reference", async () => {
  const random = new Random(SEED);
  const statuses: Record<string, number> = {};
  for (const { id } of world.rows.propositions) {
    const days = random.some(DAYS, DAYS_ASKED, DAYS_ASKED);
    const { now, possibly, definitely } = expectSame(
      id,
      days,
      await askAll(recorder.app.as("EDITOR"), id, days),
    );
    for (const { status } of [now, ...possibly, ...definitely])
      statuses[status] = (statuses[status] ?? 0) + 1;
  }
  console.info(`seed ${SEED}, ${WORLDS} worlds:`, JSON.stringify(statuses));
  expect(Object.keys(statuses).length).toBeGreaterThanOrEqual(WORLDS < 100 ? 5 : 7);
}, 3_600_000);

test("everybody is answered the same", async () => {
  for (const { id } of new Random(SEED).some(world.rows.propositions, 1, 20)) {
    const query =
      "query ($id: ID!) { proposition(id: $id) { dispute { status rule voices origins sides { actor { id } stance positions { history { claim { id } } } } } timeline { on status claims { id } } } }";
    const answer = await recorder.app.ask(query, { id });
    expect(answer.errors).toBeUndefined();
    expect(await recorder.app.as("EDITOR")(query, { id })).toEqual(answer);
  }
});

test("filters, orders and statistics know the same disputes", async () => {
  await expectFiltersAndOrders(recorder.app.ask, world);
  await expectStandings(recorder.app.as("EDITOR"), world);
}, 3_600_000);
