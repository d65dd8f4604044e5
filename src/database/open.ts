import type { Database } from "./database.js";

export { DatabaseError } from "./database-error.js";

/** Where the database is and what to do on opening it. */
export interface DatabaseConfig {
  /** A PostgreSQL server; without it the embedded database is used. */
  databaseUrl?: string;
  /** Folder of the embedded database; undefined keeps everything in memory. */
  dataDir?: string;
  /** Connections to PostgreSQL, 10 unless said. */
  poolSize?: number;
  /** Whether statements that come again are prepared under a name; `auto`, which is usual, finds out whether that is safe. */
  preparedStatements?: "auto" | "on" | "off";
  /** How long any one statement may run, 30 unless said. */
  statementSeconds?: number;
  /** Runs a migration again that had failed before: its cause has been repaired. */
  retryFailed?: boolean;
  /** Told the names of the migrations that were applied on opening, in order. */
  onMigrated?: (names: readonly string[]) => void;
  /** Told what an operator should know of the database. */
  onNotice?: (text: string) => void;
}

/**
 * Opens the database, takes the lock of an embedded one, applies missing migrations and returns it ready.
 *
 * @throws DatabaseError when it cannot be reached, opened or migrated
 */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  const { databaseUrl } = config;
  // Each brings a driver with it, PostgreSQL itself in one case: only what is used is loaded.
  if (databaseUrl === undefined) {
    return (await import("./embedded.js")).openEmbedded(config);
  }
  return (await import("./server.js")).openServer({ ...config, databaseUrl });
}
