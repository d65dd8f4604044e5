// Where the benchmark's databases live: the server of BENCH_DATABASE_URL, or a throw-away one.
import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MISSING = `The benchmark needs PostgreSQL 15 or later. Either set BENCH_DATABASE_URL to a server on which it may
create databases, or install the server's programs (Debian, Ubuntu: apt-get install postgresql; macOS:
brew install postgresql). pg_ctl must be on the PATH, in /usr/lib/postgresql/*/bin or in a Homebrew folder.`;

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
 * @property {() => void} stop
 */

/** @param {string} [database] of the server to use @returns {Promise<Cluster>} */
export async function openCluster(database) {
  if (database) return { url: database, kind: "the server of a database that was given", stop() {} };
  const url = process.env.BENCH_DATABASE_URL;
  return url ? { url, kind: "the server of BENCH_DATABASE_URL", stop() {} } : startCluster();
}

/** @returns {Promise<Cluster>} */
async function startCluster() {
  const bin = findBinaries();
  const folder = mkdtempSync(join(tmpdir(), "claimgraph-bench-"));
  const root = process.getuid?.() === 0;
  // PostgreSQL refuses to run as root; its packages come with a user of their own.
  const as = root ? userNumbers("postgres") : {};
  if (root) chownSync(folder, as.uid, as.gid);
  /** @param {string} program @param {string[]} args */
  const run = (program, args) =>
    execFileSync(join(bin, program), args, { ...as, cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const port = await freePort();
  const data = join(folder, "data");
  const settings = Object.entries({
    ...SETTINGS,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
  });
  run("initdb", ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C"]);
  const options = [`-p ${port}`, ...settings.map(([name, value]) => `-c ${name}='${value}'`)].join(" ");
  run("pg_ctl", ["-D", data, "-l", join(folder, "log"), "-w", "-o", options, "start"]);
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    kind: `a throw-away server (${Object.entries(SETTINGS)
      .map((pair) => pair.join(" = "))
      .join(", ")})`,
    stop() {
      run("pg_ctl", ["-D", data, "-m", "immediate", "-w", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
  if (!found) throw new Error(MISSING);
  return found;
}

/** @param {string} user */
function userNumbers(user) {
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
