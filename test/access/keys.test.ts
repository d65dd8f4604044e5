import { createHash } from "node:crypto";
import { createKey } from "../../src/access/api-keys.js";
import { hashOf } from "../../src/access/key-token.js";
import { decodeId } from "../../src/graphql/id.js";
import { ADMIN_KEY, type Answer, type Ask, startTestApp, type TestApp } from "../support/app.js";

const CREATE = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { key apiKey { id name role createdBy expiresAt revokedAt } errors { code message path } }
}`;
const REVOKE = `mutation ($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) { apiKey { id name revokedBy revocationReason revokedAt } errors { code message path } }
}`;

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it has asked for
const dataOf = ({ data, errors }: Answer): any => {
  expect(errors).toBeUndefined();
  return data;
};

let app: TestApp;
let admin: Ask;
beforeAll(async () => {
  app = await startTestApp();
  admin = app.as("ADMIN");
});
afterAll(() => app.stop());

/** Asks with a key, and answers with the status. */
async function call(key: string, query = "{ __typename }") {
  const response = await app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as Answer) };
}

const made = async (input: object) => dataOf(await admin(CREATE, { input })).createApiKey;

test("a key is made, listed without its secret, used and revoked", async () => {
  const { key, apiKey, errors } = await made({ name: "  Board ", role: "ANALYST" });
  expect(errors).toEqual([]);
  expect(key).toMatch(/^cgk_[0-9a-hjkmnp-tv-z]{26}_[\w-]{43}$/);
  const maker = decodeId(`key_${(await app.keyOf("ADMIN")).slice(4, 30)}`);
  expect(apiKey).toEqual({
    id: `key_${key.slice(4, 30)}`,
    name: "Board",
    role: "ANALYST",
    createdBy: `key_${(await app.keyOf("ADMIN")).slice(4, 30)}`,
    expiresAt: null,
    revokedAt: null,
  });
  expect(maker.prefix).toBe("key");
  expect(await call(key)).toMatchObject({ status: 200, data: { __typename: "Query" } });

  const { apiKeys } = dataOf(await admin("{ apiKeys(first: 1) { totalCount nodes { id name } } }"));
  expect(apiKeys).toEqual({ totalCount: 2, nodes: [{ id: apiKey.id, name: "Board" }] });

  const revoked = dataOf(await admin(REVOKE, { input: { id: apiKey.id, reason: "Lost" } })).revokeApiKey;
  expect(revoked).toEqual({
    apiKey: {
      id: apiKey.id,
      name: "Board",
      revokedBy: apiKey.createdBy,
      revocationReason: "Lost",
      revokedAt: expect.stringMatching(/^20.+Z$/),
    },
    errors: [],
  });
  expect(await call(key)).toMatchObject({
    status: 401,
    errors: [{ message: expect.stringMatching(/revoked/), extensions: { code: "UNAUTHENTICATED" } }],
  });
});

test("only a keyed hash is kept, good for its own row alone", async () => {
  const { key, apiKey } = await made({ name: "Kept", role: "READER" });
  const { uuid } = decodeId(apiKey.id);
  const [row] = await app.database.query<{ all: string; hash: string }>(
    `select to_json(k)::text as "all", hash from api_key k where id = $1`,
    [uuid],
  );
  expect(row?.hash).toBe(hashOf(uuid, key).toString("hex"));
  expect(row?.hash).not.toBe(
    hashOf(decodeId((await made({ name: "Other", role: "READER" })).apiKey.id).uuid, key).toString("hex"),
  );
  expect(row?.all).not.toContain(key.slice(31));
  expect(row?.all).not.toContain(createHash("sha256").update(key).digest("hex"));
});

test("an unknown id, a wrong secret and a text that is no key get one and the same answer", async () => {
  const key = await app.keyOf("READER");
  const otherSecret = `${key.slice(0, 31)}${"A".repeat(43)}`;
  const otherId = `cgk_0${key[5] === "1" ? "2" : "1"}${key.slice(6)}`;
  const answers = await Promise.all(
    [otherSecret, otherId, `${key}x`, "cgk_", "x".repeat(40)].map((k) => call(k)),
  );
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({
    status: 401,
    errors: [{ message: expect.stringMatching(/^This API key is not known here/) }],
  });
});

test("a key is refused once it has expired", async () => {
  const { key, apiKey } = await made({ name: "Short", role: "EDITOR", expiresAt: "2999-01-01T00:00:00Z" });
  expect(apiKey.expiresAt).toBe("2999-01-01T00:00:00Z");
  expect((await call(key)).status).toBe(200);
  const prisma = await app.database.loadPrisma();
  await prisma.apiKey.update({
    where: { id: decodeId(apiKey.id).uuid },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expect(await call(key)).toMatchObject({
    status: 401,
    errors: [{ message: expect.stringMatching(/expired/) }],
  });
});

test("what a person did wrong is data of the answer", async () => {
  const problem = async (input: object) => (await made({ role: "READER", name: "n", ...input })).errors;
  expect(await problem({ name: " \t" })).toEqual([
    { code: "INVALID", message: "`name` is blank. Give 1 to 100 on one line.", path: ["input", "name"] },
  ]);
  expect(await problem({ name: "n".repeat(101) })).toMatchObject([
    { code: "INVALID", path: ["input", "name"] },
  ]);
  expect(await problem({ name: "a\u0000b" })).toMatchObject([{ code: "INVALID", path: ["input", "name"] }]);
  expect(await problem({ name: "a\ud800b" })).toMatchObject([{ code: "INVALID", path: ["input", "name"] }]);
  expect(await problem({ expiresAt: "2024-01-01T00:00:00Z" })).toMatchObject([
    { code: "INVALID", path: ["input", "expiresAt"], message: expect.stringMatching(/2024-01-01.* past/) },
  ]);

  const revoke = async (input: object) => dataOf(await admin(REVOKE, { input })).revokeApiKey;
  const key = await app.keyOf("READER");
  for (const id of ["key_01jt3v8x1zfkq9m2d4n6p8r0sw", "nonsense", "claim_01jt3v8x1zfkq9m2d4n6p8r0sw", key]) {
    const { apiKey, errors } = await revoke({ id });
    expect([apiKey, errors]).toMatchObject([null, [{ code: "NOT_FOUND", path: ["input", "id"] }]]);
    expect(errors[0].message).not.toContain(key.slice(31));
  }
  const { apiKey } = await made({ name: "Twice", role: "READER" });
  await revoke({ id: apiKey.id });
  expect(await revoke({ id: apiKey.id })).toMatchObject({
    apiKey: null,
    errors: [{ code: "INVALID", path: ["input", "id"], message: expect.stringMatching(/revoked already/) }],
  });
});

test("pages of keys are like other pages, and `node` finds one", async () => {
  const prisma = await app.database.loadPrisma();
  for (const name of ["One", "Two", "Three"]) {
    await createKey(prisma, { name, role: "READER" }, { id: "test", name: "Test", role: "ADMIN" });
  }
  const query = `query ($after: String) {
    apiKeys(first: 2, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } totalCount }
  }`;
  const ids: string[] = [];
  let total: number;
  for (let after: string | null = null, more = true; more; ) {
    const { apiKeys } = dataOf(await admin(query, { after }));
    ids.push(...apiKeys.nodes.map(({ id }: { id: string }) => id));
    ({ endCursor: after, hasNextPage: more } = apiKeys.pageInfo);
    total = apiKeys.totalCount;
  }
  expect(new Set(ids).size).toBe(total!);
  const node = `query ($id: ID!) { node(id: $id) { id ... on ApiKey { name } } }`;
  expect(dataOf(await admin(node, { id: ids[0] }))).toEqual({ node: { id: ids[0], name: "Three" } });
  for (const role of ["READER", "ANALYST", "EDITOR"] as const) {
    expect(dataOf(await app.as(role)(node, { id: ids[0] }))).toEqual({ node: null });
  }
});

test("ADMIN_KEY is the administrator's, to the letter", async () => {
  const query = `mutation { createApiKey(input: { name: "By hand", role: READER }) { apiKey { createdBy } } }`;
  expect(await call(ADMIN_KEY, query)).toMatchObject({
    data: { createApiKey: { apiKey: { createdBy: "admin-key" } } },
  });
  for (const wrong of [ADMIN_KEY.slice(1), `${ADMIN_KEY}a`, ADMIN_KEY.toLowerCase()]) {
    expect((await call(wrong)).status).toBe(401);
  }
});
