import { Budget } from "../../src/database/budget.js";
import { Abandoned, AnswerTooLarge, StatementTimeout, TooManyRequests } from "../../src/database/ended.js";
import { type Shares, Turns } from "../../src/database/turns.js";

const shares: Shares = { connections: 4, perCaller: 2, unreadBytes: 100, waitMilliseconds: 60_000 };
const allowance = { milliseconds: 60_000, bytes: 1_000 };

/** Statements that run until they are told to end, by the names that they were given. */
class Statements {
  readonly running: string[] = [];
  readonly #ends = new Map<string, () => void>();

  /** Asks for one on behalf of a caller. */
  ask(budget: Budget, name: string): Promise<void> {
    return budget.run(async () => {
      this.running.push(name);
      await new Promise<void>((resolve) => this.#ends.set(name, resolve));
      this.running.splice(this.running.indexOf(name), 1);
    });
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)?.();
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a caller has his share and no more; who comes then finds the rest", async () => {
  const [turns, statements] = [new Turns(shares), new Statements()];
  const [one, other] = ["one", "other"].map((caller) => new Budget(turns, caller, allowance)) as [
    Budget,
    Budget,
  ];
  const asked = ["a", "b", "c", "d"].map((name) => statements.ask(one, name));
  await settled();
  expect(statements.running).toEqual(["a", "b"]);
  asked.push(statements.ask(other, "x"));
  await settled();
  expect(statements.running).toEqual(["a", "b", "x"]);
  await statements.end("a");
  expect(statements.running).toEqual(["b", "x", "c"]);
  for (const name of ["b", "c", "d", "x"]) await statements.end(name);
  await Promise.all(asked);
  expect(statements.running).toEqual([]);
});

test("when all connections are taken, those who wait are served in turns", async () => {
  const [turns, statements] = [new Turns({ ...shares, connections: 1, perCaller: 1 }), new Statements()];
  const of = (caller: string) => new Budget(turns, caller, allowance);
  const names = ["a1", "a2", "a3", "b1", "b2", "c1"];
  const asked = names.map((name) => statements.ask(of(name.charAt(0)), name));
  await settled();
  const order: string[] = [];
  while (statements.running[0] !== undefined) {
    order.push(statements.running[0]);
    await statements.end(statements.running[0]);
  }
  await Promise.all(asked);
  expect(order).toEqual(["a1", "b1", "c1", "a2", "b2", "a3"]);
});

test("who leaves answers unread waits until they are read", async () => {
  const [turns, statements] = [new Turns(shares), new Statements()];
  const budget = new Budget(turns, "one", allowance);
  const read = budget.unread(101);
  const asked = statements.ask(budget, "a");
  const other = statements.ask(new Budget(turns, "other", allowance), "x");
  await settled();
  expect(statements.running).toEqual(["x"]);
  read();
  await settled();
  expect(statements.running).toEqual(["x", "a"]);
  for (const name of ["a", "x"]) await statements.end(name);
  await Promise.all([asked, other]);
});

test("a turn that does not come in time is refused, and so is what would fill the memory by waiting", async () => {
  const turns = new Turns({ ...shares, perCaller: 1, waitMilliseconds: 20 });
  const statements = new Statements();
  const budget = new Budget(turns, "one", allowance);
  const first = statements.ask(budget, "a");
  const late = Array.from({ length: 1_001 }, () => statements.ask(budget, "b").catch((error) => error));
  const last = await late.at(-1);
  expect(last).toBeInstanceOf(TooManyRequests);
  expect(statements.running).toEqual(["a"]);
  for (const refused of await Promise.all(late)) expect(refused).toBeInstanceOf(TooManyRequests);
  await statements.end("a");
  await first;
  const after = statements.ask(budget, "c");
  await settled();
  expect(statements.running).toEqual(["c"]);
  await statements.end("c");
  await after;
});

test("once nobody waits for an answer, what waits for a turn does not run, and what runs is told to stop", async () => {
  const [turns, statements] = [new Turns({ ...shares, perCaller: 1 }), new Statements()];
  const budget = new Budget(turns, "one", allowance);
  const stopped: Error[] = [];
  budget.onEnd((reason) => stopped.push(reason));
  const running = statements.ask(budget, "a");
  const waiting = statements.ask(budget, "b").catch((error) => error);
  await settled();
  budget.abandon();
  expect(await waiting).toBeInstanceOf(Abandoned);
  expect(stopped).toEqual([expect.any(Abandoned)]);
  await statements.end("a");
  await running;
  await expect(statements.ask(budget, "c")).rejects.toThrow(Abandoned);
  expect(statements.running).toEqual([]);
});

test("the statements of an answer have their time together, and waiting does not count", async () => {
  const [turns, statements] = [new Turns({ ...shares, perCaller: 1 }), new Statements()];
  const first = new Budget(turns, "one", allowance);
  const second = new Budget(turns, "one", { ...allowance, milliseconds: 50 });
  const long = statements.ask(first, "a");
  const short = statements.ask(second, "b");
  await new Promise((resolve) => setTimeout(resolve, 100));
  const stopped = new Promise<Error>((resolve) => second.onEnd(resolve));
  await statements.end("a");
  expect(statements.running).toEqual(["b"]);
  expect(await stopped).toBeInstanceOf(StatementTimeout);
  await statements.end("b");
  await Promise.all([long, short]);
  await expect(second.run(async () => "more")).rejects.toThrow(StatementTimeout);
});

test("the bytes of an answer are those of all its statements together", async () => {
  const budget = new Budget(new Turns(shares), "one", allowance);
  budget.spend(600);
  expect(() => budget.spend(401)).toThrow(AnswerTooLarge);
  await expect(budget.run(async () => "more")).rejects.toThrow(AnswerTooLarge);
});
