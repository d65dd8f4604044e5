// The worst requests that are known, each of a kind of its own, with what it did before there was a limit for it. A new one
// is added here; worst.test.ts sends it. Figures are of two cores, 20 connections, 100,000 claims on PostgreSQL 15, without
// any of the limits: the 99th percentile for somebody else who asks for one claim, and the server's memory.

/**
 * @typedef {object} Worst
 * @property {string} name
 * @property {string} did what it did
 * @property {(turn: number, beginning: string) => unknown} body given a cursor to the beginning of the log; another one each time, where what is remembered would help
 * @property {"ask" | "unread" | "trickle" | "leave" | "subscribe"} [how] see attack.mjs; waits for the answer unless told
 * @property {string} [path] `/graphql` unless told
 * @property {Record<string, string>} [headers]
 */

const many = (count, one) => Array.from({ length: count }, (_, n) => one(n)).join(" ");
const nested = (open, inner, close, depth) => open.repeat(depth) + inner + close.repeat(depth);

/** A filter that has to look at nearly everything: rows of which none are related to any that says what nobody says. */
const NONE =
  '{ events: { none: { claims: { some: { events: { none: { participants: { some: { actor: { name: { contains: "NOBODY" } } } } } } } } } } }';
const slowCounts = (turn) =>
  `{ ${many(10, (n) => `c${n}: claims(where: ${NONE.replace("NOBODY", `x${turn}y${n}`)}) { totalCount }`)} }`;

/** Changes of claims that nothing fits, from the beginning of the log. @type {Worst["body"]} */
const dearSubscription = (turn, beginning) => ({
  query: `subscription ($after: String) { changed(after: $after, where: { claim: { events: { some: { claims: { none: { statement: { contains: "x" } }, some: { statement: { contains: "n${turn}" } } } } } } }) { node { id } } }`,
  variables: { after: beginning },
});

const longName = (n) => `${"k".repeat(200)}${String(n).padStart(5, "0")}`;
const INTROSPECTION = (turn) =>
  `{ __schema { types { kind name description fields { name description args { name description type { name } } type { name ofType { name ofType { name } } } } enumValues { name description } inputFields { name description type { name ofType { name } } } t${turn}: name } } }`;

/** @type {readonly Worst[]} */
export const worst = [
  {
    name: "long aliases over many rows",
    did: "",
    body: () => ({
      query: `{ claims(first: 100) { nodes { events(first: 30) { nodes { ${many(900, (n) => `${longName(n)}: id`)} } } } } }`,
    }),
  },
  {
    name: "large answers",
    did: "",
    body: (turn) => ({
      query: `{ a${turn}: events(first: 10) { nodes { claims(first: 100) { nodes { ${many(60, (n) => `s${n}: statement`)} } } } } }`,
    }),
  },
  {
    name: "large answers, compressed",
    did: "",
    headers: { "accept-encoding": "br" },
    body: (turn) => ({
      query: `{ a${turn}: events(first: 10) { nodes { claims(first: 100) { nodes { ${many(40, (n) => `s${n}: statement`)} } } } } }`,
    }),
  },
  {
    name: "large answers that nobody reads",
    did: "",
    how: "unread",
    body: (turn) => ({
      query: `{ a${turn}: events(first: 10) { nodes { claims(first: 100) { nodes { ${many(60, (n) => `s${n}: statement`)} } } } } }`,
    }),
  },
  {
    name: "counts under nested filters",
    did: "",
    body: (turn) => ({ query: slowCounts(turn) }),
  },
  {
    name: "counts under nested filters, whose client goes away",
    did: "",
    how: "leave",
    body: (turn) => ({ query: slowCounts(turn) }),
  },
  {
    name: "subscriptions with a filter that is too dear",
    did: "",
    how: "subscribe",
    body: dearSubscription,
  },
  {
    name: "event streams with a filter that is too dear",
    did: "",
    path: "/graphql/stream",
    headers: { accept: "text/event-stream" },
    body: dearSubscription,
  },
  {
    name: "a search for letters that are nowhere",
    did: "",
    body: (turn) => ({
      query: `{ ${many(5, (n) => `c${n}: claims(where: { statement: { contains: "%${turn}_${n}" } }, orderBy: [{ field: RECORDED_AT, direction: ASC }]) { totalCount nodes { id } }`)} }`,
    }),
  },
  {
    name: "the whole schema",
    did: "",
    body: (turn) => ({ query: INTROSPECTION(turn) }),
  },
  {
    name: "the schema under many aliases",
    did: "",
    body: (turn) => ({
      query: `{ __schema { t${turn}: types { fields { ${many(800, (n) => `a${n}: name`)} } } } }`,
    }),
  },
  {
    name: "fields that might overlap",
    did: "",
    body: (turn) => ({
      query: `{ claims { a${turn}: nodes { ${many(700, () => "events { nodes { id } }")} } } }`,
    }),
  },
  {
    name: "fragments that might overlap",
    did: "",
    body: (turn) => ({
      query: `{ ${many(180, (n) => `...F${n}`)} } ${many(180, (n) => `fragment F${n} on Query { a${turn}: claims { totalCount } }`)}`,
    }),
  },
  {
    name: "names that nothing has, far into a long text",
    did: "",
    body: (turn) => ({ query: `${"\n".repeat(4_900)}{ ${many(100, (n) => `clams${turn}x${n}`)} }` }),
  },
  {
    name: "a document that is nested deep",
    did: "",
    body: (turn) => ({
      query: `{ a${turn}: claims(where: ${nested("{ and: [", "{}", "] }", 290)}) { totalCount } }`,
    }),
  },
  {
    name: "variables that are nested deep",
    did: "",
    body: () =>
      `{"query": "query ($where: ClaimWhere) { claims(where: $where) { totalCount } }", "variables": {"where": ${nested('{"and":[', "{}", "]}", 15_000)}}}`,
  },
  {
    name: "a list that fits nothing",
    did: "",
    path: "/graphql/stream",
    body: () => ({
      query: "subscription ($types: [RecordType!]) { changed(types: $types) { cursor } }",
      variables: { types: Array(95_000).fill(1) },
    }),
  },
  {
    name: "bodies of millions of small values",
    did: "",
    body: () => `{"query": "{ __typename }", "variables": {"a": [${"{},".repeat(1_500_000)}{}]}}`,
  },
  {
    name: "bodies that do not come to their end",
    did: "",
    how: "trickle",
    body: () => `{"query": "{ __typename }${"#".repeat(180_000)}`,
  },
  {
    name: "keys that nobody has",
    did: "",
    headers: {
      authorization: "Bearer cgk_01jt3v8x1zfkq9m2d4n6p8r0sw_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    },
    body: () => ({ query: "{ __typename }" }),
  },
];
