// Throw-away PostgreSQL clusters of the server programs that are installed, for the benchmark and for tests of faults.
import { execFile, execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What to do where the programs are missing. */
export const INSTALL =
  `install the server's programs (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql). ` +
  `pg_ctl must be on the PATH, in /usr/lib/postgresql/*/bin or in a Homebrew folder.`;

/**
 * @typedef {object} Cluster
 * @property {string} url a database of it, as a superuser
 * @property {string} folder of its own, in which its Unix socket is
 * @property {() => Promise<void>} start at the same port each time
 * @property {() => Promise<void>} stop at once, as if its machine had lost power: it recovers at the next start
 * @property {() => Promise<void>} remove stops it, if need be, and deletes its data
 */

/**
 * @typedef {object} Particulars
 * @property {string[]} [locale] what initdb is told of it
 * @property {(data: string) => void} [prepare] changes files of the data folder, before the first start
 */

/**
 * Makes a cluster of its own in a new folder, on a free port of 127.0.0.1, and starts it.
 *
 * @param {string} name of the folder, as far as it can be chosen
 * @param {Record<string, string>} settings of the server
 * @param {Particulars} particulars
 * @returns {Promise<Cluster>}
 */
export async function makeCluster(name, settings, { locale = ["--locale=C"], prepare } = {}) {
  const bin = findBinaries();
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const root = process.getuid?.() === 0;
  // PostgreSQL refuses to run as root; its packages come with a user of their own.
  const as = root ? userNumbers("postgres") : {};
  if (root) chownSync(folder, as.uid, as.gid);
  const data = join(folder, "data");
  const port = await freePort();
  const given = { listen_addresses: "127.0.0.1", unix_socket_directories: folder, ...settings };
  const options = Object.entries(given).map(([setting, value]) => `-c ${setting}='${value}'`);
  /** @param {string} program @param {string[]} args */
  const run = (program, ...args) => runProgram(join(bin, program), args, { ...as, cwd: folder });
  let running = false;
  const cluster = {
    folder,
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    async start() {
      const log = join(folder, "log");
      await run("pg_ctl", "-D", data, "-l", log, "-w", "-o", [`-p ${port}`, ...options].join(" "), "start");
      running = true;
    },
    async stop() {
      running = false;
      await run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop");
    },
    async remove() {
      if (running) await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", ...locale, "--no-sync");
  prepare?.(data);
  await cluster.start();
  return cluster;
}

/** Waits for the program itself: a server that it starts keeps the pipes of its output open. */
function runProgram(program, args, options) {
  return new Promise((done, fail) => {
    const child = execFile(program, args, options);
    let said = "";
    child.stderr?.on("data", (text) => {
      said += text;
    });
    child.once("error", fail);
    child.once("exit", (status) =>
      status === 0 ? done(undefined) : fail(new Error(`${program} ${args.at(-1)} failed: ${said}`)),
    );
  });
}

function findBinaries() {
  const packaged = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"]
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .reverse()
        .map((name) => join(folder, name, "bin")),
    );
  const found = [...(process.env.PATH ?? "").split(":"), ...packaged].find(
    (folder) => existsSync(join(folder, "pg_ctl")) && existsSync(join(folder, "initdb")),
  );
  if (!found) throw new Error(`PostgreSQL 15 or later is needed: ${INSTALL}`);
  return found;
}

/** The numbers of a user and of its group, for starting a program as that user. @param {string} user */
export function userNumbers(user) {
  const [uid, gid] = ["-u", "-g"].map((flag) =>
    Number(execFileSync("id", [flag, user], { encoding: "utf8" })),
  );
  return { uid, gid };
}

/** A port that nobody listens on. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
