// Starts a contender as a process of its own.
import { spawn } from "node:child_process";
import { mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../scripts/postgres.mjs";
import { CACHE } from "./install.mjs";

/**
 * @typedef {object} Running
 * @property {number} pid
 * @property {number} port
 * @property {number} milliseconds from the start of the process to its first answer
 * @property {() => Promise<void>} stop
 */

/** How long a process may take to end by itself. */
const PATIENCE_MS = 5000;
const ASKED_EVERY_MS = 5;
/** Stops each process that still runs. @type {Set<() => Promise<void>>} */
const stops = new Set();

/** Ends every process that `start` has made, whether it has answered yet or not. */
export const stopServers = () => Promise.all([...stops].map((stop) => stop()));

/**
 * Starts a contender and waits for its first answer with data.
 *
 * @param {import("./contenders.mjs").Contender} contender
 * @param {Record<string, string>} settings where its rows are
 * @param {(port: number) => Promise<{ data?: unknown }>} first asks it
 * @returns {Promise<Running>}
 */
export async function start({ name, node, command, settings: own }, settings, first) {
  const port = await freePort();
  mkdirSync(CACHE, { recursive: true });
  const log = join(CACHE, `${name}.log`);
  const output = openSync(log, "w");
  const started = performance.now();
  const child = spawn(node, command, {
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...own, ...settings, PORT: String(port) },
    stdio: ["ignore", output, output],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    await ended;
    clearTimeout(patience);
    stops.delete(stop);
  };
  stops.add(stop);
  while (child.exitCode === null) {
    const answer = await first(port).catch(() => undefined);
    if (answer?.data) return { pid: child.pid ?? 0, port, milliseconds: performance.now() - started, stop };
    await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS));
  }
  throw new Error(`${name} ended before it answered; its output is in ${log}`);
}
