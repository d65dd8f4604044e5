import { setTimeout as sleep } from "node:timers/promises";
import { applyPatch } from "rfc6902";
import { begin, Client, claim, type Done, failed, mutation } from "./client.js";
import { expectAll, followByAsking, followLive } from "./follower.js";
import { countOfRevisions, expectWhole, revisions } from "./log.js";
import { type Cluster, note, random, Server, size, startCluster } from "./system.js";

const WRITERS = size("WRITERS", 50);
const CHANGES_EACH = size("CHANGES_EACH", 4);

const chance = random();
let cluster: Cluster;
let server: Server;
let client: Client;
let cursor: string;
let skip: number;
beforeAll(async () => {
  cluster = await startCluster();
  server = await Server.start(cluster.url);
  client = new Client(server.url);
  cursor = await begin(client);
  skip = await countOfRevisions(cluster.url);
});
afterAll(async () => {
  await server?.stop();
  await cluster?.remove();
});

type Recorded = Done<{ claim: { id: string } }>;
type Updated = Done<{ claim: { version: number } | null }>;
type Added = Done<{ claim: { version: number } | null }>;
interface Standing {
  readonly claim: {
    readonly statement: string;
    readonly version: number;
    readonly figure: { readonly best: number };
    readonly citations: readonly { readonly id: string; readonly translation: string | null }[];
    readonly history: { readonly nodes: readonly { readonly version: number; readonly patch: never[] }[] };
  };
}
interface Document {
  readonly statement: string;
  readonly figure: { readonly best: number };
  readonly citations: readonly { readonly id: string }[];
}

const RECORD = mutation("recordClaim", "claim { id }");
const UPDATE = mutation("updateClaim", "claim { version }");
const ADD = mutation("addCitation", "claim { version }");
const STANDING = `query ($id: ID!) {
  claim(id: $id) { statement version figure { best } citations { id translation } }
}`;

async function record(statement: string): Promise<string> {
  const input = { claim: claim(statement, { figure: { best: 0, approximator: "EXACT" } }) };
  const { done } = await client.insist<Recorded>(RECORD, { input });
  return done.claim.id;
}

async function standing(id: string): Promise<Standing["claim"]> {
  return (await client.insist<Standing>(STANDING, { id })).claim;
}

/** Adds one to the figure that all count with. @returns how often it had to look again */
async function increment(id: string): Promise<number> {
  for (let conflicts = 0; ; conflicts++) {
    const { version, figure } = await standing(id);
    const changed = { figure: { best: figure.best + 1, approximator: "EXACT" } };
    const { done } = await client.insist<Updated>(UPDATE, {
      input: { id, expectedVersion: version, claim: changed },
    });
    if (done.errors.length === 0) return conflicts;
    expect(done.errors).toMatchObject([{ code: "CONFLICT" }]);
    await sleep(chance.next() * 20 * Math.min(conflicts + 1, 10));
  }
}

/** Changes a record that nobody else changes, from version to version. */
async function changeOwn(id: string, writer: number): Promise<void> {
  for (let change = 1; change <= CHANGES_EACH; change++) {
    const input = { id, expectedVersion: change, claim: { statement: `${writer}: ${change}` } };
    const { done } = await client.insist<Updated>(UPDATE, { input });
    expect(done).toEqual({ claim: { version: change + 1 }, errors: [] });
  }
}

/** The history of a record leads to what stands there, version by version. */
async function expectHistory(id: string): Promise<Standing["claim"]> {
  const now = await standing(id);
  const steps: Standing["claim"]["history"]["nodes"][number][] = [];
  for (let after: string | null = null, more = true; more; ) {
    const {
      changes,
    }: { changes: { nodes: typeof steps; pageInfo: { endCursor: string; hasNextPage: boolean } } } =
      await client.insist(
        `query ($id: ID!, $after: String) {
          changes(first: 100, after: $after, where: { claim: { id: { eq: $id } } }) {
            nodes { version patch } pageInfo { endCursor hasNextPage }
          }
        }`,
        { id, after },
      );
    steps.push(...changes.nodes);
    after = changes.pageInfo.endCursor;
    more = changes.pageInfo.hasNextPage;
  }
  expect(steps.map(({ version }) => version)).toEqual(Array.from({ length: now.version }, (_, i) => i + 1));
  const whole: { document: Document | null } = { document: null };
  for (const { patch } of steps) {
    const below = (patch as { op: string; path: string }[]).map((step) => ({
      ...step,
      path: `/document${step.path}`,
    }));
    expect(applyPatch(whole, below as never).filter((error) => error !== null)).toEqual([]);
  }
  const { statement, figure, citations } = whole.document as Document;
  expect({ statement, best: figure.best, citations: citations.map((one) => one.id) }).toEqual({
    statement: now.statement,
    best: now.figure.best,
    citations: now.citations.map((one) => one.id),
  });
  return now;
}

test("what many write at once, to the same record and to others, is there exactly once", async () => {
  const [counted, cited] = [await record("All count with this."), await record("All cite for this.")];
  const own = await Promise.all(Array.from({ length: WRITERS }, (_, writer) => record(`${writer}: 0`)));
  const followers = [followLive(server.url, cursor), followByAsking(client, cursor)];

  const started = performance.now();
  const acknowledged: string[] = [];
  const unknown: string[] = [];
  const cite = async (writer: number) => {
    for (let part = 1; part <= 2; part++) {
      const translation = `${writer}: ${part}`;
      const added = await client.ask<Added>(ADD, {
        input: { claim: cited, citation: { source: { slug: "report" }, translation } },
      });
      if (failed(added)) unknown.push(translation);
      else {
        expect(added.done.errors).toEqual([]);
        acknowledged.push(translation);
      }
    }
  };
  const work = await Promise.all(
    own.map(async (id, writer) => {
      const [conflicts] = await Promise.all([increment(counted), changeOwn(id, writer), cite(writer)]);
      return conflicts;
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  const conflicts = work.reduce((sum, one) => sum + one, 0);
  note(
    `${WRITERS} writers: ${WRITERS * (1 + CHANGES_EACH) + acknowledged.length} changes in ${seconds.toFixed(1)} s, ` +
      `${conflicts} conflicts, ${unknown.length} left open, failures ${JSON.stringify(client.failures)}`,
  );

  expect((await expectHistory(counted)).figure.best).toBe(WRITERS);
  const translations = (await expectHistory(cited)).citations.flatMap((one) => one.translation ?? []);
  expect(new Set(translations).size).toBe(translations.length);
  expect(translations.filter((one) => !unknown.includes(one)).sort()).toEqual([...acknowledged].sort());
  for (const [writer, id] of own.entries()) {
    expect((await expectHistory(id)).statement).toBe(`${writer}: ${CHANGES_EACH}`);
  }
  await expectWhole(cluster.url);
  await expectAll(followers, await revisions(cluster.url, { skip }));
});

test("writes per second, as more write at once", async () => {
  for (const writers of [1, 10, WRITERS]) {
    let recorded = 0;
    const started = performance.now();
    const end = started + size("SECONDS", 2) * 1_000;
    const write = async (writer: number) => {
      for (let n = 0; performance.now() < end; n++) {
        const input = { claim: claim(`Throughput ${writers} ${writer} ${n}`) };
        const { done } = await client.insist<Recorded>(RECORD, { input });
        expect(done.errors).toEqual([]);
        recorded++;
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    const seconds = (performance.now() - started) / 1_000;
    note(`${writers} at once: ${(recorded / seconds).toFixed(0)} claims recorded per second`);
    expect(recorded).toBeGreaterThan(writers);
  }
  const claims = Array.from({ length: 1_000 }, (_, n) => claim(`Of a thousand: ${n}`));
  const started = performance.now();
  const { done } = await client.insist<Done<{ recorded: number }>>(mutation("recordClaims", "recorded"), {
    input: { claims },
  });
  expect(done).toEqual({ recorded: 1_000, errors: [] });
  note(`a thousand claims in one request: ${((performance.now() - started) / 1_000).toFixed(1)} s`);
});
