import { setTimeout as sleep } from "node:timers/promises";
import { begin, Client, claim, type Done, failed, mutation } from "./client.js";
import { expectAll, followByAsking, followLive } from "./follower.js";
import { countOfRevisions, expectWhole, revisions } from "./log.js";
import { type Cluster, note, query, random, Server, size, startCluster, until } from "./system.js";

const OUTAGES = size("OUTAGES", 3);

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

const RECORD = mutation("recordClaim", "claim { id }");
type Recorded = Done<{ claim: { id: string } }>;

/** An editor's key: the database is asked for it at each request. */
async function makeKey(client: Client): Promise<string> {
  const { made } = await client.insist<{ made: { key: string } }>(
    'mutation { made: createApiKey(input: { name: "Editor", role: EDITOR }) { key } }',
  );
  return made.key;
}

const statusOf = async (path: string) => (await fetch(`${server.url}${path}`)).status;

test("the database stops and starts under load, and the server outlives it", async () => {
  const key = await makeKey(new Client(server.url));
  const [editor, reader] = [new Client(server.url, key), new Client(server.url, null)];
  const cursor = await begin(editor);
  const skip = await countOfRevisions(cluster.url);
  const live = [
    followLive(server.url, cursor, { key }),
    followLive(server.url, cursor, { key, stream: true }),
  ];
  const followers = [...live, followByAsking(editor, cursor)];

  let finished = false;
  const acknowledged: string[] = [];
  const open: string[] = [];
  const recordOnce = async (writer: number) => {
    for (let n = 0; !finished; n++) {
      const statement = `Once: ${writer} ${n}`;
      const input = { claim: claim(statement), idempotencyKey: statement };
      const { done } = await editor.insist<Recorded>(RECORD, { input });
      expect(done.errors).toEqual([]);
      acknowledged.push(statement);
    }
  };
  const recordAtMostOnce = async (writer: number) => {
    for (let n = 0; !finished; n++) {
      const statement = `At most once: ${writer} ${n}`;
      const answer = await editor.ask<Recorded>(RECORD, { input: { claim: claim(statement) } });
      if (!failed(answer)) acknowledged.push(statement);
      else open.push(statement);
      if (failed(answer)) await sleep(20);
    }
  };
  let reads = 0;
  const read = async () => {
    while (!finished) {
      const answer = await reader.ask(
        "{ claims(first: 5) { nodes { statement citations { source { title } } } } }",
      );
      if (failed(answer)) await sleep(20);
      else reads++;
    }
  };
  const load = Promise.all([
    ...[1, 2, 3, 4].flatMap((writer) => [recordOnce(writer), recordAtMostOnce(writer)]),
    ...[1, 2, 3, 4].map(read),
  ]);

  for (let outage = 1; outage <= OUTAGES; outage++) {
    await sleep(chance.int(500, 1_500));
    await cluster.stop();
    await sleep(chance.int(200, 1_500));
    expect([await statusOf("/readyz"), await statusOf("/healthz")]).toEqual([503, 200]);
    await cluster.start();
    await until("the server is ready again", async () => (await statusOf("/readyz")) === 200);
    const before = acknowledged.length;
    await until("writing goes on", () => acknowledged.length > before + 10);
  }
  finished = true;
  await load;
  note(
    `${OUTAGES} outages: ${acknowledged.length} claims acknowledged, ${open.length} left open, ${reads} reads; ` +
      `failures ${JSON.stringify([editor.failures, reader.failures])}`,
  );
  expect(editor.failures.unavailable).toBeGreaterThan(0);
  expect([editor.failures.unheard, reader.failures.unheard]).toEqual([0, 0]);

  const rows = await query<{ statement: string }>(
    cluster.url,
    "select statement from claim where statement like '%nce: %'",
  );
  const there = rows.map(({ statement }) => statement);
  expect(new Set(there).size).toBe(there.length);
  expect(there.filter((statement) => !open.includes(statement)).sort()).toEqual([...acknowledged].sort());
  await expectWhole(cluster.url);
  await expectAll(followers, await revisions(cluster.url, { skip }));
  // Their connections have stood through all of it.
  expect(live.map(({ broken }) => broken)).toEqual([1, 1]);
});
