import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import { lost, unanswered } from "../../src/database/unanswered.js";
import { type TestDatabase, testDatabase } from "../support/database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

// The pool of a test's database on a server; the embedded one has one connection.
const connections = () => (database.kind === "server" ? 5 : 1);

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("no connection becomes free in time: not answered", async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const begun: Promise<void>[] = [];
  const holders = Array.from({ length: connections() }, () => {
    let begins: () => void = () => undefined;
    begun.push(
      new Promise((resolve) => {
        begins = resolve;
      }),
    );
    return database.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`select 1`;
      begins();
      await held;
    });
  });
  await Promise.all(begun);
  const error = await thrownBy(database.prisma.$transaction(async () => undefined, { maxWait: 50 }));
  release();
  await Promise.all(holders);
  expect(error).toMatchObject({ code: "P2028" });
  expect([unanswered(error), lost(error)]).toEqual([true, false]);
});

test("a transaction that took too long: not answered, and nothing of it was kept", async () => {
  const work = database.prisma.$transaction(
    async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await tx.$queryRaw`select 1`;
    },
    { timeout: 50 },
  );
  const error = await thrownBy(work);
  expect(error).toMatchObject({ code: "P2028" });
  expect([unanswered(error), lost(error)]).toEqual([true, false]);
});

test("what the database has against a statement is an answer", async () => {
  for (const text of ["select 1 / 0", "select * from nowhere", "selec"]) {
    const error = await thrownBy(database.prisma.$queryRawUnsafe(text));
    expect(error).toBeInstanceOf(Error);
    expect([unanswered(error), lost(error)]).toEqual([false, false]);
  }
});

test("a connection that closes within a transaction, as Prisma lets its adapter say it: lost", () => {
  const closed = new DriverAdapterError({ kind: "ConnectionClosed" });
  expect([lost(closed), unanswered(closed)]).toEqual([true, true]);
  expect(unanswered(new DriverAdapterError({ kind: "GenericJs", id: 0 }))).toBe(false);
});
