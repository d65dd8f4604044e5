import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { inProject } from "../project-folder.js";

/** One folder of prisma/migrations. */
export interface Migration {
  /** The folder's name, a time and a subject: migrations run in the order of their names. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the script in hexadecimal, as `_prisma_migrations` records it. */
  readonly checksum: string;
}

/** prisma/migrations on this disk. */
export const migrationsFolder = inProject("prisma/migrations");

/** The models, as text. */
export function readSchema(): string {
  return readFileSync(inProject("prisma/schema.prisma"), "utf8");
}

/** The migrations that this version of the program knows, in the order in which they run. */
export function readMigrations(folder: string = migrationsFolder): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`${folder}/${entry.name}/migration.sql`))
    .map(({ name }) => migration(name, readFileSync(`${folder}/${name}/migration.sql`, "utf8")))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A migration with its checksum. */
export function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}
