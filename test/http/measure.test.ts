import {
  buildSchema,
  getIntrospectionQuery,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from "graphql";
import { measure } from "../../src/http/measure.js";

const schema = buildSchema(`
  type Query {
    events(first: Int, after: String, last: Int): EventConnection!
    event(slug: String): Event
    nodes(ids: [ID!]!): [Node]!
    node(id: ID!): Node
  }
  interface Node { id: ID! }
  type EventConnection { nodes: [Event!]! edges: [EventEdge!]! pageInfo: PageInfo! totalCount: Int! }
  type EventEdge { cursor: String! node: Event! }
  type PageInfo { hasNextPage: Boolean! }
  type Event implements Node { id: ID! claimCount: Int! title: String! claims(first: Int = 20, last: Int): ClaimConnection! place: Place }
  type Place { name: String }
  type ClaimConnection { nodes: [Claim!]! totalCount: Int! stats(by: [String!]!, first: Int = 100): ClaimStats! }
  type ClaimStats { buckets: [ClaimBucket!]! }
  type ClaimBucket { count: Int! actorCount: Int! assertedBy: Actor }
  type Claim implements Node { id: ID! assertedBy: Actor! relayedBy: [Actor!]! events(first: Int, last: Int): EventConnection! }
  type Actor implements Node { id: ID! name: String parent: Actor }
  type Mutation { touch: Event }
`);

function of(source: string, variables: Record<string, unknown> = {}) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document)!;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  return measure(schema, document, operation, coerced!);
}

const costs: [string, string, Record<string, unknown> | undefined, number, number][] = [
  ["leaves cost nothing", "{ __typename }", undefined, 0, 0],
  ["an object", "{ event { title place { name } } }", undefined, 2, 3],
  ["a connection, and a page of 20", "{ events { nodes { id } } }", undefined, 21, 3],
  ["a count: as much as the largest page", "{ events { totalCount nodes { id } } }", undefined, 121, 3],
  ["a count of each", "{ events(first: 10) { nodes { claimCount } } }", undefined, 1_011, 3],
  [
    "statistics: a count, and 100 buckets",
    '{ event { claims { stats(by: "ACT") { buckets { count actorCount } } } } }',
    undefined,
    203,
    5,
  ],
  [
    "buckets as many as asked for, with a record of each",
    '{ event { claims { stats(by: "ACT", first: 500) { buckets { assertedBy { name } } } } } }',
    undefined,
    1_103,
    6,
  ],
  [
    "edges, each with its node",
    "{ events(first: 10) { edges { node { id } } pageInfo { hasNextPage } } }",
    undefined,
    22,
    4,
  ],
  [
    "nested pages multiply",
    "{ events(first: 10) { nodes { claims(first: 5) { nodes { id } } } } }",
    undefined,
    71,
    5,
  ],
  ["last", "{ events(last: 7) { nodes { id } } }", undefined, 8, 3],
  ["a variable", "query ($n: Int) { events(first: $n) { nodes { id } } }", { n: 30 }, 31, 3],
  ["the default of a variable", "query ($n: Int = 40) { events(first: $n) { nodes { id } } }", {}, 41, 3],
  [
    "a variable that is null, or missing",
    "query ($n: Int, $m: Int) { a: events(first: $n) { nodes { id } } b: events(last: $m) { nodes { id } } }",
    { n: null },
    42,
    3,
  ],
  [
    "a size out of bounds counts as the largest page",
    "{ events(first: 2000000000) { nodes { id } } }",
    undefined,
    101,
    3,
  ],
  ["a negative size counts as one", "{ events(first: -5) { nodes { id } } }", undefined, 2, 3],
  [
    "plain lists",
    "{ event { claims(first: 1) { nodes { relayedBy { parent { name } } } } } }",
    undefined,
    9,
    6,
  ],
  ["ids", '{ nodes(ids: ["a", "b"]) { id } }', undefined, 2, 2],
  [
    "ids in a variable",
    "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
    { ids: ["a", "b", "c", "d"] },
    4,
    2,
  ],
  ["aliases count each", "{ a: event { id } b: event { id } c: event { id } }", undefined, 3, 2],
  [
    "what is skipped does not count",
    "query ($no: Boolean!) { event { id } events @include(if: $no) { nodes { id } } a: event @skip(if: true) { id } }",
    { no: false },
    1,
    2,
  ],
  [
    "fragments count where they are spread",
    "{ events(first: 3) { ...C } event { ...E } } fragment C on EventConnection { nodes { ...E } } fragment E on Event { place { name } }",
    undefined,
    9,
    4,
  ],
  [
    "inline fragments on interfaces",
    '{ node(id: "x") { ... on Event { place { name } } ... on Actor { parent { name } } } }',
    undefined,
    3,
    3,
  ],
  ["a mutation", "mutation { touch { place { name } } }", undefined, 2, 3],
];

test.each(costs)("%s", (_name, source, variables, cost, depth) => {
  expect(of(source, variables)).toMatchObject({ cost, depth, introspection: { cost: 0, leaves: 0 } });
});

test("fields count wherever a fragment brings them", () => {
  const source =
    "{ a: event { ...E } b: event { ...E id } __typename } fragment E on Event { title place { name } }";
  expect(of(source)!.fields).toBe(9);
});

test("a real dashboard costs a fraction of the default limit", () => {
  const board = `{ events(first: 20) { nodes { title place { name } claims(first: 10) { nodes {
    id assertedBy { name parent { name } } relayedBy { name } events(first: 5) { nodes { title } } } } } } }`;
  expect(of(board)!.cost).toBe(2461);
});

test("introspection is measured apart from the data beside it", () => {
  const tool = of(
    getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true }),
  )!;
  expect(tool).toMatchObject({ cost: 0, depth: 0 });
  expect((tool.introspection.cost + tool.introspection.leaves) * 3).toBeLessThan(150_000);
  expect(of('{ event { id } __type(name: "Event") { fields { name } } }')).toMatchObject({
    cost: 1,
    depth: 2,
  });
});

test("fragments that multiply at every step are counted at once", () => {
  const steps = Array.from(
    { length: 60 },
    (_, i) =>
      `fragment F${i} on Event { a: claims { nodes { events { nodes { ...F${i + 1} } } } } b: claims { nodes { events { nodes { ...F${i + 1} } } } } }`,
  );
  const document = parse(`{ event { ...F0 } } ${steps.join(" ")} fragment F60 on Event { id }`);
  const measured = measure(schema, document, getOperationAST(document)!, {})!;
  expect(measured.depth).toBe(242);
  expect(measured).toMatchObject({ cost: Number.MAX_SAFE_INTEGER, fields: Number.MAX_SAFE_INTEGER });
});
