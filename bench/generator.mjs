// The load generator's process, seen from the benchmark.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** How many requests are under way at any time, unless a question says otherwise. */
export const CONNECTIONS = 8;

/** @type {import("node:child_process").ChildProcess | undefined} */
let generator;
/** @type {Promise<any[]>} */
let ended;

/**
 * Puts load on a server.
 *
 * @param {number} port
 * @param {string[]} requests whole HTTP requests, taken in turn
 * @param {number} seconds answers that are then still under way are waited for
 * @param {number} [connections]
 * @returns {Promise<import("./load.mjs").Outcome>}
 */
export async function load(port, requests, seconds, connections = CONNECTIONS) {
  if (!generator) {
    generator = fork(join(import.meta.dirname, "load.mjs"), { serialization: "advanced" });
    ended = once(generator, "exit").then(() => [{ failure: "the load generator ended" }]);
  }
  generator.send({ port, requests, connections, seconds });
  const [outcome] = await Promise.race([once(generator, "message"), ended]);
  if (outcome.failure) throw new Error(`under load: ${outcome.failure.slice(0, 500)}`);
  return outcome;
}

/** Ends the load generator. */
export const finish = () => generator?.kill();
