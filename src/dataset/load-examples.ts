import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PrismaClient } from "../generated/prisma/client.js";
import { type Created, loadDataset } from "./load-dataset.js";

// Two folders up from the source and from what is built of it alike.
const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));

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
  const created: Created = { actors: 0, propositions: 0, sources: 0, events: 0, claims: 0 };
  for (const folder of exampleFolders()) {
    const added = await loadDataset(prisma, folder);
    for (const noun of Object.keys(created) as (keyof Created)[]) created[noun] += added[noun];
  }
  return created;
}

/** Loads the examples into a database without a single row; tells whether it did. */
export async function loadExamplesIfEmpty(prisma: PrismaClient): Promise<boolean> {
  const first = { select: { id: true } };
  const found = [
    await prisma.actor.findFirst(first),
    await prisma.proposition.findFirst(first),
    await prisma.source.findFirst(first),
    await prisma.event.findFirst(first),
    await prisma.claim.findFirst(first),
  ];
  if (found.some((row) => row !== null)) return false;
  await loadExamples(prisma);
  return true;
}
