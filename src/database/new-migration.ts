import { type Comments, commenting, commentsOn } from "./comments.js";
import { connectionOf, emptyPGlite } from "./embedded.js";
import type { Migration } from "./migrations.js";
import { EVERYTHING, migrationList, startSchemaEngine } from "./schema-engine.js";

/** What the engine ends with when the two sides differ. */
const DIFFERENT = 2;

/**
 * Writes the SQL that leads from the migrations to the models and to the comments of tables and columns, by replaying the
 * migrations in an empty database in memory.
 *
 * @param schema the text of schema.prisma
 * @param comments what tables and columns are to say of themselves
 * @returns undefined when there is nothing to change
 */
export async function sqlForNewMigration(
  schema: string,
  migrations: readonly Migration[],
  comments: Comments,
): Promise<string | undefined> {
  const pglite = await emptyPGlite();
  const connection = connectionOf(pglite);
  try {
    const engine = await startSchemaEngine(connection);
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "migrations", ...migrationList(migrations) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
      script: true,
      exitCode: true,
      filters: EVERYTHING,
    });
    engine.free();
    const changes = exitCode === DIFFERENT && stdout ? stdout : "";
    return changes + commenting(comments, await commentsOn(connection)) || undefined;
  } finally {
    await pglite.close();
  }
}

/** The name of a migration's folder: the time in UTC and the subject, as Prisma's command line makes it. */
export function migrationName(subject: string, at: Date): string {
  const words = subject.toLowerCase().match(/[a-z0-9]+/g) ?? ["migration"];
  return `${at.toISOString().replace(/\D/g, "").slice(0, 14)}_${words.join("_")}`;
}
