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
async function start(env: Record<string, string>, kind: Database["kind"]) {
  const lines: string[] = [];
  const config = readConfig({ PORT: "0", EXAMPLES: "off", PLAYGROUND: "off", ...env });
  const parts = {
    database: Object.assign(Object.create(database), { kind }),
    log: { write: (line: string) => lines.push(line) },
  };
  const app = await createApp(config, parts);
  try {
    const port = new URL(app.url).port;
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${app.adminKey ?? ADMIN_KEY}` },
      body: JSON.stringify({ query: "{ apiKeys { totalCount } }" }),
    });
    return { key: app.adminKey, status: response.status, lines };
  } finally {
    await app.stop();
  }
}

test.each(["127.0.0.1", "localhost"])(
  "a trial at %s has a key of its own, another at every start",
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
