import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { startTestApp, type TestApp } from "../support/app.js";
import { CHANGED } from "../support/followers.js";
import { numbers, recordNumbered, recordRevision } from "../support/revisions.js";

// A thousand follow in the tests of faults: FAULT_SUBSCRIBERS.
const FOLLOWERS = 200;
const CHANGES = 20;

let app: TestApp;
let crowd: ChildProcess;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  crowd.kill();
  await app.stop();
});

test("two hundred followers all hear twenty changes, and a statement serves all of them", async () => {
  crowd = spawn(process.execPath, [
    "test/feed/crowd.mjs",
    `${app.url.replace("http", "ws")}/graphql`,
    CHANGED,
    String(FOLLOWERS),
    String(CHANGES),
  ]);
  const told: { begun?: boolean; heard?: string[]; error?: string }[] = [];
  createInterface({ input: crowd.stdout! }).on("line", (line) => told.push(JSON.parse(line)));
  for (let warm = 0; told.length === 0 && warm < 60; warm++) {
    await recordRevision(app.database, { reason: "0" });
    await sleep(1_000);
  }
  let statements = 0;
  const read = app.database.read.bind(app.database);
  app.database.read = (...asked) => {
    statements++;
    return read(...asked);
  };
  await recordNumbered(app.database, 1, CHANGES);
  for (let i = 0; told.length < 2 && i < 600; i++) await sleep(100);
  expect(told).toEqual([{ begun: true }, { heard: [numbers(1, CHANGES).join()] }]);
  // One that finds the change and one that finds no more, for each change, and some for those who come late.
  expect(statements).toBeGreaterThan(0);
  expect(statements).toBeLessThan(CHANGES * 10);
});
