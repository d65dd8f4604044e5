import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { parse } from "graphql";
import { encodeId } from "../support/ids.js";
import { makeWorld } from "../support/world.js";
import { encodeCursor, sealed } from "./cursors.js";
import { Library, refusal } from "./library.js";
import { Random } from "./random.js";
import { Reference } from "./reference.js";

const world = makeWorld(Number(process.env.CLAIMGRAPH_SEED ?? 1));
const reference = new Reference(readFileSync("schema.graphql", "utf8"), world);
const actor = encodeId("actor", world.claims[0]!.assertedById);
let library: Library;

beforeAll(async () => {
  library = await Library.open(world);
});

afterAll(() => library?.close());

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Expects the answer that plain resolvers give, and returns it. */
async function right(text: string, variables: Record<string, unknown> = {}) {
  const { result } = reference.answer(parse(text), variables);
  expect(result.errors).toBeUndefined();
  const actual = await library.ask(text, variables);
  expect(actual.errors).toBeUndefined();
  expect(JSON.parse(JSON.stringify(actual.data))).toEqual(JSON.parse(JSON.stringify(result.data)));
  return JSON.parse(JSON.stringify(actual.data));
}

const refused = async (text: string, variables?: Record<string, unknown>) =>
  refusal(await library.ask(text, variables));

const CLAIMS = "query($where: ClaimWhere) { claims(where: $where, first: 100) { totalCount nodes { id } } }";
const ACTORS = "query($where: ActorWhere) { actors(where: $where) { totalCount } }";

describe("texts that PostgreSQL does not take", () => {
  const places: [string, string][] = [
    ["a slug", "query($bad: String) { actor(slug: $bad) { id } }"],
    ["an id", "query($bad: ID) { actor(id: $bad) { id } }"],
    ["the id of a claim", "query($bad: ID!) { claim(id: $bad) { id } }"],
    ["the id of a node", "query($bad: ID!) { node(id: $bad) { id } }"],
    ["one of the ids of nodes", `query($bad: ID!) { nodes(ids: ["${actor}", $bad]) { id } }`],
    ["eq", "query($bad: String) { claims(where: {statement: {eq: $bad}}) { totalCount } }"],
    ["ne", "query($bad: String) { claims(where: {not: {statement: {ne: $bad}}}) { totalCount } }"],
    ["in", `query($bad: String!) { claims(where: {statement: {in: ["a", $bad]}}) { totalCount } }`],
    ["contains", "query($bad: String) { claims(where: {statement: {contains: $bad}}) { totalCount } }"],
    ["startsWith", "query($bad: String) { claims(where: {statement: {startsWith: $bad}}) { totalCount } }"],
    ["within", "query($bad: String) { actors(where: {within: {slug: $bad}}) { totalCount } }"],
    ["within by id", "query($bad: ID) { actors(where: {within: {id: $bad}}) { totalCount } }"],
    ["an id filter", "query($bad: ID) { actors(where: {id: {ne: $bad}}) { totalCount } }"],
    ["a cursor", "query($bad: String) { actors(after: $bad) { totalCount } }"],
    [
      "a filter on a relation of a nested list",
      `query($bad: String) { events(first: 1) { nodes {
        claims(where: {assertedBy: {names: {some: {value: {gt: $bad}}}}}) { totalCount }
      } } }`,
    ],
  ];

  test.each(places)("in %s", async (_place, text) => {
    for (const bad of ["a\0b", "\0", "\ud800", "x\udc00y", "\udc00\ud800"]) {
      expect((await refused(text, { bad })).length).toBeGreaterThan(20);
    }
  });
});

test("no character has a special meaning in contains and startsWith", async () => {
  for (const text of ["%", "_", "\\", "%%", "\\%", "\\\\", "__", "0%", "r_s", "k\\s", "'", '"', "$1", "?"]) {
    await right(CLAIMS, { where: { statement: { contains: text } } });
    await right(CLAIMS, { where: { statement: { startsWith: text } } });
    await right(CLAIMS, { where: { assertedBy: { name: { startsWith: text } } } });
  }
  const found = await right(CLAIMS, { where: { statement: { contains: "0% S" } } });
  expect(found.claims.totalCount).toBeGreaterThan(0);
});

describe("large filters", () => {
  const credibility = (value: number) => ({ credibility: { eq: value % 8 } });

  test("many conditions are answered, more are refused", async () => {
    await right(CLAIMS, { where: { or: range(199).map(credibility) } });
    for (const count of [200, 1000, 5000]) {
      const message = await refused(CLAIMS, { where: { or: range(count).map(credibility) } });
      expect(message).toBe("`where` has more than 200 conditions. Ask in several requests.");
    }
  });

  test("conditions of several lists count together", async () => {
    const where = { or: range(150).map(credibility) };
    const text = `query($where: ClaimWhere) {
      actors(first: 1) { nodes { one: claims(where: $where) { totalCount } two: claims(where: $where) { totalCount } } }
    }`;
    expect(await refused(text, { where })).toContain("200 conditions");
  });

  test("deep logic", async () => {
    const not = (depth: number): object => (depth === 0 ? { act: { eq: "DENY" } } : { not: not(depth - 1) });
    await right(CLAIMS, { where: not(150) });
    await right(CLAIMS, { where: not(151) });
    expect(await refused(CLAIMS, { where: not(1000) })).toContain("200 conditions");
  });

  test("deep relations", async () => {
    const nested = (depth: number, side: string): object =>
      depth === 0
        ? { slug: { ne: "nobody" } }
        : { claims: { [side]: { assertedBy: nested(depth - 1, side) } } };
    for (const side of ["some", "none", "every"]) {
      await right(ACTORS, { where: nested(2, side) });
      for (const depth of [3, 20, 90]) {
        expect(await refused(ACTORS, { where: nested(depth, side) })).toBe(
          "`where` nests relations more than 5 deep. Ask in several requests.",
        );
      }
    }
  });

  test("relations side by side are not deep", async () => {
    for (const side of ["some", "none", "every"]) {
      const claims = (value: number) => ({ claims: { [side]: credibility(value) } });
      await right(ACTORS, { where: { and: range(30).map(claims) } });
      await right(ACTORS, { where: { or: range(30).map(claims) } });
    }
  });

  test("long lists of values, and empty ones", async () => {
    const languages = [...range(10_000).map((index) => `x-${index}`), "en"];
    const found = await right(CLAIMS, { where: { language: { in: languages } } });
    expect(found.claims.totalCount).toBeGreaterThan(0);
    await right(CLAIMS, { where: { language: { notIn: languages } } });
    for (const filter of ["language", "act", "credibility"]) {
      expect((await right(CLAIMS, { where: { [filter]: { in: [] } } })).claims.totalCount).toBe(0);
      const all = await right(CLAIMS, { where: { [filter]: { notIn: [] } } });
      expect(all.claims.totalCount).toBe(reference.rows.claims.length);
    }
    await right(CLAIMS, { where: { and: [], or: [] } });
    await right(CLAIMS, { where: { and: [{}, {}], not: { or: [] } } });
  });
});

describe("ids", () => {
  const strange = [
    "",
    "actor",
    "actor_",
    "_01h455vb4pex5vsknk084sn02q",
    "01h455vb4pex5vsknk084sn02q",
    actor.toUpperCase(),
    `${actor}0`,
    ` ${actor}`,
    actor.slice(0, -1),
    "actor_8zzzzzzzzzzzzzzzzzzzzzzzzz",
    "actor_zzzzzzzzzzzzzzzzzzzzzzzzzz",
    "person_01h455vb4pex5vsknk084sn02q",
    "__proto___01h455vb4pex5vsknk084sn02q",
    world.actors[0]!.id,
    "x".repeat(100_000),
  ];
  const places = [
    "query($id: ID) { actor(id: $id) { id } }",
    "query($id: ID!) { node(id: $id) { id } }",
    `query($id: ID!) { nodes(ids: ["${actor}", $id]) { id } }`,
    "query($id: ID) { actors(where: {id: {eq: $id}}) { totalCount } }",
    "query($id: ID!) { actors(where: {id: {notIn: [$id]}}) { totalCount } }",
    "query($id: ID) { actors(where: {within: {id: $id}}) { totalCount } }",
  ];

  test("that are none are refused, and not repeated at length", async () => {
    for (const id of strange) {
      for (const text of places) expect((await refused(text, { id })).length).toBeLessThan(250);
    }
  });

  test("of another type are refused where one type is needed, and told apart", async () => {
    const event = encodeId("event", world.events[0]!.id);
    for (const text of places.filter((place) => !place.includes("node"))) {
      expect(await refused(text, { id: event })).toContain('starts with "actor_"');
    }
    await right(places[1]!, { id: event });
    // The right type, the key of a row of another table.
    await right(places[1]!, { id: encodeId("actor", world.events[0]!.id) });
  });

  test("of claims that the reader may not see find nothing, wherever they are used", async () => {
    const hidden = world.claims.filter(({ status }) => status === "DRAFT" || status === "REJECTED");
    const ids = hidden.slice(0, 20).map(({ id }) => encodeId("claim", id));
    expect(ids.length).toBeGreaterThan(5);
    expect(await right("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids })).toEqual({
      nodes: ids.map(() => null),
    });
    expect((await right(CLAIMS, { where: { id: { in: ids } } })).claims.totalCount).toBe(0);
    const through = [
      { claims: { some: { id: { in: ids } } } },
      { events: { some: { claims: { some: { id: { in: ids } } } } } },
      { claims: { some: { relations: { some: { to: { id: { in: ids } } } } } } },
    ];
    for (const where of through) expect((await right(ACTORS, { where })).actors.totalCount).toBe(0);
  });

  test("at most 100 at once, and exactly one of id and slug", async () => {
    const ids = (count: number) => ({ ids: range(count).map(() => actor) });
    const text = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    await right(text, ids(0));
    await right(text, ids(100));
    expect(await refused(text, ids(101))).toContain("at most 100");
    for (const key of [`id: "${actor}", slug: "actor-1"`, "id: null", "id: null, slug: null"]) {
      expect(await refused(`{ actor(${key}) { id } }`)).toContain("exactly one");
    }
  });
});

describe("numbers and dates at the ends of their range", () => {
  test("credibility is asked for outside of 1 to 6", async () => {
    for (const value of [-2_147_483_648, -1, 0, 7, 32_768, 65_537, 2_147_483_647]) {
      for (const operator of ["eq", "ne", "lt", "lte", "gt", "gte"]) {
        await right(CLAIMS, { where: { credibility: { [operator]: value } } });
      }
      await right(CLAIMS, { where: { credibility: { in: [value, 3], notIn: [value] } } });
    }
  });

  test.each([
    ["0001", "9999", "0001-01-01", "9999-12-31", "00XX", "99XX", "9999-24"],
    ["../0001", "9999/..", "2000/..", "../2000", "/2000", "2000/"],
    ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "1970-01-01T00:00:00+14:00"],
  ])("vague dates %s …", async (...dates) => {
    for (const date of dates) {
      for (const question of ["definitelyBefore", "definitelyAfter", "possiblyDuring", "definitelyDuring"]) {
        await right(CLAIMS, { where: { assertedAt: { [question]: date } } });
      }
    }
  });

  test("instants", async () => {
    const text = "query($at: DateTime) { claims(where: {recordedAt: {lt: $at}}) { totalCount } }";
    for (const at of ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2024-01-01T24:00:00Z"]) {
      await right(text, { at });
    }
    const none = ["0000-12-31T23:59:59Z", "+010000-01-01T00:00:00Z", "2024-02-30T00:00:00Z", "2024-01-01"];
    for (const at of [...none, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]) {
      const { data, errors } = await library.ask(text, { at });
      expect(data).toBeUndefined();
      expect(errors![0]!.message).toContain("is no instant");
    }
  });
});

test("null where a filter needs a value is refused; eq and ne take it", async () => {
  for (const filter of ["lt", "gte", "in", "notIn", "contains", "startsWith"]) {
    const message = await refused(`{ claims(where: {statement: {${filter}: null}}) { totalCount } }`);
    expect(message).toBe(`\`statement.${filter}\` must not be null. Leave it out, or give a value.`);
  }
  for (const entry of ["and", "or", "not", "events", "citations"]) {
    expect(await refused(`{ claims(where: {${entry}: null}) { totalCount } }`)).toContain(`\`${entry}\``);
  }
  for (const quantifier of ["some", "none", "every"]) {
    const message = await refused(`{ claims(where: {events: {${quantifier}: null}}) { totalCount } }`);
    expect(message).toContain(`\`events.${quantifier}\``);
  }
  for (const entry of ["proposition: null", "credibility: {eq: null}", "credibility: {ne: null}"]) {
    const found = await right(`{ claims(where: {${entry}}) { totalCount } }`);
    expect(found.claims.totalCount).toBeGreaterThan(0);
  }
});

describe("selections", () => {
  test("very many fields of one object", async () => {
    const many = (count: number, field: string) =>
      `{ actor(id: "${actor}") { ${range(count)
        .map((index) => `a${index}: ${field}`)
        .join(" ")} } }`;
    await right(many(1000, "name"));
    await right(many(120, "claims(first: 1) { totalCount nodes { id } }"));
    await right(many(120, "parent { id }"));
    // More than a row of the database may have columns.
    for (const field of ["name", "parent { id }"]) await right(many(2000, field));
  });

  test("very many places for the rows of one page", async () => {
    const many = (count: number) =>
      `{ actors { ${range(count)
        .map((index) => `a${index}: nodes { id } b${index}: edges { node { slug } }`)
        .join(" ")} totalCount } }`;
    await right(many(20));
    await right(many(100));
  });

  test.each([
    "__proto__",
    "constructor",
    "toString",
    "then",
    "length",
    "id",
    "nodes",
    "edges",
    "json",
    "keys",
  ])("everything is called %s", async (name) => {
    const inner = `${name}: assertedBy { ${name}: names { ${name}: value } }`;
    const edges = `${name}: edges { ${name}: node { ${inner} } }`;
    await right(
      `{ ${name}: actors(first: 3) { ${name}: nodes { ${name}: claims(first: 2) { ${edges} } } } }`,
    );
  });

  test("aliases that are longer than a name in PostgreSQL", async () => {
    for (const length of [60, 61, 62, 63, 64, 200, 5000]) {
      const [a, b] = [`${"a".repeat(length)}1`, `${"a".repeat(length)}2`];
      await right(
        `{ ${a}: actors(first: 2) { ${a}: nodes { ${a}: parent { id } ${b}: parent { slug }
           ${a}x: claims(first: 1) { totalCount } ${b}x: claims(first: 1) { ${a}: nodes { id } ${b}: nodes { act } }
        } } }`,
      );
    }
  });

  test("long aliases of one checksum and one ending", async () => {
    const random = new Random(1);
    const known = new Map<number, string>();
    let pair: string[] = [];
    while (pair.length === 0) {
      const start = range(24)
        .map(() => random.pick([..."abcdefghijklmnop"]))
        .join("");
      const other = known.get(crc32(start));
      if (other) pair = [other, start];
      known.set(crc32(start), start);
    }
    const [a, b] = pair.map((start) => start + "z".repeat(40));
    await right(`{ actors(first: 5) { nodes { ${a}: claims { totalCount } ${b}: parent { slug } } } }`);
  });
});

test("cursors that somebody made up, with a checksum that is right", async () => {
  const order = [{ field: "ASSERTED_AT", direction: "DESC" }] as const;
  const [time, id] = ["2024-01-01 00:00:00+00", world.claims[0]!.id];
  const forged: unknown[][] = [
    [],
    [time],
    [time, time],
    [time, time, id, id],
    ["x", "y", "z"],
    [time, time, "no id"],
    ["2024-02-30 00:00:00+00", time, id],
    ["2024-01-01 00:00:00", time, id],
    ["0000-01-01 00:00:00+00", time, id],
    ["now", "now", id],
    ["\0", time, id],
    [1, 2, 3],
    [null, null, null],
    [{}, [], id],
  ];
  const text = "query($after: String) { claims(after: $after) { totalCount nodes { id } } }";
  const forge = (keys: unknown[]) => encodeCursor("Claim", order, keys);
  for (const keys of forged) {
    expect(await refused(text, { after: forge(keys) })).toContain("is not a cursor that this server gave");
  }
  // What begins no list of this server, known or long, is not repeated either.
  const unsigned = [
    ...[
      "5",
      "null",
      "{}",
      '"x"',
      "[",
      "",
      "[]",
      "[[]]",
      "[null]",
      "[{}]",
      '["", 1]',
      '["Claim"]',
      '["Claim()"]',
    ],
    '["Nobody(ASSERTED_AT DESC)"]',
    '["Claim(NAME DESC)"]',
    '["Claim(ASSERTED_AT UP)"]',
    '["Claim(ASSERTED_AT DESC, ASSERTED_AT DESC)"]',
    JSON.stringify([`Claim(${"ASSERTED_AT DESC, ".repeat(50_000)}ASSERTED_AT DESC)`]),
    JSON.stringify(["x".repeat(1_000_000)]),
    JSON.stringify(["__proto__(constructor ASC)"]),
  ];
  for (const content of unsigned) {
    expect(await refused(text, { after: sealed(content) })).toBe(
      "`after` is not a cursor that this server gave. Pass a cursor from this list, unchanged, with the same `orderBy`.",
    );
  }
  expect((await library.ask(text, { after: forge([time, time, id]) })).errors).toBeUndefined();
});
