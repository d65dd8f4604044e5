import { startTestApp, type TestApp } from "../support/app.js";
import { type TestDatabase, testDatabase } from "../support/database.js";

/** What Firefox and Chromium send when an address is opened. */
const FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const CHROMIUM =
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7";

let database: TestDatabase;
/** Servers by their settings of PAGES and PLAYGROUND. */
let alone: TestApp;
let besidePages: TestApp;
let off: TestApp;

beforeAll(async () => {
  database = await testDatabase();
  const start = (env: Record<string, string>) => startTestApp({ database, env });
  alone = await start({ PAGES: "off", PLAYGROUND: "on", ANONYMOUS: "none" });
  besidePages = await start({ PAGES: "on", PLAYGROUND: "on" });
  off = await start({ PAGES: "off", PLAYGROUND: "off" });
});
afterAll(async () => {
  for (const app of [alone, besidePages, off]) await app?.stop();
  await database.close();
});

async function seen(app: TestApp, path: string, init: RequestInit = {}) {
  const response = await app.fetch(path, { ...init, redirect: "manual" });
  const { status, headers } = response;
  return { status, location: headers.get("location"), body: await response.text() };
}

const accepting = (accept: string): RequestInit => ({ headers: { accept } });

const LED = { status: 302, location: "/playground", body: "" };

describe("a browser that opens /graphql is led to the playground", () => {
  test.each([
    FIREFOX,
    CHROMIUM,
    "TEXT/HTML",
    "text/html, application/json",
    "application/json;q=0.5, text/html",
    "*/*, text/html;q=0.9",
  ])("which accepts %s", async (accept) => {
    expect(await seen(besidePages, "/graphql", accepting(accept))).toEqual(LED);
    expect(await seen(besidePages, "/graphql", { ...accepting(accept), method: "HEAD" })).toEqual(LED);
  });

  test("also where nobody unknown is answered", async () => {
    expect(await seen(alone, "/graphql", accepting(FIREFOX))).toEqual(LED);
    expect((await seen(alone, "/graphql")).status).toBe(401);
  });
});

describe("whoever is no browser, or asks for something, is answered as without a playground", () => {
  const query = encodeURIComponent("{ __typename }");

  test.each<[string, string, RequestInit]>([
    ["accepts anything", "/graphql", accepting("*/*")],
    ["accepts JSON", "/graphql", accepting("application/json")],
    ["accepts an answer of GraphQL", "/graphql", accepting("application/graphql-response+json")],
    ["names JSON before HTML", "/graphql", accepting("application/json, text/html, */*")],
    ["would rather have JSON", "/graphql", accepting("text/html;q=0.5, application/json;q=0.6")],
    ["names events before HTML", "/graphql", accepting("text/event-stream, text/html")],
    ["accepts no HTML", "/graphql", accepting("text/html;q=0, */*")],
    ["accepts something like HTML", "/graphql", accepting("text/html-sandboxed, */*")],
    ["asks", `/graphql?query=${query}`, accepting(FIREFOX)],
    ["asks for nothing in a query", "/graphql?query=", accepting(FIREFOX)],
    ["asks by a hash", `/graphql?documentId=sha256:${"0".repeat(64)}`, accepting(FIREFOX)],
    ["sends extensions", `/graphql?extensions=${encodeURIComponent("{}")}`, accepting(FIREFOX)],
    [
      "posts",
      "/graphql",
      {
        method: "POST",
        headers: { accept: `${FIREFOX}, application/json;q=0.1`, "content-type": "application/json" },
        body: JSON.stringify({ query: "{ __typename }" }),
      },
    ],
  ])("who %s", async (_, path, init) => {
    const answer = await seen(besidePages, path, init);

    expect(answer.location).toBeNull();
    expect(answer).toEqual(await seen(off, path, init));
  });

  test("a question in an address is answered in a browser too", async () => {
    expect(await seen(besidePages, `/graphql?query=${query}`, accepting(FIREFOX))).toMatchObject({
      status: 200,
      body: expect.stringContaining('{"__typename":"Query"}'),
    });
  });
});

test("with PAGES=off / leads to the playground, and with PAGES=on it does not", async () => {
  expect(await seen(alone, "/")).toEqual(LED);
  expect((await seen(besidePages, "/", accepting(FIREFOX))).location).toBeNull();
});

test("/playground/ leads to /playground", async () => {
  for (const app of [alone, besidePages]) {
    expect(await seen(app, "/playground/")).toEqual(LED);
    // It is not built everywhere.
    expect([200, 503]).toContain((await seen(app, "/playground")).status);
  }
});

test("with PLAYGROUND=off nothing leads to it, and it is not there", async () => {
  expect(await seen(off, "/graphql", accepting(FIREFOX))).toMatchObject({ status: 400, location: null });
  for (const path of ["/", "/playground", "/playground/"]) {
    expect(await seen(off, path, accepting(FIREFOX))).toMatchObject({ status: 404, location: null });
  }
});
