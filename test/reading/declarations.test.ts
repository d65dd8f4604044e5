import "reflect-metadata";
import { execute, type GraphQLSchema, type OperationDefinitionNode, parse } from "graphql";
import sql from "sql-template-tag";
import { buildSchema } from "type-graphql";
import type { Viewer } from "../../src/graphql/viewer.js";
import { Operation } from "../../src/http/operation.js";
import { commentsOf } from "../../src/reading/comments.js";
import { declare } from "../../src/reading/declare.js";
import { type Arguments, allEntities } from "../../src/reading/entity.js";
import { NodeResolver } from "../../src/reading/node.resolver.js";
import { Reader } from "../../src/reading/reader.js";
import { installResolvers } from "../../src/reading/resolvers.js";
import { largeBudget } from "../support/budget.js";
import { type TestDatabase, testDatabase } from "../support/database.js";
import { encodeId } from "../support/ids.js";
import { films, resolvers, TABLES } from "./declared.js";

const READER: Viewer = { role: "READER" };
const ANALYST: Viewer = { role: "ANALYST", id: "a", name: "A" };

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const film = (n: number) => encodeId("film", id(n));

interface Film {
  readonly title: string;
  readonly votes: number;
  readonly rating: number | null;
  readonly score: number | null;
  readonly original: string | null;
  readonly dubbed: boolean | null;
  readonly kind: string | null;
  readonly opened: string | null;
  readonly shown: string | null;
  readonly secret: string | null;
}

const some = <Value>(n: number, values: readonly Value[]): Value => values[n % values.length] as Value;

/** Some values several times, and each of those that may be missing missing now and then. */
const FILMS: readonly Film[] = Array.from({ length: 24 }, (_, n) => ({
  title: `Film ${String.fromCharCode(65 + ((n * 7) % 24))}`,
  votes: some(n, [10, 9, 100, -1, 9]),
  rating: some(n, [10, null, 9, -2, 0]),
  score: some(n, [0.1, 0.25, null, -1e-7, 1e20, 3]),
  original: some(n, ["ß", null, "a", "", "Z", "ä"]),
  dubbed: some(n, [true, false, null]),
  kind: some(n, ["LONG", null, "SHORT"]),
  opened: some(n, ["2024-02-29", null, "1999-12-31", "2024-03-01"]),
  shown: some(n, [null, "2024-01-01T00:00:00.5Z", "1999-12-31T23:59:59Z"]),
  secret: some(n, ["x", "y", null]),
}));
const RATINGS = FILMS.flatMap((_, film) =>
  Array.from({ length: film % 4 }, (_, n) => ({ film, critic: (film * n) % 3, stars: ((film + n) % 5) + 1 })),
);

let database: TestDatabase;
let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildSchema({ resolvers: [NodeResolver, ...resolvers], validate: false, skipCheck: true });
  installResolvers(schema);
  database = await testDatabase();
  for (const statement of TABLES.split(";"))
    if (statement.trim()) await database.prisma.$executeRawUnsafe(statement);
  await database.prisma.$executeRawUnsafe(
    `insert into film (id, title, votes, rating, score, original, dubbed, kind, opened, shown, secret)
     select * from jsonb_to_recordset($1::jsonb) f(id uuid, title text, votes int, rating int, score double precision, original text, dubbed boolean, kind film_kind, opened date, shown timestamptz, secret text)`,
    JSON.stringify(FILMS.map((film, n) => ({ id: id(n), ...film }))),
  );
  await database.prisma.$executeRawUnsafe(
    `insert into critic values ('${id(0)}', 'kp'), ('${id(1)}', 'kr'), ('${id(2)}', 'kr')`,
  );
  await database.prisma.$executeRawUnsafe(
    `insert into rating (id, film_id, critic_id, stars, at) select * from jsonb_to_recordset($1::jsonb) r(id uuid, film_id uuid, critic_id uuid, stars int, at timestamptz)`,
    JSON.stringify(
      RATINGS.map(({ film, critic, stars }, n) => ({
        id: id(1000 + n),
        film_id: id(film),
        critic_id: id(critic),
        stars,
        at: `2024-0${stars}-01T12:00:00Z`,
      })),
    ),
  );
});
afterAll(() => database.close());

type Variables = Record<string, unknown>;

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape are looked into
type Answer = any;

/** The answer of the database's own text, and that of graphql-js over the same statements: they are one. */
async function ask(text: string, variables: Variables = {}, viewer = READER): Promise<Answer> {
  const document = parse(text);
  const reader = new Reader(database, viewer, largeBudget());
  const operation = new Operation(schema, document, document.definitions[0] as OperationDefinitionNode, 0);
  const coerced = operation.coerce(variables);
  const fields = operation.write(coerced!, viewer)!;
  const written: Variables = {};
  for (const { key, read } of fields) {
    const json = await reader.json(read as Exclude<typeof read, string>, coerced);
    written[key] = json && JSON.parse(Buffer.from(json, "latin1").toString());
  }
  const interpreted = await execute({
    schema,
    document,
    variableValues: variables,
    contextValue: { reader, database },
  });
  expect(interpreted.errors).toBeUndefined();
  expect(JSON.parse(JSON.stringify(interpreted.data))).toEqual(written);
  return written;
}

/** The texts of the statements of an operation. */
const textsOf = (text: string, variables: Variables): string[] => {
  const document = parse(text);
  const operation = new Operation(schema, document, document.definitions[0] as OperationDefinitionNode, 0);
  const fields = operation.write(operation.coerce(variables)!, READER)!;
  return [
    operation.shape(operation.coerce(variables)!),
    ...fields.map(({ read }) => (read as { text: string }).text),
  ];
};

/** Words of an enum in the order of the database, other texts code point by code point. */
const compare = (one: unknown, other: unknown): number => {
  const kinds = ["SHORT", "LONG"];
  if (kinds.includes(one as string)) return kinds.indexOf(one as string) - kinds.indexOf(other as string);
  return one === other ? 0 : (one as number) < (other as number) ? -1 : 1;
};

const ORDERS = [
  "VOTES",
  "RATING",
  "SCORE",
  "ORIGINAL",
  "DUBBED",
  "KIND",
  "OPENED",
  "SHOWN",
  "TITLE",
] as const;

describe("a list is ordered by a value of any type, missing ones last, from page to page", () => {
  const cases = ORDERS.flatMap((field) => [[field, "ASC"] as const, [field, "DESC"] as const]);
  test.each(cases)("%s %s", async (field, direction) => {
    const key = field.toLowerCase() as keyof Film;
    const way = direction === "ASC" ? 1 : -1;
    const expected = FILMS.map((film, n) => ({ value: film[key], n }))
      .sort((a, b) => {
        if ((a.value === null) !== (b.value === null)) return a.value === null ? 1 : -1;
        return way * ((a.value === null ? 0 : compare(a.value, b.value)) || a.n - b.n);
      })
      .map(({ n }) => film(n));
    const order = `orderBy: [{ field: ${field}, direction: ${direction} }]`;
    for (const [size, from, cursor] of [
      ["first", "after", "endCursor"],
      ["last", "before", "startCursor"],
    ] as const) {
      const query = `query ($at: String) { films(${size}: 5, ${from}: $at, ${order}) { nodes { id } pageInfo { ${cursor} } } }`;
      const found: string[] = [];
      for (let at: string | null = null; ; ) {
        const { films }: Answer = await ask(query, { at });
        const ids = films.nodes.map((node: { id: string }) => node.id);
        if (size === "first") found.push(...ids);
        else found.unshift(...ids);
        at = films.pageInfo[cursor];
        if (at === null || ids.length === 0) break;
      }
      expect(found).toEqual(expected);
    }
  });

  test("two fields, the second in the other direction", async () => {
    const query = `query ($at: String) { films(first: 7, after: $at, orderBy: [{ field: RATING }, { field: SCORE, direction: DESC }]) { nodes { id } pageInfo { endCursor } } }`;
    const whole = await ask(
      "{ films(first: 100, orderBy: [{ field: RATING }, { field: SCORE, direction: DESC }]) { nodes { id } } }",
    );
    const found: unknown[] = [];
    for (let at: string | null = null, more = true; more; ) {
      const { films } = await ask(query, { at });
      found.push(...films.nodes);
      at = films.pageInfo.endCursor;
      more = films.nodes.length > 0;
    }
    expect(found).toEqual(whole.films.nodes);
  });
});

test.each([
  ["votes: { gt: 9 }", (one: Film) => one.votes > 9],
  ["rating: { lte: 0 }", (one: Film) => one.rating !== null && one.rating <= 0],
  ["rating: { eq: null }", (one: Film) => one.rating === null],
  ["score: { gte: 0.25 }", (one: Film) => one.score !== null && one.score >= 0.25],
  ["dubbed: { eq: true }", (one: Film) => one.dubbed === true],
  ["kind: { ne: LONG }", (one: Film) => one.kind !== "LONG"],
  ['opened: { lt: "2024-03-01" }', (one: Film) => one.opened !== null && one.opened < "2024-03-01"],
  ["times: { gt: 18 }", (one: Film) => one.votes > 9],
])("a list is restricted by a value of any type: %s", async (where, fits) => {
  const { films } = await ask(`{ films(first: 100, where: { ${where} }) { totalCount nodes { title } } }`);
  const titles = FILMS.filter(fits).map(({ title }) => title);
  expect(films.nodes.map(({ title }: Film) => title).sort()).toEqual(titles.sort());
  expect(films.totalCount).toBe(titles.length);
});

test("what a viewer may not read of a row, nobody finds or orders rows by", async () => {
  const query =
    '{ films(where: { secret: { eq: "x" } }) { totalCount } all: films(first: 3, orderBy: [{ field: SECRET }]) { nodes { id secret } } }';
  expect(await ask(query)).toEqual({
    films: { totalCount: 0 },
    all: { nodes: [0, 1, 2].map((n) => ({ id: film(n), secret: null })) },
  });
  expect(await ask(query, {}, ANALYST)).toMatchObject({
    films: { totalCount: 8 },
    all: { nodes: [{ secret: "x" }, { secret: "x" }, { secret: "x" }] },
  });
});

describe("rows that a query computes", () => {
  // Readers do not see those of one star.
  const of = (n: number, from = 2) => RATINGS.filter(({ film, stars }) => film === n && stars >= from);

  test("are one of a row, take arguments, and filter their owners", async () => {
    const { films } = await ask(
      `query ($day: Date) { films(first: 100) { nodes { title all: summary { ratings best } some: summary(since: $day) { ratings best } } } }`,
      { day: "2024-03-01" },
    );
    const summary = (list: typeof RATINGS) => ({
      ratings: list.length,
      best: list.length ? Math.max(...list.map(({ stars }) => stars)) : null,
    });
    for (const { title, all, some } of films.nodes) {
      const n = FILMS.findIndex((one) => one.title === title);
      expect([all, some]).toEqual([summary(of(n)), summary(of(n, 3))]);
    }
    const filtered = await ask("{ films(where: { summary: { best: { gte: 4 } } }) { totalCount } }");
    expect(filtered.films.totalCount).toBe(
      FILMS.filter((_, n) => of(n).some(({ stars }) => stars >= 4)).length,
    );
  });

  test("are a list with pages, filters, orders and a count", async () => {
    const query = (args: string) =>
      `{ films(where: { votes: { lte: 10 } }, first: 100) { nodes { title summaries(${args}) { totalCount nodes { best ratings } pageInfo { hasNextPage endCursor } } } } }`;
    const { films } = await ask(
      query('since: "2024-02-01", first: 1, orderBy: [{ field: BEST }], where: { best: { lt: 5 } }'),
    );
    for (const { title, summaries } of films.nodes) {
      const n = FILMS.findIndex((one) => one.title === title);
      const stars = [
        ...new Set(
          of(n, 2)
            .map((one) => one.stars)
            .filter((one) => one < 5),
        ),
      ].sort();
      expect(summaries).toMatchObject({
        totalCount: stars.length,
        nodes: stars.slice(0, 1).map((best) => ({ best, ratings: 1 })),
      });
      expect(summaries.pageInfo.hasNextPage).toBe(stars.length > 1);
    }
  });

  test("restrict their owners by a quantifier", async () => {
    const { films } = await ask(
      "{ films(where: { summaries: { some: { best: { eq: 2 } } } }) { totalCount } }",
    );
    expect(films.totalCount).toBe(FILMS.filter((_, n) => of(n).some(({ stars }) => stars === 2)).length);
  });
});

describe("an argument", () => {
  test("that may be a parameter changes nothing about the statement, whatever its value is", async () => {
    const query =
      "query ($day: Date, $by: Int) { films(first: 1) { nodes { times(by: $by) summary(since: $day) { best } } } }";
    const [shape, text] = textsOf(query, { day: "2024-01-01", by: 2 });
    expect(textsOf(query, { day: "2025-12-31", by: 3 })).toEqual([shape, text]);
    expect(await ask(query, { by: 3 })).toMatchObject({ films: { nodes: [{ times: 30 }] } });
    expect(textsOf(query, { by: 3 })[0]).not.toBe(shape);
  });

  test("that may not is given as it is, whatever it is called", () => {
    const query = "query ($text: String) { films(first: 1) { nodes { summary(slug: $text) { best } } } }";
    expect(textsOf(query, { text: "a" })[0]).not.toBe(textsOf(query, { text: "b" })[0]);
  });

  test("has its default", async () => {
    const { films } = await ask(
      '{ films(first: 1, where: { title: { eq: "Film C" } }) { nodes { votes times } } }',
    );
    expect(films.nodes[0].times).toBe(2 * films.nodes[0].votes);
  });
});

test("a value computed from several tables takes an argument, and gives a filter and an order", async () => {
  const query = `query ($country: String) {
    films(first: 100, where: { critics: { gte: 1 } }, orderBy: [{ field: CRITICS, direction: DESC }]) {
      nodes { title critics some: critics(country: $country) } } }`;
  const { films } = await ask(query, { country: "kr" });
  const criticsOf = (title: string, countries: readonly number[]) =>
    new Set(
      RATINGS.filter(
        ({ film, stars, critic }) => FILMS[film]!.title === title && stars > 1 && countries.includes(critic),
      ).map(({ critic }) => critic),
    ).size;
  const expected = FILMS.map(({ title }) => ({
    title,
    critics: criticsOf(title, [0, 1, 2]),
    some: criticsOf(title, [1, 2]),
  })).filter(({ critics }) => critics > 0);
  expect(new Set(films.nodes.map((one: Answer) => JSON.stringify(one)))).toEqual(
    new Set(expected.map((one) => JSON.stringify(one))),
  );
  const counts = films.nodes.map(({ critics }: Answer) => critics);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
});

test("counts see what the viewer sees", async () => {
  const query =
    "{ films(first: 100) { nodes { id ratingCount ratings { totalCount stats(by: STARS) { buckets { count } } } } } }";
  for (const [viewer, least] of [
    [READER, 2],
    [ANALYST, 1],
  ] as const) {
    const { films } = await ask(query, {}, viewer);
    for (const { id: key, ratingCount, ratings } of films.nodes) {
      const n = FILMS.findIndex((_, n) => film(n) === key);
      const seen = RATINGS.filter((one) => one.film === n && one.stars >= least).length;
      const counted = ratings.stats.buckets.reduce(
        (sum: number, { count }: { count: number }) => sum + count,
        0,
      );
      expect([ratingCount, ratings.totalCount, counted]).toEqual([seen, seen, seen]);
    }
  }
});

test("statistics take values of any type, also through a list", async () => {
  const { films } = await ask(
    "{ films { totalCount stats(by: [DUBBED, STARS], orderBy: [{ field: KEY }]) { buckets { dubbed stars count } } } }",
  );
  const buckets = new Map<string, Set<number>>();
  for (const [n, { dubbed }] of FILMS.entries()) {
    const stars = RATINGS.filter((one) => one.film === n && one.stars > 1).map((one) => one.stars);
    for (const star of stars.length ? stars : [null]) {
      const key = JSON.stringify([dubbed, star]);
      buckets.set(key, (buckets.get(key) ?? new Set()).add(n));
    }
  }
  const found = films.stats.buckets.map(({ dubbed, stars, count }: Answer) => [
    JSON.stringify([dubbed, stars]),
    count,
  ]);
  expect(new Map(found)).toEqual(new Map([...buckets].map(([key, rows]) => [key, rows.size])));
});

test("statistics go through rows that a query computes", async () => {
  const { films } = await ask("{ films { stats(by: BEST) { buckets { best count } } } }");
  const bests = FILMS.map((_, n) =>
    Math.max(0, ...RATINGS.filter((one) => one.film === n && one.stars > 1).map(({ stars }) => stars)),
  );
  for (const { best, count } of films.stats.buckets) {
    expect(count).toBe(bests.filter((one) => one === (best ?? 0)).length);
  }
  expect(films.stats.buckets).toHaveLength(new Set(bests).size);
});

describe("a declaration is refused", () => {
  const declaring = (args: Arguments, filter: boolean) => () =>
    declare("film", { name: "Wrong", description: "Wrong." }).connection(() => films, {
      description: "Wrong.",
      args,
      filter,
      rows: () => sql`select from film`,
    })({}, "wrong");
  const argument = { type: () => String, description: "Wrong.", parameter: true };

  test("whose filter would have to give an argument", () => {
    expect(declaring({ must: { ...argument, nullable: false } }, true)).toThrow(/must needs a default/);
  });

  test("whose argument is one of every connection", () => {
    expect(declaring({ after: argument }, false)).toThrow(/has an argument after already/);
  });
});

test("what is computed is no column: the database has no comment on it", () => {
  const named = [...commentsOf("", allEntities()).keys()];
  expect(named).toEqual(expect.arrayContaining(["film.votes", "rating.stars"]));
  expect(named.filter((name) => /critics|times|secret|^\./.test(name))).toEqual([]);
});

test("a root of rows of several types, in one order and page by page, shows what the viewer may see", async () => {
  const query = `query ($text: String!, $at: String) { hits(text: $text, first: 4, after: $at, where: { weight: { lt: 50 } }) {
    totalCount nodes { weight node { __typename id ... on Film { title } ... on Rating { stars } } } pageInfo { endCursor } } }`;
  const all: Answer[] = [];
  const seen = RATINGS.filter(({ stars }) => stars > 1).length;
  for (let at: string | null = null, more = true; more; ) {
    const { hits } = await ask(query, { text: "Film", at });
    all.push(...hits.nodes);
    at = hits.pageInfo.endCursor;
    more = hits.nodes.length > 0;
    expect(hits.totalCount).toBe(seen + FILMS.filter(({ votes }) => votes < 50).length);
  }
  expect(all.map(({ weight }) => weight)).toEqual(all.map(({ weight }) => weight).sort((a, b) => b - a));
  expect(new Set(all.map(({ node }) => node?.__typename))).toEqual(new Set(["Film", "Rating"]));
  expect(textsOf(query, { text: "a" })).toEqual(textsOf(query, { text: "b" }));
});

test("nodes of several types come in the order of their ids", async () => {
  const ids = [film(3), encodeId("rating", id(1000)), film(1), film(3), film(99)];
  const query =
    "query ($ids: [ID!]!, $one: ID!) { nodes(ids: $ids) { __typename id ... on Film { title } ... on Rating { stars } } node(id: $one) { id } none: node(id: $one) { ... on Rating { stars } } }";
  const { nodes, node, none } = await ask(query, { ids, one: film(2) }, ANALYST);
  expect(nodes.map((one: Answer) => one?.id ?? null)).toEqual([...ids.slice(0, 4), null]);
  expect([node, none]).toEqual([{ id: film(2) }, {}]);
  expect(textsOf(query, { ids: [], one: film(1) })).toEqual(textsOf(query, { ids, one: film(2) }));
  expect(await ask("{ nodes(ids: []) { id } }")).toEqual({ nodes: [] });
});
