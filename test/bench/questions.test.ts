import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { buildSchema, type GraphQLSchema, parse, validate } from "graphql";

interface Dialect {
  query: string;
  variables?(asked: Record<string, unknown>): Record<string, unknown>;
}
interface Question {
  name: string;
  limit: string;
  values?(asked: Record<string, unknown>): unknown[];
  claimgraph: Dialect;
  postgraphile: Dialect;
  prisma?: Dialect;
}

const bench = (file: string) => import(resolve("bench", file));
const { questions } = (await bench("questions/index.mjs")) as { questions: Question[] };
const asked = {
  id: "018e72b9-ff80-734d-a5b3-abb4bc5d3fe7",
  slug: "event-1",
  typeId: (prefix: string) => `${prefix}_x`,
};

const messages = (schema: GraphQLSchema, dialect: Dialect) =>
  validate(schema, parse(dialect.query)).map(({ message }) => message);

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
      const declared = [...(dialect.query.split("{")[0] ?? "").matchAll(/\$(\w+)/g)].map(([, name]) => name);
      expect(Object.keys(dialect.variables?.(asked) ?? {})).toEqual(
        expect.arrayContaining(declared.filter((name) => name !== "after")),
      );
    }
    const places = new Set([...limit.matchAll(/\$(\d+)/g)].map(([, place]) => Number(place)));
    expect([...places].sort()).toEqual((values?.(asked) ?? []).map((_, index) => index + 1));
  },
);

test("questions have different names", () => {
  expect(new Set(questions.map(({ name }) => name)).size).toBe(questions.length);
});
