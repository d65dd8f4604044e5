import { readFileSync } from "node:fs";
import { parse } from "graphql";
import { encodeId } from "../support/ids.js";
import { makeWorld } from "../support/world.js";
import { Library, refusal } from "./library.js";
import { Random } from "./random.js";
import { Reference } from "./reference.js";
import { type EntityName, ORDERS, type Term } from "./reference-page.js";

const SEED = Number(process.env.CLAIMGRAPH_SEED ?? 1);
/** 1 takes every page size through a list, 2 every second one, and so on: each forward and backward. */
const EVERY = Number(process.env.PAGED_EVERY ?? 1);
const world = makeWorld(SEED, 60);
const reference = new Reference(readFileSync("schema.graphql", "utf8"), world);
let library: Library;

beforeAll(async () => {
  library = await Library.open(world);
});

afterAll(() => library?.close());

interface Page {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: number;
}

/** A list, and how to ask for a page of it. */
interface List {
  readonly name: string;
  readonly of: EntityName;
  readonly text: string;
  readonly read: (data: never) => Page;
}

function list(owner: EntityName | null, field: string, of: EntityName, where?: string): List {
  const filter = where ? `, where: ${where}` : "";
  const ask = `${field}(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy${filter}) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
  }`;
  const variables = `$first: Int, $after: String, $last: Int, $before: String, $orderBy: [${of}Order!]`;
  if (!owner) {
    const text = `query(${variables}) { ${ask} }`;
    const name = where ? `${field} where ${where}` : field;
    return { name, of, text, read: (data: Record<string, Page>) => data[field]! };
  }
  const id = longest(owner, field);
  const text = `query(${variables}) { node(id: "${id}") { ... on ${owner} { ${ask} } } }`;
  return {
    name: `${owner}.${field}`,
    of,
    text,
    read: (data: { node: Record<string, Page> }) => data.node[field]!,
  };
}

/** The id of the row whose list is the longest. */
function longest(owner: EntityName, field: string): string {
  const ids = reference.all(owner).map((row) => encodeId(owner.toLowerCase(), row.id));
  const count = parse(
    `query($ids: [ID!]!) { nodes(ids: $ids) { id ... on ${owner} { ${field} { totalCount } } } }`,
  );
  const { result } = reference.answer(count, { ids });
  const nodes = result.data!.nodes as { id: string; [field: string]: unknown }[];
  const size = (node: Record<string, unknown>) => (node[field] as { totalCount: number }).totalCount;
  return nodes.toSorted((a, b) => size(b) - size(a))[0]!.id;
}

const LISTS = [
  list(null, "actors", "Actor"),
  list(null, "events", "Event"),
  list(null, "claims", "Claim"),
  list(null, "sources", "Source"),
  list(null, "propositions", "Proposition"),
  // A claim may be about several of these events.
  list(null, "claims", "Claim", '{ events: { some: { title: { gt: "" } } } }'),
  list(
    null,
    "claims",
    "Claim",
    "{ events: { some: { type: { ne: OTHER } } }, assertedBy: { kind: { ne: NGO } } }",
  ),
  list(
    null,
    "claims",
    "Claim",
    '{ events: { some: { type: { notIn: [OTHER] }, occurred: { possiblyDuring: "2024-07/.." }, title: { gt: "" } } } }',
  ),
  list("Actor", "claims", "Claim"),
  list("Actor", "events", "Event"),
  list("Actor", "sources", "Source"),
  list("Event", "claims", "Claim"),
  list("Event", "propositions", "Proposition"),
  list("Event", "subEvents", "Event"),
  list("Source", "claims", "Claim"),
  list("Proposition", "claims", "Claim"),
  list("Claim", "events", "Event"),
];

/** Every order of one term, and those of two terms that differ in everything. */
function ordersOf(name: EntityName): Term[][] {
  const ways = ["ASC", "DESC"] as const;
  const single = Object.keys(ORDERS[name]).flatMap((field) =>
    ways.map((direction) => [{ field, direction }]),
  );
  const double = single.flatMap(([one]) =>
    single.flatMap(([other]) => (one!.field === other!.field ? [] : [[one!, other!]])),
  );
  return [...single, ...double];
}

async function page({ text, read }: List, variables: Record<string, unknown>): Promise<Page> {
  const { data, errors } = await library.ask(text, variables);
  if (errors) throw errors[0];
  return read(data as never);
}

/** Goes through a whole list, page by page, as `between` changes it. */
async function walk(
  asked: List,
  orderBy: readonly Term[],
  size: number,
  way: "forward" | "backward",
  between: () => Promise<void> = async () => undefined,
): Promise<{ pages: Page[]; edges: Page["edges"] }> {
  const pages: Page[] = [];
  let edges: Page["edges"] = [];
  for (;;) {
    const last = pages.at(-1);
    const read =
      way === "forward"
        ? await page(asked, { orderBy, first: size, after: last?.pageInfo.endCursor })
        : await page(asked, { orderBy, last: size, before: last?.pageInfo.startCursor });
    pages.push(read);
    edges = way === "forward" ? [...edges, ...read.edges] : [...read.edges, ...edges];
    if (!(way === "forward" ? read.pageInfo.hasNextPage : read.pageInfo.hasPreviousPage)) {
      return { pages, edges };
    }
    await between();
  }
}

test.each(LISTS)("$name: every row once, in every order, forward and backward", async (asked) => {
  let walks = 0;
  for (const orderBy of ordersOf(asked.of)) {
    const { result } = reference.answer(parse(asked.text), { orderBy, first: 100 });
    const whole = asked.read(result.data as never);
    expect(whole.edges.length).toBeGreaterThan(3);
    for (const size of orderBy.length === 1 ? [1, 2, 3, 4, 5, 6, 7] : [3, 7]) {
      if (walks++ % EVERY > 0) continue;
      for (const way of ["forward", "backward"] as const) {
        const { pages, edges } = await walk(asked, orderBy, size, way);
        expect({ orderBy, size, way, edges }).toEqual({ orderBy, size, way, edges: whole.edges });
        expect(pages).toHaveLength(Math.ceil(whole.edges.length / size));
        const inOrder = way === "forward" ? pages : pages.toReversed();
        for (const [index, { edges: rows, pageInfo, totalCount }] of inOrder.entries()) {
          expect(totalCount).toBe(whole.edges.length);
          expect(pageInfo).toEqual({
            hasPreviousPage: index > 0,
            hasNextPage: index < inOrder.length - 1,
            startCursor: rows[0]!.cursor,
            endCursor: rows.at(-1)!.cursor,
          });
        }
      }
    }
  }
});

describe("while rows come and go", () => {
  const random = new Random(SEED);

  /** Writes one more row of each type, with sort keys that others have as well. */
  async function addRows(): Promise<void> {
    const { prisma } = library.database;
    const more = makeWorld(random.int(0, 1e9), 2);
    const fresh = <Row extends { slug: string }>(rows: readonly Row[]): Row => {
      const row = rows[0]!;
      return { ...row, slug: `${row.slug}-${random.int(0, 1e9)}` };
    };
    await prisma.actor.create({ data: fresh(more.actors) });
    await prisma.event.create({ data: fresh(more.events) });
    await prisma.source.create({ data: { ...fresh(more.sources), publisherId: null } });
    await prisma.proposition.create({ data: fresh(more.propositions) });
    const assertedById = random.pick(world.actors).id;
    const claim = {
      ...more.claims[0]!,
      assertedById,
      propositionId: null,
      speakerId: null,
      status: "PUBLISHED",
    } as const;
    await prisma.claim.create({ data: claim });
    const events = world.events.slice(0, 25).map((event) => ({ claimId: claim.id, eventId: event.id }));
    await prisma.claimEvent.createMany({ data: events });
  }

  const growing = ["actors", "events", "claims", "sources", "propositions", "Event.claims"];
  test.each(LISTS.filter(({ name }) => growing.includes(name)))(
    "$name: every row that was there before appears once, in order",
    async (asked) => {
      const orders = ordersOf(asked.of).filter((orderBy, index) => orderBy.length === 1 || index % 5 === 0);
      for (const orderBy of orders) {
        for (const way of ["forward", "backward"] as const) {
          const { edges: before } = await walk(asked, orderBy, 100, way);
          const { edges: during } = await walk(asked, orderBy, Math.ceil(before.length / 4), way, addRows);
          const known = new Set(before.map(({ cursor }) => cursor));
          const still = during.filter(({ cursor }) => known.has(cursor));
          expect({ orderBy, way, still }).toEqual({ orderBy, way, still: before });
          expect(new Set(during.map(({ node }) => node.id)).size).toBe(during.length);
        }
      }
    },
  );

  test("the row of a cursor may vanish: the page starts where it stood", async () => {
    const claims = LISTS[2]!;
    const orderBy = [{ field: "ASSERTED_AT", direction: "DESC" }];
    const before = await page(claims, { orderBy, first: 30 });
    await library.database.prisma.claim.delete({
      where: { id: await keyOf(before.edges[9]!.node.id) },
    });
    const after = await page(claims, { orderBy, first: 20, after: before.edges[9]!.cursor });
    expect(after.edges).toEqual(before.edges.slice(10));
    expect(after.pageInfo.hasPreviousPage).toBe(true);
  });

  async function keyOf(id: string): Promise<string> {
    const claims = await library.database.prisma.claim.findMany({ select: { id: true } });
    return claims.find((claim) => encodeId("claim", claim.id) === id)!.id;
  }
});

describe("cursors that this list did not give", () => {
  const claims = LISTS[2]!;
  const orderBy: Term[] = [{ field: "ASSERTED_AT", direction: "DESC" }];
  const cursor = reference.pages.cursor("Claim", orderBy, reference.all("Claim")[0]!);
  const ask = async (argument: "after" | "before", value: string) =>
    refusal(await library.ask(claims.text, { orderBy, [argument]: value }));

  test("the untouched one is taken", async () => {
    expect((await page(claims, { orderBy, after: cursor })).totalCount).toBeGreaterThan(0);
  });

  test("any character changed", async () => {
    for (let index = 0; index < cursor.length; index++) {
      for (const other of ["A", "B", "_", "=", "é"]) {
        if (cursor[index] === other) continue;
        const changed = cursor.slice(0, index) + other + cursor.slice(index + 1);
        expect(await ask(index % 2 ? "after" : "before", changed)).toMatch(
          /^`(after|before)` is not a cursor that this server gave\. Pass a cursor from this list/,
        );
      }
    }
  });

  test("cut, lengthened, doubled or empty", async () => {
    for (let length = 0; length < cursor.length; length++) await ask("after", cursor.slice(0, length));
    for (const other of [`${cursor}=`, `${cursor}A`, ` ${cursor}`, cursor + cursor]) {
      await ask("before", other);
    }
  });

  test("of another order, or of another type", async () => {
    const [row] = reference.all("Claim");
    const ascending = reference.pages.cursor("Claim", [{ field: "ASSERTED_AT", direction: "ASC" }], row!);
    expect(await ask("after", ascending)).toMatch(/Claim\(ASSERTED_AT ASC\).*Claim\(ASSERTED_AT DESC\)/);
    const longer = reference.pages.cursor(
      "Claim",
      [...orderBy, { field: "RECORDED_AT", direction: "DESC" }],
      row!,
    );
    expect(await ask("before", longer)).toMatch(/RECORDED_AT/);
    const event = reference.pages.cursor(
      "Event",
      [{ field: "OCCURRED", direction: "DESC" }],
      reference.all("Event")[0]!,
    );
    expect(await ask("after", event)).toMatch(/Event\(OCCURRED DESC\)/);
  });
});

describe("page sizes", () => {
  const claims = LISTS[2]!;

  test.each([
    ["first", -1],
    ["last", -1],
    ["first", 101],
    ["last", 101],
    ["first", 2_147_483_647],
    ["last", -2_147_483_648],
  ])("%s: %i is out of range", async (argument, size) => {
    const message = refusal(await library.ask(claims.text, { [argument]: size }));
    expect(message).toBe(`\`${argument}\` is ${size}; it must be between 0 and 100.`);
  });

  test("out of range in a nested list as well, and when no row would reach it", async () => {
    const nested = `{ actors(where: {slug: {eq: "nobody"}}) { nodes { claims(first: 101) { totalCount } } } }`;
    expect(refusal(await library.ask(nested))).toContain("101");
  });

  test("first and last exclude each other; null is as good as nothing", async () => {
    expect(refusal(await library.ask(claims.text, { first: 1, last: 1 }))).toContain("not both");
    const usual = await page(claims, { first: null, last: null, after: null, before: null, orderBy: null });
    expect(usual.edges).toHaveLength(20);
  });

  test("100 rows, or none", async () => {
    expect((await page(claims, { first: 100 })).edges.length).toBeGreaterThan(30);
    const none = await page(claims, { first: 0 });
    expect(none.edges).toEqual([]);
    expect(none.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });
});
