import {
  type ExecutionResult,
  execute,
  getIntrospectionQuery,
  getOperationAST,
  getVariableValues,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { compileOperation } from "../../src/http/compile.js";
import { compilingExecutor, type Executor } from "../../src/http/executor.js";
import { maskError } from "../../src/http/mask-errors.js";
import { librarySchema as schema } from "./library.schema.js";
import { randomOperation, seeded } from "./random-operation.js";

type Asked = Parameters<Executor>[0];

const context = { name: "somebody" };

function asked(
  source: string,
  variables: Record<string, unknown> | undefined,
  operationName?: string,
): Asked {
  const document = parse(source);
  const given: Partial<Asked> = {
    document,
    source,
    queryHash: source,
    context,
    operationName: operationName ?? null,
    request: { query: source, variables, operationName },
  };
  const operation = getOperationAST(document, operationName) ?? undefined;
  return { ...given, operation } as Asked;
}

/**
 * An answer as a client sees it; errors, which have no order, are sorted. Where null spread upwards from several
 * fields at once it is left open which of their errors are told: of these only the place that became null counts.
 */
function visible({ data, errors = [] }: ExecutionResult) {
  const told = errors.map((error) => {
    const place = nullPlace(data, error.path ?? []);
    return place.length < (error.path?.length ?? 0) ? { nulled: place } : maskError(error.toJSON(), error);
  });
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    hasData: data !== undefined,
    errors: [...new Set(told.map((error) => JSON.stringify(error)))].sort().map((text) => JSON.parse(text)),
  };
}

function nullPlace(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let at = data;
  for (const [depth, key] of path.entries()) {
    if (at === null || at === undefined) {
      return path.slice(0, depth);
    }
    at = (at as Record<string | number, unknown>)[key];
  }
  return path;
}

async function both(source: string, variables?: Record<string, unknown>, operationName?: string) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const reference = await execute({
    schema,
    document,
    contextValue: context,
    variableValues: variables,
    operationName,
  });
  const executor = compilingExecutor(schema);
  const answers: ExecutionResult[] = [];
  for (let time = 0; time < 3; time++) {
    answers.push(await executor(asked(source, variables, operationName)));
  }
  return { reference: visible(reference), answers: answers.map(visible) };
}

/** Whether the compiler takes an operation; one whose variables do not fit never gets there. */
function compiles(source: string, variables: Record<string, unknown> = {}): boolean {
  const document = parse(source);
  const operation = getOperationAST(document)!;
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  return compileOperation(schema, document, operation, coerced) !== undefined;
}

/** name, operation, variables, and whether the compiler takes it */
const cases: [string, string, Record<string, unknown> | undefined, boolean][] = [
  [
    "fields, aliases and lists",
    "{ authors { name again: name born books { name pages } } }",
    undefined,
    true,
  ],
  [
    "__typename",
    "{ __typename authors { __typename kind: __typename books { __typename } } }",
    undefined,
    true,
  ],
  ["enums with internal values", "{ books(first: 4) { genre } }", undefined, true],
  ["lists of lists with nulls", "{ author(index: 0) { shelves { name author { name } } } }", undefined, true],
  ["default values", "{ sees author(index: 1) { sees } }", undefined, true],
  [
    "literals of every kind",
    `{ sees(first: 3, text: "a\\"\\u0000\\u2028'\`\${1}", flag: false, size: 2, genre: ESSAY, day: "2024-02-03",
       ids: [1, "b"], range: { from: 1, since: "2020-01-01", genres: [NOVEL, ESSAY] }, anything: { a: [1, { b: null }] }) }`,
    undefined,
    true,
  ],
  [
    "null literals",
    "{ sees(first: null, genre: null, range: null, ids: null, text: null) }",
    undefined,
    true,
  ],
  ["a single value for a list", '{ sees(ids: "one", range: { from: 2, genres: POEM }) }', undefined, true],
  [
    "strings that look like the compiler's own marks",
    `{ sees(text: "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d(globalThis.hacked=1)",
       anything: ["__MAGIC_NAN__71d4310a_d4a3_4a05_b1fe_e60779d24998", "__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8"]) }`,
    undefined,
    true,
  ],
  [
    "variables of every kind",
    `query ($first: Int, $text: String, $size: Float!, $genre: Genre, $day: Day, $range: Range, $ids: [ID!], $any: Anything) {
       sees(first: $first, text: $text, size: $size, genre: $genre, day: $day, range: $range, ids: $ids, anything: $any) }`,
    {
      first: 2,
      text: "é",
      size: 3,
      genre: "NOVEL",
      day: "2024-01-01",
      range: { from: 1, genres: ["ESSAY"] },
      ids: [1, "2"],
      any: { a: 1 },
    },
    true,
  ],
  [
    "variables left out, and null",
    "query ($first: Int, $text: String, $genre: Genre, $range: Range) { sees(first: $first, text: $text, genre: $genre, range: $range) }",
    { first: null },
    true,
  ],
  [
    "defaults of variables, also of custom scalars",
    `query ($day: Day = "2001-01-01", $genre: Genre = ESSAY, $range: Range = { from: 5 }, $ids: [ID!] = 1) {
       sees(day: $day, genre: $genre, range: $range, ids: $ids) }`,
    {},
    true,
  ],
  [
    "variables inside literals",
    "query ($from: Int!, $genre: Genre!, $day: Day) { sees(range: { from: $from, since: $day, genres: [POEM, $genre] }, anything: { x: $from }) }",
    { from: 4, genre: "ESSAY" },
    true,
  ],
  [
    "null for an argument that has a default",
    "query ($size: Float) { a: sees(size: $size) authors { b: sees(size: $size) } }",
    { size: null },
    true,
  ],
  [
    "a variable called constructor",
    "query ($constructor: Anything) { sees(anything: $constructor) }",
    {},
    true,
  ],
  [
    "a wrong variable",
    "query ($first: Int, $day: Day) { sees(first: $first, day: $day) }",
    { first: "x", day: 1 },
    true,
  ],
  ["a missing variable", "query ($text: String!) { requires(text: $text) }", {}, true],
  [
    "an unknown field in a variable",
    "query ($range: Range) { sees(range: $range) }",
    { range: { from: 1, upTo: 2 } },
    true,
  ],
  [
    "an enum's internal value as variable",
    "query ($genre: Genre) { sees(genre: $genre) }",
    { genre: "n" },
    true,
  ],
  ["errors with a path", "{ authors { name fails refuses } fails }", undefined, true],
  ["a scalar that cannot be written", "{ authors { born } books(first: 4) { genre } }", undefined, true],
  ["non-null inside a list", "{ books(first: 5) { pages } authors { missing name } }", undefined, true],
  [
    "non-null up to the nearest nullable",
    "{ author(index: 0) { books(first: 6) { name pages } } whoever }",
    undefined,
    true,
  ],
  ["non-null through a field with resolver", "{ books(first: 5) { name writer { name } } }", undefined, true],
  ["non-null up to the root", "{ whoever broken }", undefined, true],
  ["a missing object", "{ author(index: 9) { name missing } }", undefined, true],
  ["the context", "{ whoever }", undefined, true],
  [
    "fragments, spread twice under different conditions",
    `query ($yes: Boolean!, $no: Boolean!) {
       authors { ...A @include(if: $no) ...B @skip(if: $no) books { ...C @include(if: $yes) } } books { ...C @include(if: $no) ... @skip(if: $yes) { genre } } }
     fragment A on Author { name } fragment B on Author { ...A born } fragment C on Book { name author { ...A @skip(if: $yes) born } }`,
    { yes: true, no: false },
    true,
  ],
  [
    "conditions that leave nothing",
    "query ($no: Boolean = false) { authors { name @include(if: $no) } whoever @skip(if: true) }",
    undefined,
    true,
  ],
  [
    "a condition that is null",
    "query ($maybe: Boolean = true) { whoever authors { name @include(if: $maybe) } }",
    { maybe: null },
    false,
  ],
  [
    "one field selected in several places",
    "{ authors { name } ...Q authors { books { name } } } fragment Q on Query { authors { born books { pages } fails } }",
    undefined,
    true,
  ],
  [
    "inline fragments on the object's own interface",
    "{ authors { ... on Named { name } ... on Author { born } ... { n: name } } }",
    undefined,
    true,
  ],
  [
    "an interface",
    "{ everything { __typename name ... on Book { pages } ...A } named { ... on Author { born } } } fragment A on Author { born }",
    undefined,
    false,
  ],
  ["introspection", getIntrospectionQuery(), undefined, false],
  [
    "introspection beside data",
    '{ whoever __schema { queryType { name } } __type(name: "Book") { name } }',
    undefined,
    false,
  ],
  [
    "mutations in order",
    'mutation { rename(name: "a") { name } b: rename(name: "b") { name } }',
    undefined,
    false,
  ],
  [
    "keys with an underscore",
    "{ b_a: author(index: 0) { name } a: author(index: 1) { b: name } __proto__: whoever }",
    undefined,
    false,
  ],
  [
    "info: path, nodes, fragments, variables, types",
    `query Q($first: Int = 4, $yes: Boolean!) {
       one: probe(first: $first, text: "x") authors(first: 2) { books { two: probe(range: { from: $first }) ...P } }
       probes(last: $first) { text } x: probes(first: 1) { text again { text @include(if: $yes) author { ...N } } } ...R }
     fragment P on Book { probe @include(if: $yes) } fragment R on Query { x: probes(first: 1) { again { text } } }
     fragment N on Author { name }`,
    { yes: true },
    true,
  ],
];

describe("the compiling executor answers as graphql-js does", () => {
  test.each(cases)("%s", async (_name, source, variables, compiled) => {
    const { reference, answers } = await both(source, variables);
    expect(answers).toEqual([reference, reference, reference]);
    expect(compiles(source, variables)).toBe(compiled);
  });
});

test("a thousand random operations are answered the same, compiled and not", async () => {
  // A variable that stands nowhere is the one rule the generator breaks on purpose.
  const rules = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule);
  const executor = compilingExecutor(schema);
  let compared = 0;
  let compiled = 0;
  for (let seed = 1; compared < 1000; seed++) {
    const source = randomOperation(schema, seeded(seed));
    const document = parse(source);
    // The row that cannot be read, and the name of the executor, have tests of their own below.
    if (validate(schema, document, rules).length > 0 || /trap|executedBy/.test(source)) {
      continue;
    }
    for (const variables of [
      { yes: true, no: false },
      { yes: false, no: true, ids: ["q"], range: { from: 0 } },
    ]) {
      const reference = visible(
        await execute({ schema, document, contextValue: context, variableValues: variables }),
      );
      for (let time = 0; time < 2; time++) {
        const answer = visible(await executor(asked(source, variables)));
        expect({ seed, ...answer }).toEqual({ seed, ...reference });
      }
      compiled += compiles(source, variables) ? 1 : 0;
      compared++;
    }
  }
  expect(compiled).toBeGreaterThan(compared / 2);
});

describe("what the compiling executor keeps from happening", () => {
  const run = (executor: Executor, source: string, variables?: Record<string, unknown>) =>
    executor(asked(source, variables));

  test("a row that cannot be read fails its root field, and the request is answered", async () => {
    const executor = compilingExecutor(schema);
    for (let time = 0; time < 3; time++) {
      const { data, errors } = await run(executor, "{ trap { name } whoever }");
      expect(data).toMatchObject({ whoever: "somebody" });
      expect(errors).toHaveLength(1);
      expect(errors![0]).toMatchObject({
        message: "a row that cannot be read",
        path: expect.arrayContaining(["trap"]),
      });
    }
  });

  test("an operation is compiled when it comes again, for each outcome of its conditions, and not before", async () => {
    const executor = compilingExecutor(schema);
    const query = "query ($yes: Boolean!) { executedBy whoever @include(if: $yes) }";
    const by = async (source: string, yes: boolean) =>
      (await run(executor, source, { yes })).data?.executedBy;
    expect([await by(query, true), await by(query, true), await by(query, true)]).toEqual([
      "graphql-js",
      "a compiled function",
      "a compiled function",
    ]);
    expect([await by(query, false), await by(query, false)]).toEqual(["graphql-js", "a compiled function"]);
    for (let i = 0; i < 3000; i++) {
      await by(`query ($yes: Boolean!) { a${i}: whoever @include(if: $yes) executedBy }`, false);
    }
    expect(await by(query, true)).toBe("a compiled function");
  });

  test("no text of a client reaches the code that is compiled", async () => {
    const { answers } = await both(
      `query ($a: String = "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.reached=1") {
         a: sees(text: "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.reached=2") b: sees(text: $a) }`,
    );
    expect(answers[2]!.errors).toEqual([]);
    expect(globalThis).not.toHaveProperty("reached");
  });

  test("the client's document is left as it was", async () => {
    const source = "query ($no: Boolean!) { authors { ...A @skip(if: $no) } } fragment A on Author { name }";
    const given = asked(source, { no: false });
    const executor = compilingExecutor(schema);
    for (let time = 0; time < 3; time++) {
      await executor(given);
    }
    expect(JSON.stringify(given.document)).toBe(JSON.stringify(parse(source)));
  });

  test("fragments that double at every step are not followed one by one", async () => {
    const steps = Array.from(
      { length: 40 },
      (_, i) => `fragment F${i} on Author { ...F${i + 1} ...F${i + 1} name }`,
    );
    const source = `{ authors { ...F0 } } ${steps.join(" ")} fragment F40 on Author { born }`;
    expect(compiles(source)).toBe(true);
  });

  test("more than a thousand fields are left to graphql-js", () => {
    const fields = (count: number) => Array.from({ length: count }, (_, i) => `f${i}: name`).join(" ");
    expect(compiles(`{ authors { ${fields(900)} } }`)).toBe(true);
    expect(compiles(`{ authors { ${fields(1001)} } }`)).toBe(false);
  });
});
