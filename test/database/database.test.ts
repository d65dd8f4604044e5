import sql from "sql-template-tag";
import { textOf } from "../../src/database/byte-string.js";
import type { Database } from "../../src/database/database.js";
import { openDatabase } from "../../src/database/open.js";
import { MOST_PREPARED } from "../../src/database/read-query.js";
import {
  asAdministrator,
  createThrowAway,
  serverUrl,
  type TestDatabase,
  testDatabase,
} from "../support/database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test("answers as the kind that was asked for", async () => {
  expect(database.kind).toBe(serverUrl === undefined ? "embedded" : "server");
  await expect(database.ping()).resolves.toBeUndefined();
});

test("writes of Prisma are seen by the read path", async () => {
  const actor = await database.prisma.actor.create({ data: { slug: "seen", name: "Seen", kind: "NGO" } });
  const rows = await database.query<{ name: string }>("select name from actor where id = $1", [actor.id]);
  expect(rows).toEqual([{ name: "Seen" }]);
});

test("json comes back as the text that PostgreSQL wrote, its instants in UTC", async () => {
  const [row] = await database.query<{ json: string; jsonb: string }>(
    `select json_build_object('at', $1::timestamptz) as json, '{"n":1}'::jsonb as jsonb`,
    ["2025-04-28T12:00:00+09:00"],
  );
  expect(row).toEqual({ json: '{"at" : "2025-04-28T03:00:00+00:00"}', jsonb: '{"n": 1}' });
});

test("Prisma still reads instants, numbers and lists as its own types", async () => {
  const at = new Date("2025-04-28T03:00:00.123Z");
  const source = await database.prisma.source.create({
    data: { slug: "typed", kind: "ARTICLE", title: "Typed", authors: ["A", "B"], publishedAt: at },
  });
  const read = await database.prisma.source.findUniqueOrThrow({ where: { id: source.id } });
  expect(read).toMatchObject({ authors: ["A", "B"], publishedAt: at, version: 1 });
});

test("a list of enum values can be a parameter", async () => {
  await database.prisma.event.create({ data: { slug: "listed", title: "Listed", type: "AID" } });
  const rows = await database.query("select slug from event where type = any($1::event_type[])", [
    ["AID", "ACCUSE"],
  ]);
  expect(rows).toEqual([{ slug: "listed" }]);
});

test("a statement that is wrong is an error, and the next one works", async () => {
  await expect(database.query("select nothing_of_the_kind", [])).rejects.toThrow("nothing_of_the_kind");
  await expect(database.query("select 1 as one", [])).resolves.toEqual([{ one: 1 }]);
});

describe("a read", () => {
  const read = async (text: string, values: readonly unknown[] = [], onePlan = true) => {
    const value = await database.read(text, values, { onePlan });
    return value === null ? undefined : textOf(value);
  };

  test("gives the bytes of one value, however many and whichever letters they are", async () => {
    const long = 'Ж😀 said "so" '.repeat(40_000);
    expect(await read("select to_json($1::text)", [long])).toBe(JSON.stringify(long));
    const many = Array.from({ length: 20 }, (_, index) =>
      read("select repeat($1, $2)", ["é", index * 10_000]),
    );
    expect(await Promise.all(many)).toEqual(many.map((_, index) => "é".repeat(index * 10_000)));
  });

  test("gives nothing for a value that is null and for a row that is not there", async () => {
    for (const onePlan of [true, false]) {
      for (let time = 0; time < 4; time++) {
        expect(await read("select null::text", [], onePlan)).toBeUndefined();
        expect(await read("select slug from actor where slug = $1", ["nobody"], onePlan)).toBeUndefined();
      }
    }
  });

  test("takes lists, numbers and nothing for values, and tells what is wrong with a statement", async () => {
    const text = "select concat(array_length($1::text[], 1), ($1::text[])[2], $2::int, $3::text)";
    for (let time = 0; time < 4; time++) {
      expect(await read(text, [["a", 'b"\\,'], 7, null], time > 1)).toBe('2b"\\,7');
      await expect(read("select 1 / $1::int", [0], time > 1)).rejects.toThrow("division by zero");
    }
  });

  test("gives what was asked for, however often, whatever the values look like", async () => {
    const values = ["it's", "a\\b'; drop table actor; --", "$1 $2", "'", "\\", "\\'", "é\n😀", "", null];
    for (const value of values) {
      for (let time = 0; time < 4; time++) {
        const text = "select to_json(array[$1::text, $2::text])";
        expect(await read(text, [value, "$1"], false)).toBe(JSON.stringify([value, "$1"]));
      }
    }
  });

  test("gives what was asked for when more statements come again than are kept", async () => {
    for (let time = 0; time < 6; time++) {
      const asked = Array.from({ length: 130 }, (_, n) => n);
      const answers = asked.map((n) => read(`select ($1 || ' of ${n}')`, ["one"], n % 2 === 0));
      expect(await Promise.all(answers)).toEqual(asked.map((n) => `one of ${n}`));
    }
    for (let n = 0; n < 130; n++) {
      for (let time = 0; time < 3; time++)
        expect(await read("select $1::text", [`${n}`], false)).toBe(`${n}`);
    }
  });

  test("leaves the session as it was", async () => {
    for (let time = 0; time < 12; time++) {
      await read("select current_setting('plan_cache_mode')", [], false);
      expect(await read("select current_setting('plan_cache_mode')", [])).toBe("auto");
    }
  });
});

const onServer = serverUrl === undefined ? describe.skip : describe;

/** How many statements the one connection of a pool has prepared, by their names, and how often they had a plan. */
async function preparedIn(own: Database, names: string): Promise<{ count: number; plans: number }> {
  const text = `select json_build_object('count', count(*), 'plans', sum(generic_plans))
    from pg_prepared_statements where name like $1`;
  return JSON.parse((await own.read(text, [names], { onePlan: false })) ?? "null");
}

onServer("on a server", () => {
  test("a filter that is asked again with the same values keeps its plan, and few of them are kept", async () => {
    const throwAway = await createThrowAway(serverUrl!);
    const own = await openDatabase({ databaseUrl: throwAway.url, poolSize: 1 });
    const ask = (value: string) => {
      const { text, strings, values } = sql`select count(*)::text from actor where name = ${value}`;
      return own.read(text, values, { strings, onePlan: false });
    };
    for (let time = 0; time < 5; time++) await ask("Somebody's");
    expect(await preparedIn(own, "asked%")).toEqual({ count: 1, plans: 4 });
    for (let n = 0; n < 300; n++) for (let time = 0; time < 2; time++) await ask(`${n}`);
    // Of all kinds together.
    expect((await preparedIn(own, "%")).count).toBe(MOST_PREPARED);
    await own.close();
    await throwAway.drop();
  });

  test("all pages of a filter that is asked again have one statement, and in time one plan", async () => {
    const throwAway = await createThrowAway(serverUrl!);
    const own = await openDatabase({ databaseUrl: throwAway.url, poolSize: 1 });
    for (let page = 0; page < 20; page++) {
      const { text, strings, values } = sql`select ${`${page}`}::text from actor where name = ${"Somebody"}`;
      await own.read(text, values, { strings, onePlan: false, bounds: [0] });
    }
    const { count, plans } = await preparedIn(own, "asked%");
    expect(count).toBe(1);
    expect(plans).toBeGreaterThan(0);
    await own.close();
    await throwAway.drop();
  });

  test("connections that the server drops are replaced", async () => {
    const throwAway = await createThrowAway(serverUrl!);
    const own = await openDatabase({ databaseUrl: throwAway.url, poolSize: 3 });
    const prisma = await own.loadPrisma();
    await Promise.all([own.ping(), own.ping(), prisma.actor.count()]);
    await asAdministrator(
      serverUrl!,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${throwAway.name}'`,
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(own.ping()).resolves.toBeUndefined();
    await expect(prisma.actor.count()).resolves.toBe(0);
    await own.close();
    await throwAway.drop();
  });

  test("four that start at once on an empty database all succeed, and one migrates", async () => {
    const throwAway = await createThrowAway(serverUrl!);
    const migrated: (readonly string[])[] = [];
    const config = {
      databaseUrl: throwAway.url,
      poolSize: 2,
      onMigrated: (names: readonly string[]) => migrated.push(names),
    };
    const opened = await Promise.all([1, 2, 3, 4].map(() => openDatabase(config)));
    const clients = await Promise.all(opened.map((each) => each.loadPrisma()));
    expect(await Promise.all(clients.map((prisma) => prisma.actor.count()))).toEqual([0, 0, 0, 0]);
    expect(migrated).toHaveLength(1);
    await Promise.all(opened.map((each) => each.close()));
    await throwAway.drop();
  });

  test("the search path decides where the tables are", async () => {
    const throwAway = await createThrowAway(serverUrl!);
    const inPublic = await openDatabase({ databaseUrl: throwAway.url });
    await asAdministrator(throwAway.url, "create schema workspace");
    const url = new URL(throwAway.url);
    url.searchParams.set("options", "-c search_path=workspace,public");
    const inWorkspace = await openDatabase({ databaseUrl: url.href });
    await (await inWorkspace.loadPrisma()).actor.create({
      data: { slug: "here", name: "Here", kind: "STATE" },
    });
    expect(await inWorkspace.query("select slug from actor", [])).toEqual([{ slug: "here" }]);
    expect(await inPublic.query("select slug from actor", [])).toEqual([]);
    await Promise.all([inPublic.close(), inWorkspace.close()]);
    await throwAway.drop();
  });
});
