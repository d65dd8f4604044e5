// The worst requests that are known, each of a kind of its own, with what it did before there was a limit for it. A new one
// is added here; worst.test.ts sends it. Figures are of two cores, 20 connections, 100,000 claims on PostgreSQL 15, without
// any of the limits: the 99th percentile for somebody else who asks for one claim, and the server's memory.

/**
 * @typedef {object} Worst
 * @property {string} name
 * @property {string} did what it did
 * @property {(turn: number, beginning: string) => unknown} body given a cursor to the beginning of the log; another one each time, where what is remembered would help
 * @property {"ask" | "unread" | "trickle" | "leave" | "subscribe" | "pour" | "silence"} [how] see attack.mjs; waits for the answer unless told
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
/** Fragments of which each spreads the next one, and the last the first. */
const circle = (name, size) =>
  many(
    size,
    (n) =>
      `fragment ${name}${n} on Actor { claims { nodes { assertedBy { ...${name}${(n + 1) % size} } } } }`,
  );
const INTROSPECTION = (turn) =>
  `{ __schema { types { kind name description fields { name description args { name description type { name } } type { name ofType { name ofType { name } } } } enumValues { name description } inputFields { name description type { name ofType { name } } } t${turn}: name } } }`;

/** @type {readonly Worst[]} */
export const worst = [
  {
    name: "long aliases over many rows",
    did: "2.0 s, 788 MB. With 900 names on the events of 100 claims it was 6.1 s.",
    body: () => ({
      query: `{ claims(first: 100) { nodes { ${many(450, (n) => `${longName(n)}: id`)} } } }`,
    }),
  },
  {
    name: "large answers",
    did: "1.1 s, 341 MB.",
    body: (turn) => ({
      query: `{ a${turn}: events(first: 10) { nodes { claims(first: 100) { nodes { ${many(60, (n) => `s${n}: statement`)} } } } } }`,
    }),
  },
  {
    name: "large answers, compressed",
    did: "1.0 s, 427 MB.",
    headers: { "accept-encoding": "br" },
    body: (turn) => ({
      query: `{ a${turn}: events(first: 10) { nodes { claims(first: 100) { nodes { ${many(40, (n) => `s${n}: statement`)} } } } } }`,
    }),
  },
  {
    name: "large answers that nobody reads",
    did: "0.2 s, 327 MB.",
    how: "unread",
    body: (turn) => ({
      query: `{ a${turn}: events(first: 10) { nodes { claims(first: 100) { nodes { ${many(60, (n) => `s${n}: statement`)} } } } } }`,
    }),
  },
  {
    name: "counts under nested filters",
    did: "5.2 s, 184 MB: it had all connections, others were told that the database does not answer, and `/readyz` answered 503.",
    body: (turn) => ({ query: slowCounts(turn) }),
  },
  {
    name: "counts under nested filters, whose client goes away",
    did: "5.1 s, 181 MB, and the same.",
    how: "leave",
    body: (turn) => ({ query: slowCounts(turn) }),
  },
  {
    name: "subscriptions with a filter that is too dear",
    did: "1.8 s, 199 MB.",
    how: "subscribe",
    body: dearSubscription,
  },
  {
    name: "event streams with a filter that is too dear",
    did: "Nothing to others at 20 connections, 181 MB.",
    path: "/graphql/stream",
    headers: { accept: "text/event-stream" },
    body: dearSubscription,
  },
  {
    name: "a search for letters that are nowhere",
    did: "0.6 s, 179 MB.",
    body: (turn) => ({
      query: `{ ${many(5, (n) => `c${n}: claims(where: { statement: { contains: "%${turn}_${n}" } }, orderBy: [{ field: RECORDED_AT, direction: ASC }]) { totalCount nodes { id } }`)} }`,
    }),
  },
  {
    name: "many counts for each row",
    did: "6.0 s, 191 MB: it had all connections, and `/readyz` answered 503.",
    body: (turn) => ({
      query: `{ claims(first: 100) { nodes { assertedBy { ${many(100, (n) => `c${n}: claims(where: { language: { ne: "x${turn}" } }) { totalCount }`)} } } } }`,
    }),
  },
  {
    name: "filters that take long to plan",
    did: "10.9 s, 182 MB: nearly two seconds of planning each, on all connections; `/readyz` answered 503.",
    body: (turn) => ({
      query: `{ a${turn}: claims(first: 1, where: { and: [${many(39, () => "{ events: { some: { claims: { some: { assertedBy: { claims: { some: { act: { eq: ASSERT } } } } } } } } }")}] }) { nodes { id } } }`,
    }),
  },
  {
    name: "lists of texts that nothing has",
    did: "8.5 s, 185 MB: with texts for 4 MB, one request kept the process busy for 1.1 s.",
    body: (turn) => ({
      query: `query ($texts: [String!]) { a${turn}: claims(where: { statement: { notIn: $texts } }) { totalCount } }`,
      variables: { texts: Array.from({ length: 18_000 }, (_, n) => `s${n}`) },
    }),
  },
  {
    name: "one long slug, asked for many times",
    did: "3.4 s, 257 MB: each statement took the slug to the database.",
    body: (turn) => ({
      query: `query ($slug: String) { ${many(190, (n) => `a${turn}x${n}: actor(slug: $slug) { name }`)} }`,
      variables: { slug: "x".repeat(190_000) },
    }),
  },
  {
    name: "the whole schema",
    did: "1.5 s, 255 MB: 35 ms each, 20 times in a row before anybody else had a turn.",
    body: (turn) => ({ query: INTROSPECTION(turn) }),
  },
  {
    name: "the schema under many aliases",
    did: "7.7 s, 352 MB.",
    body: (turn) => ({
      query: `{ __schema { t${turn}: types { fields { ${many(800, (n) => `a${n}: name`)} } } } }`,
    }),
  },
  {
    name: "fields that might overlap",
    did: "2.5 s, 427 MB. With 700 fields it was 11 s.",
    body: (turn) => ({
      query: `{ claims { a${turn}: nodes { ${many(700, () => "events { nodes { id } }")} } } }`,
    }),
  },
  {
    name: "as many fields that overlap as are taken",
    did: "Nothing of its own: it is what is left of the one before.",
    body: (turn) => ({
      query: `{ claims { a${turn}: nodes { ${many(150, () => "events { nodes { id } }")} } } }`,
    }),
  },
  {
    name: "fragments that might overlap",
    did: "1.4 s, 383 MB.",
    body: (turn) => ({
      query: `{ ${many(180, (n) => `...F${n}`)} } ${many(180, (n) => `fragment F${n} on Query { a${turn}: claims { totalCount } }`)}`,
    }),
  },
  {
    name: "circles of fragments that meet far below",
    did: "An internal error, each time, since the stack came to its end.",
    body: (turn) => ({
      query: `{ a${turn}: actors { nodes { ...A0 ...B0 } } } ${circle("A", 50)} ${circle("B", 51)}`,
    }),
  },
  {
    name: "names that nothing has, far into a long text",
    did: "4.0 s, 200 MB. With 2,490,000 lines, one request kept the process busy for 33 s.",
    body: (turn) => ({ query: `${"\n".repeat(4_900)}{ ${many(100, (n) => `clams${turn}x${n}`)} }` }),
  },
  {
    name: "a document that is nested deep",
    did: "2.0 s, 333 MB. With a depth of 800 it was 22 s.",
    body: (turn) => ({
      query: `{ a${turn}: claims(where: ${nested("{ and: [", "{}", "] }", 290)}) { totalCount } }`,
    }),
  },
  {
    name: "variables that are nested deep",
    did: "1.5 s, 259 MB; it was an internal error.",
    body: () =>
      `{"query": "query ($where: ClaimWhere) { claims(where: $where) { totalCount } }", "variables": {"where": ${nested('{"and":[', "{}", "]}", 15_000)}}}`,
  },
  {
    name: "variables that errors repeat",
    did: "1.7 s, 613 MB. With a body of 4.9 MB, one answer had 240 MB and took 1.4 GB of memory.",
    body: (turn) => ({
      query: "query ($where: ClaimWhere) { claims(where: $where) { totalCount } }",
      variables: {
        where: Object.fromEntries(Array.from({ length: 49 }, (_, n) => [`k${turn}x${n}`, "x".repeat(3_800)])),
      },
    }),
  },
  {
    name: "one argument many times, far into a long text",
    did: "2.8 s, 218 MB; `/readyz` answered 503. With 2,490,000 lines, one request kept the process busy for 39 s.",
    body: (turn) => ({
      query: `${"\n".repeat(4_900)}{ a${turn}: claims(${many(1_500, () => "a: 1")}) { totalCount } }`,
    }),
  },
  {
    name: "a list that fits nothing",
    did: "13.9 s, 233 MB; `/healthz` did not answer for a minute. With 1,200,000 entries, one request took 1.8 GB and more than 90 s.",
    path: "/graphql/stream",
    body: () => ({
      query: "subscription ($types: [RecordType!]) { changed(types: $types) { cursor } }",
      variables: { types: Array(95_000).fill(1) },
    }),
  },
  {
    name: "bodies of many small values",
    did: "0.8 s, 319 MB. With 1,600,000 values, one body kept the process busy for 0.9 s.",
    body: () => `{"query": "{ __typename }", "variables": {"a": [${"{},".repeat(64_000)}{}]}}`,
  },
  {
    name: "bodies that do not come to their end",
    did: "Nothing to others, 180 MB.",
    how: "trickle",
    body: () => `{"query": "{ __typename }${"#".repeat(180_000)}`,
  },
  {
    name: "connections that say nothing",
    did: "0.1 s, 196 MB.",
    how: "silence",
    body: () => "",
  },
  {
    name: "subscriptions that come faster than they are read",
    did: "3.2 s, 179 MB.",
    how: "pour",
    body: (turn) => ({
      id: String(turn),
      type: "subscribe",
      payload: { query: `subscription { ${many(400, (n) => `${longName(turn)}${n}: cursor`)} }` },
    }),
  },
  {
    name: "pings whose answers nobody reads",
    did: "0.9 s, 260 MB.",
    how: "pour",
    body: () => ({ type: "ping", payload: { text: "x".repeat(2_000) } }),
  },
  {
    name: "keys that nobody has",
    did: "0.1 s, 181 MB: each is looked up on one of the connections that answer.",
    headers: {
      authorization: "Bearer cgk_01jt3v8x1zfkq9m2d4n6p8r0sw_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    },
    body: () => ({ query: "{ __typename }" }),
  },
];
