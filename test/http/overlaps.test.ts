import { parse } from "graphql";
import { checkOverlaps } from "../../src/http/overlaps.js";
import { startTestApp, type TestApp } from "../support/app.js";

const many = (count: number, one: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => one(n)).join(" ");

/** A tree in which each field stands twice. */
const twice = (depth: number): string =>
  depth === 0 ? "id" : many(2, () => `assertedBy { claims { nodes { ${twice(depth - 1)} } } }`);

const circle = (name: string, size: number) =>
  many(size, (n) => `fragment ${name}${n} on Query { a { ...${name}${(n + 1) % size} } }`);

const REFUSED = {
  "fields of one name with something below": `{ claims { nodes { ${many(300, () => "events { nodes { id } }")} } } }`,
  "fields below fields of one name": `{ ${many(20, () => `claims { nodes { ${many(50, () => "id")} } }`)} }`,
  "fields of one name in fragments": `{ ${many(350, (n) => `...F${n}`)} } ${many(350, (n) => `fragment F${n} on Query { claims { totalCount } }`)}`,
  "fragments that have nothing in common": `{ ${many(500, (n) => `...F${n}`)} } ${many(500, (n) => `fragment F${n} on Query { a${n}: __typename }`)}`,
  "each field twice, level by level": `{ claims { nodes { ${twice(8)} } } }`,
  "two circles of fragments, which meet far below": `{ ...A0 ...B0 } ${circle("A", 50)} ${circle("B", 51)}`,
};

const TAKEN = {
  "eight hundred fields, each with its own name": `{ ${many(800, (n) => `a${n}: claims { totalCount }`)} }`,
  "fragments of a page with sixty parts": `{ claims { nodes { ${many(60, (n) => `...F${n}`)} } } } ${many(60, (n) => `fragment F${n} on Claim { id statement events { nodes { id title } } assertedBy { id name } }`)}`,
  "one fragment in a hundred parts": `{ ${many(100, () => "claims { ...F }")} } fragment F on ClaimConnection { nodes { id statement events { nodes { id title } } } }`,
  "a fragment twice in itself": `{ ...F } fragment F on Query { ${many(2, () => "a { ...F }")} }`,
  "a fragment in a circle, which validation names": "{ ...F } fragment F on Query { a { ...F } }",
  "a fragment that there is not": "{ ...F ...F }",
};

describe("a document in which too many fields would be compared is refused before it is validated", () => {
  test.each(Object.entries(REFUSED))("%s", (_, text) => {
    expect(() => checkOverlaps(parse(text))).toThrow(/too many fields under the same names/);
  });

  test.each(Object.entries(TAKEN))("but not %s", (_, text) => {
    expect(() => checkOverlaps(parse(text))).not.toThrow();
  });
});

describe("over HTTP", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.stop());

  test.each(["/graphql", "/graphql/stream"])("%s says what is wrong and how to mend it", async (path) => {
    const selected = many(250, () => "node { reason }");
    const query =
      path === "/graphql"
        ? `{ changes { edges { ${selected} } } }`
        : `subscription { changed { ${selected} } }`;
    const answer = await app.fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      errors: [
        {
          message: expect.stringContaining("Select each field once"),
          extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
        },
      ],
    });
  });
});
