import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { openDatabase } from "../../src/database/open.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { createThrowAway, serverUrl, type TestDatabase, type ThrowAway } from "../support/database.js";
import { endOfLog, follow, TRANSPORTS } from "../support/followers.js";
import { numbers, recordNumbered, recordRevision } from "../support/revisions.js";

// What takes several connections, which the embedded database does not have.
const onServer = serverUrl === undefined ? describe.skip : describe;

onServer("on a server", () => {
  let throwAway: ThrowAway;
  const databases: TestDatabase[] = [];
  const apps: TestApp[] = [];

  beforeAll(async () => {
    throwAway = await createThrowAway(serverUrl as string);
    for (let i = 0; i < 2; i++) {
      const database = await openDatabase({ databaseUrl: throwAway.url, poolSize: 4 });
      databases.push(Object.assign(database, { prisma: await database.loadPrisma() }));
      apps.push(await startTestApp({ database: databases[i] }));
    }
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    await Promise.all(databases.map((database) => database.close()));
    await throwAway.drop();
  });

  const insert = (reason: string) => `insert into revision
    (id, record_type, record_id, version, action, author_id, author_name, author_role, reason, patch, inverse, public, concerns)
    values (gen_random_uuid(), 'ACTOR', gen_random_uuid(), 1, 'CREATED', 'a', 'a', 'EDITOR', '${reason}', '[]', '[]', true, '{}')`;

  test("what is written through one process is heard at every other, at once", async () => {
    const variables = { after: await endOfLog(apps[0]!) };
    const following = await Promise.all(apps.map((app) => follow(app, { variables })));
    await recordRevision(databases[0]!, { reason: "0" });
    for (const one of following) await one.reasons(1);
    const start = Date.now();
    await Promise.all([
      recordRevision(databases[0]!, { reason: "x" }),
      recordRevision(databases[1]!, { reason: "x" }),
    ]);
    for (const one of following) expect(await one.reasons(3)).toEqual(["0", "x", "x"]);
    // Sooner than anybody looks by himself.
    expect(Date.now() - start).toBeLessThan(1_500);
    await Promise.all(following.map((one) => one.stop()));
  });

  test("a transaction that commits late is not passed over", async () => {
    const following = await follow(apps[0]!, { variables: { after: await endOfLog(apps[0]!) } });
    const [late, prompt] = [0, 1].map(() => new pg.Client({ connectionString: throwAway.url })) as [
      pg.Client,
      pg.Client,
    ];
    await Promise.all([late.connect(), prompt.connect()]);
    await late.query("begin");
    await late.query(insert("late"));
    const waiting = prompt.query(insert("prompt"));
    await sleep(500);
    expect(following.events).toEqual([]);
    await late.query(insert("later"));
    await late.query("commit");
    await waiting;
    expect(await following.reasons(3)).toEqual(["late", "later", "prompt"]);
    await Promise.all([late.end(), prompt.end(), following.stop()]);
  });

  test("many writers at once, none skipped, all in the same order", async () => {
    const variables = { after: await endOfLog(apps[0]!) };
    const following = await Promise.all(
      apps.flatMap((app) => TRANSPORTS.map((transport) => follow(app, { transport, variables }))),
    );
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => recordRevision(databases[i % 2]!, { reason: `writer ${i}` })),
    );
    const heard = await Promise.all(following.map((one) => one.reasons(40)));
    expect(new Set(heard[0])).toHaveProperty("size", 40);
    for (const reasons of heard) expect(reasons).toEqual(heard[0]);
    await Promise.all(following.map((one) => one.stop()));
  });

  test("connections that break: no gap, no repeat, nobody is cut off", async () => {
    const variables = { after: await endOfLog(apps[0]!) };
    const following = await Promise.all(
      apps.flatMap((app) => TRANSPORTS.map((transport) => follow(app, { transport, variables }))),
    );
    await recordNumbered(databases[0]!, 1, 2);
    for (const one of following) await one.reasons(2);
    const writer = new pg.Client({ connectionString: throwAway.url, application_name: "writer" });
    await writer.connect();
    // Whoever reads what has just been written is cut off at it, again and again.
    for (const reason of numbers(3, 60)) {
      await writer.query(insert(reason));
      await writer.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'claimgraph' and datname = current_database()",
      );
      await sleep(20);
    }
    await writer.end();
    for (const one of following) expect(await one.reasons(60)).toEqual(numbers(1, 60));
    expect(following.flatMap(({ errors }) => errors)).toEqual([]);
    await Promise.all(following.map((one) => one.stop()));
  });

  test("listening takes a connection while somebody follows, and no longer", async () => {
    const listening = async () => {
      const rows = await databases[0]!.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and query = 'listen claimgraph_changes'`,
        [],
      );
      return rows[0]?.count;
    };
    const until = async (count: number) => {
      for (let i = 0; i < 100 && (await listening()) !== count; i++) await sleep(100);
      expect(await listening()).toBe(count);
    };
    await until(0);
    const following = await Promise.all([follow(apps[0]!), follow(apps[0]!)]);
    await until(1);
    await Promise.all(following.map((one) => one.stop()));
    await until(0);
  });
});
