import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Cluster, query } from "./system.js";

/** A throw-away PgBouncer. */
export interface Pooler {
  readonly url: string;
  stop(): Promise<void>;
}

interface Programs {
  startPooler(databaseUrl: string, settings: Record<string, string | number>): Promise<Pooler>;
}
const { startPooler } = (await import(resolve("scripts/pgbouncer.mjs"))) as Programs;

export type Mode = "transaction" | "session";

/** Few, so that many clients share each; or one for each connection that two servers make. */
export const CONNECTIONS: Record<Mode, number> = { transaction: 5, session: 30 };

/** A PgBouncer that is set up as docs/running.md says. */
export const startPgBouncer = (cluster: Cluster, mode: Mode): Promise<Pooler> =>
  startPooler(cluster.url, {
    pool_mode: mode,
    default_pool_size: CONNECTIONS[mode],
    ignore_startup_parameters: "options, statement_timeout",
  });

/** Gives the role what PgBouncer does not pass on, as docs/running.md says. Far from UTC before that. */
export async function prepareRole(cluster: Cluster): Promise<void> {
  await query(cluster.url, "alter database postgres set timezone to 'Asia/Kolkata'");
  for (const [setting, value] of Object.entries({
    timezone: "UTC",
    datestyle: "ISO",
    statement_timeout: "30s",
    idle_in_transaction_session_timeout: "60s",
  }))
    await query(cluster.url, `alter role postgres set ${setting} to '${value}'`);
}

/** Names of the prepared statements on the connections that a pooler by transaction has, looked at all at once. */
export async function namesBehind(pooler: Pooler): Promise<string[]> {
  const clients = Array.from(
    { length: CONNECTIONS.transaction },
    () => new pg.Client({ connectionString: pooler.url }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  try {
    // Whoever is in a transaction has a connection to himself.
    await Promise.all(clients.map((client) => client.query("begin")));
    const found = await Promise.all(
      clients.map((client) => client.query<{ name: string }>("select name from pg_prepared_statements")),
    );
    return found.flatMap(({ rows }) => rows.map(({ name }) => name)).sort();
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

/** A lock that somebody holds by hand, so that whatever reads the table waits for as long as he likes. */
export interface Held {
  /** How many wait for it. */
  waiting(): Promise<number>;
  release(): Promise<void>;
  releaseAfter(milliseconds: number): Promise<void>;
}

/** Locks a table, on a connection past all poolers. */
export async function holdTable(cluster: Cluster, table: string): Promise<Held> {
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  await client.query(`begin; lock table ${table} in access exclusive mode`);
  const release = () => client.end();
  return {
    release,
    async waiting() {
      const [row] = await query<{ count: number }>(
        cluster.url,
        "select count(*)::int as count from pg_locks where not granted and relation = $1::regclass",
        [table],
      );
      return row?.count ?? 0;
    },
    async releaseAfter(milliseconds) {
      await sleep(milliseconds);
      await release();
    },
  };
}
