import { buildSchema, getIntrospectionQuery } from "graphql";
import { startTestApp, type TestApp } from "../support/app.js";

const schema = buildSchema(`
  type Query { people(first: Int): People }
  type People { nodes: [Person!]! }
  type Person { name: String friends(first: Int): People best: Person }
`);

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ schema, env: { MAX_DEPTH: "5", MAX_COST: "100" } });
});
afterAll(() => app.stop());

const refusal = async (query: string, variables?: Record<string, unknown>) => {
  const answer = await app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as { data?: unknown; errors?: unknown[] };
  return { status: answer.status, data, error: errors?.[0] };
};

test("an operation too deep is refused, with the depth, the limit and the mend", async () => {
  expect((await refusal("{ people { nodes { best { best { name } } } } }")).status).toBe(200);
  expect(await refusal("{ people { nodes { best { best { best { name } } } } } }")).toEqual({
    status: 400,
    data: undefined,
    error: {
      message: expect.stringMatching(/6 deep; the limit is 5\. Split it/),
      extensions: { code: "DEPTH_LIMIT_EXCEEDED", depth: 6, limit: 5 },
    },
  });
});

test("an operation too costly is refused, with the cost, the limit and the mend", async () => {
  const query = "query ($n: Int) { people(first: $n) { nodes { friends(first: 10) { nodes { name } } } } }";
  expect((await refusal(query, { n: 8 })).status).toBe(200);
  expect(await refusal(query, { n: 9 })).toEqual({
    status: 400,
    data: undefined,
    error: {
      message: expect.stringMatching(/about 109 objects; the limit is 100\. Ask for smaller pages/),
      extensions: { code: "COST_LIMIT_EXCEEDED", cost: 109, limit: 100 },
    },
  });
});

test("the answer that was accepted once does not open the door for larger variables", async () => {
  const query = "query Again($n: Int) { people(first: $n) { nodes { friends { nodes { name } } } } }";
  for (const [n, status] of [
    [1, 200],
    [4, 200],
    [90, 400],
    [2, 200],
    [5, 400],
  ]) {
    expect((await refusal(query, { n })).status).toBe(status);
  }
});

test("a thousand fields are enough, however they are brought about", async () => {
  const steps = Array.from(
    { length: 9 },
    (_, i) =>
      `fragment F${i} on Person { ...F${i + 1} ... on Person { ...F${i + 1} } a${i}: name b${i}: name }`,
  );
  const { status, error } = await refusal(
    `{ people { nodes { ...F0 } } } ${steps.join(" ")} fragment F9 on Person { name }`,
  );
  expect([status, error]).toEqual([
    400,
    {
      message: expect.stringMatching(/selects 1536 fields, fragments spread; the limit is 1000/),
      extensions: { code: "COST_LIMIT_EXCEEDED", fields: 1536, limit: 1000 },
    },
  ]);
});

test("no limit on data keeps anyone from reading the schema", async () => {
  for (const query of [
    getIntrospectionQuery({
      inputValueDeprecation: true,
      oneOf: true,
      schemaDescription: true,
      specifiedByUrl: true,
    }),
    `{ people { nodes { name } } ${getIntrospectionQuery().slice(getIntrospectionQuery().indexOf("{") + 1)}`,
  ]) {
    const { status, data } = await refusal(query);
    expect([status, data]).toEqual([200, expect.objectContaining({ __schema: expect.anything() })]);
  }
});

test("what is asked of the whole schema is measured as it is, and refused when it is too much", async () => {
  const whole = await startTestApp();
  try {
    const names = (count: number) => Array.from({ length: count }, (_, n) => `n${n}: name`).join(" ");
    const asked = async (query: string) =>
      (await whole.ask(query)).errors?.map(({ extensions }) => extensions.code);
    expect(await asked(`{ __schema { types { fields { ${names(20)} } } } }`)).toBeUndefined();
    for (const query of [
      `{ __schema { types { fields { ${names(900)} } } } }`,
      `{ __schema { ${Array.from({ length: 200 }, (_, n) => `t${n}: types { fields { args { type { name } } } }`).join(" ")} } }`,
      `{ claims(first: 1) { totalCount } __schema { types { enumValues { ${names(900)} } fields { ${names(90)} } } } }`,
    ]) {
      expect(await asked(query)).toEqual(["COST_LIMIT_EXCEEDED"]);
    }
    // So is what graphql-js puts together of rows, because the schema is asked for beside them.
    const rows = "claims(first: 100) { nodes { events(first: 100) { nodes { id title slug type } } } }";
    expect(
      await asked(
        `{ __schema { description } actor(slug: "none") { a: ${rows} b: ${rows} c: ${rows} d: ${rows} } }`,
      ),
    ).toEqual(["COST_LIMIT_EXCEEDED"]);
    expect(
      await asked(`{ actor(slug: "none") { a: ${rows} b: ${rows} c: ${rows} d: ${rows} } }`),
    ).toBeUndefined();
  } finally {
    await whole.stop();
  }
});
