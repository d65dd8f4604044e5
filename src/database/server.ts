import type { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { ByteString } from "./byte-string.js";
import type { Database, ReadOptions } from "./database.js";
import { CHANGES_CHANNEL, JSON_TYPES } from "./database.js";
import { DatabaseError } from "./database-error.js";
import { endedBy } from "./ended.js";
import { LazyPrisma } from "./lazy-prisma.js";
import { Listener } from "./listener.js";
import { withLiterals } from "./literals.js";
import { isUpToDate, migrate } from "./migrate.js";
import { readMigrations } from "./migrations.js";
import type { DatabaseConfig } from "./open.js";
import { runPooled } from "./pooled.js";
import { isForeignSession, keepsPreparedStatements } from "./pooler.js";
import { StatementNames } from "./prepared.js";
import { prepareValue, ReadClient, ReadQuery } from "./read-query.js";
import type { MigrationConnection } from "./schema-engine.js";
import type { ServerAddress } from "./server-address.js";
import { readServerAddress, unreachable } from "./server-address.js";

const OLDEST_VERSION = 15;
const CONNECT_MILLISECONDS = 5_000;
const STATEMENT_SECONDS = 30;
const CONNECTIONS = 10;
/** For what the server asks on its own behalf: who is calling, whether the database answers. */
const OWN_CONNECTIONS = 2;

const types = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    JSON_TYPES.includes(oid)
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

/** What a server database is made of. */
interface Parts {
  /** For Prisma and for the read path. */
  readonly pool: pg.Pool;
  /** For what the server asks on its own behalf. */
  readonly own: pg.Pool;
  /** The PostgreSQL schema that the connection's search path names first. */
  readonly schema: string;
  /** For the connection that listens. */
  readonly address: pg.ClientConfig;
  readonly names: Names;
}

/** Whether statements are prepared under names. */
interface Names {
  use: boolean;
  /** Called when a session turns out to be shared. */
  readonly onForeign: () => void;
}

/** PostgreSQL on a server: one pool of connections for Prisma and for the read path, and a few for the server itself. */
export class ServerDatabase implements Database {
  readonly kind = "server";
  readonly connections: number;
  readonly #prisma: LazyPrisma;
  readonly #onePlan = new StatementNames("read", 100);
  readonly #filters = new StatementNames("filter", 100);
  readonly #asked = new StatementNames("asked", 50);

  constructor(private readonly parts: Parts) {
    const { pool, schema } = parts;
    this.connections = pool.options.max;
    this.#prisma = new LazyPrisma(() => adapterOf(pool, schema));
  }

  loadPrisma(): Promise<PrismaClient> {
    return this.#prisma.load();
  }

  async query<Row>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.parts.own.query({ text, values: [...values], types });
    return rows as Row[];
  }

  listen(onWake: () => void): () => Promise<void> {
    const listener = new Listener(this.parts.address, CHANGES_CHANNEL, onWake);
    return () => listener.close();
  }

  async read(text: string, values: readonly unknown[], options: ReadOptions): Promise<ByteString | null> {
    const { pool, names } = this.parts;
    const { onePlan, budget } = options;
    const unnamed = () => new ReadQuery({ text, values }, onePlan, budget);
    const query = names.use
      ? onePlan
        ? new ReadQuery({ text, values, name: this.#onePlan.of(text) }, true, budget)
        : this.#filter(text, values.map(prepareValue), options)
      : unnamed();
    const ended = (error: unknown) => {
      throw endedBy(error) ?? error;
    };
    try {
      return await runPooled(pool, query);
    } catch (error) {
      if (query.name === undefined || !isForeignSession(error)) return ended(error);
      names.onForeign();
      return await runPooled(pool, unnamed()).catch(ended);
    }
  }

  // Of what is asked again with the same values, as dashboards do, the plan for these is kept, for all pages.
  #filter(text: string, values: readonly unknown[], { strings, bounds, budget }: ReadOptions): ReadQuery {
    const literal = strings && withLiterals(strings, values, bounds);
    const name = literal && this.#asked.of(literal.text);
    return name
      ? new ReadQuery({ ...literal, name }, true, budget)
      : new ReadQuery({ text, values, name: this.#filters.of(text) }, false, budget);
  }

  async ping(): Promise<void> {
    await this.parts.own.query("select 1");
  }

  async close(): Promise<void> {
    await this.#prisma.close();
    const { pool, own } = this.parts;
    await Promise.all([pool, own].map((one) => (one.ended ? undefined : one.end())));
  }
}

/**
 * Connects to PostgreSQL and migrates the database.
 *
 * @throws DatabaseError when the address is wrong, the server refuses, or migrating fails
 */
export async function openServer(config: DatabaseConfig & { databaseUrl: string }): Promise<ServerDatabase> {
  const address = readServerAddress(config.databaseUrl);
  const limits = { statement_timeout: (config.statementSeconds ?? STATEMENT_SECONDS) * 1_000 };
  const pool = openPool(address, {
    // The connection that opening has made waits for the first request.
    min: 1,
    max: config.poolSize ?? CONNECTIONS,
    ...limits,
  });
  const own = openPool(address, { max: OWN_CONNECTIONS, ...limits });
  try {
    const schema = await firstContact(pool, address);
    if (
      config.retryFailed ||
      !(await isUpToDate(connectionOf(pool, schema), address.where, readMigrations()))
    ) {
      await migrateServer(address, schema, config);
    }
    const names = await namesFor(own, config);
    return new ServerDatabase({ pool, own, schema, address: clientOf(address), names });
  } catch (error) {
    await Promise.all([pool.end(), own.end()]);
    throw error;
  }
}

async function namesFor(own: pg.Pool, config: DatabaseConfig): Promise<Names> {
  const { preparedStatements: setting = "auto", onNotice = () => undefined } = config;
  const names = {
    use: setting === "on" || (setting === "auto" && (await keepsPreparedStatements(own))),
    onForeign() {
      if (setting !== "auto" || !names.use) return;
      names.use = false;
      onNotice(`The database's sessions are shared by a pooler: ${WITHOUT}`);
    },
  };
  if (setting !== "auto") onNotice(`Named prepared statements are ${setting} (PREPARED_STATEMENTS).`);
  else if (names.use) onNotice("Named prepared statements are used: sessions belong to this process alone.");
  else onNotice(`The database's sessions are shared, as a pooler by transaction does it: ${WITHOUT}`);
  return names;
}

const WITHOUT =
  "named prepared statements are not used from now on. PREPARED_STATEMENTS=off spares the attempt; a pooler by session, or one that keeps them (PgBouncer 1.21 or later with max_prepared_statements), makes small queries cheaper.";

// Migrating wants one session of its own: the lock belongs to a session, and building an index may take long.
async function migrateServer(address: ServerAddress, schema: string, config: DatabaseConfig): Promise<void> {
  const pool = openPool(address, { max: 1, idleTimeoutMillis: 0 });
  try {
    const applied = await migrate(connectionOf(pool, schema), address.where, readMigrations(), config);
    if (applied.length > 0) {
      config.onMigrated?.(applied);
    }
  } finally {
    await pool.end();
  }
}

/** The session of a pool of one, for migrating its database. */
export function connectionOf(pool: pg.Pool, schema: string): MigrationConnection {
  return {
    adapter: () => adapterOf(pool, schema),
    execute: (script) => pool.query(script),
    query: async <Row>(text: string) => (await pool.query(text)).rows as Row[],
  };
}

async function adapterOf(pool: pg.Pool, schema: string): Promise<PrismaPg> {
  const { PrismaPg } = await import("@prisma/adapter-pg");
  return new PrismaPg(pool, { schema });
}

/** @returns the schema that the search path decides on */
async function firstContact(pool: pg.Pool, address: ServerAddress): Promise<string> {
  const ask = `select current_setting('server_version_num')::int / 10000 as version, current_schema() as schema,
    current_setting('server_encoding') as encoding, current_setting('timezone') as zone, current_setting('datestyle') as dates`;
  const { rows } = await pool.query(ask).catch((error) => {
    throw unreachable(address, error);
  });
  const { version, encoding, schema, zone, dates } = rows[0] as Contact;
  if (version < OLDEST_VERSION) {
    throw new DatabaseError(
      `${address.where} is PostgreSQL ${version}. Claimgraph needs PostgreSQL ${OLDEST_VERSION} or later.`,
    );
  }
  // In another one, some letters could not be kept, and others would be two characters.
  if (encoding !== "UTF8") {
    throw new DatabaseError(
      `The encoding of ${address.where} is ${encoding}. Claimgraph needs UTF8. Make a database that has it, ` +
        `and name it in DATABASE_URL: createdb --template=template0 --encoding=UTF8 --locale=C newname`,
    );
  }
  if (schema === null) {
    throw new DatabaseError(
      `The search path of ${address.where} names no schema that exists. Create one, for example: create schema public`,
    );
  }
  // Instants are written as the session does, and so are cursors.
  if (!/^(Etc\/)?(UTC|GMT)$/.test(zone) || !dates.startsWith("ISO")) {
    throw new DatabaseError(
      `Sessions of ${address.where} work in the time zone ${zone} and write dates as ${dates}, in spite of what is ` +
        `asked when connecting. Let them work in UTC and write ISO, for example: ` +
        `alter role ${address.user} set timezone to 'UTC'; alter role ${address.user} set datestyle to 'ISO'`,
    );
  }
  return schema;
}

interface Contact {
  version: number;
  encoding: string;
  schema: string | null;
  zone: string;
  dates: string;
}

const clientOf = ({ connectionString }: ServerAddress): pg.ClientConfig => ({
  connectionString,
  application_name: "claimgraph",
  connectionTimeoutMillis: CONNECT_MILLISECONDS,
  keepAlive: true,
});

/** A pool of connections, none of which can end this process when it breaks. */
export function openPool(address: ServerAddress, options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...clientOf(address), Client: ReadClient, ...options });
  // Without a listener, a server that drops an idle connection would end this process. The pool has already
  // thrown that connection away and opens another one when it is asked.
  pool.on("error", () => undefined);
  // While a connection is lent out, the pool does not listen; whoever runs a statement on it is told by that.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
