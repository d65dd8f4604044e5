// Throw-away PgBouncers in front of a PostgreSQL server, for tests of what a pooler does to its clients.
import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, userNumbers } from "./postgres.mjs";

/** What to do where the program is missing. */
export const INSTALL_POOLER =
  "install the pooler (Debian, Ubuntu: apt-get install pgbouncer; macOS: brew install pgbouncer). " +
  "pgbouncer must be on the PATH, in /usr/sbin or in a Homebrew folder.";

const START_MILLISECONDS = 60_000;

const KEEPER = `
  const [program, file, as] = JSON.parse(process.argv[1]);
  const options = { ...as, cwd: "/", stdio: ["ignore", "ignore", "inherit"] };
  const child = require("node:child_process").spawn(program, [file], options);
  process.on("disconnect", () => child.kill("SIGKILL"));
  child.on("error", (error) => console.error(String(error)));
  child.on("close", () => process.exit());
`;

/**
 * @typedef {object} Pooler
 * @property {string} url the same database through the pooler
 * @property {() => Promise<void>} stop at once, and deletes its folder
 */

/**
 * Starts a PgBouncer on a free port of 127.0.0.1. Whoever connects to it becomes the user of the URL, unasked. It ends
 * with the process that has started it, however that ends.
 *
 * @param {string} databaseUrl of a database on a server that trusts its user
 * @param {Record<string, string | number>} settings of the section [pgbouncer], such as pool_mode
 * @returns {Promise<Pooler>}
 */
export async function startPooler(databaseUrl, settings) {
  const program = findPooler();
  const { hostname, port, username, pathname } = new URL(databaseUrl);
  const listening = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "claimgraph-pooler-"));
  // PgBouncer refuses to run as root too.
  const as = process.getuid?.() === 0 ? userNumbers("postgres") : {};
  const file = join(folder, "pgbouncer.ini");
  const given = {
    ...settings,
    listen_addr: "127.0.0.1",
    listen_port: listening,
    unix_socket_dir: "",
    auth_type: "any",
  };
  writeFileSync(
    file,
    [
      "[databases]",
      `${pathname.slice(1)} = host=${hostname} port=${port} user=${username}`,
      "[pgbouncer]",
      ...Object.entries(given).map(([setting, value]) => `${setting} = ${value}`),
      "",
    ].join("\n"),
  );
  if (as.uid !== undefined) for (const path of [folder, file]) chownSync(path, as.uid, as.gid);
  // It stands between the two: PgBouncer does not notice that the process which has started it is gone.
  const keeper = spawn(process.execPath, ["-e", KEEPER, JSON.stringify([program, file, as])], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  keeper.stderr?.on("data", (text) => {
    said += text;
  });
  let running = true;
  const ended = new Promise((done) => keeper.once("exit", done)).then(() => {
    running = false;
  });
  const stop = async () => {
    if (keeper.connected) keeper.disconnect();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const end = Date.now() + START_MILLISECONDS; !(await answers(listening)); ) {
    if (!running || Date.now() > end) {
      await stop();
      throw new Error(`${program} did not start: ${said}`);
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  return { url: `postgresql://${username}@127.0.0.1:${listening}${pathname}`, stop };
}

function findPooler() {
  const folders = [
    ...(process.env.PATH ?? "").split(":"),
    "/usr/sbin",
    "/opt/homebrew/bin",
    "/usr/local/bin",
  ];
  const found = folders.map((folder) => join(folder, "pgbouncer")).find(existsSync);
  if (!found) throw new Error(`PgBouncer is needed: ${INSTALL_POOLER}`);
  return found;
}

/** @param {number} port @returns {Promise<boolean>} whether somebody listens there */
function answers(port) {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    const say = (yes) => {
      socket.destroy();
      done(yes);
    };
    socket.once("connect", () => say(true)).once("error", () => say(false));
  });
}
