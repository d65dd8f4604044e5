import { setTimeout as sleep } from "node:timers/promises";
import { startTestApp, type TestApp } from "../support/app.js";
import { CHANGED, endOfLog, type Following, follow, TRANSPORTS } from "../support/followers.js";
import { encodeId } from "../support/ids.js";
import { numbers, recordNumbered, recordRevision } from "../support/revisions.js";

let app: TestApp;
const followers: Following[] = [];
const begin = async (...args: Parameters<typeof follow> extends [unknown, ...infer Rest] ? Rest : never) => {
  const following = await follow(app, ...args);
  followers.push(following);
  return following;
};

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());
afterEach(async () => {
  await Promise.all(followers.splice(0).map((following) => following.stop()));
});

/** The cursors of the log after a cursor, oldest first. */
async function cursors(after?: string): Promise<string[]> {
  const { data } = await app.ask(
    "query ($after: String) { changes(first: 100, after: $after) { edges { cursor } } }",
    {
      after,
    },
  );
  const { changes } = data as { changes: { edges: { cursor: string }[] } };
  return changes.edges.map(({ cursor }) => cursor);
}

const end = () => endOfLog(app);

const REFUSED: readonly [query: string, message: RegExp, code: string][] = [
  [
    "{ changes { totalCount } }",
    /Only subscriptions are taken here. POST a query to \/graphql/,
    "OPERATION_RESOLUTION_FAILURE",
  ],
  [
    "subscription A { changed { cursor } } subscription B { changed { cursor } }",
    /^Name one/,
    "OPERATION_RESOLUTION_FAILURE",
  ],
  [
    "subscription { changed { node { nothing } } }",
    /Cannot query field "nothing"/,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["subscription {", /Syntax Error/, "GRAPHQL_PARSE_FAILED"],
  ["subscription { changed @skip(if: true) { cursor } }", /selects nothing/, "BAD_USER_INPUT"],
  ["subscription ($no: Boolean!) { changed @skip(if: $no) { cursor } }", /"\$no"/, "BAD_USER_INPUT"],
  ["subscription ($n: Int!) { changed(where: {version: {eq: $n}}) { cursor } }", /"\$n"/, "BAD_USER_INPUT"],
  ['subscription { changed(where: {concerns: ["x"]}) { cursor } }', /"x" is not/, "BAD_USER_INPUT"],
  [
    `subscription { changed { node { claim { ${"events { nodes { claims { nodes { ".repeat(6)} id ${"} } } } ".repeat(6)} } } } }`,
    /nests fields/,
    "DEPTH_LIMIT_EXCEEDED",
  ],
  [
    "subscription { changed { node { claim { events(first: 100) { nodes { claims(first: 100) { nodes { events(first: 100) { nodes { id } } } } } } } } } }",
    /objects; the limit is 50000/,
    "COST_LIMIT_EXCEEDED",
  ],
  [`subscription { changed { ${"cursor ".repeat(6000)} } }`, /5000 tokens/, "GRAPHQL_PARSE_FAILED"],
];

describe.each(TRANSPORTS)("over %s", (transport) => {
  test("from a cursor of `changes`, everything after it and whatever follows", async () => {
    const after = await end();
    await recordNumbered(app.database, 1, 3);
    const following = await begin({ transport, variables: { after } });
    expect(await following.reasons(3)).toEqual(numbers(1, 3));
    await recordNumbered(app.database, 4, 6);
    expect(await following.reasons(6)).toEqual(numbers(1, 6));
    expect(following.events.map(({ cursor }) => cursor)).toEqual(await cursors(after));
  });

  test("in letters of all languages", async () => {
    const after = await end();
    const reason = "Курськ 庫爾斯克 كورسك 😀 é";
    await recordRevision(app.database, { reason });
    const following = await begin({ transport, variables: { after } });
    expect(await following.reasons(1)).toEqual([reason]);
  });

  test("without a cursor, what comes from now on", async () => {
    await recordNumbered(app.database, 1, 2);
    const following = await begin({ transport });
    await sleep(500);
    expect(following.events).toEqual([]);
    // It has begun when it has heard something; from there on, it hears everything.
    let number = 2;
    while (following.events.length === 0) {
      await recordNumbered(app.database, ++number, number);
      await sleep(50);
    }
    await recordNumbered(app.database, number + 1, number + 3);
    const first = Number(following.events[0]?.node.reason);
    expect(first).toBeGreaterThan(2);
    expect(await following.reasons(number + 4 - first)).toEqual(numbers(first, number + 3));
  });

  test("a connection that breaks again and again leaves no gap and repeats nothing", async () => {
    let after = await end();
    const writing = (async () => {
      for (let number = 1; number <= 40; number++) {
        await recordRevision(app.database, { reason: String(number) });
        await sleep(10);
      }
    })();
    const heard: string[] = [];
    while (heard.length < 40) {
      const following = await begin({ transport, variables: { after } });
      await following.reasons(1);
      await following.stop();
      heard.push(...following.events.map(({ node }) => node.reason));
      after = following.events.at(-1)!.cursor;
    }
    await writing;
    expect(heard).toEqual(numbers(1, 40));
  });

  test("a long log is read page by page to its end", async () => {
    const after = await end();
    await app.database.prisma.$executeRawUnsafe(`insert into revision
      (id, record_type, record_id, version, action, author_id, author_name, author_role, reason, patch, inverse, public, concerns)
      select gen_random_uuid(), 'ACTOR', gen_random_uuid(), 1, 'CREATED', 'a', 'a', 'EDITOR', n::text, '[]', '[]', true, '{}'
      from generate_series(1, 350) n`);
    const following = await begin({ transport, variables: { after } });
    expect(await following.reasons(350)).toEqual(numbers(1, 350));
  });

  test("a cursor that was tampered with is refused", async () => {
    const after = `${(await end()).slice(0, -2)}AA`;
    const following = await begin({ transport, variables: { after } });
    await following.ended;
    expect(following.errors).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/^`after` is not a cursor that this server gave/),
        extensions: { code: "BAD_USER_INPUT" },
      }),
    ]);
  });

  test.each(REFUSED.map(([query, message, code]) => ({ query, message, code })))(
    "$code: $message",
    async ({ query, message, code }) => {
      const following = await begin({ transport, query });
      await following.ended;
      expect(following.events).toEqual([]);
      expect(following.errors[0]?.message).toMatch(message);
      expect(following.errors[0]?.extensions.code).toMatch(code);
      expect(app.logged).toEqual([]);
    },
  );
});

test("deletions, types and filters", async () => {
  const { recordId } = await recordRevision(app.database);
  const after = await end();
  const id = encodeId("actor", recordId);
  const [all, sources, deleted, one] = await Promise.all([
    begin({ variables: { after } }),
    begin({ variables: { after, types: ["SOURCE"] } }),
    begin({ variables: { after, where: { action: { eq: "DELETED" } } } }),
    begin({ variables: { after, where: { concerns: [id] } } }),
  ]);
  await recordRevision(app.database, { reason: "1", recordType: "SOURCE", concerns: [recordId] });
  await recordRevision(app.database, { reason: "2", recordId, version: 2, action: "DELETED" });
  await recordRevision(app.database, { reason: "3" });
  expect(await all!.reasons(3)).toEqual(["1", "2", "3"]);
  expect(all!.events[1]?.node).toMatchObject({ action: "DELETED", recordId: id });
  expect(await sources!.reasons(1)).toEqual(["1"]);
  expect(await deleted!.reasons(1)).toEqual(["2"]);
  expect(await one!.reasons(2)).toEqual(["1", "2"]);
});

test("aliases, fragments and response keys of any length mean what they mean in a query", async () => {
  const after = await end();
  await recordRevision(app.database, { reason: "2" });
  const long = "a".repeat(80);
  const following = await begin({
    query: `subscription ($after: String) { it: changed(after: $after) { ...Edge } }
      fragment Edge on RevisionEdge { __typename node { ${long}: reason id @skip(if: true) author { name } } }`,
    variables: { after },
  });
  await following.reasons(1);
  expect(following.events).toEqual([
    { __typename: "RevisionEdge", node: { [long]: "2", author: { name: "Ada" } } },
  ]);
});

test("a reader sees neither revisions that are not public nor claims that are hidden", async () => {
  const after = await end();
  const following = await begin({ variables: { after } });
  const { prisma } = app.database;
  const actor = await prisma.actor.create({
    data: { slug: "a", name: "A", kind: "STATE", description: null },
  });
  const claim = await prisma.claim.create({
    data: { statement: "Hidden", language: "en", act: "ASSERT", assertedById: actor.id, status: "DRAFT" },
  });
  await recordRevision(app.database, { reason: "1", recordType: "CLAIM", recordId: claim.id, public: false });
  await recordRevision(app.database, { reason: "2", recordType: "CLAIM", recordId: claim.id, version: 2 });
  expect(await following.reasons(1)).toEqual(["2"]);
  expect(following.events[0]?.node.claim).toBeNull();
});

test("a subscription that is sent to /graphql is told where to go", async () => {
  const { errors } = await app.ask(CHANGED);
  expect(errors?.[0]).toMatchObject({
    message: expect.stringMatching(/WebSocket .* `accept: text\/event-stream`/),
    extensions: { code: "OPERATION_RESOLUTION_FAILURE" },
  });
});

test("what is written while nobody listens is found without a wake-up, by looking", async () => {
  const deaf = Object.assign(Object.create(app.database) as typeof app.database, {
    listen: () => async () => undefined,
    prisma: app.database.prisma,
    query: app.database.query.bind(app.database),
    read: app.database.read.bind(app.database),
  });
  const other = await startTestApp({ database: deaf, live: { everyMilliseconds: 200 } });
  try {
    const following = await follow(other, { variables: { after: await end() } });
    await recordNumbered(app.database, 1, 3);
    expect(await following.reasons(3)).toEqual(numbers(1, 3));
    await recordNumbered(app.database, 4, 4);
    expect(await following.reasons(4)).toEqual(numbers(1, 4));
    await following.stop();
  } finally {
    await other.stop();
  }
});
