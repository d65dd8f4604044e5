import { getOperationAST, parse } from "graphql";
import { ANONYMOUS } from "../../src/graphql/viewer.js";
import { Operations } from "../../src/http/operations.js";
import { buildSchema } from "../../src/schema.js";

test("of a stream of operations that are never alike the last are remembered, not the first", async () => {
  const schema = await buildSchema();
  const operations = new Operations(schema, { maxDepth: 20, maxCost: 50_000 });
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
