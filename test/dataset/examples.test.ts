import { createHash } from "node:crypto";
import { loadExamples, loadExamplesIfEmpty } from "../../src/dataset/load-examples.js";
import { listOf } from "../../src/graphql/field-names.js";
import { RECORDS } from "../../src/records.js";
import { type TestDatabase, testDatabase } from "../support/database.js";

let database: TestDatabase;
let loaded: boolean;

beforeAll(async () => {
  database = await testDatabase();
  loaded = await loadExamplesIfEmpty(database);
});
afterAll(() => database.close());

const claimOf = (statement: string) =>
  database.prisma.claim.findFirstOrThrow({
    where: { statement: { contains: statement } },
    include: { assertedBy: true, proposition: true, relations: { include: { to: true } } },
  });

/** Every row of every table that a data set fills. */
async function everything(): Promise<unknown> {
  const { prisma } = database;
  const orderBy = { id: "asc" } as const;
  return {
    actors: await prisma.actor.findMany({
      orderBy,
      include: { names: { orderBy }, externalIds: { orderBy }, affiliations: { orderBy } },
    }),
    propositions: await prisma.proposition.findMany({ orderBy }),
    sources: await prisma.source.findMany({ orderBy }),
    events: await prisma.event.findMany({ orderBy, include: { participants: { orderBy } } }),
    claims: await prisma.claim.findMany({
      orderBy,
      include: {
        relayedBy: { orderBy: { position: "asc" } },
        events: { orderBy: { eventId: "asc" } },
        citations: { orderBy },
        relations: { orderBy },
      },
    }),
  };
}

test("an empty database is filled, and any other is not", async () => {
  expect(loaded).toBe(true);
  expect(await loadExamplesIfEmpty(database)).toBe(false);
});

test("loading again changes nothing", async () => {
  const before = await everything();
  const added = Object.entries(await loadExamples(database.prisma));
  expect(added).toEqual(RECORDS.map(({ entity }) => [listOf(entity), 0]));
  expect(await everything()).toEqual(before);
});

test("every quote stands in its source's text, with the text around it", async () => {
  const citations = await database.prisma.citation.findMany({ include: { source: true } });
  expect(citations.length).toBeGreaterThan(50);
  for (const { exact, prefix, suffix, start, end, anchor, source } of citations) {
    if (source.text === null) {
      expect({ anchor, start, end }).toEqual({ anchor: "UNCHECKED", start: null, end: null });
      continue;
    }
    expect(anchor).toBe("EXACT");
    expect(source.text.slice(start!, end!)).toBe(exact);
    expect(source.text.slice(start! - prefix!.length, end! + suffix!.length)).toBe(prefix! + exact + suffix);
    expect(source.contentSha256).toBe(createHash("sha256").update(source.text).digest("hex"));
  }
});

test("every claim has a checked quote or names the part of its source, and says what it is about", async () => {
  const claims = await database.prisma.claim.findMany({
    include: { citations: true, events: true, aboutSources: true },
  });
  for (const { statement, citations, events, aboutSources } of claims) {
    const shown = citations.some(({ anchor, fragment }) => anchor === "EXACT" || fragment !== null);
    expect([statement, shown, events.length + aboutSources.length > 0]).toEqual([statement, true, true]);
  }
});

test("three sides give 10,000 to 12,000 for late 2024", async () => {
  const claims = await database.prisma.claim.findMany({
    where: { proposition: { slug: "dprk-troops-sent" }, figureLow: { not: null } },
    include: { assertedBy: { include: { affiliations: { include: { withActor: true } } } } },
  });
  expect(claims.map(({ assertedBy }) => assertedBy.affiliations[0]?.withActor.slug).sort()).toEqual([
    "south-korea",
    "ukraine",
    "united-states",
  ]);
  for (const claim of claims) {
    expect([Number(claim.figureLow), Number(claim.figureHigh)]).toEqual([10_000, 12_000]);
    expect(claim.assertedAtEdtf).toBe("2024-10/2024-12");
    expect(claim.assertedAtEarliest?.toISOString()).toBe("2024-10-01T00:00:00.000Z");
    expect(claim.assertedAtLatest?.toISOString()).toBe("2024-12-31T23:59:59.999Z");
    expect(claim.assertedBy.kind).toBe("UNNAMED_SOURCE");
  }
});

test("South Korea's military gives about 4,000 casualties and an additional 3,000 sent", async () => {
  const casualties = await claimOf("killed or wounded");
  expect(Number(casualties.figureBest)).toBe(4000);
  expect(casualties.figureApproximator).toBe("ABOUT");
  expect(casualties.proposition?.measure).toBe("KILLED_OR_WOUNDED");
  expect(casualties.assertedBy.slug).toBe("south-korea-military");

  const added = await claimOf("an additional 3,000");
  expect([Number(added.figureBest), added.figureAdditional]).toEqual([3000, true]);
  expect(added.proposition?.slug).toBe("dprk-troops-sent");
  expect(casualties.figureAdditional).toBe(false);
});

test("North Korea is silent before it admits, and gives no numbers", async () => {
  const claims = await database.prisma.claim.findMany({
    where: { assertedBy: { slug: { startsWith: "north-korea" } }, act: { in: ["NO_STATEMENT", "ADMIT"] } },
    include: { proposition: true },
    orderBy: [{ assertedAtEarliest: "asc" }, { assertedAtLatest: "desc" }, { proposition: { slug: "asc" } }],
  });
  expect(
    claims.map(({ act, assertedAtEdtf, proposition }) => [act, assertedAtEdtf, proposition?.slug]),
  ).toEqual([
    ["NO_STATEMENT", "2024-10/2025-04-27", "dprk-troops-deployed-to-russia"],
    ["NO_STATEMENT", "2024-10/2024-12", "dprk-troops-sent"],
    ["ADMIT", "2025-04-28", "dprk-troops-deployed-to-russia"],
    ["NO_STATEMENT", "2025-04-28", "dprk-troops-killed"],
    ["NO_STATEMENT", "2025-04-28", "dprk-troops-sent"],
  ]);
});

test("Russia declares Kursk retaken, and Ukraine's military denies it", async () => {
  const declared = await claimOf("Russia declared the Kursk region");
  const denied = await claimOf("military rejected the Russian account");
  expect([declared.stance, declared.assertedAtEdtf]).toEqual(["AFFIRMS", "2025-04-26"]);
  expect(denied.stance).toBe("REJECTS");
  expect(denied.propositionId).toBe(declared.propositionId);
  expect(denied.relations.filter(({ type }) => type === "DENIES").map(({ toId }) => toId)).toContain(
    declared.id,
  );
});

test("the slugs that the example operations ask for exist", async () => {
  const { prisma } = database;
  for (const slug of ["north-korea", "north-korea-military", "ukraine-military", "russia", "ukraine"])
    expect(await prisma.actor.count({ where: { slug } })).toBe(1);
  expect(await prisma.event.count({ where: { slug: "north-korea-admits-deployment" } })).toBe(1);
  expect(await prisma.proposition.count({ where: { slug: "kursk-fully-retaken" } })).toBe(1);
  expect(await prisma.source.count({ where: { slug: "kursk-brief" } })).toBe(1);
});

test("the sets hold what readers must not see, what was retracted, and a claim without a date", async () => {
  const { claim } = database.prisma;
  for (const status of ["DRAFT", "IN_REVIEW", "RETRACTED"] as const)
    expect(await claim.count({ where: { status } })).toBeGreaterThan(0);
  expect(await claim.count({ where: { assertedAtEdtf: null, assertedAtEarliest: null } })).toBeGreaterThan(0);
});

test("a copy of a report carries the same text and names its original", async () => {
  const copy = await database.prisma.source.findUniqueOrThrow({
    where: { slug: "ahrenfurt-newspaper-copy" },
    include: { syndicationOf: true },
  });
  expect(copy.syndicationOf?.slug).toBe("ahrenfurt-agency-report");
  expect(copy.contentSha256).toBe(copy.syndicationOf?.contentSha256);
  // Written with an offset of two hours.
  expect(copy.syndicationOf?.publishedAt?.toISOString()).toBe("2023-05-11T12:30:00.000Z");
});

test("a copy of a copy leads to the first report, and a corrected report to the one that was withdrawn", async () => {
  const { source } = database.prisma;
  const copy = await source.findUniqueOrThrow({
    where: { slug: "vaucendre-portal-copy" },
    include: { syndicationOf: { include: { syndicationOf: true } } },
  });
  expect(copy.syndicationOf?.syndicationOf?.slug).toBe("vaucendre-agency-report");
  // Of this one no more than the day is known.
  expect([copy.publishedAt, copy.publishedOnEdtf]).toEqual([null, "2021-03-10"]);

  const corrected = await source.findUniqueOrThrow({
    where: { slug: "vaucendre-wire-report-corrected" },
    include: { laterVersionOf: true },
  });
  expect(corrected.laterVersionOf).toMatchObject({
    slug: "vaucendre-wire-report",
    withdrawnAtEdtf: "2021-03-12",
  });
});

test("who speaks for a company, who was not named, and which seconds of a video say so", async () => {
  const { claim } = database.prisma;
  const spoken = await claim.findFirstOrThrow({
    where: { statement: { startsWith: "Talvenne Chimie estimated" } },
    include: { assertedBy: true, speaker: true, citations: true },
  });
  expect([spoken.assertedBy.slug, spoken.speaker?.slug, spoken.stance]).toEqual([
    "talvenne-chimie",
    "ines-delcambre",
    "AFFIRMS",
  ]);
  expect(spoken.citations).toMatchObject([
    { anchor: "UNCHECKED", fragment: "t=65,122.05", conformsTo: "http://www.w3.org/TR/media-frags/" },
  ]);

  const unnamed = await claimOf("An unnamed official close to the inquiry");
  expect(unnamed.attributedAs).toBe("an official close to the inquiry who was not authorised to speak");
  expect(unnamed.assertedBy.kind).toBe("UNNAMED_SOURCE");
});

test("an e-mail is called a forgery without any event", async () => {
  const forgery = await database.prisma.claim.findFirstOrThrow({
    where: { statement: { contains: "a crude forgery" } },
    include: { events: true, aboutSources: { include: { source: true } } },
  });
  expect(forgery.events).toEqual([]);
  expect(forgery.aboutSources.map(({ source }) => source.slug)).toEqual(["vaucendre-email"]);
  expect(forgery.stance).toBe("REJECTS");
});
