import { begin, Client, claim, type Done, mutation } from "./client.js";
import { expectAll, followLive } from "./follower.js";
import { countOfRevisions, expectWhole, revisions } from "./log.js";
import { holdTable, type Mode, namesBehind, type Pooler, prepareRole, startPgBouncer } from "./pooler.js";
import {
  type Answers,
  answersOf,
  askMany,
  type Outcome,
  QUESTIONS,
  recordBoth,
  right,
  UNPUBLISHED,
} from "./questions.js";
import { type Cluster, note, Server, startCluster, until } from "./system.js";

let cluster: Cluster;
/** Connected to PostgreSQL itself: what it answers is right. */
let direct: Server;
/** Of somebody who sees what was not published yet. */
let key: string;
/** Where the log stood when nothing but what all claims refer to was recorded. */
let cursor: string;
let skip: number;
/** The right answers to the two of them. */
let all: Answers;
let published: Answers;
const servers: Server[] = [];
const poolers: Pooler[] = [];

async function start(url: string, env: Record<string, string> = {}): Promise<Server> {
  const server = await Server.start(url, env);
  servers.push(server);
  return server;
}
async function startPooler(mode: Mode): Promise<Pooler> {
  const pooler = await startPgBouncer(cluster, mode);
  poolers.push(pooler);
  return pooler;
}

const analyst = ({ url }: Server) => new Client(url, key);
const reader = ({ url }: Server) => new Client(url, null);

async function learn(): Promise<void> {
  [all, published] = await Promise.all([answersOf(analyst(direct)), answersOf(reader(direct))]);
  for (const answer of all.values()) expect(answer).toContain(UNPUBLISHED);
  for (const answer of published.values()) expect(answer).not.toContain(UNPUBLISHED);
}

beforeAll(async () => {
  cluster = await startCluster();
  await prepareRole(cluster);
  direct = await start(cluster.url);
  const admin = new Client(direct.url);
  const { made } = await admin.insist<{ made: { key: string } }>(
    'mutation { made: createApiKey(input: { name: "Analyst", role: ANALYST }) { key } }',
  );
  key = made.key;
  cursor = await begin(admin);
  skip = await countOfRevisions(cluster.url);
  await recordBoth(admin);
  await learn();
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await Promise.all(poolers.map((pooler) => pooler.stop()));
  await cluster?.remove();
});

const BACKWARDS = [...QUESTIONS].reverse();

const brief = ({ asked, foreign, leaked }: Outcome) =>
  `of ${asked} answers ${foreign} to something else, ${leaked} unpublished`;

/** An analyst asks one server while readers ask the other, which meets the questions in another order. */
async function askBoth(one: Server, other: Server): Promise<void> {
  const [seen, read] = await Promise.all([
    askMany(analyst(one), all),
    askMany(reader(other), published, { order: BACKWARDS, seed: 2 }),
  ]);
  note(`analyst: ${brief(seen)}; readers: ${brief(read)}`);
  expect({ seen, read }).toEqual({ seen: right(), read: right() });
}

/** What a server has said of prepared statements when it was started last. */
function verdict({ said }: Server): string {
  const line = said.findLast((line) => /prepared statements/i.test(line));
  return line ? (JSON.parse(line) as { msg: string }).msg : "nothing";
}

const ONE = "query ($id: ID!) { claim(id: $id) { statement } }";
const RECORD = mutation("recordClaim", "claim { id }");
const PUBLISH = mutation("publishClaim", "claim { id }");
type Changed = Done<{ claim: { id: string } }>;

describe.each<Mode>(["transaction", "session"])("behind PgBouncer by %s", (mode) => {
  let one: Server;
  let other: Server;
  beforeAll(async () => {
    const { url } = await startPooler(mode);
    [one, other] = await Promise.all([start(url), start(url)]);
  });
  afterAll(() => Promise.all([one.stop(), other.stop(), learn()]));

  test("servers find out at start whether prepared statements are safe", () => {
    note(`by ${mode}: ${verdict(one)}`);
    expect(verdict(direct)).not.toBe("nothing");
    expect(verdict(one) === verdict(direct)).toBe(mode === "session");
    expect(verdict(other)).toBe(verdict(one));
  });

  test("two servers answer what they are asked, to those who may see it", () => askBoth(one, other));

  test("a server that was killed and started again is not answered what it prepared before", async () => {
    await one.kill();
    await one.start();
    expect(await askMany(reader(one), published, { order: BACKWARDS })).toEqual(right());
  });

  test("claims are recorded at one, published at the other, and followed at both", async () => {
    const admin = new Client(other.url);
    const followers = [one, other].map(({ url }) => followLive(url, cursor, { key }));
    const publish = async (n: number) => {
      const statement = `Published ${mode} ${n}`;
      const input = { claim: claim(statement, { status: "DRAFT" }), idempotencyKey: statement };
      const recorded = (await analyst(one).insist<Changed>(RECORD, { input })).done;
      const { id } = recorded.claim;
      expect(await reader(other).insist(ONE, { id })).toEqual({ claim: null });
      const { done } = await admin.insist<Changed>(PUBLISH, { input: { id } });
      expect([recorded.errors, done.errors]).toEqual([[], []]);
      expect(await reader(one).insist(ONE, { id })).toEqual({ claim: { statement } });
    };
    const all = await Promise.allSettled(Array.from({ length: 5 }, (_, n) => publish(n)));
    expect(all.filter(({ status }) => status === "rejected")).toEqual([]);
    await expectAll(followers, await revisions(cluster.url, { skip }));
    await expectWhole(cluster.url);
  });
});

test.each(["on", "off"])(
  "PREPARED_STATEMENTS=%s is right behind PgBouncer by transaction",
  async (setting) => {
    const pooler = await startPooler("transaction");
    const env = { PREPARED_STATEMENTS: setting };
    const [one, other] = await Promise.all([start(pooler.url, env), start(pooler.url, env)]);
    await askBoth(one, other);
    const names = await namesBehind(pooler);
    await Promise.all([one.stop(), other.stop()]);
    if (setting === "off") expect(names).toEqual([]);
    else expect(names).not.toEqual([]);
  },
);

const SECONDS = 1;
const TIMEOUT = '"code":"STATEMENT_TIMEOUT"';
const SLOW = "{ sources(first: 1) { nodes { title } } }";
const SLOW_ONES = 3;

test("a reader's statement that takes too long is cancelled behind PgBouncer, and no other is", async () => {
  const pooler = await startPooler("transaction");
  const server = await start(pooler.url, { READER_STATEMENT_SECONDS: String(SECONDS) });
  const askSlowly = () =>
    Array.from({ length: SLOW_ONES }, () =>
      reader(server)
        .ask<object>(SLOW)
        .then(JSON.stringify, (error: Error) => error.message),
    );
  // On a slow machine anything may take so long, but nothing is cancelled much earlier.
  const forgive = (said: string, after: number) => said.includes(TIMEOUT) && after > SECONDS * 900;
  const askOthers = () => askMany(reader(server), published, { times: 1, forgive });

  const held = await holdTable(cluster, "source");
  try {
    const others = askOthers();
    for (const answer of await Promise.all(askSlowly())) expect(answer).toContain(TIMEOUT);
    await until("nobody waits in the database any more", async () => (await held.waiting()) === 0);
    expect(await others).toEqual(right(1));
  } finally {
    await held.release();
  }
  const answer = JSON.stringify(await reader(direct).insist(SLOW));
  // A statement may end just when it is to be cancelled, and another one run on its connection.
  for (const early of [10, -10]) {
    const held = await holdTable(cluster, "source");
    const slow = askSlowly();
    const others = askOthers();
    await held.releaseAfter(SECONDS * 1_000 - early);
    for (const told of await Promise.all(slow)) if (!told.includes(TIMEOUT)) expect(told).toBe(answer);
    expect(await others).toEqual(right(1));
  }
  expect(await askOthers()).toEqual(right(1));
});
