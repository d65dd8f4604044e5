import { createHash } from "node:crypto";
import { ROLES, type Role } from "../../src/graphql/viewer.js";
import type { Ask } from "../support/app.js";
import { endOfLog, type Following, follow } from "../support/followers.js";
import { type Entity, type Input, newSlug, Recorder } from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** Everybody who may read only what is public, and the others. */
const READERS: readonly [string, () => Ask][] = [
  ["anonymous", () => recorder.app.ask],
  ["READER", () => recorder.app.as("READER")],
];
const OTHERS = ROLES.filter((role) => role !== "READER");

async function data(ask: Ask, query: string, variables: Input = {}): Promise<Record<string, unknown>> {
  const answer = await ask(query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data as Record<string, unknown>;
}

const pause = () => new Promise((done) => setTimeout(done, 5));
async function now(): Promise<string> {
  await pause();
  const moment = new Date().toISOString();
  await pause();
  return moment;
}

/** A source, and records through which it is reached. */
interface Place {
  readonly source: Entity;
  readonly publisher: Entity;
  readonly copy: Entity;
  readonly claim: Entity;
}

async function place(source: Input): Promise<Place> {
  const publisher = await recorder.actor();
  const original = await recorder.source({ ...source, publisher: { id: publisher.id } });
  const copy = await recorder.source({ syndicationOf: { id: original.id } });
  const quote = source.text == null ? {} : { quote: { exact: "words" } };
  const claim = await recorder.claim({
    status: "PUBLISHED",
    citations: [{ source: { id: original.id }, ...quote }],
  });
  return { source: original, publisher, copy, claim };
}

const READ = "id text contentSha256";

/** What leads to a source. Where a record is asked for by itself, it can be asked for as of a moment. */
const ways = ({ source, publisher, copy, claim }: Place, asOf: string | null): string[] => {
  const then = asOf === null ? "" : `, asOf: "${asOf}"`;
  return [
    `{ source(id: "${source.id}"${then}) { ${READ} } }`,
    `{ source(id: "${copy.id}"${then}) { syndicationOf { ${READ} } } }`,
    `{ claim(id: "${claim.id}"${then}) { citations { source { ${READ} } } } }`,
    `{ actor(id: "${publisher.id}"${then}) { sources { nodes { ${READ} } edges { node { ${READ} } } } } }`,
    `{ source(id: "${source.id}"${then}) { history { nodes { source { ${READ} } } } } }`,
    ...(asOf === null
      ? [
          `{ source(slug: "${source.slug}") { ${READ} } }`,
          `{ sources(where: { slug: { eq: "${source.slug}" } }) { nodes { ${READ} } } }`,
          `{ node(id: "${source.id}") { ... on Source { ${READ} } } }`,
          `{ nodes(ids: ["${source.id}"]) { ... on Source { ${READ} } } }`,
          `{ changes(where: { record: ["${source.id}"] }) { nodes { source { ${READ} } } } }`,
        ]
      : []),
  ];
};

interface Found {
  readonly text: string | null;
  readonly contentSha256: string | null;
}

/** The source, wherever it stands in an answer. */
function found(value: unknown, id: string): Found[] {
  if (typeof value !== "object" || value === null) return [];
  const { id: own, text, contentSha256 } = value as Entity & Found;
  const inner = Object.values(value).flatMap((part) => found(part, id));
  return own === id && text !== undefined ? [{ text, contentSha256 }, ...inner] : inner;
}

const NOTHING: Found = { text: null, contentSha256: null };
const given = (text: string): Found => ({ text, contentSha256: hashOf(text) });

/** Asks for a source in every way, and expects the same each time. */
async function expectEverywhere(ask: Ask, where: Place, asOf: string | null, expected: Found): Promise<void> {
  for (const query of ways(where, asOf)) {
    const all = found(await data(ask, query), where.source.id);
    expect([query, all.length > 0]).toEqual([query, true]);
    for (const one of all) expect([query, one]).toEqual([query, expected]);
  }
}

test("a text and its hash are read by those who may, wherever the source is reached", async () => {
  const text = "Some words, for some.";
  for (const textAccess of ["ANALYST", "PUBLIC"]) {
    const where = await place({ text, textAccess });
    for (const asOf of [null, await now()]) {
      for (const [, ask] of READERS) {
        await expectEverywhere(ask(), where, asOf, textAccess === "PUBLIC" ? given(text) : NOTHING);
      }
      for (const role of OTHERS) await expectEverywhere(recorder.app.as(role), where, asOf, given(text));
    }
  }
});

const A = "The first words.";
const B = "Other words than those.";

/** What an editor does with a source. */
const update = (source: Input) => async (id: string) => {
  const [row] = await recorder.sql<{ version: number }>(
    "select version from source where public_id = $1",
    id,
  );
  await recorder.done("updateSource", { id, expectedVersion: row?.version, source });
};
const remove = (id: string) => recorder.run("deleteSource", { id });
const restore = (version: number) => async (id: string) => {
  const { errors } = await recorder.run("restore", { id, version });
  expect(errors).toEqual([]);
};
const [withhold, publish] = [update({ textAccess: "ANALYST" }), update({ textAccess: "PUBLIC" })];
const [replace, bringBack] = [update({ text: B }), update({ text: A })];

type Steps = readonly ((id: string) => Promise<unknown>)[];

/** What happens to a source with a public text; and whether readers may read that text as of before. */
const STORIES: readonly [story: string, readable: boolean, steps: Steps][] = [
  ["is left alone", true, []],
  ["is replaced", true, [replace]],
  ["is replaced, and replaced by it again", true, [replace, bringBack]],
  ["is deleted with the source, which comes back", true, [remove, restore(1)]],
  ["is withheld", false, [withhold]],
  ["is withheld, then replaced", false, [withhold, replace]],
  ["is replaced, then withheld", false, [replace, withhold]],
  ["is replaced by one that is withheld", false, [update({ text: B, textAccess: "ANALYST" })]],
  ["is removed, and nothing is public any more", false, [update({ text: null, textAccess: "ANALYST" })]],
  ["is withheld, then replaced by a public one", false, [withhold, replace, publish]],
  [
    "is withheld, then replaced by a public one at once",
    false,
    [withhold, update({ text: B, textAccess: "PUBLIC" })],
  ],
  ["is withheld, then public for a while", false, [withhold, publish, replace, withhold]],
  ["is deleted with the source", false, [remove]],
  ["is withheld, then deleted with the source", false, [withhold, remove]],
  ["is withheld, deleted with the source, and comes back", false, [withhold, remove, restore(1)]],
  ["is withheld, replaced, and comes back", false, [withhold, replace, restore(1)]],
];

const recordSource = async (source: Input) =>
  recorder.source({ ...source, publisher: { id: (await recorder.actor()).id } });

test.each(STORIES)("a public text that %s: as of before, readers read it: %s", async (_, readable, steps) => {
  const source = await recordSource({ text: A, textAccess: "PUBLIC" });
  const before = await now();
  for (const step of steps) await step(source.id);
  const query = `query ($id: ID!, $asOf: DateTime, $hash: String!) {
    source(id: $id, asOf: $asOf) {
      id text contentSha256 textAccess version
      publisher { sources(where: { contentSha256: { eq: $hash } }) { totalCount nodes { id text contentSha256 } } }
      history { nodes { source { id text contentSha256 } } }
    }
  }`;
  const variables = { id: source.id, asOf: before, hash: hashOf(A) };
  const expectThat = async (ask: Ask, expected: Found) => {
    const answer = await data(ask, query, variables);
    expect(answer).toMatchObject({ source: { textAccess: "PUBLIC", version: 1 } });
    const all = found(answer, source.id);
    expect(all.length).toBeGreaterThan(0);
    for (const one of all) expect(one).toEqual(expected);
    const count = expected.text === null ? 0 : 1;
    expect(answer).toMatchObject({ source: { publisher: { sources: { totalCount: count } } } });
  };
  for (const [, ask] of READERS) await expectThat(ask(), readable ? given(A) : NOTHING);
  for (const role of OTHERS) await expectThat(recorder.app.as(role), given(A));
});

test("a source that was deleted since is shown without its text beside what referred to it", async () => {
  const where = await place({ text: A, textAccess: "PUBLIC" });
  const before = await now();
  await recorder.run("deleteClaim", { id: where.claim.id, cascade: true });
  await remove(where.copy.id);
  await remove(where.source.id);
  for (const [, ask] of READERS) await expectEverywhere(ask(), where, before, NOTHING);
  await expectEverywhere(recorder.app.as("ANALYST"), where, before, given(A));
});

/** What `restore` makes of a source that had the text A in its first version, and who may read it in the first place. */
const RESTORED: readonly [story: string, first: string, steps: Steps, access: string][] = [
  ["public all the time", "PUBLIC", [replace], "PUBLIC"],
  ["deleted while it was public", "PUBLIC", [remove], "PUBLIC"],
  ["withheld since", "PUBLIC", [withhold], "ANALYST"],
  ["withheld, then replaced by a public one", "PUBLIC", [withhold, replace, publish], "ANALYST"],
  ["deleted while it was withheld", "PUBLIC", [withhold, remove], "ANALYST"],
  ["withheld from the first", "ANALYST", [update({ text: B, textAccess: "PUBLIC" })], "ANALYST"],
  ["removed when it was withheld", "PUBLIC", [update({ text: null, textAccess: "ANALYST" })], "ANALYST"],
];

test.each(RESTORED)("restoring a text that was %s (%s)", async (_, textAccess, steps, access) => {
  const source = await recordSource({ text: A, textAccess });
  for (const step of steps) await step(source.id);
  await restore(1)(source.id);
  const query = "query ($id: ID!) { source(id: $id) { text contentSha256 textAccess } }";
  const read = async (ask: Ask) => (await data(ask, query, { id: source.id })).source;
  expect(await read(recorder.app.as("ANALYST"))).toEqual({ ...given(A), textAccess: access });
  for (const [, ask] of READERS) {
    expect(await read(ask())).toEqual({ ...(access === "PUBLIC" ? given(A) : NOTHING), textAccess: access });
  }
  // That the text is public is for an editor to say, in so many words.
  await publish(source.id);
  expect(await read(recorder.app.ask)).toEqual({ ...given(A), textAccess: "PUBLIC" });
});

test("of what restores a version that was never withheld, nothing else is held back", async () => {
  const source = await recordSource({ text: A, textAccess: "ANALYST" });
  await update({ text: B, textAccess: "PUBLIC" })(source.id);
  await update({ title: "Another title" })(source.id);
  await restore(2)(source.id);
  expect((await data(recorder.app.ask, `{ source(id: "${source.id}") { text } }`)).source).toEqual({
    text: B,
  });
});

/** What can be asked of a hash. */
const questionsAbout = (hash: string): string[] => {
  const other = hashOf("Nobody's words.");
  return [
    `eq: "${hash}"`,
    `ne: "${hash}"`,
    `in: ["${hash}", "${other}"]`,
    `notIn: ["${hash}"]`,
    `notIn: ["${other}"]`,
    `contains: "${hash.slice(5, 20)}"`,
    `startsWith: "${hash.slice(0, 8)}"`,
    "eq: null",
    "ne: null",
    'lt: "g"',
    `lte: "${hash}"`,
    'gt: "0"',
    `gte: "${hash}"`,
    "",
  ]
    .map((asked) => `{ contentSha256: { ${asked} } }`)
    .concat("{ contentSha256: null }")
    .flatMap((where) => [where, `{ not: ${where} }`, `{ or: [${where}] }`, `{ and: [{ not: ${where} }] }`]);
};

/** Lists that are filtered by what a source is, at every depth. */
const LISTS: readonly [list: string, where: (source: string) => string, of: keyof Place][] = [
  ["sources", (source) => source, "source"],
  ["sources", (source) => `{ syndicationOf: ${source} }`, "copy"],
  ["claims", (source) => `{ citations: { some: { source: ${source} } } }`, "claim"],
  ["claims", (source) => `{ citations: { none: { source: ${source} } } }`, "claim"],
  ["claims", (source) => `{ citations: { every: { source: ${source} } } }`, "claim"],
  ["actors", (source) => `{ sources: { some: ${source} } }`, "publisher"],
  ["actors", (source) => `{ sources: { none: ${source} } }`, "publisher"],
  ["actors", (source) => `{ sources: { every: ${source} } }`, "publisher"],
  ["sources", (source) => `{ publisher: { sources: { some: ${source} } } }`, "source"],
];

/** How many of some records each `where` finds. */
async function counts(ask: Ask, list: string, ids: string[], wheres: readonly string[]): Promise<number[]> {
  const found: number[] = [];
  // Not all in one request: it may not ask for so much.
  for (let from = 0; from < wheres.length; from += 20) {
    const fields = wheres.slice(from, from + 20).map((where, at) => {
      const both = `{ id: { in: ${JSON.stringify(ids)} }, and: [${where}] }`;
      return `a${at}: ${list}(where: ${both}) { totalCount nodes { id } }`;
    });
    const answer = await data(ask, `{ ${fields.join(" ")} }`);
    for (const page of Object.values(answer) as { totalCount: number; nodes: unknown[] }[]) {
      expect(page.nodes).toHaveLength(page.totalCount);
      found.push(page.totalCount);
    }
  }
  return found;
}

test.each(LISTS)(
  "filters do not tell of a text that is withheld: it is like none (%s %s)",
  async (list, where, of) => {
    const text = `Some words. ${newSlug("text")}`;
    const withheld = await place({ text, textAccess: "ANALYST" });
    const none = await place({});
    const wheres = questionsAbout(hashOf(text)).map(where);
    const ids = [withheld[of].id, none[of].id];
    for (const [, ask] of READERS)
      for (const [at, count] of (await counts(ask(), list, ids, wheres)).entries())
        expect([wheres[at], count]).not.toEqual([wheres[at], 1]);
    // Analysts are told: so there is something to tell.
    const told = (await counts(recorder.app.as("ANALYST"), list, ids, wheres)).filter((count) => count === 1);
    expect(told.length).toBeGreaterThan(30);
  },
);

test("a filter finds a public text by its hash", async () => {
  const text = `Some words. ${newSlug("text")}`;
  const { source } = await place({ text, textAccess: "PUBLIC" });
  const where = { contentSha256: { eq: hashOf(text) } };
  const query = "query ($where: SourceWhere) { sources(where: $where) { nodes { id } } }";
  for (const [, ask] of READERS)
    expect(await data(ask(), query, { where })).toEqual({ sources: { nodes: [{ id: source.id }] } });
});

describe("what changed", () => {
  const TEXTS = [A, B];
  const steps: Steps = [
    replace,
    withhold,
    bringBack,
    remove,
    restore(2),
    update({ text: B, title: "Another title" }),
  ];
  let id: string;
  let after: string;
  beforeAll(async () => {
    after = await endOfLog(recorder.app);
    id = (await recorder.source({ text: A, textAccess: "PUBLIC" })).id;
    for (const step of steps) await step(id);
  });

  const SHOWN = "nodes { version action patch inverse }";
  const lists = () => [
    `{ source(id: "${id}") { history { ${SHOWN} } } }`,
    `{ changes(where: { record: ["${id}"] }) { ${SHOWN} } }`,
    `{ changes(where: { source: { id: { eq: "${id}" } } }) { ${SHOWN} } }`,
    `{ source(id: "${id}", asOf: "${new Date().toISOString()}") { history { ${SHOWN} } } }`,
  ];
  const tells = (text: string) => (answer: string) =>
    answer.includes(hashOf(text)) || answer.includes(text.slice(0, -1));

  test("is shown to readers without the hashes of texts", async () => {
    for (const query of lists()) {
      for (const [, ask] of READERS) {
        const answer = JSON.stringify(await data(ask(), query));
        expect(answer).toContain("/textAccess");
        expect(answer).toContain("Another title");
        expect(answer).not.toContain("contentSha256");
        for (const text of TEXTS) expect(tells(text)(answer)).toBe(false);
      }
    }
  });

  test("is shown to analysts with the hashes, and to nobody with the texts", async () => {
    for (const query of lists()) {
      const answer = JSON.stringify(await data(recorder.app.as("ANALYST"), query));
      for (const text of TEXTS) {
        expect(answer).toContain(hashOf(text));
        expect(answer).not.toContain(text.slice(0, -1));
      }
    }
    expect(JSON.stringify(await recorder.revisions(id))).not.toContain(A.slice(0, -1));
  });

  test.each<[Role | undefined, boolean]>([
    [undefined, false],
    ["READER", false],
    ["ANALYST", true],
  ])("is told to followers as it is shown to them (%s)", async (role, told) => {
    const authorization = role && `Bearer ${await recorder.app.keyOf(role)}`;
    const query = `subscription ($after: String, $where: RevisionWhere) {
      changed(after: $after, where: $where) { cursor node { reason patch inverse } }
    }`;
    const variables = { after, where: { record: [id] } };
    const following: Following = await follow(recorder.app, { query, variables, authorization });
    try {
      await following.reasons(steps.length + 1);
      const heard = JSON.stringify(following.events);
      expect(heard).toContain("/textAccess");
      for (const text of TEXTS) expect(tells(text)(heard)).toBe(told);
      expect(heard.includes("contentSha256")).toBe(told);
    } finally {
      await following.stop();
    }
  });
});
