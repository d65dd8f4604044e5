// The contenders: how each is started, and how it is asked.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./cluster.mjs";

const here = import.meta.dirname;
export const CACHE = join(here, "../node_modules/.cache/claimgraph-bench");
const POSTGRAPHILE = join(here, "contenders/postgraphile");

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} title
 * @property {string} node the Node.js that runs it
 * @property {string[]} command arguments of node
 * @property {"limit" | "claimgraph" | "postgraphile" | "prisma"} language in which it is asked
 * @property {string} [path] where it answers
 * @property {Record<string, string>} [settings] its environment
 *
 * @typedef {object} Running
 * @property {number} pid
 * @property {number} port
 * @property {number} milliseconds from the start of the process to its first answer
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} app folder of the built server
 * @param {string} modern a Node.js of version 22 or later, if there is one
 * @returns {Contender[]}
 */
export function contenders(app, modern) {
  const limit = { title: "limit", language: "limit", command: [join(here, "contenders/limit.mjs")] };
  const claimgraph = { title: "Claimgraph", language: "claimgraph", path: "/graphql", ...claimgraphIn(app) };
  const stack = (way) => ({
    language: "prisma",
    path: "/",
    command: [join(here, "contenders/typegraphql/server.mjs"), way],
    settings: { PRISMA_CLIENT: join(CACHE, "prisma/client/index.js") },
  });
  const both = [limit, claimgraph].map((one) => ({ ...one, name: one.language, node: process.execPath }));
  const peers = [
    {
      name: "naive",
      title: "TypeGraphQL, one Prisma call per field",
      node: process.execPath,
      ...stack("naive"),
    },
    { name: "ahead", title: "TypeGraphQL, Prisma look-ahead", node: process.execPath, ...stack("ahead") },
  ];
  if (!modern) return /** @type {Contender[]} */ ([...both, ...peers]);
  const version = versionOf(modern);
  const again = both.map((one) => ({
    ...one,
    name: `${one.name}@${version}`,
    title: `${one.title}, Node ${version}`,
    node: modern,
  }));
  const postgraphile = {
    name: "postgraphile",
    title: `PostGraphile 5, Node ${version}`,
    node: modern,
    language: "postgraphile",
    path: "/graphql",
    command: [join(POSTGRAPHILE, "server.mjs")],
    settings: { GRAPHILE_ENV: "production" },
  };
  const needed = process.execPath === modern ? both : [...both, ...again];
  return /** @type {Contender[]} */ ([...needed, postgraphile, ...peers]);
}

/** The server as shipped: every guard on, logging each request. @param {string} app */
export const claimgraphIn = (app) => ({
  command: ["--enable-source-maps", join(app, "main.js")],
  settings: { EXAMPLES: "off", LOG_LEVEL: "info", HOST: "127.0.0.1" },
});

/** @param {string} node */
export const versionOf = (node) =>
  Number(/v(\d+)/.exec(execFileSync(node, ["--version"], { encoding: "utf8" }))?.[1]);

/** Installs what does not come with the project. @returns {string} a Node.js for PostGraphile, "" without one */
export function prepare() {
  makePrismaClient();
  try {
    const installed = join(POSTGRAPHILE, "node_modules/postgraphile/package.json");
    if (!existsSync(installed)) {
      console.error("Installing PostGraphile and a Node.js for it, once …");
      execFileSync("npm", ["ci", "--ignore-scripts", "--prefix", POSTGRAPHILE], { stdio: "ignore" });
    }
  } catch {
    console.error("PostGraphile could not be installed (is the registry reachable?): it is left out.");
    return "";
  }
  const shipped = join(POSTGRAPHILE, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(shipped)) return shipped;
  if (versionOf(process.execPath) >= 22) return process.execPath;
  console.error(
    "PostGraphile needs Node.js 22 or later, and there is none for this platform: it is left out.",
  );
  return "";
}

/** A Prisma client of the project's models, with the preview feature that joins. */
function makePrismaClient() {
  const models = readFileSync(join(here, "../prisma/schema.prisma"), "utf8");
  const generator = `generator client {
  provider        = "prisma-client-js"
  output          = "client"
  previewFeatures = ["relationJoins"]
}`;
  const wanted = models.replace(/generator client \{[^}]*\}/, generator);
  const schema = join(CACHE, "prisma/schema.prisma");
  const made = existsSync(join(CACHE, "prisma/client/index.js")) && readFileSync(schema, "utf8") === wanted;
  if (made) return;
  mkdirSync(join(CACHE, "prisma"), { recursive: true });
  writeFileSync(schema, wanted);
  execFileSync("npx", ["prisma", "generate", "--schema", schema], { cwd: join(here, ".."), stdio: "ignore" });
}

/**
 * Starts a contender and waits for its first answer to a request.
 *
 * @param {Contender} contender @param {Record<string, string>} settings
 * @param {(port: number) => Promise<unknown>} first asks it
 * @returns {Promise<Running>}
 */
export async function start({ name, node, command, settings: own }, settings, first) {
  const port = await freePort();
  const log = openSync(join(CACHE, `${name}.log`), "w");
  const started = performance.now();
  const child = spawn(node, command, {
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...own, ...settings, PORT: String(port) },
    stdio: ["ignore", log, log],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(patience);
  };
  while (child.exitCode === null) {
    const answer = await first(port).catch(() => undefined);
    if (answer) return { pid: child.pid ?? 0, port, milliseconds: performance.now() - started, stop };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${name} ended before it answered; its output is in ${join(CACHE, `${name}.log`)}`);
}
