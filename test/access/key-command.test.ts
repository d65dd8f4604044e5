import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { ADMIN_KEY, startTestApp, type TestApp } from "../support/app.js";
import { createThrowAway, serverUrl } from "../support/database.js";

const execute = promisify(execFile);

// Inside the project, because the program looks for migrations in the folder of package.json.
const build = mkdtempSync(".build-for-test-");
let app: TestApp;
beforeAll(async () => {
  await execute(process.execPath, ["node_modules/vite/bin/vite.js", "build", "--outDir", resolve(build)]);
  app = await startTestApp();
});
afterAll(async () => {
  rmSync(build, { recursive: true });
  await app.stop();
});

/** Runs `npm run key` as the shell would. */
async function run(args: string[], env: Record<string, string> = {}) {
  try {
    const { stdout, stderr } = await execute(process.execPath, [`${build}/access/key.main.js`, ...args], {
      env: { PATH: process.env.PATH, ...env },
    });
    return { status: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

const roleOf = async (to: TestApp, key: string) => {
  const response = await to.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: "{ apiKeys(first: 1) { totalCount } }" }),
  });
  return response.status;
};

/** Makes a key, lists it and revokes it. */
async function goRound(args: string[], env: Record<string, string>, tried: (key: string) => Promise<number>) {
  const create = ["create", "--role", "admin", "--name", "Night shift", "--expires", "2999-01-01T00:00:00Z"];
  const made = await run([...create, ...args], env);
  expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(/^cgk_[0-9a-z]{26}_[\w-]{43}\n$/) });
  const key = made.stdout.trim();
  const id = `key_${key.slice(4, 30)}`;
  expect(made.stderr).toContain(id);
  expect(made.stderr).not.toContain(key);
  expect(await tried(key)).toBe(200);

  const listed = await run(["list", ...args], env);
  expect(listed).toMatchObject({ status: 0, stderr: "" });
  expect(listed.stdout).toMatch(
    new RegExp(`^${id}  ADMIN    made 20\\S+  until 2999-01-01    Night shift$`, "m"),
  );
  expect(listed.stdout).not.toContain(key.slice(31));

  expect(await run(["revoke", id, "--reason", "Over", ...args], env)).toMatchObject({
    status: 0,
    stdout: "",
  });
  expect(await tried(key)).toBe(401);
  expect((await run(["list", ...args], env)).stdout).toMatch(/revoked 20\S+ +Night shift$/m);
  const again = await run(["revoke", id, ...args], env);
  expect(again).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringMatching(/^This key was revoked already.+\n$/),
  });
}

test("keys of a running server", async () => {
  await goRound(["--server", app.url], { ADMIN_KEY }, (key) => roleOf(app, key));
});

test("a list is complete", async () => {
  const { data } = await app.as("ADMIN")("{ apiKeys { totalCount } }");
  const missing = 103 - (data!.apiKeys as { totalCount: number }).totalCount;
  const prisma = await app.database.loadPrisma();
  await prisma.apiKey.createMany({
    data: Array.from({ length: missing }, (_, index) => ({
      name: `Key ${index}`,
      role: "READER",
      hash: "0".repeat(64),
      createdBy: "test",
    })),
  });
  const { stdout } = await run(["list", "--server", `${app.url}/graphql`], { ADMIN_KEY });
  expect(new Set(stdout.trim().split("\n")).size).toBe(103);
});

const onServer = serverUrl === undefined ? test.skip : test;
onServer("keys in a database", async () => {
  const own = await createThrowAway(serverUrl as string);
  try {
    await goRound([], { DATABASE_URL: own.url }, async (key) => {
      const { createApp } = await import("../../src/app.js");
      const { readConfig } = await import("../../src/config.js");
      const config = readConfig({ PORT: "0", DATABASE_URL: own.url, LOG_LEVEL: "silent" });
      const other = await createApp(config);
      try {
        expect(other.ownKey).toBeUndefined();
        const fetchFrom = (path: string, init?: RequestInit) => fetch(new URL(path, other.url), init);
        return await roleOf({ fetch: fetchFrom } as TestApp, key);
      } finally {
        await other.stop();
      }
    });
  } finally {
    await own.drop();
  }
});

const anywhere = { ADMIN_KEY, DATABASE_URL: "" };
test.each<[string, string[], Record<string, string>, RegExp]>([
  ["no command", [], {}, /^Usage:\n/],
  ["another command", ["make"], {}, /^Usage:\n/],
  ["an unknown option", ["list", "--all"], {}, /^Unknown option '--all'/],
  ["the embedded database", ["list"], {}, /^The embedded database belongs to one process.+--server/],
  ["no ADMIN_KEY", ["list", "--server", "http://127.0.0.1:9"], {}, /^ADMIN_KEY is not set/],
  [
    "no server",
    ["list", "--server", "http://127.0.0.1:9"],
    anywhere,
    /^No Claimgraph server answers at http:\/\/127/,
  ],
  ["no address", ["list", "--server", "4000"], anywhere, /^--server is "4000", which is no address/],
  ["settings that cannot be used", ["list"], { ADMIN_KEY: "short" }, /^ADMIN_KEY is \(not shown\): /],
])("%s: one says what is wrong, and fails", async (_what, args, env, problem) => {
  const { status, stdout, stderr } = await run(args, env);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(problem);
  expect(stderr).not.toMatch(/\n +at /);
});

test.each<[string, string[], RegExp]>([
  ["no role", ["create", "--name", "x"], /^Which role\? /],
  [
    "no such role",
    ["create", "--name", "x", "--role", "owner"],
    /^--role is "owner"; it must be one of: reader, /,
  ],
  ["no name", ["create", "--role", "reader"], /^Whose key is it/],
  ["a blank name", ["create", "--role", "reader", "--name", " "], /^`name` is blank/],
  ["no time", ["create", "--role", "reader", "--name", "x", "--expires", "soon"], /^--expires is "soon"/],
  ["a time past", ["create", "--role", "reader", "--name", "x", "--expires", "2024-01-01"], /past/],
  ["no id", ["revoke"], /^Which key\? /],
  ["no such id", ["revoke", "key_01jt3v8x1zfkq9m2d4n6p8r0sw"], /^There is no key with the id "key_01jt/],
])("%s: neither is anything made nor revoked", async (_what, args, problem) => {
  const { status, stdout, stderr } = await run([...args, "--server", app.url], { ADMIN_KEY });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(problem);
});

test("a server that does not know the key says so, without the key", async () => {
  const other = `${ADMIN_KEY}x`;
  const { status, stderr } = await run(["list", "--server", app.url], { ADMIN_KEY: other });
  expect(status).toBe(1);
  expect(stderr).toMatch(/refuses: This API key is not known here/);
  expect(stderr).not.toContain(ADMIN_KEY);
});
