// Shows that the server runs as docs/running.md deploys it, on each version of Node.js that is supported: a copy of the
// repository with what was built, the modules that npm installs without the tools, a start, a question, a stop.
import { deepEqual, doesNotMatch, ok } from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { freePort } from "./postgres.mjs";

/** The newest of each line, and the line of npm that comes with it. */
const VERSIONS = [
  { node: "20.19", npm: "10.8" },
  { node: "22", npm: "10" },
  { node: "24", npm: "11" },
];

/** What the modules may take on a disk. */
const MOST_MIB = 180;
const BLOCK = 4096;
/** More than the server takes to stop. */
const STOP_MILLISECONDS = 60_000;

const QUESTION = `{ proposition(slug: "kursk-fully-retaken") {
  text claims(where: { act: { in: [ASSERT, DENY] } }) { totalCount }
} }`;
const ANSWER = {
  data: {
    proposition: { text: "Russia has retaken the whole of the Kursk region.", claims: { totalCount: 4 } },
  },
};

const run = promisify(execFile);

const folder = mkdtempSync(join(tmpdir(), "claimgraph-versions-"));
try {
  const programs = await fetchPrograms();
  const outcomes = await Promise.allSettled(programs.map(show));
  for (const [i, { reason }] of outcomes.entries()) {
    if (!reason) continue;
    console.error(`Node.js ${VERSIONS[i].node}:`, reason);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Fetches the versions from the registry: packages that hold nothing but the program. */
async function fetchPrograms() {
  const packages = VERSIONS.flatMap(({ node, npm }) => [
    `node-${process.platform}-${process.arch}@${node}`,
    `npm@${npm}`,
  ]);
  const { stdout } = await run("npm", [
    "pack",
    "--loglevel=error",
    "--pack-destination",
    folder,
    ...packages,
  ]);
  const files = stdout.trim().split("\n");
  return Promise.all(
    VERSIONS.map(async (_, i) => ({
      node: join(await unpack(files[2 * i], "package/bin/node"), "bin/node"),
      npm: join(await unpack(files[2 * i + 1]), "bin/npm-cli.js"),
    })),
  );
}

/** @returns the folder with the package, or with the files of it that are named */
async function unpack(file, ...named) {
  const to = join(folder, basename(file, ".tgz"));
  mkdirSync(to);
  await run("tar", ["-xzf", join(folder, file), "-C", to, "--strip-components=1", ...named]);
  return to;
}

/** @throws when something is not as docs/running.md has it */
async function show(program) {
  const began = Date.now();
  const { node } = program;
  const env = { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) };
  const cwd = mkdtempSync(join(folder, "clone-"));
  copyRepository(cwd);
  const npm = async (...args) => {
    const { stdout, stderr } = await run(node, [program.npm, ...args], { cwd, env });
    return (stdout + stderr).trim();
  };

  const said = await npm("ci", "--omit=dev");
  // Older versions of npm also warn of what they do not install.
  const installed = Object.keys(packagesOf(join(cwd, "node_modules/.package-lock.json")));
  const warned = [...said.matchAll(/EBADENGINE +package: '(.+)@/g)]
    .map(([, name]) => `node_modules/${name}`)
    .filter((path) => installed.some((one) => one.endsWith(path)));
  deepEqual(warned, [], "npm warns of what the server needs");
  const size = Math.round(sizeOf(join(cwd, "node_modules")) / 2 ** 20);
  ok(size <= MOST_MIB, `the modules take ${size} MiB`);
  doesNotMatch(await npm("run", "prestart"), /Building|older/);
  await askServer(node, cwd);
  const locked = packagesOf(join(cwd, "package-lock.json"));
  await npm("install", "--omit=dev", "--package-lock-only");
  deepEqual(packagesOf(join(cwd, "package-lock.json")), locked, "npm install changes what is locked");

  const seconds = Math.round((Date.now() - began) / 1000);
  const names = `Node.js ${(await run(node, ["--version"])).stdout.trim()}, npm ${await npm("--version")}`;
  console.log(`${names}: ${size} MiB of modules; started, answered, stopped (${seconds} s)`);
}

/** What a clone has, and what was built in it. */
function copyRepository(to) {
  const files = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0");
  for (const path of [...files.filter(existsSync), "dist"]) {
    cpSync(path, join(to, path), { recursive: true, preserveTimestamps: true });
  }
}

/** The bytes that what is in a folder takes on a disk, which keeps it in blocks. */
function sizeOf(path) {
  const stat = lstatSync(path);
  const within = stat.isDirectory() ? readdirSync(path).map((name) => sizeOf(join(path, name))) : [];
  return within.reduce((sum, one) => sum + one, Math.ceil(stat.size / BLOCK) * BLOCK);
}

/** The packages of a lockfile. Older versions of npm leave out what says for which C library a package is. */
function packagesOf(lockfile) {
  const { packages } = JSON.parse(readFileSync(lockfile, "utf8"));
  for (const one of Object.values(packages)) delete one.libc;
  return packages;
}

/** Starts the server with the embedded database and the example data, asks it, and stops it. */
async function askServer(node, cwd) {
  const port = String(await freePort());
  const [, ...args] = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8")).scripts.start.split(" ");
  const server = spawn(node, args, {
    cwd,
    env: { NODE_ENV: "production", PORT: port, DATA_DIR: "data" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(server, "exit");
  try {
    await isReady(server, exit);
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: QUESTION }),
    });
    deepEqual(await response.json(), ANSWER);
  } finally {
    server.kill("SIGTERM");
    const late = setTimeout(() => server.kill("SIGKILL"), STOP_MILLISECONDS);
    await exit;
    clearTimeout(late);
  }
  deepEqual(await exit, [0, null]);
}

/** @throws when it ends before it is ready */
async function isReady(server, exit) {
  const ended = exit.then(([code]) => {
    throw new Error(`The server did not start; it ended with ${code}.`);
  });
  const ready = new Promise((done) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      if (line.includes("Claimgraph is ready")) done();
    });
  });
  ended.catch(() => {});
  await Promise.race([ready, ended]);
}
