// How long a start takes, from the process to the first answer.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { withClient } from "./dataset.mjs";
import { median } from "./figures.mjs";
import { CACHE } from "./install.mjs";
import { ask } from "./request.mjs";
import { start } from "./start.mjs";

const FIRST = {
  method: /** @type {const} */ ("POST"),
  path: "/graphql",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ query: "{ claims(first: 1) { nodes { id } } }" }),
};

/**
 * @param {import("./contenders.mjs").Contender[]} line_up
 * @param {string} server URL of any database of it
 * @param {number} times how often each is measured
 * @returns {Promise<{ what: string, milliseconds: number }[]>}
 */
export async function measureStarts(line_up, server, times) {
  const claimgraph = line_up.find(({ name }) => name === "claimgraph");
  if (!claimgraph || times === 0) return [];
  const once = async (/** @type {Record<string, string>} */ settings) => {
    const running = await start(claimgraph, settings, (port) => ask(port, FIRST));
    await running.stop();
    return running.milliseconds;
  };
  const name = "claimgraph_bench_start";
  const database = { DATABASE_URL: Object.assign(new URL(server), { pathname: `/${name}` }).href };
  const folder = join(CACHE, "start");
  const embedded = { DATA_DIR: folder, EXAMPLES: "auto" };
  const empty = async () => {
    rmSync(folder, { recursive: true, force: true });
    await withClient(server, async (client) => {
      await client.query(`drop database if exists ${name}`);
      await client.query(`create database ${name}`);
    });
  };
  /** @type {Record<string, number[]>} */
  const found = {};
  const note = (/** @type {string} */ what, /** @type {number} */ value) => {
    found[what] = [...(found[what] ?? []), value];
  };
  for (let time = 0; time < times; time++) {
    await empty();
    note("PostgreSQL, empty database (migrates)", await once(database));
    note("PostgreSQL, migrated database", await once(database));
    note("embedded, first start (makes the database, migrates, loads the examples)", await once(embedded));
    note("embedded, started again", await once(embedded));
  }
  await empty();
  await withClient(server, (client) => client.query(`drop database ${name}`));
  return Object.entries(found).map(([what, values]) => ({ what, milliseconds: median(values) }));
}
