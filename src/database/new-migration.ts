import { connectionOf, emptyPGlite } from "./embedded.js";
import type { Migration } from "./migrations.js";
import { EVERYTHING, migrationList, startSchemaEngine } from "./schema-engine.js";

/** What the engine ends with when the two sides differ. */
const DIFFERENT = 2;

/**
 * Writes the SQL that leads from the migrations to the models, by replaying the migrations in an empty
 * database in memory.
 *
 * @param schema the text of schema.prisma
 * @returns undefined when there is nothing to change
 */
export async function sqlForNewMigration(
  schema: string,
  migrations: readonly Migration[],
): Promise<string | undefined> {
  const pglite = await emptyPGlite();
  try {
    const engine = await startSchemaEngine(connectionOf(pglite));
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "migrations", ...migrationList(migrations) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
      script: true,
      exitCode: true,
      filters: EVERYTHING,
    });
    engine.free();
    return exitCode === DIFFERENT && stdout ? stdout : undefined;
  } finally {
    await pglite.close();
  }
}

/** The name of a migration's folder: the time in UTC and the subject, as Prisma's command line makes it. */
export function migrationName(subject: string, at: Date): string {
  const words = subject.toLowerCase().match(/[a-z0-9]+/g) ?? ["migration"];
  return `${at.toISOString().replace(/\D/g, "").slice(0, 14)}_${words.join("_")}`;
}
