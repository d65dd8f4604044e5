import { setTimeout as sleep } from "node:timers/promises";
import { begin, Client, claim, type Done, mutation } from "./client.js";
import { expectAll, type Follower, followByAsking, followLive } from "./follower.js";
import { countOfRevisions, expectWhole, revisions } from "./log.js";
import { ADMIN_KEY, type Cluster, note, query, random, Server, size, startCluster, until } from "./system.js";

const KILLS = size("KILLS", 20);
const WRITERS = size("KILL_WRITERS", 4);

/** What somebody wants to be recorded, and whether they were told that it is. */
interface Batch {
  readonly key: string;
  readonly mode: "ALL_OR_NOTHING" | "EACH";
  readonly statements: readonly string[];
  ids?: readonly string[];
}

const chance = random();
let cluster: Cluster;
let server: Server;
beforeAll(async () => {
  cluster = await startCluster();
  server = await Server.start(cluster.url);
});
afterAll(async () => {
  await server?.stop();
  await cluster?.remove();
});

const RECORD = mutation("recordClaims", "recorded replayed results { claim { id } errors { code message } }");
type Recorded = Done<{
  recorded: number;
  replayed: number;
  results: readonly { claim: { id: string }; errors: readonly unknown[] }[];
}>;

/** Sends a batch again and again, until it is said to be recorded. */
async function record(client: Client, batch: Batch): Promise<void> {
  const { key, mode, statements } = batch;
  const slug = `actor-${key}`;
  const claims = statements.map((statement, place) =>
    // The first brings along whom the others name.
    claim(statement, {
      assertedBy: place === 0 ? { create: { slug, name: slug, kind: "PERSON" } } : { slug },
      status: place % 2 === 0 ? "PUBLISHED" : "DRAFT",
    }),
  );
  const { done } = await client.insist<Recorded>(RECORD, { input: { idempotencyKey: key, mode, claims } });
  expect(done.results.flatMap(({ errors }) => errors)).toEqual([]);
  expect(done.errors).toEqual([]);
  // What was recorded before the server was killed is found again.
  expect(done.recorded + done.replayed).toBe(statements.length);
  batch.ids = done.results.map((result) => result.claim.id);
}

/** Which claims there are, by their statements. */
async function stored(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const rows = await query<{ id: string; statement: string }>(
    cluster.url,
    "select public_id as id, statement from claim",
  );
  for (const { id, statement } of rows) found.set(statement, [...(found.get(statement) ?? []), id]);
  return found;
}

/** Waits until the transactions of a dead server have ended. */
async function buried(): Promise<void> {
  const left = "select 1 from pg_stat_activity where application_name = 'claimgraph'";
  await until(
    "the dead server has left nothing running",
    async () => (await query(cluster.url, left)).length === 0,
  );
}

/** Looks at what is there. @returns how many batches are there in part */
async function inspect(batches: readonly Batch[]): Promise<number> {
  await expectWhole(cluster.url);
  const found = await stored();
  let partial = 0;
  for (const { statements, ids, mode } of batches) {
    const there = statements.flatMap((statement) => found.get(statement) ?? []);
    if (ids) expect(there).toEqual(ids);
    else if (mode === "ALL_OR_NOTHING") expect([0, statements.length]).toContain(there.length);
    else if (there.length > 0 && there.length < statements.length) partial++;
  }
  return partial;
}

test("a server is killed again and again while batches are recorded and followed", async () => {
  const client = new Client(server.url);
  const cursor = await begin(client);
  const skip = await countOfRevisions(cluster.url);
  const followers: Follower[] = [
    followLive(server.url, cursor, { key: ADMIN_KEY }),
    followLive(server.url, cursor, { key: ADMIN_KEY, stream: true }),
    followByAsking(client, cursor),
  ];
  const reader = followLive(server.url, cursor);

  const batches: Batch[] = [];
  let finished = false;
  const write = async (writer: number) => {
    for (let n = 0; !finished; n++) {
      const key = `${writer}-${n}`;
      const statements = Array.from({ length: chance.int(2, 25) }, (_, place) => `${key}: ${place}`);
      const batch: Batch = { key, mode: chance.pick(["ALL_OR_NOTHING", "EACH"]), statements };
      batches.push(batch);
      await record(client, batch);
    }
  };
  const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));

  let [open, partial] = [0, 0];
  for (let kill = 1; kill <= KILLS; kill++) {
    const told = () => batches.filter(({ ids }) => ids).length;
    const before = told();
    await until("a batch is recorded", () => told() > before);
    await sleep(chance.int(0, 400));
    await server.kill();
    await buried();
    open += batches.filter(({ ids }) => !ids).length;
    partial += await inspect(batches);
    await server.start();
  }
  finished = true;
  await writing;
  const claims = batches.flatMap(({ statements }) => statements).length;
  note(
    `${KILLS} kills: ${batches.length} batches of ${claims} claims, ${open} unanswered as the server died, ` +
      `${partial} of them there in part; failures ${JSON.stringify(client.failures)}`,
  );
  await inspect(batches);
  const found = await stored();
  expect([...found.values()].filter((ids) => ids.length !== 1)).toEqual([]);
  expect(found.size).toBe(claims + 1);
  note(`followers began again ${followers.map(({ broken }) => broken).join(", ")} times`);
  await expectAll(followers, await revisions(cluster.url, { skip }));
  await expectAll([reader], await revisions(cluster.url, { skip, onlyPublic: true }));
});
