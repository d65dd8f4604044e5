import { createHash } from "node:crypto";
import { type IncomingHttpHeaders, request } from "node:http";
import { gunzipSync } from "node:zlib";
import { startTestApp, type TestApp } from "../support/app.js";
import { readExamples } from "../support/examples.js";

let app: TestApp;
let interpreting: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { EXAMPLES: "on", MAX_COST: "5000" } });
  interpreting = await startTestApp({ env: { EXAMPLES: "on", EXECUTOR: "graphql-js", MAX_COST: "5000" } });
});
afterAll(async () => {
  await app.stop();
  await interpreting.stop();
});

interface Asked {
  query?: string;
  variables?: Record<string, unknown>;
  operationName?: string;
  extensions?: unknown;
  documentId?: unknown;
}

/** Each test knows what it has asked for. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of the data follows from the query
type Body = { data: any; errors: { extensions: { code: string } }[] };

const JSON_BODY = { "content-type": "application/json" };

async function seen(response: Response) {
  const { status, headers } = response;
  return { status, type: headers.get("content-type"), body: (await response.json()) as Body };
}

const post = async (to: TestApp, asked: Asked, headers: Record<string, string> = {}) =>
  seen(
    await to.fetch("/graphql", {
      method: "POST",
      headers: { ...JSON_BODY, ...headers },
      body: JSON.stringify(asked),
    }),
  );

const get = async (to: TestApp, asked: Asked) => {
  const parts = Object.entries(asked).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]) as [string, string][];
  return seen(await to.fetch(`/graphql?${new URLSearchParams(parts)}`));
};

const hashed = (query: string) => ({
  persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(query).digest("hex") },
});

// What records is not asked for twice in the same way, and needs a key.
test.each(readExamples().filter(({ role }) => role === "READER"))(
  "$name: the same answer however often and in whatever way it is asked",
  async (example) => {
    const { query } = example;
    const variables = JSON.parse(example.variables ?? "{}");
    const expected = await post(interpreting, { query, variables });
    expect(expected.status).toBe(200);
    for (let time = 0; time < 3; time++) expect(await post(app, { query, variables })).toEqual(expected);
    expect(await get(app, { query, variables })).toEqual(expected);
    const extensions = hashed(query);
    await get(app, { query, variables, extensions });
    for (let time = 0; time < 2; time++) expect(await get(app, { variables, extensions })).toEqual(expected);
  },
);

/** Asks without a word of which compression is understood, as `fetch` never does; gives the bytes as they came. */
const plainly = (to: TestApp, asked: Asked, more: Record<string, string> = {}) =>
  new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const headers = { ...JSON_BODY, ...more };
    const sent = request(`${to.url}/graphql`, { method: "POST", headers }, async (response) => {
      const body = Buffer.concat(await response.toArray());
      resolve({ headers: response.headers, body });
    });
    sent.on("error", reject).end(JSON.stringify(asked));
  });

// Once, the answer is too small for compression; a hundred times, it is not.
test.each([1, 100])("letters of all languages arrive, alone or beside an error (%i)", async (times) => {
  const name = "Курськ 庫爾斯克 كورسك 😀 é".repeat(times);
  const slug = `letters-${times}`;
  for (const { database } of [app, interpreting]) {
    await database.prisma.actor.create({ data: { slug, name, kind: "NGO" } });
  }
  const query = `{ actor(slug: "${slug}") { name } other: actor(slug: "${slug}") { name kind } }`;
  const data = { actor: { name }, other: { name, kind: "NGO" } };
  for (let time = 0; time < 3; time++) {
    const { headers, body } = await plainly(app, { query });
    expect(JSON.parse(body.toString())).toEqual({ data });
    expect(Number(headers["content-length"])).toBe(body.length);
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-request-id": expect.any(String) });
    expect((await post(app, { query })).body).toEqual({ data });
  }
  const failing = `query ($id: ID!) { actor(slug: "${slug}") { name } claim(id: $id) { id } }`;
  const { body } = await post(app, { query: "{ claims(first: 1) { nodes { id } } }" });
  for (const id of [body.data.claims.nodes[0].id, "x", "x"]) {
    const { data, errors } = JSON.parse(
      (await plainly(app, { query: failing, variables: { id } })).body.toString(),
    );
    expect(data).toEqual({ actor: { name }, claim: id === "x" ? null : { id } });
    expect(errors !== undefined).toBe(id === "x");
  }
});

const BY_SLUG = "query ($slug: String!) { actor(slug: $slug) { name } }";

test("one statement serves every id, slug and cursor", async () => {
  const { body } = await post(app, { query: "{ actors(first: 3) { nodes { id slug name } } }" });
  for (const { id, slug, name } of body.data.actors.nodes) {
    expect((await post(app, { query: BY_SLUG, variables: { slug } })).body.data.actor).toEqual({ name });
    const byId = { query: "query ($id: ID!) { actor(id: $id) { name } }", variables: { id } };
    expect((await post(app, byId)).body.data.actor).toEqual({ name });
  }
  const query = "query ($after: String) { claims(first: 4, after: $after) { edges { cursor node { id } } } }";
  const all: string[] = [];
  let after: string | undefined;
  do {
    const { edges } = (await post(app, { query, variables: { after } })).body.data.claims;
    all.push(...edges.map(({ node }: { node: { id: string } }) => node.id));
    after = edges.at(-1)?.cursor;
  } while (after);
  const total = (await post(app, { query: "{ claims { totalCount } }" })).body.data.claims.totalCount;
  expect(new Set(all).size).toBe(total);
});

test("a slug inside of a filter is no slug of a look-up", async () => {
  const query = `query ($slug: String!, $where: ActorWhere) {
    actor(slug: $slug) { slug } actors(where: $where) { nodes { slug } }
  }`;
  const { body } = await post(app, { query: "{ actors(first: 5) { nodes { slug } } }" });
  const [one, ...others] = body.data.actors.nodes as { slug: string }[];
  for (const { slug } of others) {
    // Called as the variable is, and a text as that is.
    const asked = { query, variables: { slug: one!.slug, where: { within: { slug } } } };
    const answer = await post(app, asked);
    expect(answer.body.data.actors.nodes).toContainEqual({ slug });
    expect(answer).toEqual(await post(interpreting, asked));
  }
});

test("one of several operations is chosen by its name", async () => {
  const query = "query A { actors(first: 1) { totalCount } } query B { claims(first: 1) { totalCount } }";
  for (let time = 0; time < 2; time++) {
    expect(Object.keys((await post(app, { query, operationName: "A" })).body.data)).toEqual(["actors"]);
    expect(Object.keys((await post(app, { query, operationName: "B" })).body.data)).toEqual(["claims"]);
    expect((await post(app, { query })).status).toBe(400);
  }
});

test("skip and include are obeyed each time", async () => {
  const query =
    "query ($more: Boolean!) { actors(first: 1) { totalCount nodes @include(if: $more) { name } } }";
  for (const more of [true, false, true]) {
    const { actors } = (await post(app, { query, variables: { more } })).body.data;
    expect("nodes" in actors).toBe(more);
  }
});

test("a request that is wrong is told so, also when others like it were right", async () => {
  const right = { query: BY_SLUG, variables: { slug: "russia" } };
  for (let time = 0; time < 2; time++) expect((await post(app, right)).status).toBe(200);
  const wrong: Asked[] = [
    { query: BY_SLUG },
    { query: BY_SLUG, variables: { slug: 1 } },
    { query: BY_SLUG, variables: { slug: null as never } },
    { query: BY_SLUG, variables: { slug: "\0" } },
    { query: BY_SLUG, variables: { slug: "russia" }, operationName: "Other" },
    { query: `${BY_SLUG} `, variables: [] as never },
    { ...right, extensions: "x" },
  ];
  for (const asked of wrong) {
    const answer = await post(app, asked);
    expect(answer.body.errors).toHaveLength(1);
    expect(answer).toEqual(await post(interpreting, asked));
  }
});

test("an id that is none is refused in its place", async () => {
  const query = "query ($id: ID!) { claim(id: $id) { id } actors(first: 1) { totalCount } }";
  const { id } = (await post(app, { query: "{ claims(first: 1) { nodes { id } } }" })).body.data.claims
    .nodes[0];
  for (const given of [id, "x", id, "actor_01jt3v8x1zfkq9m2d4n6p8r0sw"]) {
    const answer = await post(app, { query, variables: { id: given } });
    expect(answer).toEqual(await post(interpreting, { query, variables: { id: given } }));
    expect(answer.body.data.claim).toEqual(given === id ? { id } : null);
  }
});

test("limits hold for other variables than those that were let through", async () => {
  const query = `query ($n: Int!) { claims(first: $n) { nodes { events(first: $n) { nodes { claims(first: $n) { totalCount } } } } } }`;
  expect((await post(app, { query, variables: { n: 2 } })).status).toBe(200);
  for (let time = 0; time < 2; time++) {
    const { body } = await post(app, { query, variables: { n: 60 } });
    expect(body.errors[0]!.extensions.code).toBe("COST_LIMIT_EXCEEDED");
  }
});

test("what a client tells of itself in extensions changes nothing", async () => {
  const asked = {
    query: "{ actors(first: 2) { nodes { name } } }",
    extensions: { clientLibrary: { name: "@apollo/client", version: "4.0.0" } },
  };
  const expected = await post(interpreting, asked);
  expect(expected.status).toBe(200);
  for (let time = 0; time < 3; time++) {
    expect(await post(app, asked)).toEqual(expected);
    expect(await get(app, asked)).toEqual(expected);
  }
});

test("a document is asked for by documentId as by its hash, by GET and POST", async () => {
  const query = "query ($n: Int!) { sources(first: $n) { nodes { id } } }";
  const variables = { n: 2 };
  const { sha256Hash } = hashed(query).persistedQuery;
  const documentId = `sha256:${sha256Hash}`;
  for (const ask of [get, post]) {
    const { errors } = (await ask(interpreting, { documentId, variables })).body;
    expect(errors[0]!.extensions.code).toBe("PERSISTED_QUERY_NOT_FOUND");
  }
  const expected = await post(interpreting, { query, variables });
  expect(await get(app, { query, documentId, variables })).toEqual(expected);
  for (const ask of [get, post, get, post]) {
    expect(await ask(app, { documentId, variables })).toEqual(expected);
    expect(await ask(app, { documentId: documentId.toUpperCase(), variables })).toEqual(expected);
    expect(await ask(app, { documentId, variables, extensions: { client: "x" } })).toEqual(expected);
    for (const extensions of ["x", 3, []]) {
      const { status, body } = await ask(app, { documentId, variables, extensions });
      expect([status, body.errors[0]!.extensions.code]).toEqual([400, "BAD_REQUEST"]);
    }
  }
});

test.each<[string, Asked]>([
  ["of another form", { documentId: "md5:0" }],
  ["that is no hash", { documentId: "sha256:xyz" }],
  ["that is empty", { documentId: "" }],
  ["that is a number", { documentId: 3 }],
  ["that is no text and pretends to be", { documentId: { toString: 1 } }],
  ["of another text", { query: "{ __typename }", documentId: `sha256:${"0".repeat(64)}` }],
])("a documentId %s is refused", async (_which, asked) => {
  for (const ask of [get, post]) {
    const { status, body } = await ask(app, asked);
    expect([status, body.errors[0]!.extensions.code]).toEqual([400, "BAD_REQUEST"]);
  }
});

test("the media type is agreed on for each accept header", async () => {
  const asked = { query: "{ actors(first: 2) { nodes { slug } } }" };
  for (const accept of [
    "application/json",
    "application/graphql-response+json",
    "text/html",
    "application/graphql-response+json, application/json;q=0.9",
  ]) {
    const expected = await post(interpreting, asked, { accept });
    for (let time = 0; time < 3; time++) expect(await post(app, asked, { accept })).toEqual(expected);
  }
});

test.each([1, 50, 100])("what is new is sent like what is remembered (%i fields)", async (count) => {
  const fields = Array.from({ length: count }, (_, n) => `a${n}: actors(first: 2) { nodes { name } }`);
  for (const encoding of ["none", "gzip", "identity"]) {
    const query = `query ${encoding} { ${fields.join(" ")} }`;
    const ask = () => plainly(app, { query }, encoding === "none" ? {} : { "accept-encoding": encoding });
    const [fresh, remembered] = [await ask(), await ask()];
    const { date, "x-request-id": id, ...headers } = remembered.headers;
    expect(fresh.headers).toMatchObject(headers);
    expect(fresh.body).toEqual(remembered.body);
    const text = headers["content-encoding"] === "gzip" ? gunzipSync(fresh.body) : fresh.body;
    expect(Object.keys(JSON.parse(text.toString()).data)).toHaveLength(count);
  }
});

test("an operation that cannot be asked of the database is refused once, and answered again later", async () => {
  const asked = { query: "{ sources(first: 1) { nodes { title } } }" };
  const { body } = await post(app, asked);
  expect(await post(app, asked)).toMatchObject({ body });
  let attempts = 0;
  const { read } = app.database;
  app.database.read = () => {
    attempts++;
    return Promise.reject(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
  };
  const failed = await post(app, asked);
  app.database.read = read;
  expect([attempts, failed.body.errors[0]!.extensions.code]).toEqual([1, "UNAVAILABLE"]);
  expect(await post(app, asked)).toMatchObject({ body });
});
