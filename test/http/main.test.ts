import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

// Beside src, because the program looks for migrations and examples one folder above itself.
const build = mkdtempSync(".build-for-test-");
const data = mkdtempSync(join(tmpdir(), "claimgraph-main-"));
const running: ChildProcess[] = [];

beforeAll(() => {
  spawnSync(process.execPath, [
    "node_modules/typescript/bin/tsc",
    "-p",
    "tsconfig.build.json",
    "--outDir",
    build,
  ]);
  expect(existsSync(join(build, "main.js"))).toBe(true);
});
afterAll(() => {
  for (const child of running) {
    child.kill("SIGKILL");
  }
  rmSync(build, { recursive: true });
  rmSync(data, { recursive: true });
});

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [join(build, "main.js")], {
    env: { PATH: process.env.PATH, PORT: "0", DATA_DIR: "memory://", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const exited = once(child, "close").then(([code]) => ({ code, lines: errors.split("\n").filter(Boolean) }));
  return { child, exited, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
}

/** Reads the log up to a line. */
async function logged(lines: AsyncIterator<string>, wanted: RegExp) {
  for (let { done, value } = await lines.next(); !done; { done, value } = await lines.next()) {
    const entry = JSON.parse(value) as { msg: string; operation?: string; status?: number };
    if (wanted.test(entry.msg)) {
      return entry;
    }
  }
  throw new Error(`no line says ${wanted}`);
}

test("starts, says where to click, answers, and stops when told", async () => {
  const { child, exited, lines } = start({ DATA_DIR: join(data, "db"), EXAMPLES: "auto" });
  const { msg } = await logged(lines, /ready/);
  expect(msg).toMatch(
    /^Claimgraph is ready\. Playground: http:\/\/127\.0\.0\.1:\d+\/ · GraphQL: http:\S+\/graphql · /,
  );
  expect(msg).toMatch(`Database: embedded, in ${join(data, "db")} · Examples: loaded`);
  const url = /GraphQL: (\S+)/.exec(msg)![1]!;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "query Count { claims { totalCount } }" }),
  });
  const { data: counted } = (await answer.json()) as { data: { claims: { totalCount: number } } };
  expect(counted.claims.totalCount).toBeGreaterThan(0);
  expect(await logged(lines, /^request$/)).toMatchObject({ operation: "Count", status: 200 });
  child.kill("SIGTERM");
  expect(await exited).toEqual({ code: 0, lines: [] });
});

test("a second start finds the data there", async () => {
  const { child, exited, lines } = start({ DATA_DIR: join(data, "db") });
  expect((await logged(lines, /ready/)).msg).not.toMatch("Examples");
  child.kill("SIGINT");
  expect(await exited).toEqual({ code: 0, lines: [] });
});

describe("what cannot start says so in one line each and ends with an error", () => {
  test("settings that cannot be used, all at once", async () => {
    expect(await start({ PORT: "http", LOG_LEVEL: "loud" }).exited).toEqual({
      code: 1,
      lines: [expect.stringMatching(/^PORT is "http": /), expect.stringMatching(/^LOG_LEVEL is "loud": /)],
    });
  });

  test("a port in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    try {
      expect(await start({ PORT: String(port), EXAMPLES: "off" }).exited).toEqual({
        code: 1,
        lines: [
          `Another program listens on port ${port} of 127.0.0.1. Set PORT to another one, or to 0 for any that is free.`,
        ],
      });
    } finally {
      other.close();
    }
  });

  test("a database that is not there, without its password", async () => {
    const { code, lines } = await start({ DATABASE_URL: "postgresql://me:hunter2@127.0.0.1:9/claims" })
      .exited;
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toMatch("127.0.0.1:9");
    expect(lines[0]).not.toMatch("hunter2");
  });
});
