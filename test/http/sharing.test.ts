import { request } from "node:http";
import pg from "pg";
import { startTestApp, type TestApp } from "../support/app.js";
import { serverUrl } from "../support/database.js";
import { recordRevision } from "../support/revisions.js";

// The embedded database has one connection, and cannot cancel a statement.
const onServer = serverUrl === undefined ? describe.skip : describe;

onServer("callers share the connections", () => {
  let app: TestApp;
  /** Holds what the statements of a test wait for: to them, it is a statement that takes very long. */
  let holder: pg.Client;
  beforeAll(async () => {
    // Of the five connections of the test's database.
    app = await startTestApp({
      env: {
        CALLER_CONNECTIONS: "3",
        READER_STATEMENT_SECONDS: "1",
        STATEMENT_SECONDS: "3",
        LOG_LEVEL: "info",
      },
    });
    await recordRevision(app.database);
    const [row] = await app.database.query<{ name: string }>("select current_database() as name", []);
    holder = new pg.Client(Object.assign(new URL(serverUrl as string), { pathname: row?.name }).href);
    await holder.connect();
  });
  beforeEach(() => holder.query("begin; lock table event in access exclusive mode"));
  afterEach(() => holder.query("rollback"));
  afterAll(async () => {
    await holder.end();
    await app.stop();
  });

  const waiting = async () => {
    const { rows } = await holder.query(
      "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
    return rows[0].count as number;
  };
  const until = async (count: number) => {
    while ((await waiting()) !== count) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const SLOW = "{ events { totalCount } }";
  const aliases = (count: number) =>
    `{ ${Array.from({ length: count }, (_, n) => `e${n}: events(first: ${n + 1}) { totalCount }`).join(" ")} }`;

  test("a reader's statement ends with a code that says so, and others of the same answer with it", async () => {
    const { errors } = await app.ask(aliases(10));
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(Array(10).fill("STATEMENT_TIMEOUT"));
    expect(errors?.[0]?.message).toMatch(/READER_STATEMENT_SECONDS/);
    expect(await waiting()).toBe(0);
    expect(app.logged.filter(({ level }) => (level as number) > 30)).toEqual([]);
  });

  test("an analyst's may take longer, and ends too", async () => {
    const asked = app.as("ANALYST")(SLOW);
    await until(1);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await waiting()).toBe(1);
    expect((await asked).errors?.[0]?.extensions.code).toBe("STATEMENT_TIMEOUT");
  });

  test("one caller's statements leave connections to others, to keys that are checked and to probes", async () => {
    const editor = app.as("EDITOR");
    await editor("{ __typename }");
    const slow = Array.from({ length: 20 }, () => app.ask(SLOW));
    await until(3);
    expect((await editor("{ actors { totalCount } }")).data).toEqual({ actors: { totalCount: 0 } });
    expect((await app.fetch("/readyz")).status).toBe(200);
    expect(await waiting()).toBe(3);
    await holder.query("rollback");
    for (const { data } of await Promise.all(slow)) expect(data).toEqual({ events: { totalCount: 0 } });
  });

  test("a statement is cancelled when its client goes away, and what waits for a turn does not begin", async () => {
    const body = JSON.stringify({ query: aliases(10) });
    const asked = request(new URL("/graphql", app.url), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": body.length,
        authorization: `Bearer ${await app.keyOf("ANALYST")}`,
      },
    });
    asked.on("error", () => undefined);
    asked.end(body);
    await until(3);
    asked.destroy();
    await until(0);
  });

  test.each(['changed(after: AFTER, where: { event: { title: { contains: "a" } } }) { node { id } }'])(
    "a subscription that takes too long ends with that code: it is no outage that it waits out",
    async (selection) => {
      const { data } = await app.ask("{ changes(first: 1) { edges { cursor } } }");
      const [edge] = (data as { changes: { edges: { cursor: string }[] } }).changes.edges;
      await recordRevision(app.database);
      const query = `subscription { ${selection.replace("AFTER", JSON.stringify(edge?.cursor))} }`;
      const response = await app.fetch("/graphql/stream", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "text/event-stream" },
        body: JSON.stringify({ query }),
      });
      const text = await response.text();
      expect(text).toMatch(/"code":"STATEMENT_TIMEOUT"/);
      expect(text).toMatch(/event: complete/);
    },
  );

  test("a subscription whose client goes away leaves no statement behind", async () => {
    const { data } = await app.ask("{ changes(first: 1) { edges { cursor } } }");
    const [edge] = (data as { changes: { edges: { cursor: string }[] } }).changes.edges;
    await recordRevision(app.database);
    const query = `subscription { changed(after: ${JSON.stringify(edge?.cursor)}, where: { event: { title: { contains: "a" } } }) { node { id } } }`;
    const controller = new AbortController();
    const response = await app.fetch("/graphql/stream", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${await app.keyOf("ANALYST")}` },
      body: JSON.stringify({ query }),
      signal: controller.signal,
    });
    expect(response.status).toBe(200);
    await until(1);
    controller.abort();
    await until(0);
  });
});
