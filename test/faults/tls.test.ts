import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Budget } from "../../src/database/budget.js";
import { CHANGES_CHANNEL, type Database } from "../../src/database/database.js";
import { Abandoned } from "../../src/database/ended.js";
import { openDatabase } from "../../src/database/open.js";
import { Turns } from "../../src/database/turns.js";
import { type Cluster, query, Server, startCluster, until } from "./system.js";

// A private authority, and what it signed: the server is called localhost, the user "certified".
let files: string;
const file = (name: string) => join(files, name);
const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: files, stdio: "pipe" });

function certify(name: string, subject: string): void {
  openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`, "-subj", subject, "-out", "csr");
  const authority = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial"];
  openssl(
    "x509",
    "-req",
    "-in",
    "csr",
    ...authority,
    "-extfile",
    "names",
    "-days",
    "9",
    "-out",
    `${name}.crt`,
  );
}

const ENTRIES = `
local all all trust
hostssl all certified 127.0.0.1/32 cert
hostssl all postgres 127.0.0.1/32 trust
`;

function prepare(data: string): void {
  const { uid, gid } = statSync(data);
  writeFileSync(join(data, "pg_hba.conf"), ENTRIES);
  for (const name of ["server.key", "server.crt", "ca.crt"]) {
    const copy = join(data, name);
    writeFileSync(copy, readFileSync(file(name)), { mode: 0o600 });
    chownSync(copy, uid, gid);
  }
}

let cluster: Cluster;
beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), "claimgraph-tls-"));
  writeFileSync(file("names"), "subjectAltName=DNS:localhost");
  openssl(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "ca.key",
    "-subj",
    "/CN=Own",
    "-out",
    "ca.crt",
  );
  certify("server", "/CN=localhost");
  certify("user", "/CN=certified");
  const settings = {
    ssl: "on",
    ssl_cert_file: "server.crt",
    ssl_key_file: "server.key",
    ssl_ca_file: "ca.crt",
  };
  cluster = await startCluster(settings, { prepare });
  await query(socketUrl(), "create role certified superuser login");
});
afterAll(async () => {
  await cluster?.remove();
  rmSync(files, { recursive: true, force: true });
});

function url(parameters: Record<string, string>, { host = "localhost", user = "postgres" } = {}): string {
  const address = new URL(cluster.url);
  address.hostname = host;
  address.username = user;
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}
const socketUrl = () => url({ host: cluster.folder });

async function withDatabase<T>(databaseUrl: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ databaseUrl, poolSize: 2 });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

const encrypted = (database: Database) =>
  database.query<{ ssl: boolean }>("select ssl from pg_stat_ssl where pid = pg_backend_pid()", []);

test.each([
  ["require asks who the server is only of those who name an authority", "127.0.0.1", { sslmode: "require" }],
  ["an authority of one's own", "localhost", { sslmode: "verify-full", sslrootcert: "ca.crt" }],
  ["its word is enough for verify-ca", "127.0.0.1", { sslmode: "verify-ca", sslrootcert: "ca.crt" }],
  ["require and an authority are verify-ca", "127.0.0.1", { sslmode: "require", sslrootcert: "ca.crt" }],
  ["an authority alone", "localhost", { sslrootcert: "ca.crt" }],
])("is used with TLS: %s", async (_, host, { sslrootcert, ...mode }: Record<string, string>) => {
  const parameters = sslrootcert ? { ...mode, sslrootcert: file(sslrootcert) } : mode;
  expect(await withDatabase(url(parameters, { host }), encrypted)).toEqual([{ ssl: true }]);
});

test("a certificate can stand for the user's password", async () => {
  const certificates = { sslrootcert: file("ca.crt"), sslcert: file("user.crt"), sslkey: file("user.key") };
  const databaseUrl = url({ sslmode: "verify-full", ...certificates }, { user: "certified" });
  expect(await withDatabase(databaseUrl, encrypted)).toEqual([{ ssl: true }]);
});

/** Stands before the cluster, and notes what each connection begins with: the code of its first message. */
async function startProxy() {
  const codes: number[] = [];
  const proxy = createServer((client) => {
    const server = connect(Number(new URL(cluster.url).port), "127.0.0.1");
    client.once("data", (data) => codes.push(data.readInt32BE(4)));
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.pipe(to);
      from.on("error", () => to.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return { codes, port: (proxy.address() as AddressInfo).port, stop: () => proxy.close() };
}

// https://www.postgresql.org/docs/current/protocol-message-formats.html
const SSL_REQUEST = 80877103;

test("listening and cancelling go with TLS too", async () => {
  const proxy = await startProxy();
  const address = new URL(url({ sslmode: "verify-full", sslrootcert: file("ca.crt") }));
  address.port = String(proxy.port);
  await withDatabase(address.href, async (database) => {
    let woken = 0;
    const stop = database.listen(() => woken++);
    await until("it listens", () => woken === 1);
    await database.query(`notify ${CHANGES_CHANNEL}`, []);
    await until("it hears", () => woken === 2);
    const shares = { connections: 1, perCaller: 1, unreadBytes: 1e9, waitMilliseconds: 1_000 };
    const budget = new Budget(new Turns(shares), "one", { milliseconds: 60_000, bytes: 1e9 });
    const read = () => database.read("select pg_sleep(600)::text as gone", [], { onePlan: true, budget });
    const asked = budget.run(read).catch((error) => error);
    const running = "select from pg_stat_activity where state = 'active' and query like '%as gone'";
    await until("it runs", async () => (await query(socketUrl(), running)).length === 1);
    budget.abandon();
    expect(await asked).toBeInstanceOf(Abandoned);
    expect(await query(socketUrl(), running)).toEqual([]);
    await stop();
  });
  proxy.stop();
  // The sessions', the listener's and the cancel request's.
  expect(proxy.codes.length).toBeGreaterThan(2);
  expect(new Set(proxy.codes)).toEqual(new Set([SSL_REQUEST]));
});

const refusal = (databaseUrl: string): Promise<string> =>
  openDatabase({ databaseUrl }).then(
    (database) => database.close().then(() => "opened"),
    (error: Error) => `${error.name}: ${error.message}`,
  );

test.each([
  ["no TLS", {}, {}, /no encryption\. .*Add \?sslmode=require/],
  ["an authority that nobody knows", { sslmode: "verify-full" }, {}, /add sslrootcert=/],
  ["the system's authorities", { sslmode: "require", sslrootcert: "system" }, {}, /add sslrootcert=/],
  [
    "another host",
    { sslmode: "verify-full", sslrootcert: "ca.crt" },
    { host: "127.0.0.1" },
    /Write the host/,
  ],
  ["no authority to ask", { sslmode: "verify-ca" }, {}, /DATABASE_URL cannot be used .*sslrootcert/],
  [
    "a file that is not there",
    { sslmode: "require", sslrootcert: "none" },
    {},
    /cannot be used .*ENOENT.*none/,
  ],
  ["chance", { sslmode: "prefer" }, {}, /Write one of: disable, require, verify-ca, verify-full/],
  ["a user without a certificate", { sslmode: "require" }, { user: "certified" }, /add sslcert=/],
  ["a user whom no entry lets in", { sslmode: "require" }, { user: "other" }, /add an entry .*pg_hba/],
])(
  "is refused in one line: %s",
  async (_, { sslrootcert, ...mode }: Record<string, string>, address, said) => {
    const isFile = sslrootcert !== "system";
    const root: Record<string, string> = sslrootcert
      ? { sslrootcert: isFile ? file(sslrootcert) : sslrootcert }
      : {};
    const message = await refusal(url({ ...mode, ...root }, address));
    expect(message).toMatch(/^DatabaseError: .*$/);
    expect(message).toMatch(said);
  },
);

test("a Unix socket is used without TLS, whatever is asked, and the server says where it is", async () => {
  const databaseUrl = url({ host: cluster.folder, sslmode: "verify-full" });
  expect(await withDatabase(databaseUrl, encrypted)).toEqual([{ ssl: false }]);
  expect(await refusal(databaseUrl.replace("/postgres?", "/nowhere?"))).toContain(
    `no database "nowhere" at the socket ${cluster.folder}/.s.PGSQL.`,
  );
  const { port } = new URL(cluster.url);
  const noHost = `postgresql://postgres@/postgres?host=${cluster.folder}&port=${port}`;
  const server = await Server.start(noHost);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(server.said.join("\n")).toContain(`PostgreSQL, postgres at ${cluster.folder}`);
  await server.stop();
});

test("a server without TLS is not asked for it", async () => {
  const plain = await startCluster();
  try {
    expect(await refusal(`${plain.url}?sslmode=require`)).toMatch(/does not support SSL.*leave sslmode/);
  } finally {
    await plain.remove();
  }
});
