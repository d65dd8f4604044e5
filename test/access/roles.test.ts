import { createHash } from "node:crypto";
import { type Answer, startTestApp, type TestApp } from "../support/app.js";

const LIST = "{ apiKeys(first: 1) { totalCount } }";

/** The ways to ask for what only administrators may. */
const WAYS: Record<string, string> = {
  plainly: LIST,
  "by an alias": "{ actors: apiKeys(first: 1) { totalCount } }",
  "by a long alias": `{ ${"a".repeat(70)}: apiKeys(first: 1) { totalCount } }`,
  "in a fragment": "{ ...F } fragment F on Query { apiKeys(first: 1) { totalCount } }",
  "in an inline fragment": "{ ... { ... on Query { apiKeys(first: 1) { totalCount } } } }",
  "beside what everybody may": "{ claims(first: 1) { totalCount } apiKeys(first: 1) { totalCount } }",
  "by a name": "query Keys { apiKeys(first: 1) { totalCount } }",
  "with variables": "query ($n: Int = 1) { apiKeys(first: $n) { totalCount } }",
  "in one of two operations":
    "query B { claims(first: 1) { totalCount } } query A { apiKeys(first: 1) { totalCount } }",
  "by including it": "query ($yes: Boolean = true) { apiKeys(first: 1) @include(if: $yes) { totalCount } }",
  "to make one": `mutation { createApiKey(input: { name: "x", role: ADMIN }) { key errors { code } } }`,
  "to revoke one": `mutation { revokeApiKey(input: { id: "key_01jt3v8x1zfkq9m2d4n6p8r0sw" }) { errors { code } } }`,
};

describe.each(["sql", "graphql-js"])("with EXECUTOR=%s", (executor) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env: { EXECUTOR: executor } });
  });
  afterAll(() => app.stop());

  async function seen(response: Response) {
    const { data, errors } = (await response.json()) as Answer;
    const code = errors?.[0]?.extensions.code;
    return { status: response.status, data, code, challenge: response.headers.get("www-authenticate") };
  }

  const ask = async (body: object, key?: string) =>
    seen(
      await app.fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify(body),
      }),
    );

  const FORBIDDEN = { status: 403, data: null, code: "FORBIDDEN", challenge: null };
  const UNAUTHENTICATED = { status: 401, data: null, code: "UNAUTHENTICATED", challenge: "Bearer" };

  test.each(Object.entries(WAYS))(
    "what only administrators may is refused to others: %s",
    async (_way, query) => {
      const operationName = query.includes("query A") ? "A" : undefined;
      const admin = await app.keyOf("ADMIN");
      // First before anybody was answered, then while the administrator's answer is remembered.
      for (let time = 0; time < 2; time++) {
        for (const role of ["READER", "ANALYST", "EDITOR"] as const) {
          expect(await ask({ query, operationName }, await app.keyOf(role))).toEqual(FORBIDDEN);
        }
        expect(await ask({ query, operationName })).toEqual(UNAUTHENTICATED);
        for (let again = 0; again < 3; again++) {
          const { status, code } = await ask({ query, operationName }, admin);
          expect([status, code]).toEqual([200, undefined]);
        }
      }
    },
  );

  test("nor is it to be had by the hash of a document that an administrator had asked for", async () => {
    const persistedQuery = { version: 1, sha256Hash: createHash("sha256").update(LIST).digest("hex") };
    const extensions = { persistedQuery };
    const admin = await app.keyOf("ADMIN");
    expect((await ask({ query: LIST, extensions }, admin)).status).toBe(200);
    expect((await ask({ extensions }, admin)).status).toBe(200);
    const path = `/graphql?${new URLSearchParams({ extensions: JSON.stringify(extensions) })}`;
    for (const role of ["READER", "ANALYST", "EDITOR"] as const) {
      const key = await app.keyOf(role);
      expect(await ask({ extensions }, key)).toEqual(FORBIDDEN);
      const headers = { authorization: `Bearer ${key}` };
      expect(await seen(await app.fetch(path, { headers }))).toEqual(FORBIDDEN);
    }
    expect(await ask({ extensions })).toEqual(UNAUTHENTICATED);
    expect(await seen(await app.fetch(path))).toEqual(UNAUTHENTICATED);
  });

  test("what has not been published is shown from the role ANALYST on, whoever asked before", async () => {
    const prisma = await app.database.loadPrisma();
    const { id } = await prisma.actor.create({
      data: { slug: "a", name: "A", kind: "STATE", updatedAt: new Date() },
    });
    const claim = { language: "en", act: "ASSERT", assertedById: id } as const;
    await prisma.claim.create({ data: { ...claim, statement: "Draft", status: "DRAFT" } });
    await prisma.claim.create({ data: { ...claim, statement: "Published", status: "PUBLISHED" } });
    const query = "query Count { claims { totalCount } }";
    for (let time = 0; time < 3; time++) {
      expect((await ask({ query })).data).toEqual({ claims: { totalCount: 1 } });
      for (const [role, totalCount] of [
        ["READER", 1],
        ["ANALYST", 2],
        ["EDITOR", 2],
        ["ADMIN", 2],
      ] as const) {
        expect((await ask({ query }, await app.keyOf(role))).data).toEqual({ claims: { totalCount } });
      }
    }
  });
});
