import { readFileSync } from "node:fs";
import { type GraphQLSchema, graphql, parse, validate } from "graphql";
import type { Database } from "../../src/database/database.js";
import { loadExamples } from "../../src/dataset/load-examples.js";
import { ANONYMOUS } from "../../src/graphql/viewer.js";
import { Reader } from "../../src/reading/reader.js";
import { buildSchema } from "../../src/schema.js";
import { largeBudget } from "../support/budget.js";
import { type TestDatabase, testDatabase } from "../support/database.js";
import { readExamples } from "../support/examples.js";
import { readWorld } from "../support/world.js";
import { Reference } from "./reference.js";

let database: TestDatabase;
let schema: GraphQLSchema;
let reference: Reference;
beforeAll(async () => {
  database = await testDatabase();
  schema = await buildSchema();
  await loadExamples(database.prisma);
  reference = new Reference(readFileSync("schema.graphql", "utf8"), await readWorld(database.prisma));
});
afterAll(() => database.close());

/** One clause a line, so that a change of a statement reads as a change of a line. */
const inLines = (sql: string): string[] =>
  sql.split(/(?=\(select |\bfrom \(|\bfrom "|\bwhere |\border by |\blimit )/).map((line) => line.trimEnd());

/** JSON as a person reads it: what fits into a line stands in one. */
function inBrief(value: unknown, indent = ""): string {
  const flat = JSON.stringify(value);
  if (typeof value !== "object" || value === null || indent.length + flat.length <= 120) return flat;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Object.entries(value).map(
    ([key, part]) =>
      `${deeper}${Array.isArray(value) ? "" : `${JSON.stringify(key)}: `}${inBrief(part, deeper)}`,
  );
  return `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}

/** An instant that a statement gets is not the text of it. */
const typed = (value: unknown): unknown => (value instanceof Date ? { Date: value } : value);

/** Asks, and sees what is asked of the database. */
async function observe(source: string, variableValues: Record<string, unknown> = {}) {
  const asked: Parameters<Database["read"]>[] = [];
  const observed: Database = Object.assign(Object.create(database), {
    read: (...read: Parameters<Database["read"]>) => {
      asked.push(read);
      return database.read(...read);
    },
  });
  const contextValue = { reader: new Reader(observed, ANONYMOUS, largeBudget()) };
  return { asked, answer: await graphql({ schema, source, variableValues, contextValue }) };
}

/** The examples that the reference answers: what readers ask about records as they are, not about disputes or history. */
const ANSWERED = [
  "ActorProfile",
  "ActorTimeline",
  "ByExternalId",
  "CasualtyFigures",
  "ClaimsByActor",
  "ClaimsByMonth",
  "Counts",
  "EventBoard",
  "OneClaim",
  "OneStateAllVoices",
  "OtherLanguages",
  "PageByPage",
  "Quantities",
  "SourceAndSpans",
  "SourcesByMonth",
  "VagueDates",
];

test("most examples are answered by the reference", () => {
  const answered = readExamples().filter(
    ({ query, role }) => role === "READER" && validate(reference.schema, parse(query)).length === 0,
  );
  expect(answered.map(({ name }) => name).sort()).toEqual(ANSWERED);
});

test.each(readExamples())(
  "$name: its statements and its answer",
  async ({ name, query, variables = "{}" }) => {
    const { asked, answer } = await observe(query, JSON.parse(variables));
    const statements = asked.flatMap(([sql, values]) => [
      ...inLines(sql),
      `-- ${inBrief(values.map(typed))}`,
      "",
    ]);
    if (ANSWERED.includes(name)) {
      expect(answer).toEqual(reference.answer(parse(query), JSON.parse(variables)).result);
      expect(statements.join("\n")).toMatchSnapshot();
    } else {
      expect([...statements, inBrief(answer)].join("\n")).toMatchSnapshot();
    }
  },
);

test("what is asked of events is asked of the links to them as well, as far as they tell it, unless to count", async () => {
  const of = async (selection: string) => {
    const { asked } = await observe(`{
      claims(where: { events: { some: {
        type: { eq: AID }, occurred: { possiblyDuring: "2024" }, place: { countryCode: { eq: "RU" } } } } }) { ${selection} }
    }`);
    const text = asked.map(([sql]) => sql).join();
    const places = (column: string) =>
      new Set([...text.matchAll(new RegExp(`(\\w+)."${column}"`, "g"))].map(String)).size;
    const columns = ["type", "occurred_earliest", "occurred_latest", "place_country_code"];
    // As a number, of which PostgreSQL does not think that it made what fits any rarer.
    return { places: columns.map(places), asNumber: /::timestamptz\)+::int <> 0/.test(text) };
  };
  expect(await of("nodes { id }")).toEqual({ places: [2, 2, 2, 1], asNumber: true });
  expect(await of("totalCount")).toEqual({ places: [1, 1, 1, 1], asNumber: false });
});

test("the place of a cursor is told from what is asked for, so that all pages have one plan", async () => {
  const query = `query ($after: String, $before: String) {
    claims(first: 1, after: $after, before: $before, where: { act: { ne: DENY }, events: { some: { type: { ne: OTHER } } } }) {
      pageInfo { endCursor hasPreviousPage }
    }
  }`;
  type Page = { claims: { pageInfo: { endCursor: string } } };
  const { endCursor } = ((await observe(query)).answer.data as unknown as Page).claims.pageInfo;
  const [, ...keys] = JSON.parse(Buffer.from(endCursor, "base64").subarray(4).toString()) as string[];
  expect(keys).toHaveLength(3);
  const { asked } = await observe(query, { after: endCursor });
  const [[, values, { bounds = [] }]] = asked as [Parameters<Database["read"]>];
  // Once for the page, once for what lies before it.
  expect(bounds.map((index) => values[index])).toEqual([...keys, ...keys]);
  expect(values.filter((_, index) => !bounds.includes(index))).toEqual(
    expect.not.arrayContaining([keys.at(-1)]),
  );
});
