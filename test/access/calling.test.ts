import { createKey, revokeKey } from "../../src/access/api-keys.js";
import { Authenticator } from "../../src/access/authenticator.js";
import { ADMIN_KEY, type Answer, startTestApp, type TestApp } from "../support/app.js";
import { type TestDatabase, testDatabase } from "../support/database.js";

async function seen(response: Response) {
  const { status, headers } = response;
  return { status, challenge: headers.get("www-authenticate"), ...((await response.json()) as Answer) };
}

const post = async (
  to: TestApp,
  headers: Record<string, string>,
  body = JSON.stringify({ query: "{ __typename }" }),
) =>
  seen(
    await to.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    }),
  );

const get = async (to: TestApp, headers: Record<string, string>) =>
  seen(
    await to.fetch("/graphql?query={__typename}", {
      headers: { ...headers },
    }),
  );

const answered = { status: 200, challenge: null, data: { __typename: "Query" } };
const refused = {
  status: 401,
  challenge: "Bearer",
  errors: [{ message: expect.any(String), extensions: { code: "UNAUTHENTICATED" } }],
};

describe("a server that answers anybody", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env: { LOG_LEVEL: "trace", CORS_ORIGINS: "https://board.example" } });
  });
  afterAll(() => app.stop());

  test("nobody has to say who they are", async () => {
    expect(await post(app, {})).toEqual(answered);
    expect(await get(app, {})).toEqual(answered);
  });

  test("the scheme is written in any case", async () => {
    for (const scheme of ["Bearer", "bearer", "BEARER"]) {
      expect(await post(app, { authorization: `${scheme} ${ADMIN_KEY}` })).toEqual(answered);
      expect(await get(app, { authorization: `${scheme} ${ADMIN_KEY}` })).toEqual(answered);
    }
  });

  test.each([
    "",
    "Bearer",
    ADMIN_KEY,
    `Basic ${btoa(`admin:${ADMIN_KEY}`)}`,
    `Token ${ADMIN_KEY}`,
    `Bearer ${ADMIN_KEY} ${ADMIN_KEY}`,
    `Bearer ${ADMIN_KEY}, Bearer ${ADMIN_KEY}`,
    `Bearer "${ADMIN_KEY}"`,
    "Bearer e30.e30.e30",
    "Bearer e30..",
    "Bearer undefined",
  ])("who says it wrongly is not taken for nobody: %j", async (authorization) => {
    expect(await post(app, { authorization })).toEqual(refused);
    expect(await get(app, { authorization })).toEqual(refused);
    // Before anything else is looked at.
    expect(await post(app, { authorization }, "{")).toEqual(refused);
  });

  test("pages of allowed origins may send a key", async () => {
    const { headers } = await app.fetch("/graphql", {
      method: "OPTIONS",
      headers: {
        origin: "https://board.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    expect(headers.get("access-control-allow-headers")).toMatch(/\bauthorization\b/i);
    const answer = await app.fetch("/graphql?query={__typename}", {
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
    });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("the log names the caller, and neither key nor token", async () => {
    const key = await app.keyOf("EDITOR");
    await post(app, { authorization: `Bearer ${key}` });
    await post(app, { authorization: `Bearer ${ADMIN_KEY}` });
    await post(app, {});
    const wrong = `${key.slice(0, -5)}AAAAA`;
    const { errors } = await post(app, { authorization: `Bearer ${wrong}` });
    await new Promise((done) => setTimeout(done, 50));
    const callers = app.logged.filter(({ msg }) => msg === "request").map(({ caller }) => caller);
    expect(callers.slice(-4)).toEqual([`key_${key.slice(4, 30)}`, "admin-key", undefined, undefined]);
    for (const secret of [ADMIN_KEY, key.slice(31, 60)]) {
      expect(JSON.stringify([app.logged, errors])).not.toContain(secret);
    }
  });
});

describe("a server that answers nobody unknown", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env: { ANONYMOUS: "none", PLAYGROUND: "on" } });
  });
  afterAll(() => app.stop());

  test("every question wants a key", async () => {
    for (const answer of [await post(app, {}), await get(app, {}), await post(app, {}, "{")]) {
      expect(answer).toEqual(refused);
    }
    expect(await app.as("READER")("{ __schema { queryType { name } } }")).toEqual({
      data: { __schema: { queryType: { name: "Query" } } },
    });
  });

  test("and so does every subscription", async () => {
    const response = await app.fetch("/graphql/stream", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query: "subscription { changed { cursor } }" }),
    });
    expect(await seen(response)).toEqual(refused);
  });

  test("but neither probes nor the playground's page do", async () => {
    for (const path of ["/healthz", "/readyz"]) expect((await app.fetch(path)).status).toBe(200);
    expect((await app.fetch("/playground")).status).not.toBe(401);
  });
});

describe("transports that stay open", () => {
  const by = { id: "test", name: "Test", role: "ADMIN" } as const;
  let database: TestDatabase;
  let open: Authenticator;
  beforeAll(async () => {
    database = await testDatabase();
    open = new Authenticator({ anonymous: "reader", adminKey: ADMIN_KEY }, database);
  });
  afterAll(() => database.close());

  test("learn when a key is no longer good", async () => {
    const session = async (expiresAt?: Date) => {
      const { id, token } = await createKey(database.prisma, { name: "k", role: "ANALYST", expiresAt }, by);
      return { id, session: await open.authenticate(`Bearer ${token}`) };
    };
    const lasting = await session();
    expect(lasting.session).toMatchObject({ id: lasting.id, name: "k", role: "ANALYST" });
    expect(await open.stillValid(lasting.session)).toBe(true);
    await revokeKey(database.prisma, { id: lasting.id }, by);
    expect(await open.stillValid(lasting.session)).toBe(false);

    const short = await session(new Date(Date.now() + 1_500));
    expect(await open.stillValid(short.session)).toBe(true);
    await new Promise((done) => setTimeout(done, 1_600));
    expect(await open.stillValid(short.session)).toBe(false);

    expect(await open.stillValid(open.anonymous())).toBe(true);
    expect(await open.stillValid(await open.authenticate(`Bearer ${ADMIN_KEY}`))).toBe(true);
  });
});

test("a database that does not answer is no reason to take somebody for nobody", async () => {
  const app = await startTestApp();
  try {
    const key = await app.keyOf("READER");
    await app.database.close();
    expect(await post(app, { authorization: `Bearer ${key}` })).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: "UNAVAILABLE" } }],
    });
  } finally {
    await app.stop();
  }
});
