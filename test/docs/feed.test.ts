import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { startTestApp } from "../support/app.js";
import { type TestDatabase, testDatabase } from "../support/database.js";
import { recordRevision } from "../support/revisions.js";

/** The programs of the page, in order. */
const programs = [...readFileSync("docs/feed.md", "utf8").matchAll(/^```js\n(.*?)^```$/gms)].map(
  ([, text]) => text as string,
);

let database: TestDatabase;
const running: ChildProcess[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill();
});
afterAll(() => database.close());

/** Runs a program of the page against a server. @returns what it has written */
function run(program: string, url: string): { lines(): string[] } {
  const text = program.replaceAll("127.0.0.1:4000", new URL(url).host);
  expect(text).not.toBe(program);
  const child = spawn(process.execPath, ["--input-type=module", "-e", text]);
  running.push(child);
  let written = "";
  child.stdout.on("data", (data) => {
    written += data;
  });
  return { lines: () => written.split("\n").filter(Boolean) };
}

/** Records changes until a program has heard one: only then is it known that it follows. */
async function untilHeard(lines: () => string[]): Promise<number> {
  const before = lines().length;
  for (let i = 0; i < 60 && lines().length === before; i++) {
    await recordRevision(database);
    await sleep(250);
  }
  return lines().length;
}

test("there are two programs", () => expect(programs).toHaveLength(2));

test.each(programs)("program %# hears a change", async (program) => {
  const app = await startTestApp({ database });
  const { lines } = run(program, app.url);
  expect(await untilHeard(lines)).toBeGreaterThan(0);
  expect(lines()[0]).toMatch(/^CREATED actor_\w+$/);
  await app.stop();
});

test("the first comes back after the server was away, and has missed nothing", async () => {
  const first = await startTestApp({ database });
  const { lines } = run(programs[0] as string, first.url);
  await untilHeard(lines);
  await sleep(500);
  const before = lines().length;
  await first.stop();
  for (let i = 0; i < 3; i++) await recordRevision(database, { action: "UPDATED" });
  const second = await startTestApp({ database, env: { PORT: new URL(first.url).port } });
  for (let i = 0; i < 40 && lines().length < before + 3; i++) await sleep(250);
  expect(lines().slice(before)).toEqual(Array(3).fill(expect.stringMatching(/^UPDATED actor_/)));
  await second.stop();
});
