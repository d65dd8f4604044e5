import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "../generated/prisma/client.js";
import type { Database, QueryOptions } from "./database.js";
import { JSON_TYPES } from "./database.js";
import { DatabaseError } from "./database-error.js";
import { migrate } from "./migrate.js";
import { readMigrations } from "./migrations.js";
import type { DatabaseConfig } from "./open.js";
import { StatementNames } from "./prepared.js";
import type { MigrationConnection } from "./schema-engine.js";
import type { ServerAddress } from "./server-address.js";
import { readServerAddress, unreachable } from "./server-address.js";

const OLDEST_VERSION = 15;
const CONNECT_MILLISECONDS = 5_000;
const STATEMENT_MILLISECONDS = 30_000;

const types = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    JSON_TYPES.includes(oid)
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

/** PostgreSQL on a server: one pool of connections for Prisma and for the read path. */
export class ServerDatabase implements Database {
  readonly kind = "server";
  readonly prisma: PrismaClient;
  readonly #names = new StatementNames();

  /** @param schema the PostgreSQL schema that the connection's search path names first */
  constructor(
    private readonly pool: pg.Pool,
    schema: string,
  ) {
    this.prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema }) });
  }

  async query<Row>(text: string, values: readonly unknown[], { onePlan }: QueryOptions = {}): Promise<Row[]> {
    const name = onePlan ? this.#names.of(text) : undefined;
    const { rows } = await this.pool.query({ text, values: [...values], types, name });
    return rows as Row[];
  }

  async ping(): Promise<void> {
    await this.pool.query("select 1");
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    if (!this.pool.ended) await this.pool.end();
  }
}

/**
 * Connects to PostgreSQL and migrates the database.
 *
 * @throws DatabaseError when the address is wrong, the server refuses, or migrating fails
 */
export async function openServer(config: DatabaseConfig & { databaseUrl: string }): Promise<ServerDatabase> {
  const address = readServerAddress(config.databaseUrl);
  const schema = await prepare(address, config);
  const pool = openPool(address, {
    max: config.poolSize ?? 10,
    statement_timeout: STATEMENT_MILLISECONDS,
  });
  return new ServerDatabase(pool, schema);
}

// Migrating wants one session of its own: the lock belongs to a session, and building an index may take long.
async function prepare(address: ServerAddress, config: DatabaseConfig): Promise<string> {
  const pool = openPool(address, { max: 1, idleTimeoutMillis: 0 });
  try {
    const schema = await firstContact(pool, address);
    const applied = await migrate(connectionOf(pool, schema), address.where, readMigrations(), config);
    if (applied.length > 0) {
      config.onMigrated?.(applied);
    }
    return schema;
  } finally {
    await pool.end();
  }
}

/** The session of a pool of one, for migrating its database. */
export function connectionOf(pool: pg.Pool, schema: string): MigrationConnection {
  return {
    adapter: new PrismaPg(pool, { schema }),
    execute: (script) => pool.query(script),
    query: async <Row>(text: string) => (await pool.query(text)).rows as Row[],
  };
}

/** @returns the schema that the search path decides on */
async function firstContact(pool: pg.Pool, address: ServerAddress): Promise<string> {
  const ask =
    "select current_setting('server_version_num')::int / 10000 as version, current_schema() as schema";
  const { rows } = await pool.query(ask).catch((error) => {
    throw unreachable(address, error);
  });
  const { version, schema } = rows[0] as { version: number; schema: string | null };
  if (version < OLDEST_VERSION) {
    throw new DatabaseError(
      `${address.where} is PostgreSQL ${version}. Claimgraph needs PostgreSQL ${OLDEST_VERSION} or later.`,
    );
  }
  if (schema === null) {
    throw new DatabaseError(
      `The search path of ${address.where} names no schema that exists. Create one, for example: create schema public`,
    );
  }
  return schema;
}

function openPool(address: ServerAddress, options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: address.connectionString,
    application_name: "claimgraph",
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    keepAlive: true,
    ...options,
  });
  // Without a listener, a server that drops an idle connection would end this process. The pool has already
  // thrown that connection away and opens another one when it is asked.
  pool.on("error", () => undefined);
  return pool;
}
