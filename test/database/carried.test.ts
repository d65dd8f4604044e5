import { setTimeout as pause } from "node:timers/promises";
import type { Claim, Event, Prisma } from "../../src/generated/prisma/client.js";
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

async function carried(claimId: string, about = eventId) {
  const {
    claimId: _claim,
    eventId: _event,
    ...carried
  } = await database.prisma.claimEvent.findUniqueOrThrow({
    where: { claimId_eventId: { claimId, eventId: about } },
  });
  return carried;
}

const CARRIED = [
  "assertedAtEdtf",
  "assertedAtEarliest",
  "assertedAtLatest",
  "recordedAt",
  "status",
  "assertedById",
  "propositionId",
  "act",
  "stance",
] as const;
const CARRIED_OF_EVENT = ["type", "occurredEarliest", "occurredLatest"] as const;

const OTHER = { type: "OTHER", occurredEarliest: null, occurredLatest: null } as const;

/** What a link carries of a claim, parts of which have changed, and of an event. */
const of = (claim: Claim, changed: Partial<Claim> = {}, event: Partial<Event> = OTHER) => {
  const now = { ...claim, ...changed };
  return Object.fromEntries([
    ...CARRIED.map((column) => [column, now[column]]),
    ...CARRIED_OF_EVENT.map((column) => [column, event[column]]),
  ]);
};

test("a new link takes what it carries from its claim and its event, whatever it was given", async () => {
  const claim = await makeClaim(may);
  const wrong = {
    assertedAtEdtf: "1970",
    assertedAtEarliest: new Date(0),
    assertedAtLatest: null,
    recordedAt: new Date(0),
    status: "PUBLISHED",
    assertedById: eventId,
    propositionId: eventId,
    act: "DENY",
    stance: "REJECTS",
    type: "RETREAT",
    occurredEarliest: new Date(0),
    occurredLatest: new Date(0),
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

test("an event passes its type and time on when they change, also when it loses its time", async () => {
  const { prisma } = database;
  const event = await prisma.event.create({ data: { slug: "changing", title: "Changing", type: "OTHER" } });
  const claims = [await makeClaim(may), await makeClaim(june)];
  await prisma.claimEvent.createMany({
    data: claims.flatMap(({ id }) => [
      { claimId: id, eventId: event.id },
      { claimId: id, eventId },
    ]),
  });
  const time = { occurredEdtf: "2025", occurredEarliest: new Date("2025"), occurredLatest: new Date("2026") };
  const none = { occurredEdtf: null, occurredEarliest: null, occurredLatest: null };
  for (const data of [{ type: "RETREAT" }, time, { type: "AID" }, none] as const) {
    const changed = await prisma.event.update({ where: { id: event.id }, data });
    for (const claim of claims) {
      expect(await carried(claim.id, event.id)).toEqual(of(claim, {}, changed));
      expect(await carried(claim.id)).toEqual(of(claim));
    }
  }
});

test("a link that is led to another event takes what it carries from that", async () => {
  const { prisma } = database;
  const time = { occurredEdtf: "2025", occurredEarliest: new Date("2025"), occurredLatest: new Date("2026") };
  const other = await prisma.event.create({ data: { slug: "else", title: "Else", type: "AID", ...time } });
  const claim = await makeClaim(may);
  await prisma.claimEvent.create({ data: { claimId: claim.id, eventId } });
  await prisma.claimEvent.updateMany({ where: { claimId: claim.id }, data: { eventId: other.id } });
  expect(await carried(claim.id, other.id)).toEqual(of(claim, {}, other));
});

test("an update that leaves the keys alone leaves the links alone", async () => {
  const claim = await makeClaim(may);
  await database.prisma.claimEvent.create({ data: { claimId: claim.id, eventId } });
  const rowVersion = () =>
    database.query("select xmin::text, ctid::text from claim_event where claim_id = $1", [claim.id]);
  const before = await rowVersion();
  await database.prisma.claim.update({ where: { id: claim.id }, data: { ...may, statement: "It is not." } });
  await database.prisma.event.update({
    where: { id: eventId },
    data: { title: "Something else", type: "OTHER" },
  });
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

  let events = 0;
  const typed = () =>
    database.prisma.event.create({ data: { slug: `typed-${events++}`, title: "Typed", type: "AID" } });

  /** Does one thing in a transaction that lasts a while, and another one meanwhile. */
  async function during(
    one: (transaction: Prisma.TransactionClient) => Promise<unknown>,
    other: () => Promise<unknown>,
  ) {
    let whole: Promise<unknown> | undefined;
    await new Promise<void>((begun, fail) => {
      whole = database.prisma.$transaction(async (transaction) => {
        await one(transaction);
        begun();
        await pause(300);
      });
      whole.catch(fail);
    });
    await other();
    await whole;
  }

  test("an event whose type changes while a link is made passes it on to that", async () => {
    const [claim, event] = [await makeClaim(may), await typed()];
    await during(
      ({ claimEvent }) => claimEvent.create({ data: { claimId: claim.id, eventId: event.id } }),
      () => database.prisma.event.update({ where: { id: event.id }, data: { type: "RETREAT" } }),
    );
    expect((await carried(claim.id, event.id)).type).toBe("RETREAT");
  });

  test("a link that is made while the type of its event changes takes the new one", async () => {
    const [claim, event] = [await makeClaim(may), await typed()];
    await during(
      (transaction) => transaction.event.update({ where: { id: event.id }, data: { type: "RETREAT" } }),
      () => database.prisma.claimEvent.create({ data: { claimId: claim.id, eventId: event.id } }),
    );
    expect((await carried(claim.id, event.id)).type).toBe("RETREAT");
  });

  test("a link does not wait for a change of its event that it does not tell", async () => {
    const [claim, event] = [await makeClaim(may), await typed()];
    // Waited for within the transaction: had it to wait for that, neither would end.
    await database.prisma.$transaction(async (transaction) => {
      await transaction.event.update({ where: { id: event.id }, data: { title: "Retitled" } });
      await database.prisma.claimEvent.create({ data: { claimId: claim.id, eventId: event.id } });
    });
    expect((await carried(claim.id, event.id)).type).toBe("AID");
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
