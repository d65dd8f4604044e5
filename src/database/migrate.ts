import { codeOf, DatabaseError, reason } from "./database-error.js";
import type { RecordedMigration } from "./migration-history.js";
import { failedMigrations, HISTORY, missingMigrations } from "./migration-history.js";
import type { Migration } from "./migrations.js";
import type { MigrationConnection } from "./schema-engine.js";

/** The advisory lock that Prisma's own command line takes too, so that the two never migrate at once. */
const LOCK = 72707369;
const LOCK_SECONDS = 60;
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Applies the migrations that a database lacks and records them in `_prisma_migrations`, where the ordinary
 * Prisma command line finds them. Of several processes one migrates and the others wait for it.
 *
 * @param connection one session: closing it gives the lock back
 * @param where the database, in words for error messages
 * @returns names of the migrations that were applied, in order
 * @throws DatabaseError for a history that does not fit, or a migration that fails
 */
export async function migrate(
  connection: MigrationConnection,
  where: string,
  migrations: readonly Migration[],
  { retryFailed = false } = {},
): Promise<string[]> {
  if (!retryFailed && (await isUpToDate(connection, where, migrations))) {
    return [];
  }
  const { EVERYTHING, migrationList, startSchemaEngine } = await import("./schema-engine.js");
  await takeLock(connection, where);
  const engine = await startSchemaEngine(connection);
  try {
    if (retryFailed) {
      for (const migrationName of failedMigrations(await history(connection))) {
        await engine.markMigrationRolledBack({ migrationName });
      }
    }
    missingMigrations(migrations, await history(connection), where);
    const applying = engine.applyMigrations({
      migrationsList: migrationList(migrations),
      filters: EVERYTHING,
    });
    return (await applying.catch((error) => fail(error, connection, where))).appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/**
 * Whether a database has all migrations; one that is being migrated by another process has not.
 *
 * @throws DatabaseError for a history that does not fit
 */
export async function isUpToDate(
  connection: Pick<MigrationConnection, "query">,
  where: string,
  migrations: readonly Migration[],
): Promise<boolean> {
  const recorded = await history(connection);
  // Without the lock an unfinished row may just be another process at work, so only a clean answer counts.
  return (
    failedMigrations(recorded).length === 0 && missingMigrations(migrations, recorded, where).length === 0
  );
}

async function history(connection: Pick<MigrationConnection, "query">): Promise<RecordedMigration[]> {
  // Not by name alone: the search path may lead on to a schema that has such a table too.
  const [table] = await connection.query<{ there: boolean }>(
    "select exists (select from pg_tables where schemaname = current_schema() and tablename = '_prisma_migrations') as there",
  );
  return table?.there ? connection.query<RecordedMigration>(HISTORY) : [];
}

async function takeLock(connection: MigrationConnection, where: string): Promise<void> {
  try {
    await connection.query(`set lock_timeout = '${LOCK_SECONDS}s'`);
    await connection.query(`select pg_advisory_lock(${LOCK})`);
    await connection.query("set lock_timeout = default");
  } catch (error) {
    if (codeOf(error) === LOCK_NOT_AVAILABLE) {
      throw new DatabaseError(
        `Another process has been migrating ${where} for more than ${LOCK_SECONDS} seconds. ` +
          `Let it finish or stop it, then start again.`,
      );
    }
    throw error;
  }
}

async function fail(error: unknown, connection: MigrationConnection, where: string): Promise<never> {
  if (codeOf(error) === "P3005") {
    throw new DatabaseError(
      `${where} already holds tables of something else. Give Claimgraph an empty database.`,
    );
  }
  const [failed] = failedMigrations(await history(connection));
  const cause = /ERROR: (.+)/.exec(String(error))?.[1] ?? reason(error);
  throw new DatabaseError(
    `Migration ${failed ?? "of the schema"} of ${where} failed: ${cause}. Nothing of it was kept. ` +
      `Repair its cause, then run: npm run db:migrate -- --retry`,
  );
}
