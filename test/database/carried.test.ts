import { setTimeout as pause } from "node:timers/promises";
import type { Claim } from "../../src/generated/prisma/client.js";
import { serverUrl, type TestDatabase, testDatabase } from "../support/database.js";

let database: TestDatabase;
let actorId: string;
let eventId: string;
beforeAll(async () => {
  database = await testDatabase();
  const { prisma } = database;
  actorId = (await prisma.actor.create({ data: { slug: "somebody", name: "Somebody", kind: "PERSON" } })).id;
  eventId = (await prisma.event.create({ data: { slug: "something", title: "Something", type: "OTHER" } }))
    .id;
});
afterAll(() => database.close());

const dated = (edtf: string, earliest: string, latest: string) => ({
  assertedAtEdtf: edtf,
  assertedAtEarliest: new Date(earliest),
  assertedAtLatest: new Date(latest),
});
const may = dated("2025-05", "2025-05-01T00:00:00Z", "2025-05-31T23:59:59.999Z");
const june = dated("2025-06", "2025-06-01T00:00:00Z", "2025-06-30T23:59:59.999Z");

function makeClaim(date: Partial<typeof may>, recordedAt = new Date("2025-07-01T00:00:00Z")) {
  return database.prisma.claim.create({
    data: {
      statement: "It is so.",
      language: "en",
      act: "ASSERT",
      assertedById: actorId,
      recordedAt,
      ...date,
    },
  });
}

async function carried(claimId: string) {
  const {
    claimId: _claim,
    eventId: _event,
    ...carried
  } = await database.prisma.claimEvent.findUniqueOrThrow({
    where: { claimId_eventId: { claimId, eventId } },
  });
  return carried;
}

const CARRIED = [
  "assertedAtEarliest",
  "assertedAtLatest",
  "recordedAt",
  "status",
  "assertedById",
  "propositionId",
  "act",
  "stance",
] as const;

/** What a link carries of a claim, parts of which have changed. */
const of = (claim: Claim, changed: Partial<Claim> = {}) => {
  const now = { ...claim, ...changed };
  return Object.fromEntries(CARRIED.map((column) => [column, now[column]]));
};

test("a new link takes what it carries from its claim, whatever it was given", async () => {
  const claim = await makeClaim(may);
  const wrong = {
    assertedAtEarliest: new Date(0),
    assertedAtLatest: null,
    recordedAt: new Date(0),
    status: "PUBLISHED",
    assertedById: eventId,
    propositionId: eventId,
    act: "DENY",
    stance: "REJECTS",
  } as const;
  await database.prisma.claimEvent.create({ data: { claimId: claim.id, eventId, ...wrong } });
  expect(await carried(claim.id)).toEqual(of(claim));
});

test("a claim that is dated anew passes its keys on, also when it loses its date", async () => {
  const claim = await makeClaim(may);
  await database.prisma.claimEvent.create({ data: { claimId: claim.id, eventId } });
  const recordedAt = new Date("2025-08-01T00:00:00Z");
  await database.prisma.claim.update({ where: { id: claim.id }, data: { ...june, recordedAt } });
  expect(await carried(claim.id)).toEqual(of(claim, { ...june, recordedAt }));
  const undated = { assertedAtEdtf: null, assertedAtEarliest: null, assertedAtLatest: null };
  await database.prisma.claim.update({ where: { id: claim.id }, data: undated });
  expect(await carried(claim.id)).toEqual(of(claim, { ...undated, recordedAt }));
});

test("a claim passes its status on whenever it changes", async () => {
  const claim = await makeClaim(may);
  await database.prisma.claimEvent.create({ data: { claimId: claim.id, eventId } });
  for (const status of ["IN_REVIEW", "PUBLISHED", "RETRACTED"] as const) {
    await database.prisma.claim.update({ where: { id: claim.id }, data: { status } });
    expect(await carried(claim.id)).toEqual(of(claim, { status }));
  }
});

test("a claim passes on how it is said and where it stands when that changes", async () => {
  const claim = await makeClaim(may);
  await database.prisma.claimEvent.create({ data: { claimId: claim.id, eventId } });
  for (const data of [{ act: "DENY" }, { stance: "REJECTS" }, { act: "ADMIT", stance: "AFFIRMS" }] as const) {
    const changed = await database.prisma.claim.update({ where: { id: claim.id }, data });
    expect(await carried(claim.id)).toEqual(of(changed));
  }
});

test("a claim passes on who asserts it and its proposition when they change", async () => {
  const { prisma } = database;
  const claim = await makeClaim(may);
  await prisma.claimEvent.create({ data: { claimId: claim.id, eventId } });
  const kind = "PERSON";
  const other = await prisma.actor.create({ data: { slug: "somebody-else", name: "Somebody else", kind } });
  const proposition = await prisma.proposition.create({
    data: { slug: "so", text: "It is so.", kind: "YES_NO" },
  });
  const changes = [{ assertedById: other.id }, { propositionId: proposition.id }, { propositionId: null }];
  for (const data of changes) {
    const changed = await prisma.claim.update({ where: { id: claim.id }, data });
    expect(await carried(claim.id)).toEqual(of(changed));
  }
});

test("an update that leaves the keys alone leaves the links alone", async () => {
  const claim = await makeClaim(may);
  await database.prisma.claimEvent.create({ data: { claimId: claim.id, eventId } });
  const rowVersion = () =>
    database.query("select xmin::text, ctid::text from claim_event where claim_id = $1", [claim.id]);
  const before = await rowVersion();
  await database.prisma.claim.update({ where: { id: claim.id }, data: { ...may, statement: "It is not." } });
  expect(await rowVersion()).toEqual(before);
});

test("a link to a claim that does not exist is refused by the foreign key", async () => {
  const claimId = "00000000-0000-7000-8000-000000000000";
  await expect(database.prisma.claimEvent.create({ data: { claimId, eventId } })).rejects.toMatchObject({
    code: "P2003",
  });
});

const onServer = serverUrl === undefined ? describe.skip : describe;

onServer("on a server", () => {
  test("a claim that is linked and dated anew at the same time keeps one set of keys", async () => {
    const claim = await makeClaim(may);
    const linking = database.prisma.$transaction(async (transaction) => {
      await transaction.claimEvent.create({ data: { claimId: claim.id, eventId } });
      await pause(300);
    });
    await pause(100);
    await database.prisma.claim.update({ where: { id: claim.id }, data: june });
    await linking;
    expect(await carried(claim.id)).toEqual(of(claim, june));
  });

  test("a claim that is published and linked at the same time is published for its event too", async () => {
    const claim = await makeClaim(may);
    const linking = database.prisma.$transaction(async (transaction) => {
      await transaction.claimEvent.create({ data: { claimId: claim.id, eventId } });
      await pause(300);
    });
    await pause(100);
    await database.prisma.claim.update({ where: { id: claim.id }, data: { status: "PUBLISHED" } });
    await linking;
    expect((await carried(claim.id)).status).toBe("PUBLISHED");
  });

  test("a claim that is dated anew and linked at the same time keeps one set of keys", async () => {
    const claim = await makeClaim(may);
    const dating = database.prisma.$transaction(async (transaction) => {
      await transaction.claim.update({ where: { id: claim.id }, data: june });
      await pause(300);
    });
    await pause(100);
    await database.prisma.claimEvent.create({ data: { claimId: claim.id, eventId } });
    await dating;
    expect(await carried(claim.id)).toEqual(of(claim, june));
  });
});
