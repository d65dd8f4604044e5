import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

// Inside the project, because the program looks for migrations and examples in the folder of package.json.
const build = mkdtempSync(".build-for-test-");
const data = mkdtempSync(join(tmpdir(), "claimgraph-main-"));
const running: ChildProcess[] = [];

beforeAll(() => {
  spawnSync(process.execPath, ["node_modules/vite/bin/vite.js", "build", "--outDir", resolve(build)]);
  expect(existsSync(join(build, "main.js"))).toBe(true);
});
afterAll(() => {
  for (const child of running) {
    child.kill("SIGKILL");
  }
  rmSync(build, { recursive: true });
  rmSync(data, { recursive: true });
});

function start(env: Record<string, string>, ...flags: string[]) {
  const child = spawn(process.execPath, [...flags, join(build, "main.js")], {
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

const script = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;

/** A flag by which Node notes each file that it loads, and what has been noted. */
function observeLoading(name: string) {
  const file = join(data, name);
  const note = `import { appendFileSync } from "node:fs";
    export function load(url, context, next) {
      appendFileSync(${JSON.stringify(file)}, url + "\\n");
      return next(url, context);
    }`;
  const register = `import { register } from "node:module"; register(${JSON.stringify(script(note))});`;
  return { flag: `--import=${script(register)}`, loaded: () => readFileSync(file, "utf8") };
}

/** What only some starts need: the engine of migrations, Prisma's client, the reader of data sets. */
const SOMETIMES = [/schema-engine-wasm/, /@prisma\/client/, /load-dataset/];

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
  const { flag, loaded } = observeLoading("first");
  const { child, exited, lines } = start({ DATA_DIR: join(data, "db"), EXAMPLES: "auto" }, flag);
  const { msg } = await logged(lines, /ready/);
  expect(msg).toMatch(
    /^Claimgraph is ready\. Pages: (http:\/\/127\.0\.0\.1:\d+)\/ · Playground: \1\/playground · GraphQL: \1\/graphql · /,
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
  // What is no terminal may be kept, and read by many.
  const file = join(data, "db", "admin-key");
  expect(msg.endsWith(` · Admin key: in ${file}`)).toBe(true);
  expect(msg).not.toContain(readFileSync(file, "utf8").trim());
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  for (const module of SOMETIMES) expect(loaded()).toMatch(module);
  child.kill("SIGTERM");
  expect(await exited).toEqual({ code: 0, lines: [] });
});

test("the key of a run is shown on a terminal, and is good there", async () => {
  const terminal = `--import=${script("for (const to of [process.stdout, process.stderr]) to.isTTY = to === process[process.env.TERMINAL];")}`;
  for (const TERMINAL of ["stdout", "stderr"]) {
    const { child } = start({ EXAMPLES: "off", TERMINAL }, terminal);
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.on("data", (text) => {
        said[name] += text;
      });
    }
    while (!said.stdout.includes("ready")) await new Promise((resolve) => setTimeout(resolve, 50));
    const [key] = /^[\w-]{43}$/m.exec(said[TERMINAL as "stdout"]) ?? [];
    expect([TERMINAL, key]).toEqual([TERMINAL, expect.any(String)]);
    if (TERMINAL === "stderr") expect(said.stdout).not.toContain(key);
    const [url] = /^http:\S+graphql$|http:\S+graphql(?= ·)/m.exec(said.stdout) as unknown as [string];
    const answer = await fetch(`${url}?query={apiKeys{totalCount}}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(await answer.json()).toEqual({ data: { apiKeys: { totalCount: 0 } } });
    child.kill("SIGKILL");
  }
});

test("a second start finds the data there and loads nothing that it has no use for", async () => {
  const { flag, loaded } = observeLoading("second");
  const ADMIN_KEY = "vRk3Zt8Qw1Xy6Bn4Mj9Lp2Hs7Fd5Gc0a";
  const { child, exited, lines } = start({ DATA_DIR: join(data, "db"), ADMIN_KEY }, flag);
  expect((await logged(lines, /ready/)).msg).not.toMatch(/Examples|Admin key/);
  expect(existsSync(join(data, "db", "admin-key"))).toBe(false);
  expect(loaded()).toMatch(/@electric-sql\/pglite/);
  for (const module of SOMETIMES) expect(loaded()).not.toMatch(module);
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
    const { flag, loaded } = observeLoading("server");
    const address = "postgresql://me:hunter2@127.0.0.1:9/claims";
    const { code, lines } = await start({ DATABASE_URL: address }, flag).exited;
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toMatch("127.0.0.1:9");
    expect(lines[0]).not.toMatch("hunter2");
    for (const module of [/@electric-sql/, ...SOMETIMES]) expect(loaded()).not.toMatch(module);
  });

  test("a fault of the program, with the lines of its source", async () => {
    const fault = `import net from "node:net"; net.Server.prototype.listen = () => { throw new Error("broken"); };`;
    const { code, lines } = await start({}, "--enable-source-maps", `--import=${script(fault)}`).exited;
    const line = readFileSync("src/app.ts", "utf8").split("await server.listen(")[0]?.split("\n").length;
    expect([code, lines[0]]).toEqual([1, "Error: broken"]);
    expect(lines.filter((each) => each.includes("/src/"))).toEqual([
      expect.stringContaining(`createApp (${resolve("src/app.ts")}:${line}:`),
      expect.stringContaining(`${resolve("src/main.ts")}:`),
    ]);
  });
});
