// Where the benchmark's databases live: the server of BENCH_DATABASE_URL, or a throw-away one.
import { makeCluster } from "../scripts/postgres.mjs";

/**
 * Settings of the throw-away server: a small machine that keeps its data in memory. Nothing is written while
 * the benchmark measures, so durability would change only how long filling takes, and there is nothing to vacuum.
 * Requests that come at once keep every core busy without parallel plans, whose CPU time could not be told from others'.
 */
const SETTINGS = {
  shared_buffers: "1GB",
  effective_cache_size: "4GB",
  work_mem: "32MB",
  maintenance_work_mem: "512MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "8GB",
  checkpoint_timeout: "1h",
  random_page_cost: "1.1",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  max_parallel_workers_per_gather: "0",
};

/**
 * @typedef {object} Cluster
 * @property {string} url any database of it, as a superuser or a user that may create databases
 * @property {string} kind in words, for the report
 * @property {() => Promise<void>} stop
 */

/** @param {string} [database] of the server to use @returns {Promise<Cluster>} */
export async function openCluster(database) {
  if (database) return { url: database, kind: "the server of a database that was given", async stop() {} };
  const url = process.env.BENCH_DATABASE_URL;
  if (url) return { url, kind: "the server of BENCH_DATABASE_URL", async stop() {} };
  const made = await makeCluster("claimgraph-bench", SETTINGS);
  const settings = Object.entries(SETTINGS).map((pair) => pair.join(" = "));
  return { url: made.url, kind: `a throw-away server (${settings.join(", ")})`, stop: made.remove };
}
