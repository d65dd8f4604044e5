import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { openDatabase } from "../../src/database/open.js";
import { startTestApp, type TestApp } from "../support/app.js";
import {
  asAdministrator,
  createThrowAway,
  serverUrl,
  type TestDatabase,
  type ThrowAway,
} from "../support/database.js";
import { follow } from "../support/followers.js";
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
    const following = await Promise.all(apps.map((app) => follow(app)));
    await sleep(500);
    const start = Date.now();
    await Promise.all([
      recordRevision(databases[0]!, { reason: "x" }),
      recordRevision(databases[1]!, { reason: "x" }),
    ]);
    for (const one of following) expect(await one.reasons(2)).toEqual(["x", "x"]);
    // Sooner than anybody looks by himself.
    expect(Date.now() - start).toBeLessThan(1_500);
    await Promise.all(following.map((one) => one.stop()));
  });

  test("a transaction that commits late is not passed over", async () => {
    const following = await follow(apps[0]!);
    await sleep(300);
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
    const following = await Promise.all(
      apps.flatMap((app) => [follow(app), follow(app, { transport: "event stream" })]),
    );
    await sleep(300);
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => recordRevision(databases[i % 2]!, { reason: `writer ${i}` })),
    );
    const heard = await Promise.all(following.map((one) => one.reasons(40)));
    expect(new Set(heard[0])).toHaveProperty("size", 40);
    for (const reasons of heard) expect(reasons).toEqual(heard[0]);
    await Promise.all(following.map((one) => one.stop()));
  });

  test("the database gone and back: no gap, no repeat, nobody is cut off", async () => {
    const following = await Promise.all(
      apps.flatMap((app) => [follow(app), follow(app, { transport: "event stream" })]),
    );
    await sleep(300);
    await recordNumbered(databases[0]!, 1, 2);
    const { name } = throwAway;
    await asAdministrator(serverUrl as string, `alter database ${name} with allow_connections false`);
    await asAdministrator(
      serverUrl as string,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    );
    await sleep(3_000);
    await asAdministrator(serverUrl as string, `alter database ${name} with allow_connections true`);
    const writer = new pg.Client({ connectionString: throwAway.url });
    await writer.connect();
    for (const reason of numbers(3, 5)) await writer.query(insert(reason));
    await writer.end();
    for (const one of following) expect(await one.reasons(5)).toEqual(numbers(1, 5));
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
    await sleep(200);
    expect(await listening()).toBe(0);
    const following = await Promise.all([follow(apps[0]!), follow(apps[0]!)]);
    await sleep(500);
    expect(await listening()).toBe(1);
    await Promise.all(following.map((one) => one.stop()));
    await sleep(300);
    expect(await listening()).toBe(0);
  });
});
