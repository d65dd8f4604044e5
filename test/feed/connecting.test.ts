import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "ws";
import { startTestApp, type TestApp } from "../support/app.js";
import { CHANGED, endOfLog, follow, TRANSPORTS } from "../support/followers.js";
import { recordRevision } from "../support/revisions.js";

let app: TestApp;
beforeAll(async () => {
  // A client that breaks a request off opens a connection for the next one, which a stopping server waits for.
  app = await startTestApp({
    env: {
      CORS_ORIGINS: "https://board.example",
      MAX_READER_BODY_BYTES: "5000",
      LOG_LEVEL: "info",
      SHUTDOWN_SECONDS: "1",
    },
  });
});
afterAll(() => app.stop());

const address = (path = "/graphql") => `${app.url.replace("http", "ws")}${path}`;

/** The status with which a connection is refused; 101 when it is not. */
async function connecting(path: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(address(path), "graphql-transport-ws", { headers });
  const status = await new Promise<number>((resolve) => {
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("error", () => undefined);
  });
  socket.terminate();
  return status;
}

test.each([
  [{}, 101],
  [{ origin: "https://board.example" }, 101],
  [{ origin: "https://evil.example" }, 403],
  [{ origin: "null" }, 403],
])("a WebSocket with the headers %j is answered %s", async (headers, status) => {
  expect(await connecting("/graphql", headers)).toBe(status);
});

test("a page of the server's own may connect, and nothing but /graphql is a WebSocket", async () => {
  expect(await connecting("/graphql", { origin: app.url })).toBe(101);
  expect(await connecting("/graphql?x=1")).toBe(101);
  expect(await connecting("/graphql/stream")).toBe(404);
  expect(await connecting("/")).toBe(404);
});

test("an offer of another protocol is passed over", async () => {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  const body = JSON.stringify({ query: "{ __typename }" });
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  await sleep(50);
  socket.write(body);
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK/);
  socket.destroy();
});

test("a message that is too large, an unknown one and another protocol close the connection", async () => {
  const closing = async (protocol: string, message: string) => {
    const socket = new WebSocket(address(), protocol === "" ? [] : protocol);
    socket.on("open", () => socket.send(message));
    const [code] = await once(socket, "close");
    return code;
  };
  const init = JSON.stringify({ type: "connection_init", payload: { text: "x".repeat(6000) } });
  expect(await closing("graphql-transport-ws", init)).toBe(1009);
  expect(await closing("graphql-transport-ws", "{}")).toBe(4400);
  expect(await closing("graphql-transport-ws", '{"id":"1","type":"subscribe","payload":{"query":"x"}}')).toBe(
    4401,
  );
  expect(await closing("", "{}")).toBe(4406);
});

test("the reason of a closing is cut between two characters, where it repeats more than a frame takes", async () => {
  const socket = new WebSocket(address(), "graphql-transport-ws");
  await once(socket, "open");
  socket.send('{"type":"connection_init"}');
  await once(socket, "message");
  const subscribe = { id: `a${"😀".repeat(1_000)}`, type: "subscribe", payload: { query: CHANGED } };
  for (let time = 0; time < 2; time++) socket.send(JSON.stringify(subscribe));
  const [code, reason] = await once(socket, "close");
  expect([code, String(reason)]).toEqual([4409, `Subscriber for a${"😀".repeat(26)}`]);
});

test("a connection takes a hundred subscriptions", async () => {
  const socket = new WebSocket(address(), "graphql-transport-ws");
  await once(socket, "open");
  const messages: { type: string; id: string; payload: { message: string }[] }[] = [];
  socket.on("message", (data) => messages.push(JSON.parse(String(data))));
  socket.send('{"type":"connection_init"}');
  while (messages[0]?.type !== "connection_ack") await sleep(20);
  for (let id = 0; id <= 100; id++) {
    socket.send(JSON.stringify({ id: String(id), type: "subscribe", payload: { query: CHANGED } }));
  }
  while (!messages.some(({ type }) => type === "error")) await sleep(20);
  expect(messages.filter(({ type }) => type === "error")).toEqual([
    expect.objectContaining({
      id: "100",
      payload: [
        expect.objectContaining({ message: expect.stringMatching(/takes 100 subscriptions at once/) }),
      ],
    }),
  ]);
  socket.close();
  await once(socket, "close");
});

const stream = (init: RequestInit = {}, query = "") => app.fetch(`/graphql/stream${query}`, init);
const asked = (query: string) => `?query=${encodeURIComponent(query)}`;

test("an event stream is not kept, gathered or compressed on its way", async () => {
  const aborting = new AbortController();
  const answer = await stream(
    {
      headers: {
        "accept-encoding": "gzip",
        origin: "https://board.example",
      },
      signal: aborting.signal,
    },
    asked(CHANGED),
  );
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "access-control-allow-origin": "https://board.example",
    "x-request-id": expect.anything(),
  });
  expect(answer.headers.get("content-encoding")).toBeNull();
  aborting.abort();
});

test.each([
  [
    "a form",
    { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" },
    "",
    415,
    /application\/json/,
  ],
  ["no query", {}, "", 400, /`query` must be/],
  ["variables that are no JSON", {}, `${asked(CHANGED)}&variables={`, 400, /`variables` must be JSON/],
  ["a query", {}, asked("{ __typename }"), 400, /POST a query/],
  ["another method", { method: "DELETE" }, "", 405, /GET, POST/],
  ["the single connection mode", { method: "PUT" }, "", 405, /leave out `singleConnection`/],
])("an event stream with %s is refused", async (_name, init, query, status, message) => {
  const answer = await stream(init, query);
  const { errors } = (await answer.json()) as { errors: { message: string }[] };
  expect(errors[0]?.message).toMatch(message);
  expect(answer.status).toBe(status);
});

// EventSource, urql with a subscription, urql with anything.
test.each([
  "text/event-stream",
  "text/event-stream, multipart/mixed",
  "application/graphql-response+json, application/json, text/event-stream, multipart/mixed",
])("who accepts %s is streamed a subscription at /graphql", async (accept) => {
  const after = await endOfLog(app);
  const query = "subscription ($after: String) { changed(after: $after) { node { reason } } }";
  const body = JSON.stringify({ query, variables: { after } });
  const search = `${asked(query)}&variables=${encodeURIComponent(JSON.stringify({ after }))}`;
  for (const ask of [
    (init: RequestInit) => app.fetch(`/graphql${search}`, init),
    (init: RequestInit) => app.fetch("/graphql", { ...init, method: "POST", body }),
  ]) {
    const aborting = new AbortController();
    const headers = { accept, "content-type": "application/json" };
    const answer = await ask({ headers, signal: aborting.signal });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
    ]);
    await recordRevision(app.database, { reason: accept });
    let heard = "";
    for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
      heard += Buffer.from(piece);
      if (heard.includes(JSON.stringify({ data: { changed: { node: { reason: accept } } } }))) break;
    }
    aborting.abort();
  }
});

test("who accepts JSON as well is answered a query as JSON, however often", async () => {
  const accept = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed";
  for (let time = 0; time < 3; time++) {
    const answer = await app.fetch(`/graphql${asked("{ actors { totalCount } }")}`, { headers: { accept } });
    expect(answer.headers.get("content-type")).toMatch("json");
    expect(await answer.json()).toEqual({ data: { actors: { totalCount: 0 } } });
  }
});

test("who accepts nothing but events is told that a query has none, in an event", async () => {
  const headers = { accept: "text/event-stream" };
  const answer = await app.fetch(`/graphql${asked("{ __typename }")}`, { headers });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toMatch(/event: next.*POST a query to \/graphql.*event: complete/s);
});

test("who does not accept events is told how a subscription is asked for", async () => {
  const answer = await app.fetch(`/graphql${asked(CHANGED)}`);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/accept: text\/event-stream/);
});

test.each(TRANSPORTS)(
  "the log has a line for each subscription over %s that has ended",
  async (transport) => {
    const following = await follow(app, { transport, variables: { after: await endOfLog(app) } });
    await recordRevision(app.database);
    await following.reasons(1);
    app.logged.length = 0;
    await following.stop();
    while (app.logged.length === 0) await sleep(20);
    expect(app.logged.filter(({ msg }) => msg === "request")).toEqual([
      expect.objectContaining(
        transport === "WebSocket"
          ? { path: "/graphql", status: 1000, requestId: expect.anything() }
          : { path: "/graphql/stream", status: 200, operation: "Changed" },
      ),
    ]);
  },
);
