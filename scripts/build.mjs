// Builds the server and the playground into dist/. With --if-stale only when something is newer than dist/, and
// without checking types: whoever only starts the server has changed none. Where the tools are not installed, what was
// built is left as it is.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const BUILT = "dist/.built";
const INPUTS = [
  "src",
  "web",
  "prisma",
  "examples/operations",
  "codegen.yml",
  "schema.graphql",
  "package-lock.json",
  "tsconfig.json",
  "vite.config.ts",
];
const env = { ...process.env, PATH: [resolve("node_modules/.bin"), process.env.PATH].join(delimiter) };
const ifStale = process.argv.includes("--if-stale");

const newest = (path) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const within = readdirSync(path).filter((name) => name !== "generated");
  return Math.max(0, ...within.map((name) => newest(join(path, name))));
};

const built = existsSync(BUILT);
const fresh = built && INPUTS.filter(existsSync).every((path) => newest(path) <= statSync(BUILT).mtimeMs);
const tools = existsSync("node_modules/vite");

/** Ends the build when the command fails. */
const run = (...command) =>
  new Promise((done) => {
    const child = spawn(command.join(" "), { shell: true, env });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        said += text;
      });
    }
    child.on("close", (status) => {
      if (status === 0) return done();
      console.error(`${said}Building failed at: ${command.join(" ")}`);
      process.exit(1);
    });
  });

async function buildServer() {
  await Promise.all([
    run("prisma", "generate"),
    run("graphql-codegen", "--config", "codegen.yml", "--silent"),
  ]);
  rmSync("dist/server", { recursive: true, force: true });
  await Promise.all([
    run("vite", "build", "--logLevel", "warn"),
    !ifStale && run("tsc", "-p", "tsconfig.build.json"),
  ]);
}

async function build() {
  console.log("Building…");
  rmSync(BUILT, { force: true });
  await Promise.all([
    buildServer(),
    run("vite", "build", "--config", "web/vite.config.ts", "--logLevel", "warn"),
    run("vite", "build", "--config", "web/pages/vite.config.ts", "--logLevel", "warn"),
  ]);
  writeFileSync(BUILT, "");
}

if (tools && !(ifStale && fresh)) {
  await build();
} else if (!tools && !(ifStale && built)) {
  console.error("The tools that build are not installed. `npm install --include=dev` installs them.");
  process.exit(1);
} else if (!fresh) {
  console.error("dist/ is older than its sources, and stays so: the tools that build are not installed.");
}
