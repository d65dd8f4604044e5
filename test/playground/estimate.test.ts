import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from "graphql";
import { estimateOf } from "../../web/estimate.js";
import { examplesOf, pages } from "../docs/pages.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { readExamples } from "../support/examples.js";

const LIMITS = { maxDepth: 20, maxCost: 50_000, maxAnswerBytes: 20_000_000 };

const examples = [
  ...readExamples().map(({ name, query, variables }) => ({ name, query, variables })),
  ...pages.flatMap((page) =>
    examplesOf(page).map(({ line, text, variables }) => ({
      name: `${page}:${line}`,
      query: text,
      variables,
    })),
  ),
];

let usual: TestApp;
let strict: TestApp;
let schema: GraphQLSchema;
beforeAll(async () => {
  usual = await startTestApp();
  strict = await startTestApp({ env: { MAX_COST: "1" } });
  // As the page has it, which knows no more than introspection tells.
  const { data } = await usual.ask(getIntrospectionQuery());
  schema = buildClientSchema(data as unknown as IntrospectionQuery);
});
afterAll(() => Promise.all([usual?.stop(), strict?.stop()]));

/** Why a server refuses an operation for its size, and the size. */
async function refusalBy(app: TestApp, query: string, variables: Record<string, unknown>) {
  const { errors = [] } = await app.ask(query, variables);
  return errors.find(({ extensions }) => /^(COST|DEPTH)_LIMIT_EXCEEDED$/.test(extensions.code));
}

test.each(examples)("$name costs what the server says", async ({ query, variables = "{}" }) => {
  const given = JSON.parse(variables);
  const estimate = estimateOf(schema, { ...LIMITS, maxCost: 1 }, query, given);
  const refusal = await refusalBy(strict, query, given);

  expect(estimate?.refusal).toBe(refusal?.message);
  if (refusal) expect(estimate?.cost).toBe(refusal.extensions.cost);
  else expect(estimate?.cost).toBeLessThanOrEqual(1);
});

const page = (count: number) => `query ($n: Int = ${count}) {
  events(first: $n) { nodes { claims(first: 100) { nodes { events(first: 5) { nodes { id } } } } } }
}`;
const nodes = (fields: string) =>
  `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Event { claims(first: 100) { nodes { ${fields} } } } } }`;
const ids = Array.from({ length: 100 }, (_, i) => `event_${i}`);

const MANY = "id language statement act stance a: id b: id c: id d: id e: id f: id g: id h: id i: id";

test.each([
  ["a page that is small enough", page(50), {}, false],
  ["a page that is too large", page(90), {}, true],
  ["a variable", page(50), { n: 99 }, true],
  ["depth", `{ claims { nodes ${"{ relations { from ".repeat(10)}{ id }${" } }".repeat(10)} } }`, {}, true],
  [
    "names",
    `{ claims(first: 100) { nodes { events(first: 10) { nodes { ${"long".repeat(7_500)}: id } } } } }`,
    {},
    true,
  ],
  ["nodes", nodes(MANY), { ids }, false],
  [
    "nodes in a fragment",
    `${nodes(MANY).replace("{ nodes(", "{ ...A } fragment A on Query { nodes(")}`,
    { ids },
    false,
  ],
  ["few nodes", nodes("id"), { ids }, false],
  [
    "a list beside a look at the schema",
    `{ __typename __schema { description } claims(first: 100) { nodes { events(first: 100) { nodes { ${MANY.replace("language statement act stance", "slug title type description j: id k: id")} } } } } }`,
    {},
    true,
  ],
  ["a mutation", "mutation { a: submitClaim(input: { id: 1 }) { claim { id } } }", {}, false],
  [
    "the schema",
    `{ ${Array.from({ length: 200 }, (_, i) => `a${i}: __schema { types { fields { name } } }`).join(" ")} }`,
    {},
    true,
  ],
])("the estimate says what the server says: %s", async (_, query, variables, refused) => {
  const estimate = estimateOf(schema, LIMITS, query, variables);

  expect(estimate).toBeDefined();
  expect(estimate?.refusal !== undefined).toBe(refused);
  expect(estimate?.refusal).toBe((await refusalBy(usual, query, variables))?.message);
});

test.each([
  ["no GraphQL", "{ claims", {}],
  ["no operation", "fragment A on Claim { id }", {}],
  ["a field that is not there", "{ claimz { totalCount } }", {}],
  ["a fragment that is not there", "{ ...A }", {}],
  ["fragments in a circle", "{ ...A } fragment A on Query { ...A }", {}],
  ["what nobody reads", `{ ${"claims { totalCount } ".repeat(1_300)} }`, {}],
  ["what takes long to compare", `{ ${"claims { totalCount } ".repeat(400)} }`, {}],
  ["a variable that is missing", "query ($id: ID!) { claim(id: $id) { id } }", {}],
  ["a choice that was not made", "query A { claims { totalCount } } query B { claims { totalCount } }", {}],
])("nothing is estimated of %s", (_, query, variables) => {
  expect(estimateOf(schema, LIMITS, query, variables)).toBeUndefined();
});

test("of several operations the one with the name is estimated", () => {
  const query = "query A { claims(first: 7) { nodes { id } } } query B { events(first: 9) { nodes { id } } }";

  expect(estimateOf(schema, LIMITS, query, {}, "B")).toEqual({ cost: 10 });
});
