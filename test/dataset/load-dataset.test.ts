import { DatasetError } from "../../src/dataset/dataset-error.js";
import { loadDataset } from "../../src/dataset/load-dataset.js";
import { listOf } from "../../src/graphql/field-names.js";
import { RECORDS } from "../../src/records.js";
import { type TestDatabase, testDatabase } from "../support/database.js";
import { documentedFiles, folderOf } from "./folder.js";

const FILES = documentedFiles();
const NONE = Object.fromEntries(RECORDS.map(({ entity }) => [listOf(entity), 0]));
const ALL = { ...NONE, actors: 3, propositions: 1, sources: 1, events: 1, claims: 2 };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  const { prisma } = database;
  await prisma.claim.deleteMany();
  await prisma.event.deleteMany();
  await prisma.source.deleteMany();
  await prisma.proposition.deleteMany();
  await prisma.affiliation.deleteMany();
  await prisma.actor.deleteMany();
});

const load = (files: Record<string, string>) => loadDataset(database.prisma, folderOf(files));

/** The files of the documented set, with one of them changed. */
function changed(name: string, from: string | RegExp, to: string): Record<string, string> {
  const content = FILES[name]!.replace(from, to);
  if (content === FILES[name]) throw new Error(`${from} is not in ${name}`);
  return { ...FILES, [name]: content };
}

async function problemsOf(files: Record<string, string>): Promise<string> {
  try {
    await load(files);
  } catch (error) {
    if (error instanceof DatasetError) return error.message;
    throw error;
  }
  throw new Error("the set was loaded");
}

test("the documented set loads", async () => {
  expect(await load(FILES)).toEqual(ALL);
  const { prisma } = database;
  const cost = await prisma.claim.findFirstOrThrow({
    where: { act: "ESTIMATE" },
    include: { citations: true, relayedBy: { include: { actor: true } }, events: true },
  });
  expect(cost.relayedBy.map(({ actor }) => actor.slug)).toEqual(["sollbruck-gazette"]);
  expect(cost.citations[0]).toMatchObject({ exact: "some 12 million", anchor: "EXACT" });
  expect(cost.events[0]?.assertedAtEarliest?.toISOString()).toBe("2024-08-01T00:00:00.000Z");
  const event = await prisma.event.findFirstOrThrow();
  expect([event.occurredEarliest?.toISOString(), event.occurredLatest?.toISOString()]).toEqual([
    "2025-06-01T00:00:00.000Z",
    "2025-08-31T23:59:59.999Z",
  ]);
  const affiliation = await prisma.affiliation.findFirstOrThrow();
  expect([affiliation.fromEdtf, affiliation.fromLatest?.toISOString(), affiliation.untilEdtf]).toEqual([
    "2021",
    "2021-12-31T23:59:59.999Z",
    null,
  ]);
});

test("a quote with other white space is stored in the text's own words", async () => {
  await load(changed("claims.yaml", "quote: some 12 million", 'quote: " some 12\\u00A0million"'));
  const { source, ...citation } = await database.prisma.citation.findFirstOrThrow({
    where: { anchor: "FUZZY" },
    include: { source: true },
  });
  expect(citation.exact).toBe("some 12 million");
  expect(source.text!.slice(citation.start!, citation.end!)).toBe(citation.exact);
});

test("ids are the same wherever a set is loaded, and carry its time", async () => {
  await load(FILES);
  const { id } = await database.prisma.actor.findUniqueOrThrow({ where: { slug: "sollbruck" } });
  expect(id).toBe("0191ac99-1800-73d0-bf84-8a727183fe90");
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.parse("2024-09-01T08:00:00Z"));
});

test("a person's edits survive, and only what is missing is added", async () => {
  await load(FILES);
  const { prisma } = database;
  await prisma.actor.update({ where: { slug: "sollbruck" }, data: { slug: "sollbruck-town", name: "Town" } });
  await prisma.event.update({ where: { slug: "sollbruck-bridge-opening" }, data: { title: "Renamed" } });
  await prisma.claim.deleteMany({ where: { act: "ESTIMATE" } });

  expect(await load(FILES)).toEqual({ ...NONE, claims: 1 });
  expect((await prisma.event.findFirstOrThrow()).title).toBe("Renamed");
  expect(await prisma.actor.count()).toBe(3);
});

test("a text that was withheld before its source was deleted does not come back as public", async () => {
  const { prisma } = database;
  await prisma.revision.deleteMany({ where: { recordType: "SOURCE" } });
  const accessOf = async () => {
    await load(FILES);
    return (await prisma.source.findFirstOrThrow()).textAccess;
  };
  const forget = async () => {
    await prisma.claim.deleteMany();
    await prisma.source.deleteMany();
  };
  expect(await accessOf()).toBe("PUBLIC");
  await forget();
  expect(await accessOf()).toBe("PUBLIC");
  await forget();
  await prisma.$executeRaw`update revision set rows = jsonb_set(rows, '{source,0,text_access}', '"ANALYST"')
    where record_type = 'SOURCE' and version = 1`;
  expect(await accessOf()).toBe("ANALYST");
});

test("rows that a person had made before are used, not doubled", async () => {
  const { prisma } = database;
  const mayor = await prisma.actor.create({
    data: { slug: "sollbruck-mayor", name: "Her Worship", kind: "PERSON" },
  });
  expect(await load(FILES)).toEqual({ ...ALL, actors: 2 });
  expect(await prisma.claim.count({ where: { assertedById: mayor.id } })).toBe(2);
});

test("actors may be those of another set", async () => {
  await load(FILES);
  const { "actors.yaml": _, ...rest } = FILES;
  const other = {
    ...rest,
    "dataset.yaml": FILES["dataset.yaml"]!.replace("name: bridge", "name: second-bridge"),
  };
  expect(await load(other)).toEqual({ ...NONE, claims: 2 });
  expect(await database.prisma.claim.count()).toBe(4);
});

test("a quote that an edited text no longer holds is refused, naming the claim", async () => {
  const { "claims.yaml": _, ...rest } = FILES;
  await load(rest);
  await database.prisma.source.updateMany({ data: { text: "Quite another text." } });
  expect(await problemsOf(FILES)).toMatch(
    /claims\.yaml, mayor-on-cost: .*"some 12 million" is not in the text/,
  );
  expect(await database.prisma.claim.count()).toBe(0);
});

test("two loads at once take turns", async () => {
  const both = await Promise.all([load(FILES), load(FILES)]);
  expect(both).toContainEqual(ALL);
  expect(both).toContainEqual(NONE);
});

test("a proposition says whether its number can only grow", async () => {
  const kept = () =>
    database.prisma.proposition.findFirstOrThrow({ select: { accumulates: true, comparableDays: true } });
  await load(FILES);
  expect(await kept()).toEqual({ accumulates: false, comparableDays: 30 });
  await database.prisma.claim.deleteMany();
  await database.prisma.proposition.deleteMany();
  const growing = "measure: OTHER\n  accumulates: true\n  comparableDays: 7\n";
  await load(changed("propositions.yaml", "measure: OTHER\n", growing));
  expect(await kept()).toEqual({ accumulates: true, comparableDays: 7 });
});

test("a whole may have been a part before", async () => {
  const before = "kind: GOVERNMENT\n  affiliations: [{ role: PART_OF, with: sollbruck-mayor, until: 2020 }]";
  expect(await load(changed("actors.yaml", "kind: GOVERNMENT", before))).toEqual(ALL);
});

test("line endings and a byte order mark do not count as text", async () => {
  const report = `\uFEFF${FILES["report.txt"]!.replace(". ", ".\r\n")}\r\n`;
  expect(await load({ ...FILES, "report.txt": report })).toEqual(ALL);
  const { text } = await database.prisma.source.findFirstOrThrow();
  expect(text).toBe(FILES["report.txt"]!.replace(". ", ".\n").trimEnd());
});

test("all problems of a set are listed at once, and nothing is written", async () => {
  const message = await problemsOf({
    "dataset.yaml": FILES["dataset.yaml"]!.replace("2024-09-01T08:00:00Z", "yesterday"),
    "actors.yaml": `${FILES["actors.yaml"]}- slug: sollbruck\n  name: " "\n  kind: TOWN\n`,
    "propositions.yaml": FILES["propositions.yaml"]!.replace("  measure: OTHER\n", ""),
    "events.yaml": FILES["events.yaml"]!.replace("2025-22", "summer 2025").replace(
      "type:",
      "sort: x\n  type:",
    ),
    "sources.yaml": FILES["sources.yaml"]!.replace("report.txt", "lost.txt"),
    "claims.yaml": FILES["claims.yaml"]!.replace("[sollbruck-bridge-opening]", "[no-such-event]")
      .replace("assertedBy: sollbruck-mayor", "assertedBy: nobody")
      .replace("act: ESTIMATE", "act: GUESS")
      .replace(/sollbruck-report(?![\s\S]*sollbruck-report)/, "lost-report"),
  });
  const lines = message.split("\n").slice(1);
  for (const problem of [
    /dataset\.yaml, line 5, recordedAt: "yesterday": write a date, time and zone/,
    /actors\.yaml, line 12, sollbruck\.slug: "sollbruck": is used twice/,
    /actors\.yaml, line 13, sollbruck\.name: " ": write a text that is not blank/,
    /actors\.yaml, line 14, sollbruck\.kind: "TOWN": write one of STATE, GOVERNMENT/,
    /propositions\.yaml, line 2, sollbruck-bridge-cost\.kind: "QUANTITY": a QUANTITY needs a measure/,
    /events\.yaml, line 1, sollbruck-bridge-opening: unknown "sort"; the keys known here are slug, title/,
    /events\.yaml, line 5, sollbruck-bridge-opening\.occurred: "summer 2025": .*does not follow EDTF/,
    /sources\.yaml, line 7, sollbruck-report\.textFile: "lost\.txt": cannot be read/,
    /claims\.yaml, line 3, mayor-on-cost\.act: "GUESS": write one of ASSERT, CONFIRM/,
    /claims\.yaml, line 5, mayor-on-cost\.assertedBy: "nobody": there is no such actor/,
    /claims\.yaml, line 8, mayor-on-cost\.events\[0\]: "no-such-event": there is no such entry/,
    /claims\.yaml, line 23, mayor-on-opening\.citations\[0\]\.source: "lost-report": there is no such entry/,
  ])
    expect(lines).toContainEqual(expect.stringMatching(problem));
  expect(lines).toHaveLength(12);
  expect(await database.prisma.actor.count()).toBe(0);
});

test.each<[string, Record<string, string>, RegExp]>([
  [
    "an unknown actor",
    changed("claims.yaml", "assertedBy: sollbruck-mayor", "assertedBy: nobody"),
    /mayor-on-cost\.assertedBy: "nobody": there is no such actor/,
  ],
  [
    "an unknown event",
    changed("claims.yaml", "[sollbruck-bridge-opening]", "[x]"),
    /mayor-on-cost\.events\[0\]: "x": there is no such entry; add it to events\.yaml/,
  ],
  [
    "a quote that is not there",
    changed("claims.yaml", "quote: some 12", "quote: some 13"),
    /mayor-on-cost\.citations\[0\]\.quote: .*"some 13 million" is not in the text/,
  ],
  [
    "an ambiguous quote",
    changed("claims.yaml", ', suffix: " open"', ""),
    /mayor-on-opening\.citations\[0\]\.quote: "The bridge will" is in the text 2 times/,
  ],
  [
    "no quote",
    changed("claims.yaml", /\n {6}quote: some.*/, ""),
    /citations\[0\]\.quote: missing: quote words/,
  ],
  [
    "no citation",
    changed("claims.yaml", /citations:\n {4}- source: sollbruck-report\n {6}quote: some.*/, "citations: []"),
    /cite at least one source/,
  ],
  [
    "figures out of order",
    changed("claims.yaml", "best: 12000000", "low: 5, high: 4"),
    /figure: put the numbers in order/,
  ],
  [
    "a figure for a yes or no",
    changed("propositions.yaml", /QUANTITY([\s\S]*?) {2}measure[\s\S]*/, "YES_NO$1"),
    /a figure answers a QUANTITY/,
  ],
  [
    "a yes or no that grows",
    changed("propositions.yaml", /QUANTITY([\s\S]*?) {2}measure[\s\S]*/, "YES_NO$1  accumulates: true\n"),
    /sollbruck-bridge-cost\.kind: "YES_NO": a YES_NO has no number that could grow; set accumulates to false/,
  ],
  [
    "half a day",
    changed("propositions.yaml", "measure: OTHER\n", "measure: OTHER\n  comparableDays: 0.5\n"),
    /sollbruck-bridge-cost\.comparableDays: 0\.5: write a whole number of days, from 0 to 36500/,
  ],
  [
    "a circle",
    changed("events.yaml", "type:", "partOf: sollbruck-bridge-opening\n  type:"),
    /partOf: .*leads back to sollbruck-bridge-opening itself/,
  ],
  [
    "a relation to itself",
    changed("claims.yaml", "  status", "  relations: [{ to: mayor-on-cost, type: REPEATS }]\n  status"),
    /names the claim itself/,
  ],
  [
    "a text file elsewhere",
    changed("sources.yaml", "report.txt", "../report.txt"),
    /write the name of a file in the same folder/,
  ],
  [
    "a NUL character",
    changed("actors.yaml", "name: Sollbruck\n", 'name: "Soll\\0bruck"\n'),
    /remove the control character U\+0000, which is character 5/,
  ],
  [
    "a NUL character in a slug",
    changed("actors.yaml", "slug: sollbruck\n", 'slug: "soll\\0bruck"\n'),
    /write lower-case letters/,
  ],
  [
    "half a coordinate",
    changed("events.yaml", "type:", "place: { name: Sollbruck, latitude: 1 }\n  type:"),
    /both latitude and longitude/,
  ],
  [
    "an affiliation whose end is no date",
    changed("actors.yaml", "from: 2021", "from: 2021, until: now"),
    /affiliations\[0\]\.until: "now": .*does not follow EDTF/,
  ],
  [
    "affiliations that end too early, each in its place",
    changed(
      "actors.yaml",
      "- { role: PART_OF, with: sollbruck, from: 2021 }",
      "- { role: ALLY, with: sollbruck, from: 2021, until: 2020 }\n    - { role: ALLY, with: sollbruck, from: 2022, until: 2020 }",
    ),
    /sollbruck-mayor\.affiliations\[0\]: it ends[\s\S]*sollbruck-mayor\.affiliations\[1\]: it ends/,
  ],
  [
    "an affiliation with itself",
    changed("actors.yaml", "with: sollbruck,", "with: sollbruck-mayor,"),
    /sollbruck-mayor\.affiliations\[0\]\.with: "sollbruck-mayor": names the actor itself/,
  ],
  [
    "a circle of actors",
    changed(
      "actors.yaml",
      "kind: GOVERNMENT",
      "kind: GOVERNMENT\n  affiliations: [{ role: PART_OF, with: sollbruck-mayor }]",
    ),
    /sollbruck\.affiliations: leads back to sollbruck itself/,
  ],
  [
    "a circle of actors whose dates overlap",
    changed(
      "actors.yaml",
      "kind: GOVERNMENT",
      "kind: GOVERNMENT\n  affiliations: [{ role: PART_OF, with: sollbruck-mayor, from: 2000, until: 2021-01-01 }]",
    ),
    /sollbruck\.affiliations: leads back to sollbruck itself/,
  ],
  [
    "a claim that takes back what others said",
    changed(
      "claims.yaml",
      "assertedBy: sollbruck-mayor",
      "assertedBy: sollbruck-gazette\n  relations: [{ to: mayor-on-opening, type: RETRACTS }]",
    ),
    /claims\.yaml, mayor-on-cost: relations\.0\.to "claim_\w+": RETRACTS takes back .* was not on the side of /,
  ],
  [
    "claims that replace each other",
    changed(
      "claims.yaml",
      /key: mayor-on-(.*)([\s\S]*?)key: mayor-on-(.*)/,
      "key: mayor-on-$1\n  relations: [{ to: mayor-on-$3, type: SUPERSEDES }]$2key: mayor-on-$3\n  relations: [{ to: mayor-on-$1, type: RETRACTS }]",
    ),
    /mayor-on-cost: relations\.0\.to .* lead from this claim back to itself[\s\S]*mayor-on-opening: relations\.0\.to .* back to itself/,
  ],
  [
    "an event that is named twice",
    changed(
      "claims.yaml",
      "[sollbruck-bridge-opening]",
      "[sollbruck-bridge-opening, sollbruck-bridge-opening]",
    ),
    /mayor-on-cost\.events\[1\]: "sollbruck-bridge-opening": stands here twice/,
  ],
  [
    "a place without a name",
    changed("events.yaml", "type:", "place: { countryCode: DE }\n  type:"),
    /place\.name: missing: write a text/,
  ],
  ["what is not YAML", changed("events.yaml", "- slug", "- [slug"), /events\.yaml, line \d+: is not YAML/],
  ["what is not a list", { ...FILES, "events.yaml": "slug: x" }, /events\.yaml, line 1: write a list/],
  [
    "an empty dataset.yaml",
    { ...FILES, "dataset.yaml": "" },
    /dataset\.yaml, line 1: write the keys name, title/,
  ],
  ["no dataset.yaml", { "actors.yaml": FILES["actors.yaml"]! }, /dataset\.yaml: is missing/],
])("%s is refused", async (_, files, problem) => {
  expect(await problemsOf(files)).toMatch(problem);
  expect(await database.prisma.actor.count()).toBe(0);
});
