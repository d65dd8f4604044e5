import { once } from "node:events";
import { connect } from "node:net";
import { startTestApp, type TestApp } from "../support/app.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { LOG_LEVEL: "info", ALLOWED_HOSTS: "*" } });
});
afterAll(() => app.stop());

/** What clients may send in a URL, a header or a body, one character for each byte. */
const HOSTILE = [
  "%00",
  "a%00b",
  "%0a",
  "%0d%0aset-cookie:%20a=b",
  "%09",
  "%ff%fe",
  "%ed%a0%80",
  "%e2%80%a8",
  "%",
  "%zz",
  "%25%30%30",
  "__proto__",
  "constructor",
  "toString",
  "'%3b%20drop%20table%20claim%3b%20--",
  "$1",
  "{}",
  "[]",
  "null",
  "1e999",
  '"',
  "\\",
  "\xff\xfe",
  "\xed\xa0\x80",
  "a".repeat(8_000),
  "{".repeat(3_000),
  "[".repeat(5_000),
];

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly version?: string;
}

/** Sends these very bytes: what `fetch` would not send, other clients do. @returns the answer as it came */
async function send({
  method = "GET",
  path = "/graphql",
  headers = {},
  body = "",
  version = "1.1",
}: Sent): Promise<string> {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  const all = {
    host: "a.example",
    connection: "close",
    ...(body && {
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body, "latin1")),
    }),
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) =>
    value === undefined ? "" : `${name}: ${value}\r\n`,
  );
  // Not ended: to Node, who ends his side has no use for an answer any more.
  socket.write(Buffer.from(`${method} ${path} HTTP/${version}\r\n${head.join("")}\r\n${body}`, "latin1"));
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

/** What is wrong with how the server took it. */
async function unfit(sent: Sent): Promise<string[]> {
  app.logged.length = 0;
  const answer = await send(sent);
  const [, status = ""] = /^HTTP\/1\.1 (\d{3}) /.exec(answer) ?? [];
  const body = answer.slice(answer.indexOf("\r\n\r\n"));
  const messages = [...body.matchAll(/"message":("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text!));
  const severe = app.logged.filter(({ level }) => (level as number) >= 50);
  return [
    ...(/^[24]/.test(status) ? [] : [`status ${status || "none"}`]),
    ...(/INTERNAL_SERVER_ERROR|UNAVAILABLE/.test(body) ? [body] : []),
    ...(/^set-cookie/im.test(answer) ? ["a header of the client's"] : []),
    ...messages.filter((message) => message.length > 2_000 || /undefined|\[object /.test(message)),
    ...severe.map((line) => JSON.stringify(line)),
  ].map((problem) => `${JSON.stringify(sent).slice(0, 120)}: ${problem.slice(0, 300)}`);
}

const QUERY = encodeURIComponent("query A($a: String) { actor(slug: $a) { id } }");
const SUBSCRIPTION = encodeURIComponent("subscription A { changes { cursor } }");

const PLACES: Record<string, (text: string) => Sent> = {
  "the path": (text) => ({ path: `/${text}` }),
  "a path below": (text) => ({ path: `/graphql/${text}` }),
  "the query string": (text) => ({ path: `/graphql?${text}` }),
  "the name of a part": (text) => ({ path: `/graphql?query=${QUERY}&${text}=1` }),
  query: (text) => ({ path: `/graphql?query=${text}` }),
  "a string of the query": (text) => ({ path: `/graphql?query={actor(slug:%22${text}%22){id}}` }),
  variables: (text) => ({ path: `/graphql?query=${QUERY}&variables=${text}` }),
  "a variable": (text) => ({ path: `/graphql?query=${QUERY}&variables={%22a%22:%22${text}%22}` }),
  "the name of a variable": (text) => ({ path: `/graphql?query=${QUERY}&variables={%22${text}%22:1}` }),
  operationName: (text) => ({ path: `/graphql?query=${QUERY}&operationName=${text}` }),
  extensions: (text) => ({ path: `/graphql?query=${QUERY}&extensions=${text}` }),
  "a hash": (text) => ({
    path: `/graphql?extensions={%22persistedQuery%22:{%22version%22:1,%22sha256Hash%22:%22${text}%22}}`,
  }),
  "a stream's query": (text) => ({ path: `/graphql/stream?query=${text}` }),
  "a stream's variables": (text) => ({ path: `/graphql/stream?query=${SUBSCRIPTION}&variables=${text}` }),
  "a stream's operationName": (text) => ({
    path: `/graphql/stream?query=${SUBSCRIPTION}&operationName=${text}`,
  }),
  "where a stream begins": (text) => ({
    path: `/graphql/stream?query=subscription{changes(after:%22${text}%22){cursor}}`,
  }),
  "x-request-id": (text) => ({ headers: { "x-request-id": text } }),
  authorization: (text) => ({ headers: { authorization: text } }),
  "a token": (text) => ({ headers: { authorization: `Bearer ${text}` } }),
  "a key": (text) => ({ headers: { authorization: `Bearer cgk_${text}` } }),
  "a stream's token": (text) => ({ path: "/graphql/stream", headers: { authorization: `Bearer ${text}` } }),
  accept: (text) => ({ path: `/graphql?query={__typename}`, headers: { accept: text } }),
  "accept-encoding": (text) => ({
    path: `/graphql?query={__schema{types{name}}}`,
    headers: { "accept-encoding": text },
  }),
  "content-type": (text) => ({ method: "POST", headers: { "content-type": text }, body: "{}" }),
  "content-encoding": (text) => ({ method: "POST", headers: { "content-encoding": text }, body: "{}" }),
  origin: (text) => ({ headers: { origin: text } }),
  host: (text) => ({ headers: { host: text } }),
  cookie: (text) => ({ headers: { cookie: text } }),
  "x-forwarded-for": (text) => ({ headers: { "x-forwarded-for": text } }),
  "last-event-id": (text) => ({ path: "/graphql/stream", headers: { "last-event-id": text } }),
  documentId: (text) => ({ path: `/graphql?documentId=${text}` }),
  "the documentId of a body": (text) => ({ method: "POST", body: `{"documentId":"${text}"}` }),
  "a body": (text) => ({ method: "POST", body: text }),
  "the query of a body": (text) => ({ method: "POST", body: `{"query":"${text}"}` }),
  "the variables of a body": (text) => ({
    method: "POST",
    body: `{"query":"{ __typename }","variables":${text}}`,
  }),
  "operationName in a body": (text) => ({
    method: "POST",
    body: `{"query":"query A { __typename }","operationName":"${text}"}`,
  }),
  "extensions of a body": (text) => ({
    method: "POST",
    body: `{"query":"{ __typename }","extensions":${text}}`,
  }),
  "the body for a stream": (text) => ({ method: "POST", path: "/graphql/stream", body: `{"query":${text}}` }),
};

test.each(Object.entries(PLACES))("%s may hold anything", async (_place, sent) => {
  const problems: string[] = [];
  for (const text of HOSTILE) problems.push(...(await unfit(sent(text))));
  expect(problems).toEqual([]);
});

test("the same places take what is plain", async () => {
  const plain = await send(PLACES["a variable"]!("north-korea"));
  expect(plain).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"data":\{"actor":null\}\}/);
});

test("a probe without a host is answered, as HTTP/1.0 has it; whoever asks for more is told what is missing", async () => {
  const ask = (path: string) => send({ path, version: "1.0", headers: { host: undefined } });
  expect(await ask("/healthz")).toMatch(/^HTTP\/1\.1 200 /);
  expect(await ask("/graphql?query={claims{__typename}}")).toMatch(/^HTTP\/1\.1 400 [\s\S]*The header Host/);
});
