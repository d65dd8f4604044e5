import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../database/database.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { inProject } from "../project-folder.js";
import type { Created } from "./load-dataset.js";

const EXAMPLES = inProject("examples");

/** The folders of the example data sets, in the order in which they are loaded. */
export function exampleFolders(): string[] {
  return readdirSync(EXAMPLES)
    .sort()
    .map((name) => join(EXAMPLES, name))
    .filter((folder) => existsSync(join(folder, "dataset.yaml")));
}

/**
 * Loads every example data set; what is there already is left alone.
 *
 * @throws DatasetError when one has problems; those before it stay loaded
 */
export async function loadExamples(prisma: PrismaClient): Promise<Created> {
  // Reading and checking data sets is left to the starts that do so.
  const { loadDataset } = await import("./load-dataset.js");
  const created: Record<string, number> = {};
  for (const folder of exampleFolders()) {
    for (const [list, count] of Object.entries(await loadDataset(prisma, folder))) {
      created[list] = (created[list] ?? 0) + count;
    }
  }
  return created;
}

/** Loads the examples into a database without a single row; tells whether it did. */
export async function loadExamplesIfEmpty(database: Database): Promise<boolean> {
  const { RECORDS } = await import("../records.js");
  const anything = RECORDS.map(({ entity }) => `exists (select from ${entity.table})`).join(" or ");
  const [found] = await database.query<{ anything: boolean }>(`select ${anything} as anything`, []);
  if (found?.anything) return false;
  await loadExamples(await database.loadPrisma());
  return true;
}
