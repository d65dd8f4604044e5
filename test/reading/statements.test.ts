import { type GraphQLSchema, graphql } from "graphql";
import type { Database } from "../../src/database/database.js";
import { loadExamples } from "../../src/dataset/load-examples.js";
import { ANONYMOUS } from "../../src/graphql/viewer.js";
import { Reader } from "../../src/reading/reader.js";
import { buildSchema } from "../../src/schema.js";
import { type TestDatabase, testDatabase } from "../support/database.js";
import { readExamples } from "../support/examples.js";

let database: TestDatabase;
let schema: GraphQLSchema;
beforeAll(async () => {
  database = await testDatabase();
  schema = await buildSchema();
  await loadExamples(database.prisma);
});
afterAll(() => database.close());

/** One clause a line, so that a change of a statement reads as a change of a line. */
const inLines = (sql: string): string[] =>
  sql.split(/(?=\(select |\bfrom \(|\bfrom "|\bwhere |\border by |\blimit )/).map((line) => line.trimEnd());

test.each(readExamples())("$name: its statements and its answer", async ({ query, variables = "{}" }) => {
  const statements: { sql: string[]; values: readonly unknown[] }[] = [];
  const observed: Database = Object.assign(Object.create(database), {
    read: (...asked: Parameters<Database["read"]>) => {
      statements.push({ sql: inLines(asked[0]), values: asked[1] });
      return database.read(...asked);
    },
  });
  const answer = await graphql({
    schema,
    source: query,
    variableValues: JSON.parse(variables),
    contextValue: { reader: new Reader(observed, ANONYMOUS) },
  });
  expect({ statements, answer: JSON.parse(JSON.stringify(answer)) }).toMatchSnapshot();
});
