// The contenders: how each is started, and in which language it is asked.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { POSTGRAPHILE, PRISMA_CLIENT, versionOf } from "./install.mjs";

const own = join(import.meta.dirname, "contenders");
const project = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8"));
/** What `npm start` gives to node. */
const [node, ...shippedStart] = project.scripts.start.split(" ");
if (node !== "node") throw new Error(`npm start no longer begins with node: ${project.scripts.start}`);

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} title
 * @property {string} node the Node.js that runs it
 * @property {string[]} command arguments of node
 * @property {"limit" | "claimgraph" | "postgraphile" | "prisma"} language in which it is asked
 * @property {string} [path] where it answers
 * @property {Record<string, string>} [settings] its environment
 * @property {boolean} [embedded] runs the database in its own process
 * @property {boolean} [context] stands in the tables for orientation; no goal is measured by it
 */

/**
 * Everybody who can run here. Claimgraph and the limit run on this Node.js, and again on the newer one that
 * PostGraphile needs, so that it is compared with its like.
 *
 * @param {string} app folder of the built server
 * @param {string} modern the Node.js for PostGraphile, "" leaves it out
 * @returns {Contender[]}
 */
export function contenders(app, modern) {
  const both = [limit, claimgraph(app)].map((one) => ({ ...one, node: process.execPath }));
  const peers = [
    stack("naive", "TypeGraphQL, one Prisma call per field"),
    stack("ahead", "TypeGraphQL, Prisma look-ahead"),
  ];
  if (!modern) return [...both, ...peers];
  const version = versionOf(modern);
  const newer = (/** @type {any} */ one) => ({
    ...one,
    name: `${one.name}@${version}`,
    title: `${one.title}, Node ${version}`,
    node: modern,
  });
  const again = modern === process.execPath ? [] : both.map(newer);
  return [...both, ...again, { ...newer(postgraphile), name: "postgraphile" }, ...peers];
}

/** @type {Omit<Contender, "node">} */
const limit = { name: "limit", title: "limit", language: "limit", command: [join(own, "limit.mjs")] };

/**
 * The server as shipped: started as `npm start` does, every guard on, logging each request.
 *
 * @param {string} app @returns {Omit<Contender, "node">}
 */
const claimgraph = (app) => ({
  name: "claimgraph",
  title: "Claimgraph",
  language: "claimgraph",
  path: "/graphql",
  command: shippedStart.map((part) =>
    part.startsWith("dist/") ? join(app, part.slice("dist/".length)) : part,
  ),
  settings: { EXAMPLES: "off", LOG_LEVEL: "info", HOST: "127.0.0.1" },
});

/** @type {Omit<Contender, "node">} */
const postgraphile = {
  name: "postgraphile",
  title: "PostGraphile 5",
  language: "postgraphile",
  path: "/graphql",
  command: [join(POSTGRAPHILE, "server.mjs")],
  settings: { GRAPHILE_ENV: "production" },
};

/** @param {string} name @param {string} title @returns {Contender} */
const stack = (name, title) => ({
  name,
  title,
  node: process.execPath,
  language: "prisma",
  path: "/",
  command: [join(own, "typegraphql/server.mjs"), name],
  settings: { PRISMA_CLIENT },
  context: true,
});
