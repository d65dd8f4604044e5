import pg from "pg";
import type { EmbeddedDatabase } from "../../src/database/embedded.js";
import { connectionOf as embeddedConnection } from "../../src/database/embedded.js";
import { migrate } from "../../src/database/migrate.js";
import { migration, readMigrations } from "../../src/database/migrations.js";
import { migrationName } from "../../src/database/new-migration.js";
import { DatabaseError } from "../../src/database/open.js";
import type { MigrationConnection } from "../../src/database/schema-engine.js";
import { connectionOf as serverConnection } from "../../src/database/server.js";
import { createThrowAway, serverUrl, type TestDatabase, testDatabase } from "../support/database.js";

const known = readMigrations();

let connection: MigrationConnection;
let close: () => Promise<void>;

beforeEach(async () => {
  if (serverUrl === undefined) {
    const database = (await testDatabase()) as TestDatabase & EmbeddedDatabase;
    connection = embeddedConnection(database.pglite);
    close = () => database.close();
  } else {
    const throwAway = await createThrowAway(serverUrl);
    const pool = new pg.Pool({ connectionString: throwAway.url, max: 1, idleTimeoutMillis: 0 });
    connection = serverConnection(pool, "public");
    close = () => pool.end().then(() => throwAway.drop());
    await migrate(connection, "it", known);
  }
});
afterEach(() => close());

describe("a database", () => {
  const first = known[0]!.name;

  test("that has every migration is left alone, without starting the engine for it", async () => {
    const adapter = async (): Promise<never> => {
      throw new Error("asked for");
    };
    expect(await migrate({ ...connection, adapter }, "it", known)).toEqual([]);
    const more = [...known, migration("29990101000000_more", "select 1")];
    await expect(migrate({ ...connection, adapter }, "it", more)).rejects.toThrow("asked for");
    const recorded = await connection.query(
      "select migration_name as name from _prisma_migrations order by 1",
    );
    expect(recorded).toEqual(known.map(({ name }) => ({ name })));
  });

  test.each([
    [
      "is newer than the program",
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at)
        values ('x', 'x', '29990101000000_from_the_future', now())`,
      /^it is newer than this program: it has migration 29990101000000_from_the_future, .+$/,
    ],
    [
      "has a migration that did not finish",
      `update _prisma_migrations set finished_at = null where migration_name = '${first}'`,
      new RegExp(`^Migration ${first} of it did not finish; .+ --retry$`),
    ],
    [
      "had a migration that was edited since",
      `update _prisma_migrations set checksum = 'other' where migration_name = '${first}'`,
      new RegExp(`^Migration ${first} was changed after it had been applied to it\\. .+$`),
    ],
  ])("that %s is refused in one line", async (_, tamper, line) => {
    await connection.query(tamper);
    const refused = migrate(connection, "it", known);
    await expect(refused).rejects.toThrow(DatabaseError);
    await expect(refused).rejects.toThrow(line);
  });
});

describe("a migration", () => {
  const broken = migration("29990101000000_broken", "create table half (id int);\nselect 1 / 0;");
  const repaired = migration(broken.name, "create table whole (id int);");
  const tables = async () =>
    (
      await connection.query<{ name: string }>(
        "select relname as name from pg_class where relname in ('half', 'whole')",
      )
    ).map((row) => row.name);

  test("that fails names itself and the cause, leaves nothing, and runs again once repaired", async () => {
    await expect(migrate(connection, "it", [...known, broken])).rejects.toThrow(
      /^Migration 29990101000000_broken of it failed: division by zero\. Nothing of it was kept\. .* --retry$/,
    );
    expect(await tables()).toEqual([]);
    await expect(migrate(connection, "it", [...known, repaired])).rejects.toThrow("did not finish");
    const retried = await migrate(connection, "it", [...known, repaired], { retryFailed: true });
    expect(retried).toEqual([repaired.name]);
    expect(await tables()).toEqual(["whole"]);
    expect(await migrate(connection, "it", [...known, repaired])).toEqual([]);
  });

  test("that holds a function with semicolons is run whole", async () => {
    const sql = `create function half() returns int language plpgsql as $$
      begin perform 1; perform 2; return 3; end $$;
      create table whole (id int default half());`;
    await migrate(connection, "it", [...known, migration("29990101000000_function", sql)]);
    expect(await tables()).toEqual(["whole"]);
  });

  test("is not tried on a database that holds something else", async () => {
    await connection.query("drop table _prisma_migrations");
    await expect(migrate(connection, "it", known)).rejects.toThrow(
      "it already holds tables of something else. Give Claimgraph an empty database.",
    );
  });
});

test("a new migration is named after the time and the subject", () => {
  const at = new Date("2026-01-02T03:04:05.678Z");
  expect(migrationName("Claim topics!", at)).toBe("20260102030405_claim_topics");
});
