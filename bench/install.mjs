// What the benchmark needs and the project does not: PostGraphile, a Node.js for it, and a Prisma client that joins.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
/** What is kept from run to run. */
export const CACHE = join(root, "node_modules/.cache/claimgraph-bench");
export const POSTGRAPHILE = join(import.meta.dirname, "contenders/postgraphile");
export const PRISMA_CLIENT = join(CACHE, "prisma/client/index.js");
/** The least that PostGraphile runs on. */
const MODERN = 22;

/** The major version of a Node.js. @param {string} node */
export const versionOf = (node) =>
  Number(/v(\d+)/.exec(execFileSync(node, ["--version"], { encoding: "utf8" }))?.[1]);

/** Installs what is missing. @returns {string} a Node.js for PostGraphile, "" without PostGraphile */
export function prepare() {
  mkdirSync(CACHE, { recursive: true });
  makePrismaClient();
  const own = versionOf(process.execPath) >= MODERN;
  const shipped = join(POSTGRAPHILE, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  try {
    installPostgraphile(own);
  } catch {
    console.error("PostGraphile could not be installed (is the registry reachable?): it is left out.");
    return "";
  }
  if (own) return process.execPath;
  if (existsSync(shipped)) return shipped;
  console.error(
    "PostGraphile needs Node.js 22 or later, and there is none for this platform: it is left out.",
  );
  return "";
}

/** @param {boolean} own whether the Node.js that runs this is new enough for it */
function installPostgraphile(own) {
  const mark = join(POSTGRAPHILE, "node_modules/.installed");
  const wanted = readFileSync(join(POSTGRAPHILE, "package-lock.json"), "utf8");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return;
  console.log(`Installing PostGraphile${own ? "" : " and a Node.js for it"}, once …`);
  const omit = own ? ["--omit=optional"] : [];
  const install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", ...omit, "--prefix", POSTGRAPHILE];
  execFileSync("npm", install, { stdio: "ignore" });
  writeFileSync(mark, wanted);
}

/** A Prisma client of the project's models, with the preview feature that joins. */
function makePrismaClient() {
  const models = readFileSync(join(root, "prisma/schema.prisma"), "utf8");
  const generator = `generator client {
  provider        = "prisma-client-js"
  output          = "client"
  previewFeatures = ["relationJoins"]
}`;
  const wanted = models.replace(/generator client \{[^}]*\}/, generator);
  const schema = join(CACHE, "prisma/schema.prisma");
  if (existsSync(PRISMA_CLIENT) && readFileSync(schema, "utf8") === wanted) return;
  mkdirSync(join(CACHE, "prisma"), { recursive: true });
  writeFileSync(schema, wanted);
  execFileSync("npx", ["prisma", "generate", "--schema", schema], { cwd: root, stdio: "ignore" });
}
