import { request } from "node:http";
import { hostname } from "node:os";
import { hostCheck } from "../../src/http/hosts.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { type TestDatabase, testDatabase } from "../support/database.js";

const answers = (settings: Parameters<typeof hostCheck>[0], names: readonly (string | undefined)[]) =>
  names.filter((host) => hostCheck(settings)({ headers: { host } } as never));

const OTHERS = [
  "evil.example",
  "evil.example:4000",
  "127.0.0.1.evil.example",
  "localhost.evil.example:4000",
  "1270.0.1",
  "[::1].evil.example",
  "a@localhost",
  "localhost, evil.example",
  "",
  " ",
];

test("a server on a loopback address answers for loopback alone", () => {
  const own = [
    "localhost",
    "LOCALHOST:4000",
    "localhost.:4000",
    "127.0.0.1:4000",
    "127.1.2.3",
    "[::1]:4000",
    undefined,
  ];
  const settings = { host: "127.0.0.1" };
  expect(answers(settings, own)).toEqual(own);
  expect(
    answers(settings, [...OTHERS, "10.0.0.5:4000", hostname() === "localhost" ? "x" : hostname()]),
  ).toEqual([]);
});

test("one that others reach answers for addresses, and for the machine's name", () => {
  const own = [
    "10.0.0.5:4000",
    "[fd00::5]:4000",
    "127.0.0.1:4000",
    "localhost:4000",
    `${hostname()}:4000`,
    undefined,
  ];
  for (const host of ["0.0.0.0", "::"]) {
    expect(answers({ host }, own)).toEqual(own);
    expect(answers({ host }, OTHERS)).toEqual([]);
  }
  expect(answers({ host: "claims.lan" }, ["claims.lan", "Claims.LAN:4000"])).toHaveLength(2);
});

test("a list names those that there are, and * is any", () => {
  const settings = { host: "0.0.0.0", allowedHosts: ["claims.example", "fd00::5"] };
  const own = ["claims.example", "claims.example.:443", "[fd00::5]", undefined];
  expect(answers(settings, own)).toEqual(own);
  expect(answers(settings, [...OTHERS, "localhost", "10.0.0.5", "x.claims.example"])).toEqual([]);
  expect(answers({ host: "127.0.0.1", allowedHosts: "*" }, OTHERS)).toEqual(OTHERS);
});

describe("over HTTP", () => {
  let database: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    database = await testDatabase();
    app = await startTestApp({ database, env: { PLAYGROUND: "on", CORS_ORIGINS: "*" } });
  });
  afterAll(async () => {
    await app.stop();
    await database.close();
  });

  const ask = (path: string, headers: Record<string, string>) =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const asked = request(new URL(path, app.url), { headers });
      asked.once("upgrade", (response, socket) => {
        socket.destroy();
        resolve({ status: response.statusCode, body: "" });
      });
      asked.once("response", async (response) => {
        let body = "";
        for await (const piece of response) body += piece;
        resolve({ status: response.statusCode, body });
      });
      asked.once("error", reject).end();
    });

  const UPGRADE = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    "sec-websocket-protocol": "graphql-transport-ws",
    // A page that was loaded from there.
    origin: "http://evil.example",
  };

  test.each<[string, Record<string, string>]>([
    ["/", {}],
    ["/playground", {}],
    ["/healthz", {}],
    ["/graphql?query={__typename}", {}],
    ["/graphql/stream?query={__typename}", {}],
    ["/nowhere", {}],
    ["/graphql", UPGRADE],
  ])("another host is refused at %s, with what to do", async (path, headers) => {
    expect((await ask(path, headers)).status).not.toBe(421);
    const refused = await ask(path, { ...headers, host: "evil.example" });
    expect(refused.status).toBe(421);
    expect(JSON.parse(refused.body).errors[0].message).toMatch(/ALLOWED_HOSTS/);
  });
});
