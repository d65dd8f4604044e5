import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Database } from "../../src/database/database.js";
import { copyEmbedded, EMBEDDED_POSTGRES, openEmbedded } from "../../src/database/embedded.js";
import { readMigrations } from "../../src/database/migrations.js";
import { openDatabase } from "../../src/database/open.js";
import type { PrismaClient } from "../../src/generated/prisma/client.js";

/** Set to run the tests on a PostgreSQL server, as a user who may create databases. */
export const serverUrl = process.env.DATABASE_URL || undefined;

/** A database whose Prisma client has been loaded. */
export interface TestDatabase extends Database {
  readonly prisma: PrismaClient;
}

/**
 * A fresh, migrated database of the test's own: on the server of DATABASE_URL, or in memory. Close it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const database =
    serverUrl === undefined ? await copyEmbedded(await migratedDump()) : await openThrowAway(serverUrl);
  return Object.assign(database, { prisma: await database.loadPrisma() });
}

/** A new, empty database on a server. */
export interface ThrowAway {
  readonly url: string;
  readonly name: string;
  drop(): Promise<void>;
}

/** Makes an empty database beside that of the URL. */
export async function createThrowAway(url: string): Promise<ThrowAway> {
  const name = `claimgraph_test_${randomBytes(6).toString("hex")}`;
  await asAdministrator(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = name;
  return {
    url: own.href,
    name,
    drop: () => asAdministrator(url, `drop database if exists ${name} with (force)`),
  };
}

/** Runs one statement outside of the code under test. */
export async function asAdministrator(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function openThrowAway(url: string): Promise<Database> {
  const throwAway = await createThrowAway(url);
  const database = await openDatabase({ databaseUrl: throwAway.url, poolSize: 5 });
  const close = database.close.bind(database);
  return Object.assign(database, {
    close: async () => {
      await close();
      await throwAway.drop();
    },
  });
}

// Making a database in memory takes seconds, copying one does not: the first test file that comes by leaves a
// copy for all others, under a name that changes with what it is made of. Of several at once the last one wins.
async function migratedDump(): Promise<Blob> {
  const origin = JSON.stringify([EMBEDDED_POSTGRES, readMigrations()]);
  const version = createHash("sha256").update(origin).digest("hex").slice(0, 16);
  const file = join(tmpdir(), `claimgraph-test-${version}.tar`);
  if (!existsSync(file)) {
    const database = await openEmbedded({});
    const dump = await database.pglite.dumpDataDir("none");
    await database.close();
    const mine = `${file}.${randomBytes(6).toString("hex")}`;
    await writeFile(mine, Buffer.from(await dump.arrayBuffer()));
    await rename(mine, file);
  }
  return new Blob([await readFile(file)]);
}
