// npm run db:migrate: brings the database of DATABASE_URL or DATA_DIR up to date.
// With --retry, also runs a migration again that had failed.
import { ConfigError, readConfig } from "../config.js";
import { DatabaseError, openDatabase } from "./open.js";

try {
  const { databaseUrl, dataDir } = readConfig();
  let applied: readonly string[] = [];
  const database = await openDatabase({
    databaseUrl,
    dataDir,
    retryFailed: process.argv.includes("--retry"),
    onMigrated: (names) => {
      applied = names;
    },
  });
  await database.close();
  console.log(applied.map((name) => `Applied ${name}`).join("\n") || "The database is up to date.");
} catch (error) {
  if (!(error instanceof DatabaseError || error instanceof ConfigError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
