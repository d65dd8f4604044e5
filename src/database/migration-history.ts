import { DatabaseError } from "./database-error.js";
import type { Migration } from "./migrations.js";

/** What a database records about one run of one migration. */
export interface RecordedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** The recorded runs, but for those that were given up (`rolled_back_at`) and only remain as a trace. */
export const HISTORY = `
  select migration_name as name, checksum, finished_at is not null as finished
  from _prisma_migrations
  where rolled_back_at is null
  order by started_at`;

/** Names of the migrations that began and did not end. */
export function failedMigrations(recorded: readonly RecordedMigration[]): string[] {
  return recorded.filter((run) => !run.finished).map((run) => run.name);
}

/**
 * Compares what a database has been through with what this program knows.
 *
 * @param where the database, in words for the error message
 * @returns names of the migrations that are still to be applied, in order
 * @throws DatabaseError for a database that is newer, that has a failed migration, or whose history differs
 */
export function missingMigrations(
  known: readonly Migration[],
  recorded: readonly RecordedMigration[],
  where: string,
): string[] {
  const [failed] = failedMigrations(recorded);
  if (failed !== undefined) {
    throw new DatabaseError(
      `Migration ${failed} of ${where} did not finish; nothing of it was kept. ` +
        `Repair its cause, then run: npm run db:migrate -- --retry`,
    );
  }
  const byName = new Map(known.map((each) => [each.name, each]));
  const unknown = recorded.find((run) => !byName.has(run.name));
  if (unknown) {
    throw new DatabaseError(
      `${where} is newer than this program: it has migration ${unknown.name}, which this version does not know. ` +
        `Start the version that made it, or a later one.`,
    );
  }
  const edited = recorded.find((run) => byName.get(run.name)?.checksum !== run.checksum);
  if (edited) {
    throw new DatabaseError(
      `Migration ${edited.name} was changed after it had been applied to ${where}. ` +
        `Restore prisma/migrations/${edited.name}/migration.sql and put the change into a new migration.`,
    );
  }
  const applied = new Set(recorded.map((run) => run.name));
  return known.map((each) => each.name).filter((name) => !applied.has(name));
}
