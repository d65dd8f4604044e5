import { request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { startTestApp, type TestApp } from "../support/app.js";
import { librarySchema as schema } from "./library.schema.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    schema,
    env: { LOG_LEVEL: "info", MAX_BODY_BYTES: "5000", CORS_ORIGINS: "https://board.example" },
  });
});
afterAll(() => app.stop());

const json = { "content-type": "application/json" };
const post = (body: unknown, headers: Record<string, string> = json) =>
  app.fetch("/graphql", {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const get = (query: string, headers: Record<string, string> = {}) =>
  app.fetch(`/graphql?query=${encodeURIComponent(query)}`, { headers });
const firstError = async (response: Response) =>
  ((await response.json()) as { errors: { message: string }[] }).errors[0]!;

/** Sends exactly these headers, and gives the bytes as they came. */
function raw(headers: Record<string, string>, body: string) {
  return new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const sent = request(
      `${app.url}/graphql`,
      { method: "POST", headers: { ...json, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      },
    );
    sent.on("error", reject).end(body);
  });
}

describe("GraphQL over HTTP", () => {
  test("answers POST and GET", async () => {
    expect(await (await post({ query: "{ sees }" })).json()).toMatchObject({
      data: { sees: expect.any(String) },
    });
    const answer = await get("{ __typename }");
    expect([answer.status, await answer.json()]).toEqual([200, { data: { __typename: "Query" } }]);
  });

  test("is not indented", async () => {
    expect(await (await post({ query: "{ __typename }" })).text()).toMatch(
      /^\{"data":\{"__typename":"Query"\}\}\n?$/,
    );
  });

  test("speaks application/graphql-response+json, with the status of the request's fault", async () => {
    const accept = { ...json, accept: "application/graphql-response+json" };
    const statuses = [];
    for (const query of ["{ __typename }", "{ nothing }", "{"]) {
      const answer = await post({ query }, accept);
      expect(answer.headers.get("content-type")).toMatch("application/graphql-response+json");
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([200, 400, 400]);
  });

  test.each([
    "text/plain",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
  ])("a body as %s, which a foreign page could send unasked, is refused", async (type) => {
    const answer = await post('{"query":"{ __typename }"}', { "content-type": type });
    expect([answer.status, (await firstError(answer)).message]).toEqual([
      415,
      "Send the body as content-type: application/json.",
    ]);
  });

  test("refuses mutations by GET, and batches", async () => {
    const mutation = await get("mutation { rename { name } }");
    expect([mutation.status, mutation.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await post([{ query: "{ __typename }" }])).status).toBe(400);
  });

  test("a wrong variable is a fault of the request", async () => {
    const answer = await post({
      query: "query ($index: Int!) { author(index: $index) { name } }",
      variables: { index: "x" },
    });
    expect(answer.status).toBe(400);
    expect(await firstError(answer)).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });

  test("a document that is not known by its hash is asked for", async () => {
    const answer = await post({ extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } });
    expect(await firstError(answer)).toMatchObject({ extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } });
  });

  test.each([
    ["of another text", { version: 1, sha256Hash: "0".repeat(64) }],
    ["of another version of the protocol", { version: 2, sha256Hash: "0".repeat(64) }],
  ])("a hash %s is refused", async (_which, persistedQuery) => {
    const answer = await post({ query: "{ __typename }", extensions: { persistedQuery } });
    expect(await firstError(answer)).toMatchObject({ extensions: { code: "BAD_REQUEST" } });
  });
});

describe("what is no GraphQL request", () => {
  const refused: [string, () => Promise<Response>, number, RegExp][] = [
    ["malformed JSON", () => post('{"query":'), 400, /not JSON/],
    [
      "an attack on prototypes",
      () => post('{"query":"{a}","__proto__":{"x":1}}'),
      400,
      /cannot be read|not JSON/,
    ],
    ["an empty body", () => post(""), 400, /empty/],
    ["a body that is no object", () => post("3"), 400, /body|query/i],
    ["no query", () => post({}), 400, /body missing/],
    [
      "another content type",
      () => post("<query/>", { "content-type": "application/xml" }),
      415,
      /application\/json/,
    ],
    [
      "a form",
      () => post("query={a}", { "content-type": "application/x-www-form-urlencoded" }),
      415,
      /application\/json/,
    ],
    [
      "a body too large",
      () => post({ query: "{ __typename }", pad: "x".repeat(6000) }),
      413,
      /MAX_BODY_BYTES/,
    ],
    ["a path that is none", () => app.fetch("/nothing/here"), 404, /\/graphql/],
    ["a path outside", () => app.fetch("/..%2f..%2fetc/passwd"), 404, /\/graphql/],
  ];

  test.each(refused)("%s", async (_name, send, status, message) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toMatch(/^application\/(graphql-response\+)?json/);
    const text = await answer.text();
    expect(JSON.parse(text).errors[0].message).toMatch(message);
    expect(text).not.toMatch(/node_modules|\.[jt]s:\d|stack|FST_/);
  });

  test.each(["PUT", "PATCH", "DELETE"])("%s is answered with the methods there are", async (method) => {
    const answer = await app.fetch("/graphql", { method });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, POST"]);
    const { message } = await firstError(answer);
    expect(message).toMatch("GET, POST");
    expect(message.includes("singleConnection")).toBe(method === "PUT");
  });
});

describe("headers", () => {
  test("an origin that is allowed may read, another may not", async () => {
    const preflight = (origin: string) =>
      app.fetch("/graphql", {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type",
        },
      });
    const allowed = await preflight("https://board.example");
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://board.example");
    expect(allowed.headers.get("access-control-allow-headers")).toMatch("content-type");
    const other = await post({ query: "{ __typename }" }, { ...json, origin: "https://evil.example" });
    expect(other.headers.get("access-control-allow-origin")).not.toBe("https://evil.example");
    expect(other.headers.get("vary")).toMatch(/origin/i);
  });

  test("large answers are compressed, small ones are not", async () => {
    const large = JSON.stringify({ query: "{ books(first: 400) { name printed } }" });
    const plain = await raw({}, large);
    const br = await raw({ "accept-encoding": "gzip, deflate, br" }, large);
    const gzip = await raw({ "accept-encoding": "gzip" }, large);
    expect([
      plain.headers["content-encoding"],
      br.headers["content-encoding"],
      gzip.headers["content-encoding"],
    ]).toEqual([undefined, "br", "gzip"]);
    expect(brotliDecompressSync(br.body)).toEqual(plain.body);
    expect(gunzipSync(gzip.body)).toEqual(plain.body);
    expect(br.body.length * 4).toBeLessThan(plain.body.length);
    const small = await raw({ "accept-encoding": "gzip, br" }, JSON.stringify({ query: "{ __typename }" }));
    expect(small.headers["content-encoding"]).toBeUndefined();
  });

  test("a sane request id is kept and echoed, any other replaced", async () => {
    const answered = async (id: string) =>
      (await post({ query: "{ __typename }" }, { ...json, "x-request-id": id })).headers.get("x-request-id");
    expect(await answered("trace-7.a:b")).toBe("trace-7.a:b");
    expect(await answered("two words")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await answered("x".repeat(500))).toMatch(/^[0-9a-f-]{36}$/);
    expect((await app.fetch("/nothing")).headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("nothing is sniffed, framed or stored", async () => {
    const { headers } = await post({ query: "{ __typename }" });
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
  });
});

test("the log names the operation, never what was asked or with what", async () => {
  app.logged.length = 0;
  await post(
    { query: "query Board($text: String) { sees(text: $text) }", variables: { text: "confidential" } },
    { ...json, "x-request-id": "log-1" },
  );
  await get('{ sees(text: "confidential") }');
  expect(app.logged[0]).toMatchObject({
    requestId: "log-1",
    method: "POST",
    path: "/graphql",
    status: 200,
    ms: expect.any(Number),
    operation: "Board",
    msg: "request",
  });
  expect(app.logged).toHaveLength(2);
  expect(JSON.stringify(app.logged)).not.toMatch(/confidential|sees/);
});

test("introspection can be switched off", async () => {
  const closed = await startTestApp({ schema, env: { INTROSPECTION: "off" } });
  try {
    expect((await closed.ask("{ __schema { queryType { name } } }")).errors?.[0]?.extensions.code).toBe(
      "GRAPHQL_VALIDATION_FAILED",
    );
    expect((await closed.ask("{ __typename }")).data).toEqual({ __typename: "Query" });
  } finally {
    await closed.stop();
  }
});

test("a schema that is hidden is not told by guessing either", async () => {
  const asked = async (introspection: string) => {
    const { fetch, ask, stop } = await startTestApp({ env: { INTROSPECTION: introspection } });
    try {
      const stream = await fetch("/graphql/stream", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: "subscription { change { node { id } } }" }),
      });
      const answers = [
        await ask("{ clam { id } claims { node { id } } claims(wher: 1) { totalCount } }"),
        await ask("{ claims { nodes } }"),
        await ask("{ claims(where: { act: { eq: DENNY } }) { totalCount } }"),
        await ask("{ claims(where: { acts: { eq: DENY } }) { totalCount } }"),
        await ask("query ($where: ClaimWher) { claims(where: $where) { totalCount } }"),
        await ask("query ($where: ClaimWhere) { claims(where: $where) { totalCount } }", {
          where: { acts: 1 },
        }),
        await ask("query ($act: SpeechAct) { claims(where: { act: { eq: $act } }) { totalCount } }", {
          act: "DENNY",
        }),
        await ask("{ claims { nodes { ... on Clam { id } } } }"),
        await stream.json(),
      ];
      return JSON.stringify(answers);
    } finally {
      await stop();
    }
  };
  expect((await asked("on")).match(/Did you mean/g)?.length).toBeGreaterThan(8);
  expect(await asked("off")).not.toMatch(/Did you mean/);
});

test("without CORS_ORIGINS no origin is allowed", async () => {
  const closed = await startTestApp({ schema });
  try {
    const answer = await closed.fetch("/healthz", { headers: { origin: "https://board.example" } });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  } finally {
    await closed.stop();
  }
});
