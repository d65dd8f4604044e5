import pg from "pg";
import { begin, Client, claim, type Done, failed, mutation } from "./client.js";
import { expectWhole } from "./log.js";
import { type Cluster, query, Server, startCluster, until } from "./system.js";
import { type Break, Wire } from "./wire.js";

let cluster: Cluster;
let wire: Wire;
let server: Server;
let client: Client;
beforeAll(async () => {
  cluster = await startCluster();
  wire = await Wire.open(cluster.url);
  const url = new URL(wire.url);
  url.searchParams.set("options", "-c idle_in_transaction_session_timeout=2s");
  server = await Server.start(url.href, { POOL_SIZE: "3" });
  client = new Client(server.url);
  await begin(client);
});
afterAll(async () => {
  await server?.stop();
  wire?.close();
  await cluster?.remove();
});
let release = async () => {};
afterEach(async () => {
  // A test that failed may still hold something.
  await release();
  await expectWhole(cluster.url);
});

const RECORD = mutation("recordClaim", "claim { id }");
type Recorded = Done<{ claim: { id: string } }>;

const record = (statement: string, idempotencyKey?: string) =>
  client.ask<Recorded>(RECORD, { input: { claim: claim(statement), idempotencyKey } });

async function stored(statement: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    cluster.url,
    "select public_id as id from claim where statement = $1",
    [statement],
  );
  return rows.map(({ id }) => id);
}

/** Holds back everybody who writes a claim. @returns lets them go on */
async function holdClaims(): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: cluster.url });
  await holder.connect();
  await holder.query("begin; lock table claim in exclusive mode");
  release = () => holder.end();
  return release;
}

const WAITING =
  "select pid from pg_stat_activity where application_name = 'claimgraph' and wait_event_type = 'Lock'";
const waiting = (count: number) =>
  until(`${count} writers wait`, async () => (await query(cluster.url, WAITING)).length === count);

describe.each<Break>(["before", "after"])("a connection that breaks %s the database has committed", (how) => {
  test("with an idempotency key is made up for: the client hears of nothing", async () => {
    const statement = `Key, ${how}.`;
    const broken = wire.arm("COMMIT\0", how);
    const answer = await record(statement, statement);
    await broken;
    if (failed(answer)) throw new Error(answer);
    expect(await stored(statement)).toEqual([answer.done.claim.id]);
    expect(await record(statement, statement)).toEqual(answer);
  });

  test("without one, the client is told that it is not known what became of it", async () => {
    const statement = `No key, ${how}.`;
    void wire.arm("COMMIT\0", how);
    expect(await record(statement)).toBe("unavailable");
    expect(client.lastSaid).toMatch(/^The connection to the database broke .* not known whether/);
    expect((await stored(statement)).length).toBe(how === "after" ? 1 : 0);
  });
});

test("a connection that breaks before anything was to be kept: it is done again, key or not", async () => {
  for (const [at, text] of ["BEGIN", "insert into revision", "INSERT INTO"].entries()) {
    const statement = `Early ${at}.`;
    const broken = wire.arm(text, "before");
    const answer = await record(statement);
    await broken;
    if (failed(answer)) throw new Error(answer);
    expect(await stored(statement)).toEqual([answer.done.claim.id]);
  }
});

test("the database ends the connection of a writer that waits: it is done again", async () => {
  const letGo = await holdClaims();
  const answering = record("Terminated.");
  await waiting(1);
  await query(cluster.url, `select pg_terminate_backend(pid) from (${WAITING}) as waiting`);
  await waiting(1);
  await letGo();
  const answer = await answering;
  if (failed(answer)) throw new Error(answer);
  expect(await stored("Terminated.")).toEqual([answer.done.claim.id]);
});

test("a statement that the database gives up, as one that waits too long: it is said so, and nothing is kept", async () => {
  const letGo = await holdClaims();
  const answering = record("Cancelled.");
  const refused = expect(answering).rejects.toThrow(/"STATEMENT_TIMEOUT"/);
  await waiting(1);
  await query(cluster.url, `select pg_cancel_backend(pid) from (${WAITING}) as waiting`);
  await refused;
  await letGo();
  expect(await stored("Cancelled.")).toEqual([]);
});

test("one caller's writers all wait: others are answered, and it passes", async () => {
  const letGo = await holdClaims();
  const writing = Promise.all([1, 2, 3, 4].map((n) => record(`Share ${n}.`)));
  await waiting(2);
  expect(failed(await new Client(server.url, null).ask("{ claims { totalCount } }"))).toBe(false);
  await letGo();
  expect((await writing).filter(failed)).toEqual([]);
});

test("a connection that breaks between two statements: it is done again", async () => {
  for (const [at, text] of ["BEGIN", "INSERT INTO"].entries()) {
    const statement = `Between ${at}.`;
    const broken = wire.arm(text, "between");
    const answer = await record(statement);
    await broken;
    if (failed(answer)) throw new Error(answer);
    expect(await stored(statement)).toEqual([answer.done.claim.id]);
  }
});

test("a server that falls silent in the middle of a write holds up the others for a while only", async () => {
  const other = await Server.start(cluster.url);
  const silent = wire.arm("COMMIT\0", "silence");
  void record("Silent.");
  await silent;
  const elsewhere = new Client(other.url);
  const answer = await elsewhere.ask<Recorded>(RECORD, { input: { claim: claim("Elsewhere.") } });
  expect(failed(answer)).toBe(false);
  expect(await stored("Silent.")).toEqual([]);
  await other.stop();
});
