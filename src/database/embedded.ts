import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { dataDir as emptyDatabase } from "@electric-sql/pglite-prepopulatedfs";
import type { PrismaPGlite } from "pglite-prisma-adapter";
import type { PrismaClient } from "../generated/prisma/client.js";
import { type ByteString, byteString } from "./byte-string.js";
import type { Database, ReadOptions } from "./database.js";
import { CHANGES_CHANNEL, JSON_TYPES } from "./database.js";
import { DatabaseError, reason } from "./database-error.js";
import { FolderInUse, lockFolder } from "./folder-lock.js";
import { LazyPrisma } from "./lazy-prisma.js";
import { migrate } from "./migrate.js";
import { readMigrations } from "./migrations.js";
import type { DatabaseConfig } from "./open.js";
import type { MigrationConnection } from "./schema-engine.js";

const asText = (value: string) => value;
const parsers = Object.fromEntries(JSON_TYPES.map((type) => [type, asText]));

/** The major version of the PostgreSQL that PGlite is; another one cannot read its files. */
export const EMBEDDED_POSTGRES = 18;

/** PostgreSQL inside this process, as WebAssembly: one connection, its files in one folder or in memory. */
export class EmbeddedDatabase implements Database {
  readonly kind = "embedded";
  readonly connections = 1;
  readonly #prisma: LazyPrisma;
  #closing: Promise<void> | undefined;

  constructor(
    readonly pglite: PGlite,
    private readonly release: () => void = () => undefined,
    readonly folder?: string,
  ) {
    this.#prisma = new LazyPrisma(() => adapterOf(pglite));
  }

  loadPrisma(): Promise<PrismaClient> {
    return this.#prisma.load();
  }

  async query<Row>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.pglite.query<Row>(text, [...values], { parsers });
    return rows;
  }

  listen(onWake: () => void): () => Promise<void> {
    // Whoever stops may do so before listening has begun, and when the database is closed already.
    const listening = this.pglite.listen(CHANGES_CHANNEL, onWake).catch(() => undefined);
    return async () => {
      const stop = await listening;
      if (!this.pglite.closed) await stop?.();
    };
  }

  async read(
    text: string,
    values: readonly unknown[],
    { budget }: ReadOptions = { onePlan: false },
  ): Promise<ByteString | null> {
    const { rows } = await this.pglite.query<[number | null, string | null]>(
      measured(text, values.length + 1),
      [...values, budget?.bytes ?? MOST_BYTES],
      { parsers, rowMode: "array" },
    );
    const [bytes, value] = rows[0] ?? [null, null];
    if (bytes !== null) budget?.spend(bytes);
    return value === null ? null : byteString(Buffer.from(value));
  }

  async ping(): Promise<void> {
    await this.pglite.query("select 1");
  }

  /** Closing again waits for the first time to end: PGlite itself would fail. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#prisma.close();
    await this.pglite.close();
    this.release();
  }
}

const MOST_BYTES = 2 ** 31 - 1;

/** A statement that gives its value only if that is not too large, and its size in any case. */
const measured = (text: string, limit: number): string =>
  `with answer(value) as materialized (${text})
    select octet_length(value::text), case when octet_length(value::text) <= $${limit}::int then value::text end from answer`;

/**
 * Opens the embedded database and migrates it.
 *
 * @throws DatabaseError when its folder cannot be used, or migrating fails
 */
export async function openEmbedded(config: DatabaseConfig): Promise<EmbeddedDatabase> {
  const { dataDir } = config;
  return dataDir === undefined
    ? start(config, { loadDataDir: await emptyDatabase() })
    : startIn(dataDir, config);
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
    const storage: Storage = { dataDir: files };
    if (existsSync(files)) {
      checkVersion(folder, files);
    } else {
      writeFileSync(firstStart, "The first start has not finished. The next one begins again.\n");
      storage.loadDataDir = await emptyDatabase();
    }
    const database = await start(config, storage, release);
    rmSync(firstStart, { force: true });
    return database;
  } catch (error) {
    release();
    throw error instanceof DatabaseError ? error : unusable(folder, error);
  }
}

async function start(
  config: DatabaseConfig,
  storage: Storage,
  release?: () => void,
): Promise<EmbeddedDatabase> {
  const pglite = await open(storage);
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
    return new EmbeddedDatabase(pglite, release, config.dataDir);
  } catch (error) {
    await pglite.close();
    throw error;
  }
}

/** Where a database is kept, in memory unless in a folder, and what is put there first. */
interface Storage {
  dataDir?: string;
  /** The files of a database, as an archive; making them anew takes ten times as long. */
  loadDataDir?: Blob;
}

function open(storage: Storage): Promise<PGlite> {
  return PGlite.create({
    ...storage,
    extensions: { pg_trgm },
    // Of the usual 128 MB every byte is written at the start.
    startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=32MB"],
  });
}

/** The session of a PGlite, for migrating it. */
export function connectionOf(pglite: PGlite): MigrationConnection {
  return {
    adapter: () => adapterOf(pglite),
    execute: (script) => pglite.exec(script),
    query: async <Row>(text: string) => (await pglite.query<Row>(text)).rows,
  };
}

async function adapterOf(pglite: PGlite): Promise<PrismaPGlite> {
  const { PrismaPGlite } = await import("pglite-prisma-adapter");
  return new PrismaPGlite(pglite);
}

/** An empty database in memory. */
export async function emptyPGlite(): Promise<PGlite> {
  return open({ loadDataDir: await emptyDatabase() });
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

function checkVersion(folder: string, files: string): void {
  const made = join(files, "PG_VERSION");
  const version = existsSync(made) ? readFileSync(made, "utf8").trim() : undefined;
  if (version !== undefined && version !== String(EMBEDDED_POSTGRES)) {
    throw new DatabaseError(
      `The database in ${folder} was made by PostgreSQL ${version}, which PostgreSQL ${EMBEDDED_POSTGRES} of this ` +
        `version of Claimgraph cannot read. Start the version that made it, or choose another folder with DATA_DIR.`,
    );
  }
}

function unusable(folder: string, error: unknown): DatabaseError {
  return new DatabaseError(
    `The database in ${folder} cannot be opened: ${reason(error)}. ` +
      `Restore a copy of the folder, or choose another one with DATA_DIR.`,
  );
}
