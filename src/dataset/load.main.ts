// npm run db:examples: loads the example data sets into the database of DATABASE_URL or DATA_DIR.
// With folders (npm run db:examples -- path/to/set), loads those data sets instead.
import { ConfigError, readConfig } from "../config.js";
import { DatabaseError, openDatabase } from "../database/open.js";
import { DatasetError } from "./dataset-error.js";
import { loadDataset } from "./load-dataset.js";
import { exampleFolders } from "./load-examples.js";

try {
  const folders = process.argv.length > 2 ? process.argv.slice(2) : exampleFolders();
  const { databaseUrl, dataDir } = readConfig();
  const database = await openDatabase({ databaseUrl, dataDir });
  try {
    const prisma = await database.loadPrisma();
    for (const folder of folders) {
      const created = await loadDataset(prisma, folder);
      const counts = Object.entries(created).map(([entity, count]) => `${count} ${entity}`);
      console.log(`${folder}: added ${counts.join(", ")}`);
    }
  } finally {
    await database.close();
  }
} catch (error) {
  if (![ConfigError, DatabaseError, DatasetError].some((known) => error instanceof known)) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}
