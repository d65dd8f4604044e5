import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { begin, Client, claim, type Done, mutation } from "./client.js";
import { expectAll, followByAsking, followLive } from "./follower.js";
import { countOfRevisions, expectWhole, revisions } from "./log.js";
import { type Cluster, note, query, Server, size, startCluster, until } from "./system.js";

const WRITERS = size("PROCESS_WRITERS", 10);
const CLAIMS_EACH = size("PROCESS_CLAIMS", 10);
const RACES = size("RACES", 30);

let cluster: Cluster;
let servers: Server[] = [];
let clients: Client[];
let cursor: string;
let skip: number;
beforeAll(async () => {
  cluster = await startCluster();
  servers = [await Server.start(cluster.url), await Server.start(cluster.url)];
  clients = servers.map(({ url }) => new Client(url));
  cursor = await begin(clients[0] as Client);
  skip = await countOfRevisions(cluster.url);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await cluster?.remove();
});

const RECORD = mutation("recordClaim", "claim { id }");
type Recorded = Done<{ claim: { id: string } }>;

/** Followers of every sort at each server. */
const followAll = () =>
  servers.flatMap(({ url }, at) => [
    followLive(url, cursor),
    followLive(url, cursor, { stream: true }),
    followByAsking(clients[at] as Client, cursor),
  ]);

const recordAt = async (client: Client, statement: string, idempotencyKey?: string) => {
  const { done } = await client.insist<Recorded>(RECORD, {
    input: { claim: claim(statement), idempotencyKey },
  });
  expect(done.errors).toEqual([]);
  return done.claim.id;
};

test("what is written through two servers is followed at both, in one order", async () => {
  const followers = followAll();
  const write = async (writer: number) => {
    for (let n = 0; n < CLAIMS_EACH; n++) await recordAt(clients[writer % 2] as Client, `${writer}: ${n}`);
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  const all = await revisions(cluster.url, { skip });
  expect(all.length).toBe(WRITERS * CLAIMS_EACH);
  await expectAll(followers, all);
  note(`${followers.length} followers at two servers heard the same ${all.length} changes`);
});

test("equal requests at both at once are done once, and both are answered the same", async () => {
  for (let race = 0; race < RACES; race++) {
    const key = `Race ${race}`;
    const [one, other] = await Promise.all(clients.map((client) => recordAt(client, key, key)));
    expect(one).toBe(other);
  }
  const rows = await query(cluster.url, "select id from claim where statement like 'Race %'");
  expect(rows.length).toBe(RACES);
  await expectWhole(cluster.url);
});

test("who takes a number early and commits late is waited for, and not passed over", async () => {
  const followers = followAll();
  const late = new pg.Client({ connectionString: cluster.url });
  await late.connect();
  const insert = `insert into revision (id, record_type, record_id, version, action, author_id, author_name, author_role,
      patch, inverse, public, concerns)
    values (gen_random_uuid(), 'CLAIM', gen_random_uuid(), 1, 'CREATED', 'late', 'Late', 'EDITOR', '[]', '[]', true, '{}')
    returning seq`;
  for (let time = 0; time < 3; time++) {
    await late.query("begin");
    const { rows } = await late.query<{ seq: string }>(insert);
    const prompt = [0, 1, 2, 3].map((n) => recordAt(clients[n % 2] as Client, `Prompt ${time} ${n}`));
    await until("the others wait", async () => {
      const waiting = await query(
        cluster.url,
        "select 1 from pg_locks where locktype = 'advisory' and not granted",
      );
      return waiting.length >= 4;
    });
    await sleep(300);
    const [last] = await query<{ seq: string }>(
      cluster.url,
      "select coalesce(max(seq), 0) as seq from revision",
    );
    expect(Number(last?.seq)).toBeLessThan(Number(rows[0]?.seq));
    // What is rolled back leaves a gap in the numbers, and none in what is heard.
    await late.query(time === 1 ? "rollback" : "commit");
    await Promise.all(prompt);
  }
  await late.end();
  await expectAll(followers, await revisions(cluster.url, { skip }));
});
