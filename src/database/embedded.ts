import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { PrismaClient } from "../generated/prisma/client.js";
import type { Database } from "./database.js";
import { JSON_TYPES } from "./database.js";
import { DatabaseError, reason } from "./database-error.js";
import { FolderInUse, lockFolder } from "./folder-lock.js";
import { migrate } from "./migrate.js";
import { readMigrations } from "./migrations.js";
import type { DatabaseConfig } from "./open.js";
import type { MigrationConnection } from "./schema-engine.js";

const asText = (value: string) => value;
const parsers = Object.fromEntries(JSON_TYPES.map((type) => [type, asText]));

/** PostgreSQL inside this process, as WebAssembly: one connection, its files in one folder or in memory. */
export class EmbeddedDatabase implements Database {
  readonly kind = "embedded";
  readonly prisma: PrismaClient;

  constructor(
    readonly pglite: PGlite,
    private readonly release: () => void = () => undefined,
  ) {
    this.prisma = new PrismaClient({ adapter: new PrismaPGlite(pglite) });
  }

  async query<Row>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.pglite.query<Row>(text, [...values], { parsers });
    return rows;
  }

  async ping(): Promise<void> {
    await this.pglite.query("select 1");
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await this.pglite.close();
    this.release();
  }
}

/**
 * Opens the embedded database and migrates it.
 *
 * @throws DatabaseError when its folder cannot be used, or migrating fails
 */
export async function openEmbedded(config: DatabaseConfig): Promise<EmbeddedDatabase> {
  return config.dataDir === undefined ? start(config, {}) : startIn(config.dataDir, config);
}

/** An embedded database in memory that begins as a copy of another (`pglite.dumpDataDir()`). */
export async function copyEmbedded(dump: Blob): Promise<EmbeddedDatabase> {
  return start({}, { loadDataDir: dump });
}

async function startIn(folder: string, config: DatabaseConfig): Promise<EmbeddedDatabase> {
  const release = lock(folder);
  const files = join(folder, "postgres");
  const firstStart = join(folder, "first-start");
  try {
    // A first start that was cut off leaves files that PostgreSQL cannot open, and nothing of worth.
    if (existsSync(firstStart)) {
      rmSync(files, { recursive: true, force: true });
    }
    if (!existsSync(files)) {
      writeFileSync(firstStart, "The first start has not finished. The next one begins again.\n");
    }
    const database = await start(config, { dataDir: files }, release);
    rmSync(firstStart, { force: true });
    return database;
  } catch (error) {
    release();
    throw error instanceof DatabaseError ? error : unusable(folder, error);
  }
}

async function start(
  config: DatabaseConfig,
  storage: { dataDir?: string; loadDataDir?: Blob },
  release?: () => void,
): Promise<EmbeddedDatabase> {
  const pglite = await PGlite.create({ ...storage, extensions: { pg_trgm } });
  try {
    // Prisma's adapter and the read path both take instants to be written in UTC.
    await pglite.exec("set time zone 'UTC'");
    const where =
      config.dataDir === undefined ? "the database in memory" : `the database in ${config.dataDir}`;
    const applied = await migrate(connectionOf(pglite), where, readMigrations(), config);
    if (applied.length > 0) {
      // PGlite learns the array types of enums only on opening.
      await pglite.refreshArrayTypes();
      config.onMigrated?.(applied);
    }
    return new EmbeddedDatabase(pglite, release);
  } catch (error) {
    await pglite.close();
    throw error;
  }
}

/** The session of a PGlite, for migrating it. */
export function connectionOf(pglite: PGlite): MigrationConnection {
  return {
    adapter: new PrismaPGlite(pglite),
    execute: (script) => pglite.exec(script),
    query: async <Row>(text: string) => (await pglite.query<Row>(text)).rows,
  };
}

/** An empty database in memory. */
export function emptyPGlite(): Promise<PGlite> {
  return PGlite.create({ extensions: { pg_trgm } });
}

function lock(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof FolderInUse) {
      throw new DatabaseError(
        `The data folder ${folder} is in use by process ${error.pid}. ` +
          `Stop that one, or choose another folder with DATA_DIR.`,
      );
    }
    throw new DatabaseError(
      `The data folder ${folder} cannot be written: ${reason(error)}. ` +
        `Make it writable for this user, or choose another folder with DATA_DIR.`,
    );
  }
}

function unusable(folder: string, error: unknown): DatabaseError {
  return new DatabaseError(
    `The database in ${folder} cannot be opened: ${reason(error)}. ` +
      `Restore a copy of the folder, or choose another one with DATA_DIR.`,
  );
}
