import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from "jose";
import { Authenticator } from "../../src/access/authenticator.js";
import { type Answer, startTestApp, type TestApp } from "../support/app.js";

const ISSUER = "https://id.example/realms/news";
const AUDIENCE = "claimgraph";

let provider: Server;
let jwksUrl: string;
let asked = 0;
let key: CryptoKey;
let publicKey: CryptoKey;
let published: { keys: JWK[] };
let app: TestApp;

beforeAll(async () => {
  ({ privateKey: key, publicKey } = await generateKeyPair("RS256", { extractable: true }));
  published = { keys: [{ ...(await exportJWK(publicKey)), kid: "one", use: "sig" }] };
  provider = createServer((_request, response) => {
    asked++;
    response.setHeader("content-type", "application/json").end(JSON.stringify(published));
  }).listen(0, "127.0.0.1");
  await once(provider, "listening");
  jwksUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/certs`;
  app = await startTestApp({
    env: {
      OIDC_ISSUER: ISSUER,
      OIDC_JWKS_URL: jwksUrl,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_ROLE_CLAIM: "realm_access.roles",
      LOG_LEVEL: "trace",
    },
  });
});
afterAll(async () => {
  await app.stop();
  provider.close();
});

interface Differing {
  claims?: JWTPayload;
  alg?: string;
  kid?: string;
  signedWith?: CryptoKey;
  issuer?: string;
  audience?: string;
  expires?: number | string;
}

/** A token that holds, but for what is said. */
const token = ({
  claims,
  alg = "RS256",
  kid = "one",
  signedWith = key,
  ...but
}: Differing = {}): Promise<string> =>
  new SignJWT({ sub: "u-1", ...claims })
    .setProtectedHeader({ alg, kid })
    .setIssuer(but.issuer ?? ISSUER)
    .setAudience(but.audience ?? AUDIENCE)
    .setExpirationTime(but.expires ?? "5 minutes")
    .sign(signedWith);

async function call(bearer: string, query = "{ __typename }") {
  const response = await app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as Answer) };
}

const authenticator = (roleClaim = "role") =>
  new Authenticator(
    { anonymous: "reader", oidc: { issuer: ISSUER, jwksUrl, audience: AUDIENCE, roleClaim } },
    app.database,
  );

test("a token speaks for its subject, in its role", async () => {
  const admin = await token({ claims: { realm_access: { roles: ["offline_access", "Admin"] } } });
  const made = await call(
    admin,
    `mutation { createApiKey(input: { name: "x", role: READER }) { apiKey { createdBy } } }`,
  );
  expect(made).toMatchObject({
    status: 200,
    data: { createApiKey: { apiKey: { createdBy: `${ISSUER}#u-1` } } },
  });
  expect(await call(await token(), "{ apiKeys { totalCount } }")).toMatchObject({
    status: 403,
    errors: [{ extensions: { code: "FORBIDDEN" }, message: expect.stringMatching(/yours is READER/) }],
  });
});

test.each<[string, JWTPayload, string]>([
  ["role", { role: "editor" }, "EDITOR"],
  ["role", { role: ["reader", "ANALYST", "nobody"] }, "ANALYST"],
  ["role", { role: ["Analyst", "Admin", "Editor"] }, "ADMIN"],
  ["role", {}, "READER"],
  ["role", { role: "owner" }, "READER"],
  ["role", { role: { admin: true } }, "READER"],
  ["a.b", { a: { b: ["editor"] } }, "EDITOR"],
  ["a.b", { a: "editor" }, "READER"],
  ["https://board.example/role", { "https://board.example/role": "analyst" }, "ANALYST"],
  ["constructor.name", {}, "READER"],
  ["role", { role: { toString: 1 } }, "READER"],
  ["role", { role: [{ toString: 1, valueOf: 2 }, "editor"] }, "EDITOR"],
  ["role", { role: [["admin"]] }, "READER"],
  ["role", { role: [[[{ toString: null }]], null, true, 1e308, "analyst"] }, "ANALYST"],
  ["role", { role: null }, "READER"],
  ["role", { role: 4 }, "READER"],
  ["role", { role: "admin\0" }, "READER"],
  ["a.b", { a: [{ b: "admin" }] }, "READER"],
  ["a.b", { a: null }, "READER"],
  ["__proto__.role", JSON.parse('{"__proto__": {"role": {"toString": 1}}}'), "READER"],
  ["a.b", { "a.b": { toString: 1 }, a: { b: "admin" } }, "READER"],
])("the claim %s of %j gives the role %s", async (claim, claims, role) => {
  expect(await authenticator(claim).authenticate(`Bearer ${await token({ claims })}`)).toMatchObject({
    role,
  });
});

test.each<[JWTPayload, string]>([
  [{ name: "Ann", preferred_username: "ann", email: "a@b.example" }, "Ann"],
  [{ name: " ", preferred_username: "ann" }, "ann"],
  [{ email: "a@b.example" }, "a@b.example"],
  [{ name: "A\u0000n\u001bn" }, "Ann"],
  [{ name: 7 }, "u-1"],
  [{ name: { toString: 1 }, preferred_username: ["ann"], email: null }, "u-1"],
  [{ name: "\ud800\n", preferred_username: { replace: 1 }, email: "a@b.example" }, "a@b.example"],
  [{ name: `${"😀".repeat(150)}${"x".repeat(150)}` }, `${"😀".repeat(150)}${"x".repeat(50)}`],
])("of %j the history gets the name %s", async (claims, name) => {
  expect(await authenticator().authenticate(`Bearer ${await token({ claims })}`)).toMatchObject({
    id: `${ISSUER}#u-1`,
    name,
  });
});

const unsigned = (header: object, payload: object) =>
  [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
const payload = () => ({
  sub: "u-1",
  iss: ISSUER,
  aud: AUDIENCE,
  exp: Math.floor(Date.now() / 1_000) + 300,
  role: "admin",
});

const WRONG: Record<string, [() => Promise<string>, RegExp]> = {
  "for another audience": [() => token({ audience: "other" }), /audience/],
  "of another issuer": [() => token({ issuer: "https://evil.example" }), /issuer/],
  expired: [() => token({ expires: Math.floor(Date.now() / 1_000) - 60 }), /expired/],
  "without end": [
    () =>
      new SignJWT({ sub: "u-1" })
        .setProtectedHeader({ alg: "RS256", kid: "one" })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .sign(key),
    /`exp` is missing/,
  ],
  "not valid yet": [() => token({ claims: { nbf: Math.floor(Date.now() / 1_000) + 600 } }), /not valid yet/],
  "of nobody": [() => token({ claims: { sub: "" } }), /names nobody/],
  "of a subject that no text can hold": [() => token({ claims: { sub: "a\u0000" } }), /names nobody/],
  "signed by another": [
    async () => token({ signedWith: (await generateKeyPair("RS256")).privateKey }),
    /signature is wrong/,
  ],
  "with an unknown key": [() => token({ kid: "two" }), /does not publish/],
  "without a signature": [
    async () => `${unsigned({ alg: "none" }, payload())}.`,
    /algorithm that is not accepted/,
  ],
  "signed with the public key as a shared secret": [
    async () => {
      const text = unsigned({ alg: "HS256", kid: "one" }, payload());
      return `${text}.${createHmac("sha256", await exportSPKI(publicKey))
        .update(text)
        .digest("base64url")}`;
    },
    /algorithm that is not accepted/,
  ],
  "changed afterwards": [
    async () => {
      const [header, , signature] = (await token()).split(".");
      return [header, Buffer.from(JSON.stringify(payload())).toString("base64url"), signature].join(".");
    },
    /signature is wrong/,
  ],
  "that is none": [async () => "e30.e30.e30", /no signed JWT/],
};

test.each(Object.entries(WRONG))("a token %s is refused, and said why", async (_what, [make, why]) => {
  const wrong = await make();
  const answer = await call(wrong);
  expect(answer).toMatchObject({
    status: 401,
    errors: [{ extensions: { code: "UNAUTHENTICATED" }, message: expect.stringMatching(why) }],
  });
  // Nothing of it in the answer or the log.
  const told = JSON.stringify([answer, app.logged]);
  for (const part of wrong.split(".").filter(({ length }) => length > 8)) expect(told).not.toContain(part);
  expect(told).not.toMatch(/evil\.example|"other"/);
});

/** Claims of sorts that no provider writes. */
const ODD: readonly unknown[] = [
  { toString: 1 },
  [],
  [["u-1"]],
  null,
  true,
  -1,
  1e308,
  "",
  "\ud800",
  "a\nb",
  JSON.parse('{"__proto__": {"length": 1}, "constructor": null}'),
];

const signed = (claims: object, header: object = {}) =>
  new SignJWT({ ...payload(), ...claims })
    .setProtectedHeader({ alg: "RS256", kid: "one", ...header })
    .sign(key);

test.each(["sub", "iss", "aud", "exp", "nbf", "iat", "jti", "name", "realm_access"])(
  "whatever a token has for its `%s`, it holds or it is said why not",
  async (claim) => {
    for (const odd of ODD) {
      app.logged.length = 0;
      const { status, errors } = await call(await signed({ [claim]: odd }));
      const code = errors?.[0]?.extensions.code;
      expect([claim, odd, status, code]).toEqual([claim, odd, code ? 401 : 200, code && "UNAUTHENTICATED"]);
      expect(app.logged.filter(({ level }) => (level as number) >= 50)).toEqual([]);
    }
  },
);

test.each([
  { kid: { toString: 1 } },
  { kid: ["one"] },
  { kid: null },
  { kid: 1 },
  { kid: "x".repeat(4_000) },
  { typ: { toString: 1 } },
  { cty: ["JWT"] },
  { jwk: { kty: 1 } },
  { x5c: [{}] },
])("a token with the header %j is taken or refused", async (header) => {
  app.logged.length = 0;
  expect([200, 401]).toContain((await call(await signed({}, header))).status);
  expect(app.logged.filter(({ level }) => (level as number) >= 50)).toEqual([]);
});

test.each([
  { alg: { toString: 1 } },
  { alg: ["RS256"] },
  { alg: null },
  { alg: "RS256", crit: { length: 1 } },
  { alg: "RS256", crit: ["b64"], b64: false },
  { alg: "RS256", b64: false },
  { alg: "ES256", kid: "one" },
  { alg: "EdDSA", kid: "one" },
  null,
  [],
  "RS256",
])("a token with the header %j is refused", async (header) => {
  const { status, errors } = await call(`${unsigned(header as object, payload())}.AAAA`);
  expect([status, errors?.[0]?.extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
});

test.each([null, [], "x", 7])("a token whose claims are %j is refused", async (claims) => {
  const text = unsigned({ alg: "RS256", kid: "one" }, claims as unknown as object);
  const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", key, Buffer.from(text));
  const { status, errors } = await call(`${text}.${Buffer.from(signature).toString("base64url")}`);
  expect([status, errors?.[0]?.message]).toEqual([401, expect.stringMatching(/it is no JWT/)]);
});

test("the provider's keys are fetched once, and a session ends with its token", async () => {
  const own = authenticator();
  const before = asked;
  const sessions = [];
  for (let time = 0; time < 3; time++) sessions.push(await own.authenticate(`Bearer ${await token()}`));
  expect(asked - before).toBe(1);
  expect(await own.stillValid(sessions[0]!)).toBe(true);
  expect(await own.stillValid({ ...sessions[0]!, expiresAt: Date.now() - 1 })).toBe(false);
  const exp = Math.floor(Date.now() / 1_000) + 60;
  const { expiresAt } = await own.authenticate(`Bearer ${await token({ expires: exp })}`);
  expect(expiresAt).toBe((exp + 5) * 1_000);
});

test("a provider that does not answer is no fault of the token", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address() as AddressInfo;
  closed.close();
  const lonely = await startTestApp({
    env: { OIDC_ISSUER: ISSUER, OIDC_JWKS_URL: `http://127.0.0.1:${port}/`, OIDC_AUDIENCE: AUDIENCE },
  });
  try {
    const bearer = await token();
    const response = await lonely.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    const answer = { status: response.status, ...((await response.json()) as Answer) };
    expect(answer).toMatchObject({ status: 503, errors: [{ extensions: { code: "UNAVAILABLE" } }] });
    expect(JSON.stringify(lonely.logged)).toMatch(/ECONNREFUSED/);
    expect(JSON.stringify([answer, lonely.logged])).not.toContain(bearer.slice(-40));
    // Who needs no provider is answered.
    expect(await lonely.as("READER")("{ __typename }")).toEqual({ data: { __typename: "Query" } });
  } finally {
    await lonely.stop();
  }
});
