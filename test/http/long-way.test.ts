import { setTimeout } from "node:timers/promises";
import { Budget } from "../../src/database/budget.js";
import { Abandoned } from "../../src/database/ended.js";
import { Turns } from "../../src/database/turns.js";
import { LongWay } from "../../src/http/long-way.js";
import { largeBudget } from "../support/budget.js";

const caller = (name: string): Budget => {
  const turns = new Turns({ connections: 1, perCaller: 1, unreadBytes: 0, waitMilliseconds: 60_000 });
  return new Budget(turns, name, { milliseconds: 60_000, bytes: 0 });
};

function keepBusy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

test("one piece is done at a time, whoever brings it", async () => {
  const longWay = new LongWay(60_000);
  const done: string[] = [];
  const leave = await longWay.enter(caller("one"));
  const other = longWay.enter(caller("other")).then((leaveToo) => {
    done.push("other began");
    leaveToo();
  });
  await setTimeout(20);
  done.push("one ends");
  leave();
  await other;

  expect(done).toEqual(["one ends", "other began"]);
});

test("after a piece, the process is free for as long as the piece took", async () => {
  const longWay = new LongWay(60_000);
  const leave = await longWay.enter(largeBudget());
  keepBusy(50);
  const end = performance.now();
  leave();
  (await longWay.enter(largeBudget()))();

  expect(performance.now() - end).toBeGreaterThan(45);
});

test("who goes away while he waits leaves his turn to the next one", async () => {
  const longWay = new LongWay(60_000);
  const [gone, next] = [caller("gone"), caller("next")];
  const leave = await longWay.enter(largeBudget());
  const waiting = [gone, next].map((budget) => longWay.enter(budget));
  keepBusy(20);
  leave();
  gone.abandon();

  await expect(waiting[0]).rejects.toBeInstanceOf(Abandoned);
  (await waiting[1])?.();
});
