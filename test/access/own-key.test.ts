import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import type { Database } from "../../src/database/database.js";
import { ADMIN_KEY } from "../support/app.js";
import { testDatabase } from "../support/database.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Starts a server and asks it what only administrators may. */
async function start(env: Record<string, string>, kind: Database["kind"], folder?: string) {
  const lines: string[] = [];
  const config = readConfig({ PORT: "0", EXAMPLES: "off", PLAYGROUND: "off", ...env });
  const parts = {
    database: Object.assign(Object.create(database), { kind, folder }),
    log: { write: (line: string) => lines.push(line) },
  };
  const app = await createApp(config, parts);
  try {
    const port = new URL(app.url).port;
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${app.ownKey?.key ?? ADMIN_KEY}`,
      },
      body: JSON.stringify({ query: "{ apiKeys { totalCount } }" }),
    });
    return { key: app.ownKey?.key, status: response.status, lines };
  } finally {
    await app.stop();
  }
}

test.each(["127.0.0.1", "localhost"])(
  "a trial at %s has a key of its own; in memory, another at every start",
  async (HOST) => {
    const [first, second] = [await start({ HOST }, "embedded"), await start({ HOST }, "embedded")];
    expect(first).toMatchObject({ status: 200, key: expect.stringMatching(/^[\w-]{43}$/) });
    expect(second.key).not.toBe(first.key);
    expect(first.lines.join("")).not.toContain(first.key);
  },
);

test.each<[string, Record<string, string>, Database["kind"], number]>([
  ["with ADMIN_KEY", { ADMIN_KEY }, "embedded", 200],
  ["where others can reach it", { HOST: "0.0.0.0" }, "embedded", 401],
  ["on PostgreSQL", {}, "server", 401],
])("none is made %s", async (_what, env, kind, status) => {
  expect(await start(env, kind)).toMatchObject({ key: undefined, status });
});

describe("a trial in a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "own-key-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("keeps its key, until ADMIN_KEY is set", async () => {
    const [first, second] = [await start({}, "embedded", folder), await start({}, "embedded", folder)];
    expect(second).toMatchObject({ key: first.key, status: 200 });
    expect(await start({ ADMIN_KEY }, "embedded", folder)).toMatchObject({ key: undefined, status: 200 });
    expect(readdirSync(folder)).toEqual([]);
    expect((await start({}, "embedded", folder)).key).not.toBe(first.key);
  });

  test.each(["", "short", "x".repeat(44)])("takes no other text for a key (%j)", async (text) => {
    const file = join(folder, "admin-key");
    writeFileSync(file, text, { mode: 0o644 });
    const { key, status } = await start({}, "embedded", folder);
    expect([key, status]).toEqual([expect.stringMatching(/^[\w-]{43}$/), 200]);
    expect((await start({}, "embedded", folder)).key).toBe(key);
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("has none where others can reach it", async () => {
    await start({}, "embedded", folder);
    expect(await start({ HOST: "0.0.0.0" }, "embedded", folder)).toMatchObject({
      key: undefined,
      status: 401,
    });
  });
});
