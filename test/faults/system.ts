import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { Random } from "../reading/random.js";

/** A throw-away PostgreSQL cluster. */
export interface Cluster {
  readonly url: string;
  /** In which its Unix socket is. */
  readonly folder: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** What only some clusters have: see `makeCluster` in scripts/postgres.mjs. */
export interface Particulars {
  readonly locale?: string[];
  prepare?(data: string): void;
}

interface Programs {
  makeCluster(name: string, settings: Record<string, string>, particulars?: Particulars): Promise<Cluster>;
  freePort(): Promise<number>;
}
const { makeCluster, freePort } = (await import(resolve("scripts/postgres.mjs"))) as Programs;

export const ADMIN_KEY = "tG7Vb2qXk9Lr4Yw8Nc1Zs6Hd3Fj5Pm0a";

/** How much of something a test does: `FAULT_KILLS=100` does more than usual. */
export function size(name: string, usual: number): number {
  return Number(process.env[`FAULT_${name}`] ?? usual);
}

/** Chance that can be repeated: with the seed that was printed, from FAULT_SEED. */
export function random(): Random {
  const seed = size("SEED", Date.now() % 1_000_000_000);
  note(`FAULT_SEED=${seed}`);
  return new Random(seed);
}

/** A line for whoever reads the log of the run: what was done, how often, and what came of it. */
export function note(text: string): void {
  process.stderr.write(`    ${text}\n`);
}

/**
 * What survives the death of a process or of the database does not depend on the disk, which only the death of the
 * machine puts to the test; so nothing waits for it.
 */
export const startCluster = (
  settings: Record<string, string> = {},
  particulars?: Particulars,
): Promise<Cluster> =>
  makeCluster("claimgraph-faults", { fsync: "off", max_connections: "200", ...settings }, particulars);

// Ends the server with the process that has started it, however that ends.
const NOT_ALONE = `data:text/javascript,${encodeURIComponent("process.on('disconnect', () => process.exit(1))")}`;

/** A server as a process of its own. It keeps its port over restarts. */
export class Server {
  /** The lines of its log, over all its lives. */
  readonly said: string[] = [];
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    env: Record<string, string>,
  ) {
    this.#env = env;
  }

  static async start(databaseUrl: string, env: Record<string, string> = {}): Promise<Server> {
    const port = await freePort();
    const usual = { DATABASE_URL: databaseUrl, PORT: String(port), ADMIN_KEY, PLAYGROUND: "off" };
    const server = new Server(port, {
      ...usual,
      PATH: process.env.PATH ?? "",
      SHUTDOWN_SECONDS: "2",
      ...env,
    });
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child?.pid as number;
  }

  /** Starts it, again after it was killed, and waits until it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ["--import", NOT_ALONE, resolve("dist/main.js")], {
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#child = child;
    let said = "";
    child.stderr?.on("data", (text) => {
      said += text;
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    await new Promise<void>((done, fail) => {
      child.once("exit", () => fail(new Error(`The server did not start: ${said}`)));
      lines.on("line", (line) => {
        this.said.push(line);
        if (line.includes("Claimgraph is ready")) done();
        // Reading on keeps the pipe from filling up.
        if (process.env.FAULT_LOG && /"level":[56]0/.test(line)) note(line);
      });
    });
  }

  /** As the operating system does it when memory runs out. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }

  stop(): Promise<void> {
    return this.kill("SIGTERM");
  }
}

/** Asks the database itself. */
export async function query<Row extends object>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** Waits until something holds. @throws when that takes longer than so many seconds */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  for (const end = Date.now() + seconds * 1_000; !(await holds()); ) {
    if (Date.now() > end) throw new Error(`still not so after ${seconds} seconds: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
