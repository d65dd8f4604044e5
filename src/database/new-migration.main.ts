// npm run db:migration -- <subject>: writes a new folder of prisma/migrations when the models, or what is said of them, have changed.
import "../schema.js";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { commentsOf } from "../reading/comments.js";
import { allEntities } from "../reading/entity.js";
import { migrationsFolder, readMigrations, readSchema } from "./migrations.js";
import { migrationName, sqlForNewMigration } from "./new-migration.js";

const subject = process.argv.slice(2).join(" ");
if (!/[a-z0-9]/i.test(subject)) {
  console.error("Say in a word or two what changes, for example: npm run db:migration -- claim topics");
  process.exit(1);
}

const schema = readSchema();
const sql = await sqlForNewMigration(schema, readMigrations(), commentsOf(schema, allEntities()));
if (sql === undefined) {
  console.log("No change: the migrations already lead to the models of prisma/schema.prisma.");
} else {
  const folder = join(migrationsFolder, migrationName(subject, new Date()));
  const file = join(folder, "migration.sql");
  mkdirSync(folder);
  writeFileSync(file, sql);
  console.log(`Wrote ${relative(process.cwd(), file)}. Read it, then apply it with: npm run db:migrate`);
}
