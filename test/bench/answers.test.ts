import { resolve } from "node:path";
import { type EmbeddedDatabase, openEmbedded } from "../../src/database/embedded.js";
import { startTestApp, type TestApp } from "../support/app.js";

type Row = Record<string, unknown>;
interface Question {
  name: string;
  far?: boolean;
  first?: string;
  parameters?: string;
  limit?: string;
  values?(asked: Row): unknown[];
}

const bench = (file: string) => import(resolve("bench", file));
const { fill } = await bench("dataset.mjs");
const { canonical } = await bench("canonical.mjs");
const { requestOf } = await bench("request.mjs");
const { questions } = (await bench("questions/index.mjs")) as { questions: Question[] };
const CLAIMS = 4000;
/** How many of its requests a question is asked with. */
const ASKED = 3;

let database: EmbeddedDatabase;
let app: TestApp;

const rows = async (text: string, values: unknown[] = []) =>
  (await database.pglite.query<Row>(text, values)).rows;

beforeAll(async () => {
  database = await openEmbedded({});
  await fill(async (text: string) => (await database.pglite.exec(text)).at(-1)?.rows ?? [], CLAIMS);
  app = await startTestApp({
    database: Object.assign(database, { prisma: await database.loadPrisma() }),
  });
}, 120_000);

afterAll(async () => {
  await app?.stop();
  await database?.close();
});

/** What the hand-written SQL answers. */
async function byHand({ name, first, limit = "", values }: Question, asked: Row) {
  const given = values?.(asked) ?? [];
  const text = async (sql: string, values: unknown[]) => Object.values((await rows(sql, values))[0] ?? {})[0];
  if (first) given[0] = await text(first, given.slice(0, 1));
  return canonical({ data: { [name]: JSON.parse(String(await text(limit, given))) } });
}

/** What the server answers. */
async function byServer(question: Question, asked: Row) {
  const { path, ...init } = requestOf({ language: "claimgraph", path: "/graphql" }, question, asked);
  const answer = await (await app.fetch(path, init)).json();
  return canonical(answer);
}

// Pages far down are found by turning pages, which takes long.
const byBoth = questions.filter(({ far, limit }) => !far && limit);
test.each(byBoth.map((question) => [question.name, question] as const))(
  "%s: the hand-written SQL and the server answer alike",
  async (_name, question) => {
    const all = question.parameters ? await rows(question.parameters) : [{}];
    expect(all).not.toEqual([]);
    for (const asked of all.slice(0, ASKED)) {
      const expected = await byHand(question, asked);
      expect(expected.length).toBeGreaterThan(20);
      expect(await byServer(question, asked)).toBe(expected);
    }
  },
);

const byServerAlone = questions.filter(({ limit }) => !limit);
test.each(byServerAlone.map((question) => [question.name, question] as const))(
  "%s: the server answers, and each time alike",
  async (_name, question) => {
    const all = question.parameters ? await rows(question.parameters) : [{}];
    expect(all).not.toEqual([]);
    for (const asked of all.slice(0, ASKED)) {
      const answer = await byServer(question, asked);
      expect(answer).toContain('"id"');
      expect(await byServer(question, asked)).toBe(answer);
    }
  },
);
