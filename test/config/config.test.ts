import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError, readConfig } from "../../src/config.js";

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    return (error as ConfigError).problems;
  }
  return [];
}

const KEY = "vRk3Zt8Qw1Xy6Bn4Mj9Lp2Hs7Fd5Gc0a+/=";

test("nothing has to be set", () => {
  expect(readConfig({})).toEqual({
    port: 4000,
    host: "127.0.0.1",
    databaseUrl: undefined,
    dataDir: "./data",
    poolSize: 10,
    callerConnections: 5,
    preparedStatements: "auto",
    readerStatementSeconds: 3,
    statementSeconds: 30,
    examples: "auto",
    logLevel: "info",
    corsOrigins: [],
    allowedHosts: undefined,
    trustedProxies: [],
    pages: true,
    playground: true,
    searchEngines: false,
    recordLanguage: "en",
    publicUrl: undefined,
    introspection: true,
    maxDepth: 20,
    maxCost: 50_000,
    maxBodyBytes: 5_000_000,
    maxReaderBodyBytes: 200_000,
    maxAnswerBytes: 20_000_000,
    requestSeconds: 30,
    answerSeconds: 60,
    shutdownSeconds: 10,
    executor: "sql",
    anonymous: "reader",
    adminKey: undefined,
    oidc: undefined,
  });
});

test("an empty or blank variable counts as unset", () => {
  expect(readConfig({ PORT: "", DATABASE_URL: "  ", EXAMPLES: "" })).toEqual(readConfig({}));
});

test("everything can be set", () => {
  expect(
    readConfig({
      PORT: "0",
      HOST: "0.0.0.0",
      DATABASE_URL: "postgresql://me:p%40ss@db.example:5432/claims",
      DATA_DIR: "memory://",
      POOL_SIZE: "3",
      CALLER_CONNECTIONS: "1",
      PREPARED_STATEMENTS: "off",
      READER_STATEMENT_SECONDS: "1",
      STATEMENT_SECONDS: "9",
      EXAMPLES: "off",
      LOG_LEVEL: "silent",
      CORS_ORIGINS: "https://a.example, http://localhost:5173",
      ALLOWED_HOSTS: "Claims.example, 10.0.0.5,fe80::1",
      TRUSTED_PROXIES: "10.0.0.2, 172.16.0.0/12,fd00::/8",
      PAGES: "off",
      PLAYGROUND: "off",
      SEARCH_ENGINES: "on",
      RECORD_LANGUAGE: "pt-BR",
      PUBLIC_URL: "https://claims.example",
      INTROSPECTION: "off",
      MAX_DEPTH: "7",
      MAX_COST: "900",
      MAX_BODY_BYTES: "2048",
      MAX_ANSWER_BYTES: "300000",
      REQUEST_SECONDS: "4",
      ANSWER_SECONDS: "5",
      SHUTDOWN_SECONDS: "0",
      EXECUTOR: "graphql-js",
      ANONYMOUS: "none",
      ADMIN_KEY: KEY,
      OIDC_ISSUER: "https://id.example/realms/news",
      OIDC_JWKS_URL: "https://id.example/realms/news/certs",
      OIDC_AUDIENCE: "claimgraph",
      OIDC_ROLE_CLAIM: "realm_access.roles",
    }),
  ).toMatchObject({
    port: 0,
    host: "0.0.0.0",
    databaseUrl: "postgresql://me:p%40ss@db.example:5432/claims",
    dataDir: undefined,
    callerConnections: 1,
    preparedStatements: "off",
    readerStatementSeconds: 1,
    statementSeconds: 9,
    corsOrigins: ["https://a.example", "http://localhost:5173"],
    allowedHosts: ["claims.example", "10.0.0.5", "fe80::1"],
    trustedProxies: ["10.0.0.2", "172.16.0.0/12", "fd00::/8"],
    maxAnswerBytes: 300_000,
    requestSeconds: 4,
    answerSeconds: 5,
    pages: false,
    playground: false,
    searchEngines: true,
    recordLanguage: "pt-BR",
    publicUrl: "https://claims.example",
    introspection: false,
    shutdownSeconds: 0,
    executor: "graphql-js",
    anonymous: "none",
    adminKey: KEY,
    oidc: {
      issuer: "https://id.example/realms/news",
      jwksUrl: "https://id.example/realms/news/certs",
      audience: "claimgraph",
      roleClaim: "realm_access.roles",
    },
  });
  expect(readConfig({ CORS_ORIGINS: "*" }).corsOrigins).toBe("*");
});

test("cannot be changed afterwards", () => {
  const config = readConfig({});
  expect(() => Object.assign(config, { port: 1 })).toThrow();
  expect(() => (config.corsOrigins as string[]).push("https://evil.example")).toThrow();
});

test("all problems are listed at once, each with the variable, its value and what it must be", () => {
  expect(
    problemsOf({ PORT: "http", MAX_COST: "-1", LOG_LEVEL: "loud", PLAYGROUND: "yes", HOST: "127.0.0.1" }),
  ).toEqual([
    'PORT is "http": it must be a port from 0 to 65535; 0 picks a free one.',
    'LOG_LEVEL is "loud": it must be one of: trace, debug, info, warn, error, fatal, silent.',
    'PLAYGROUND is "yes": it must be on or off.',
    'MAX_COST is "-1": it must be a whole number from 1 to 1000000000.',
  ]);
});

test("an address for others is the site's alone, without a path", () => {
  expect(problemsOf({ PUBLIC_URL: "https://claims.example/news" })).toEqual([
    'PUBLIC_URL is "https://claims.example/news": it must be the address of this site for others, without a path, such as https://claims.example.',
  ]);
});

test("the value of a secret is not repeated", () => {
  const [problem, ...others] = problemsOf({ DATABASE_URL: "mysql://root:hunter2@db/claims" });
  expect(problem).toMatch(/^DATABASE_URL is \(not shown\): it must be a URL such as postgresql:/);
  expect(problem).not.toMatch("hunter2");
  expect(others).toEqual([]);
});

test.each([
  ["too short", "vRk3Zt8Qw1Xy6Bn4Mj9Lp2Hs7Fd5Gc0"],
  ["one character again and again", "x".repeat(40)],
  ["a few again and again", "abcabd".repeat(8)],
  ["a word of examples", "changeme-vRk3Zt8Qw1Xy6Bn4Mj9Lp2Hs7Fd5Gc0a"],
  ["a guess", "Password-vRk3Zt8Qw1Xy6Bn4Mj9Lp2Hs7Fd5Gc0a"],
  ["another", "admin.vRk3Zt8Qw1Xy6Bn4Mj9Lp2Hs7Fd5Gc0a"],
  ["one more", "SECRET_vRk3Zt8Qw1Xy6Bn4Mj9Lp2Hs7Fd5Gc0a"],
  ["nothing that a header can carry", "vRk3Zt8Qw1 Xy6Bn4Mj9Lp2Hs7Fd5Gc0a"],
])("an ADMIN_KEY that is %s is refused, with a way to make one, and not repeated", (_what, key) => {
  const [problem, ...others] = problemsOf({ ADMIN_KEY: key });
  expect(problem).toMatch(
    /^ADMIN_KEY is \(not shown\): it must be 32 to 200 characters .+ openssl rand -base64 32\.$/,
  );
  expect(problem).not.toContain(key);
  expect(others).toEqual([]);
});

test("secrets are read from files, as Docker and Kubernetes give them", () => {
  const folder = mkdtempSync(join(tmpdir(), "claimgraph-secrets-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const [key, url] = [file("key", `${KEY}\n`), file("url", "postgresql://me@db/claims\r\n")];
  expect(readConfig({ ADMIN_KEY_FILE: key, DATABASE_URL_FILE: url })).toMatchObject({
    adminKey: KEY,
    databaseUrl: "postgresql://me@db/claims",
  });
  expect(problemsOf({ ADMIN_KEY: KEY, ADMIN_KEY_FILE: key })).toEqual([
    "ADMIN_KEY and ADMIN_KEY_FILE are both set. Set one of them.",
  ]);
  const [missing, empty] = [join(folder, "none"), file("empty", "\n")];
  expect(problemsOf({ ADMIN_KEY_FILE: missing, DATABASE_URL_FILE: empty })).toEqual([
    `DATABASE_URL_FILE is "${empty}": the file is empty.`,
    `ADMIN_KEY_FILE is "${missing}": it must be a file that this user may read (ENOENT).`,
  ]);
  // What is in it is held to the same rules, and not repeated.
  const [problem] = problemsOf({ ADMIN_KEY_FILE: file("short", "hunter2") });
  expect(problem).toMatch(/^ADMIN_KEY is \(not shown\): it must be 32/);
  rmSync(folder, { recursive: true });
});

test("of an identity provider all is set or nothing", () => {
  expect(problemsOf({ OIDC_ISSUER: "https://id.example", PORT: "http" })).toEqual([
    'PORT is "http": it must be a port from 0 to 65535; 0 picks a free one.',
    "OIDC_JWKS_URL and OIDC_AUDIENCE must be set too: OIDC_ISSUER, OIDC_JWKS_URL, OIDC_AUDIENCE belong together.",
  ]);
  expect(problemsOf({ OIDC_ROLE_CLAIM: "roles" })).toEqual([]);
});

test.each([
  ["PORT", ["65536", "-1", "1.5", "0x10", "4000 "], 1],
  ["DATABASE_URL", ["localhost", "http://db/claims", "postgresql://me:p@ss:word@db:port/claims"], 0],
  [
    "CORS_ORIGINS",
    ["board.example", "https://board.example/", "*,https://a.example", "https://a.example,,"],
    0,
  ],
  ["POOL_SIZE", ["0", "many"], 0],
  ["CALLER_CONNECTIONS", ["0", "all", "11", "10"], 1],
  ["PREPARED_STATEMENTS", ["yes", "always"], 0],
  ["ALLOWED_HOSTS", ["https://a.example", "a.example:4000", "*,a.example", "a b", "[::1]", "*"], 1],
  ["TRUSTED_PROXIES", ["proxy", "10.0.0.0/33", "10.0.0.0/8/8", "fd00::/129", "*", "10.0.0.1/8"], 1],
  ["MAX_ANSWER_BYTES", ["0", "99", "900000000"], 0],
  [
    "PUBLIC_URL",
    [
      "claims.example",
      "https://claims.example/",
      "https://claims.example/pages",
      "https://claims.example?lang=de",
      "https://me@claims.example",
      "https://Claims.example",
      "ftp://claims.example",
      "http://claims.example:8080",
    ],
    1,
  ],
  ["SEARCH_ENGINES", ["yes", "true", "google", "ON"], 0],
  ["RECORD_LANGUAGE", ["English language", "e", "*"], 0],
  ["ANONYMOUS", ["analyst", "off"], 0],
  ["SHUTDOWN_SECONDS", ["-5", "99999"], 0],
])("%s refuses what cannot be meant", (name, values, accepted) => {
  expect(values.flatMap((value) => problemsOf({ [name]: value }))).toHaveLength(values.length - accepted);
});

test("the address of a Unix socket needs no host", () => {
  const socket = "?host=/var/run/postgresql";
  expect(readConfig({ DATABASE_URL: `postgresql://me:p%40ss@/claims${socket}` }).databaseUrl).toBe(
    `postgresql://me:p%40ss@localhost/claims${socket}`,
  );
});
