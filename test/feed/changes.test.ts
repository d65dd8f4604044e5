import { startTestApp, type TestApp } from "../support/app.js";
import { follow } from "../support/followers.js";
import { numbers, recordNumbered, recordRevision } from "../support/revisions.js";

interface Page {
  readonly nodes: readonly { readonly reason: string }[];
  readonly pageInfo: Record<"startCursor" | "endCursor", string | null> &
    Record<"hasNextPage" | "hasPreviousPage", boolean>;
}

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.stop());

/** A page of the log under these arguments. */
async function read(args: string): Promise<Page> {
  const { data, errors } = await app.ask(
    `{ changes(${args}) { nodes { reason } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`,
  );
  expect(errors).toBeUndefined();
  return data?.changes as Page;
}

const reasons = ({ nodes }: Page) => nodes.map(({ reason }) => reason);

/** A page of which only the cursor is asked for. */
async function cursor(args: string): Promise<string | null> {
  const { data } = await app.ask(`{ changes(${args}) { pageInfo { endCursor } } }`);
  return (data as { changes: Page }).changes.pageInfo.endCursor;
}

test("the log is read from both ends", async () => {
  await recordNumbered(app.database, 1, 9);
  const newest = await read("last: 3");
  expect(reasons(newest)).toEqual(["7", "8", "9"]);
  expect(newest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  const earlier = await read(`last: 3, before: "${newest.pageInfo.startCursor}"`);
  expect(reasons(earlier)).toEqual(["4", "5", "6"]);
  expect(reasons(await read(`first: 2, after: "${earlier.pageInfo.endCursor}"`))).toEqual(["7", "8"]);
  expect(await cursor("last: 1")).toBe(newest.pageInfo.endCursor);
});

test.each(["first: 5", "last: 5", "first: 0", "last: 0"])(
  "an empty log gives a cursor, from which nothing is missed (%s)",
  async (args) => {
    const after = await cursor(args);
    expect((await read(args)).pageInfo).toMatchObject({ endCursor: after, startCursor: null });
    await recordNumbered(app.database, 1, 3);
    expect(reasons(await read(`first: 5, after: "${after}"`))).toEqual(numbers(1, 3));
  },
);

test.each([
  ["last: 0", true],
  ["last: 0", false],
  ["last: 5, types: [EVENT]", true],
  ["last: 5, types: [EVENT]", false],
])("%s gives the cursor of the end, whether the last change may be seen (%s) or not", async (args, seen) => {
  await recordNumbered(app.database, 1, 2);
  await recordRevision(app.database, { reason: "last", public: seen });
  const after = await cursor(args);
  expect(reasons(await read(`first: 5, after: "${after}"`))).toEqual([]);
  await recordNumbered(app.database, 3, 4);
  expect(reasons(await read(`first: 5, after: "${after}"`))).toEqual(["3", "4"]);
  const following = await follow(app, { variables: { after } });
  expect(await following.reasons(2)).toEqual(["3", "4"]);
  await following.stop();
});

test("first: 0 gives where the reading stands: at `after`, or at the beginning", async () => {
  await recordNumbered(app.database, 1, 4);
  const beginning = await cursor("first: 0");
  expect(reasons(await read(`first: 9, after: "${beginning}"`))).toEqual(numbers(1, 4));
  const second = await cursor("first: 2");
  expect(await cursor(`first: 0, after: "${second}"`)).toBe(second);
});

test("who has read all is given the cursor at which to go on", async () => {
  await recordNumbered(app.database, 1, 4);
  const end = await cursor("last: 1");
  for (const args of [`after: "${end}"`, `first: 3, after: "${end}", types: [CLAIM]`]) {
    expect(await cursor(args)).toBe(end);
  }
  const { data } = await app.ask(
    "query ($after: String) { changes(after: $after) { pageInfo { endCursor } } }",
    { after: end },
  );
  expect((data as { changes: Page }).changes.pageInfo.endCursor).toBe(end);
});

test("before the first change there is none, and no cursor to go on from", async () => {
  await recordNumbered(app.database, 1, 2);
  const { startCursor } = (await read("first: 1")).pageInfo;
  expect((await read(`last: 3, before: "${startCursor}"`)).pageInfo).toMatchObject({ endCursor: null });
});

test("other lists have no cursor where they have no row", async () => {
  const { data } = await app.ask("{ actors(first: 0) { pageInfo { endCursor } } }");
  expect(data).toEqual({ actors: { pageInfo: { endCursor: null } } });
});
