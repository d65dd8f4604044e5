import Fastify, { type FastifyInstance } from "fastify";
import { Budget } from "../../src/database/budget.js";
import { Turns } from "../../src/database/turns.js";
import { Budgets } from "../../src/http/budgets.js";
import { callers } from "../../src/http/caller.js";
import { LongWay } from "../../src/http/long-way.js";
import { readJson } from "../../src/http/read-json.js";

const budgets = new Budgets(
  {
    callerConnections: 5,
    readerStatementSeconds: 3,
    statementSeconds: 30,
    maxAnswerBytes: 1_000,
    trustedProxies: [],
  },
  { connections: 10 },
);
const longWay = new LongWay(60_000);
const turns = new Turns({ connections: 1, perCaller: 1, unreadBytes: 1_000, waitMilliseconds: 60_000 });
const another = new Budget(turns, "another", { milliseconds: 60_000, bytes: 1_000 });

let app: FastifyInstance;
let url: string;
beforeAll(async () => {
  app = Fastify();
  callers(app);
  readJson(app, budgets, longWay);
  app.post("/", async ({ body }) => ({ entries: (body as unknown[]).length }));
  url = await app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => app.close());

const post = async (body: string, signal?: AbortSignal) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    signal,
  });
  return `${response.status} ${(await response.text()).slice(0, 100)}`;
};
const list = (entries: number) => JSON.stringify(Array(entries).fill(1));

test("a long body is read in turn, a short one at once", async () => {
  const leave = await longWay.enter(another);
  const answers: string[] = [];
  const long = post(list(50_000)).then((answer) => answers.push(answer));
  const gone = new AbortController();
  const abandoned = post(list(60_000), gone.signal).catch(() => "gone");
  expect(await post(list(2))).toBe('200 {"entries":2}');
  expect(answers).toEqual([]);
  gone.abort();
  expect(await abandoned).toBe("gone");
  leave();
  await long;
  expect(answers).toEqual(['200 {"entries":50000}']);
  // Whoever had the turn has given it back, and who has gone does not keep it.
  expect(await post(list(50_000))).toBe('200 {"entries":50000}');
});

test.each([
  ["no JSON", 'x"', /INVALID_JSON_BODY/],
  ["nested too deep", "[".repeat(700), /more than 600/],
])("a body that is %s is refused, long or short", async (_what, wrong, message) => {
  expect(await post(wrong)).toMatch(message);
  expect(await post(`${wrong}${" ".repeat(20_000)}`)).toMatch(message);
  expect(await post(list(50_000))).toBe('200 {"entries":50000}');
});
