import pg from "pg";
import { Budget } from "../../src/database/budget.js";
import type { Database } from "../../src/database/database.js";
import { Abandoned, AnswerTooLarge, StatementTimeout } from "../../src/database/ended.js";
import { Turns } from "../../src/database/turns.js";
import { serverUrl, type TestDatabase, testDatabase } from "../support/database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const shares = { connections: 9, perCaller: 9, unreadBytes: 1e9, waitMilliseconds: 60_000 };
const budgetOf = (allowance: { milliseconds?: number; bytes?: number } = {}) =>
  new Budget(new Turns(shares), "one", { milliseconds: 60_000, bytes: 1e9, ...allowance });

const read = (text: string, budget: Budget, from: Database = database) =>
  budget.run(() => from.read(text, [], { onePlan: true, budget }));

test("a value that is too large is not read, nor are others of the same answer", async () => {
  const budget = budgetOf({ bytes: 300_000 });
  expect(await read("select repeat('a', 200000)", budget)).toHaveLength(200_000);
  await expect(read("select repeat('b', 200000)", budget)).rejects.toThrow(AnswerTooLarge);
  await expect(read("select 'c'", budget)).rejects.toThrow(AnswerTooLarge);
  // As large as is allowed, and one byte more, in one packet and in many; letters may have several bytes.
  for (const size of [10, 70_000, 2_000_000]) {
    expect(await read(`select repeat('é', ${size})`, budgetOf({ bytes: 2 * size }))).toHaveLength(2 * size);
    await expect(read(`select repeat('é', ${size})`, budgetOf({ bytes: 2 * size - 1 }))).rejects.toThrow(
      AnswerTooLarge,
    );
  }
  expect(await read("select 'still there'", budgetOf())).toBe("still there");
});

const onServer = serverUrl === undefined ? describe.skip : describe;

onServer("on PostgreSQL", () => {
  const running = async (mark: string) => {
    const rows = await database.query<{ count: number }>(
      "select count(*)::int as count from pg_stat_activity where state = 'active' and query like $1 and pid <> pg_backend_pid()",
      [`%${mark}%`],
    );
    return rows[0]?.count;
  };
  const until = async (mark: string, count: number) => {
    while ((await running(mark)) !== count) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const sleep = (mark: string) => `select pg_sleep(600)::text as ${mark}`;

  test("a statement is cancelled when nobody waits for it any more", async () => {
    const budget = budgetOf();
    const asked = read(sleep("gone"), budget).catch((error) => error);
    await until("gone", 1);
    budget.abandon();
    expect(await asked).toBeInstanceOf(Abandoned);
    await until("gone", 0);
  });

  test("a statement is cancelled when its time is over, and so are others of the same answer", async () => {
    const budget = budgetOf({ milliseconds: 100 });
    const all = ["late", "late", "late"].map((mark) => read(sleep(mark), budget).catch((error) => error));
    for (const error of await Promise.all(all)) expect(error).toBeInstanceOf(StatementTimeout);
    await until("late", 0);
  });

  test("what was cancelled hits nobody else: its connections answer the next ones rightly, prepared or not", async () => {
    for (let round = 0; round < 30; round++) {
      const budget = budgetOf();
      const asked = Array.from({ length: 5 }, () => read(sleep("round"), budget).catch((error) => error));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      budget.abandon();
      for (const error of await Promise.all(asked)) expect(error).toBeInstanceOf(Abandoned);
      const next = Array.from({ length: 10 }, (_, n) => read(`select '${n % 5}'`, budgetOf()));
      expect(await Promise.all(next)).toEqual(Array.from({ length: 10 }, (_, n) => String(n % 5)));
    }
  });

  test("a statement that the server ends by itself says so, and its connection stays", async () => {
    const pid = () => read("select pg_backend_pid()::text as pid", budgetOf());
    const before = await pid();
    const cancelled = read(sleep("other"), budgetOf()).catch((error) => error);
    await until("other", 1);
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query(
      "select pg_cancel_backend(pid) from pg_stat_activity where query like '%as other%' and pid <> pg_backend_pid()",
    );
    await client.end();
    expect(await cancelled).toBeInstanceOf(StatementTimeout);
    expect(await pid()).toBe(before);
  });
});
