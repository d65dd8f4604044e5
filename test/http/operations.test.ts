import { getOperationAST, parse } from "graphql";
import { ANONYMOUS } from "../../src/graphql/viewer.js";
import { Operations } from "../../src/http/operations.js";
import type { Read } from "../../src/reading/read.js";
import { buildSchema } from "../../src/schema.js";

test("of a stream of operations that are never alike the last are remembered, not the first", async () => {
  const schema = await buildSchema();
  const operations = new Operations(schema, { maxDepth: 20, maxCost: 50_000, maxAnswerBytes: 1e9 });
  const texts = Array.from(
    { length: 6_000 },
    (_, index) => `query Q${index} { actors(first: ${index % 50}) { nodes { a${index}: name kind slug } } }`,
  );
  const run = (query: string) => {
    const document = parse(query);
    const operation = operations.of(document, getOperationAST(document)!);
    expect(operations.fields(operation, {}, ANONYMOUS)).toHaveLength(1);
    operations.remember(operation, { query, hash: `of ${query}`, operationName: null });
  };
  for (const text of texts) run(text);
  const found = texts.filter((query) => operations.find({ query }));
  expect(found.length).toBeGreaterThan(500);
  expect(found.length).toBeLessThan(4_000);
  expect(operations.find({ query: texts[0] })).toBeUndefined();
  expect(operations.find({ query: texts.at(-1) })?.name).toBe("Q5999");
});

test.each([
  [
    '{ actor(slug: "a") { claims(first: 3) { totalCount nodes { events(first: 5) { nodes { id } } } } } }',
    true,
  ],
  ['{ claim(id: "claim_01jt3v8x1zfkq9m2d4n6p8r0sw") { events(first: 5) { nodes { id } } } }', true],
  ["{ events { nodes { propositions { nodes { id } } } } }", true],
  ['{ event(slug: "a") { propositions { nodes { id } } } }', false],
  ['{ actor(slug: "a") { events { nodes { id } } } }', false],
  ["{ claims(where: { act: { eq: DENY } }) { nodes { id } } }", false],
])("%s: one plan is good for all values: %s", async (query, good) => {
  const operations = new Operations(await buildSchema(), {
    maxDepth: 20,
    maxCost: 50_000,
    maxAnswerBytes: 1e9,
  });
  const document = parse(query);
  const fields = operations.fields(operations.of(document, getOperationAST(document)!), {}, ANONYMOUS)!;
  expect(fields.map(({ read }) => (read as Read).onePlan)).toEqual([good]);
});
