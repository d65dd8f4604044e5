import { setTimeout as sleep } from "node:timers/promises";
import { startTestApp, type TestApp } from "../support/app.js";
import { type Following, follow } from "../support/followers.js";
import { numbers, recordNumbered, recordRevision } from "../support/revisions.js";

const FOLLOWERS = 1_000;
const CHANGES = 20;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test("a thousand followers all hear twenty changes, and a statement serves all of them", async () => {
  const before = process.memoryUsage.rss();
  const followers: Following[] = [];
  for (let i = 0; i < FOLLOWERS; i += 50) {
    const some = Array.from({ length: 50 }, () => follow(app, { client: { keepAlive: 0 } }));
    followers.push(...(await Promise.all(some)));
    await sleep(20);
  }
  // All have begun when all have heard something.
  while (followers.some(({ events }) => events.length === 0)) {
    await recordRevision(app.database, { reason: "0" });
    await sleep(1_000);
  }
  const heardBefore = followers.map(({ events }) => events.length);
  let statements = 0;
  const query = app.database.query.bind(app.database);
  app.database.query = (text, ...rest) => {
    if (text.includes("json")) statements++;
    return query(text, ...rest);
  };
  await recordNumbered(app.database, 1, CHANGES);
  const heard = await Promise.all(
    followers.map((following, i) => following.reasons(heardBefore[i]! + CHANGES)),
  );
  expect(new Set(heard.map((reasons) => reasons.slice(-CHANGES).join()))).toEqual(
    new Set([numbers(1, CHANGES).join()]),
  );
  // One that finds the change and one that finds no more, for each change, and some for those who come late.
  expect(statements).toBeLessThan(CHANGES * 10);
  // Both ends of all connections are in this process.
  const grown = (process.memoryUsage.rss() - before) / 1e6;
  expect(grown).toBeLessThan(400);
  await Promise.all(followers.map((following) => following.stop()));
});
