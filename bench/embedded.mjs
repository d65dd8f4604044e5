// Claimgraph on its embedded database, with the same rows as on a server.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { fill, fingerprint, migrate } from "./dataset.mjs";
import { CACHE } from "./install.mjs";

/**
 * The contender and where its rows are; its folder is kept from run to run.
 *
 * @param {import("./contenders.mjs").Contender[]} line_up @param {number} claims @param {string} app
 * @returns {Promise<{ contender: import("./contenders.mjs").Contender, where: Record<string, string> }>}
 */
export async function openEmbedded(line_up, claims, app) {
  const folder = join(CACHE, `embedded-${claims}`);
  const mark = join(CACHE, `embedded-${claims}.made-of`);
  if (!existsSync(mark) || readFileSync(mark, "utf8") !== fingerprint(app)) {
    rmSync(folder, { recursive: true, force: true });
    migrate(app, { DATA_DIR: folder });
    const pglite = await PGlite.create({ dataDir: join(folder, "postgres"), extensions: { pg_trgm } });
    await fill(async (text) => (await pglite.exec(text)).at(-1)?.rows ?? [], claims);
    await pglite.close();
    writeFileSync(mark, fingerprint(app));
  }
  const server = line_up.find(({ name }) => name === "claimgraph");
  if (!server) throw new Error("Claimgraph is not among the contenders");
  const contender = { ...server, name: "embedded", title: "Claimgraph, embedded database", embedded: true };
  return { contender, where: { DATA_DIR: folder } };
}
