import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { buildSchema, type GraphQLSchema, parse, validate } from "graphql";

interface Dialect {
  query: string;
  method?: "GET";
  turn?: { query: string; most: number; list?(data: unknown): unknown };
  variables?(asked: Record<string, unknown>): Record<string, unknown>;
}
interface Question {
  name: string;
  kind: string;
  further?: boolean;
  far?: boolean;
  rows?: number;
  most?: number;
  against?: Record<string, number>;
  limit?: string;
  values?(asked: Record<string, unknown>): unknown[];
  claimgraph: Dialect;
  postgraphile?: Dialect;
  prisma?: Dialect;
}

const bench = (file: string) => import(resolve("bench", file));
const { questions } = (await bench("questions/index.mjs")) as { questions: Question[] };
const asked = {
  id: "018e72b9-ff80-734d-a5b3-abb4bc5d3fe7",
  slug: "event-1",
  state: "state-1",
  type: "AGREE",
  since: 2018,
  until: 2023,
  earliest: "2020-01-01",
  latest: "2020-12-31",
  first: 100,
  after: "x",
  typeId: (prefix: string) => `${prefix}_x`,
};

const documents = ({ query, turn }: Dialect) => (turn ? [query, turn.query] : [query]);
const messages = (schema: GraphQLSchema, dialect: Dialect) =>
  documents(dialect).flatMap((text) => validate(schema, parse(text)).map(({ message }) => message));

test.each(questions.map((question) => [question.name, question] as const))(
  "%s is a valid question to the server",
  (_name, { claimgraph }) => {
    const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
    expect(messages(schema, claimgraph)).toEqual([]);
  },
);

test("every question is valid to the two TypeGraphQL servers", async () => {
  const { schemaOf } = await bench("contenders/typegraphql/schema.mjs");
  const schema: GraphQLSchema = await schemaOf(true);
  const problems = questions.flatMap(({ prisma }) => (prisma ? messages(schema, prisma) : []));
  expect(problems).toEqual([]);
});

test.each(questions.map((question) => [question.name, question] as const))(
  "%s gives each document the variables that it declares, and each statement its parameters",
  (_name, { claimgraph, postgraphile, prisma, limit, values }) => {
    for (const dialect of [claimgraph, postgraphile, prisma]) {
      if (!dialect) continue;
      const given = Object.keys(dialect.variables?.(asked) ?? {});
      for (const text of documents(dialect)) {
        const declared = [...(text.split("{")[0] ?? "").matchAll(/\$(\w+)/g)].map(([, name]) => name);
        expect(given).toEqual(expect.arrayContaining(declared));
      }
    }
    const places = new Set([...(limit ?? "").matchAll(/\$(\d+)/g)].map(([, place]) => Number(place)));
    expect([...places].sort()).toEqual((values?.(asked) ?? []).map((_, index) => index + 1));
  },
);

test("questions have different names, and those of the goals come before the others", () => {
  const names = questions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const further = questions.map((question) => question.further ?? false);
  expect(further).toEqual([...further].sort());
  expect(further).toContain(true);
});

test("memory is measured under the board in new processes: it is the first question", () => {
  expect(questions[0]?.name).toBe("board");
});

test("a question about a page far down says in every language how pages are turned", () => {
  const far = questions.filter((question) => question.far);
  expect(far).not.toEqual([]);
  for (const { claimgraph, postgraphile, prisma } of far) {
    for (const dialect of [claimgraph, postgraphile, prisma].filter((one) => one !== undefined)) {
      expect(dialect.turn?.most).toBeGreaterThanOrEqual(100);
    }
  }
});

test("a question without hand-written SQL has a time as its goal, and is put to nobody else", () => {
  const alone = questions.filter(({ limit }) => limit === undefined);
  expect(alone.map(({ name }) => name)).toContain("dispute");
  for (const { name, kind, most, postgraphile, prisma } of alone) {
    expect({ name, kind, postgraphile, prisma }).toEqual({ name, kind: "disputes" });
    expect([name, most]).toEqual([name, expect.any(Number)]);
  }
});

test("a question is measured against one that there is", () => {
  const against = questions.flatMap(({ against }) => Object.keys(against ?? {}));
  expect(against).toEqual(expect.arrayContaining(["filtered", "filteredNear", "coldEvent"]));
  expect(questions.map(({ name }) => name)).toEqual(expect.arrayContaining(against));
});

test("questions that are measured against each other, or against the same one, are measured together", async () => {
  const { together } = await bench("size.mjs");
  const against: Record<string, string[]> = {
    board: [],
    far: ["first", "near"],
    first: [],
    hot: ["cold"],
    cold: [],
    near: [],
  };
  const prepared = Object.entries(against).map(([name, others]) => ({
    question: { name, against: Object.fromEntries(others.map((other) => [other, 1.2])) },
  }));
  const groups = together(prepared) as (typeof prepared)[];
  expect(groups.map((group) => group.map(({ question }) => question.name))).toEqual([
    ["board"],
    ["far", "first", "near"],
    ["hot", "cold"],
  ]);
});

test("a document that is persisted is named by the SHA-256 of its text, and left out where it is known", async () => {
  const { requestOf, textOf } = await bench("request.mjs");
  const question = questions.find(({ claimgraph }) => claimgraph.method === "GET");
  if (!question) throw new Error("no question is asked by GET");
  const contender = { language: "claimgraph", path: "/graphql" };
  const sent = (how: string) => {
    const { method, path } = requestOf(contender, question, asked, how);
    expect(method).toBe("GET");
    return new URL(path, "http://localhost").searchParams;
  };
  const text = textOf(question.claimgraph);
  const sha256Hash = createHash("sha256").update(text).digest("hex");
  expect(sent("text").get("query")).toBe(text);
  expect(sent("both").get("query")).toBe(text);
  expect(sent("hash").get("query")).toBeNull();
  expect(sent("text").get("extensions")).toBeNull();
  for (const how of ["hash", "both"]) {
    expect(JSON.parse(sent(how).get("extensions") ?? "")).toEqual({
      persistedQuery: { version: 1, sha256Hash },
    });
  }
  expect(JSON.parse(sent("hash").get("variables") ?? "")).toMatchObject({ events: 20 });
});
