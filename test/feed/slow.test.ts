import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "ws";
import { startTestApp, type TestApp } from "../support/app.js";
import { CHANGED, follow } from "../support/followers.js";
import { numbers, recordRevision } from "../support/revisions.js";

const CHANGES = 200;
const LARGE = "x".repeat(200_000);

let app: TestApp;
let after: string;
beforeAll(async () => {
  app = await startTestApp({ env: { LOG_LEVEL: "info" }, live: { slowMilliseconds: 1_000 } });
  await recordRevision(app.database);
  const { data } = await app.ask("{ changes(first: 1) { pageInfo { endCursor } } }");
  after = (data as { changes: { pageInfo: { endCursor: string } } }).changes.pageInfo.endCursor;
  const patch = [{ op: "replace", path: "/text", value: LARGE }];
  for (let i = 1; i <= CHANGES; i++) await recordRevision(app.database, { reason: String(i), patch });
});
afterAll(() => app.stop());

const QUERY = CHANGED.replace("reason", "reason patch");

/** From where the log is read, by number, from now on. */
function readings(): number[] {
  const from: number[] = [];
  const { read } = app.database;
  app.database.read = function (text, values, options) {
    from.push(Number(values[0]));
    return read.call(this, text, values, options);
  };
  return from;
}

/** Where the first page of changes ends. Nothing may be read from there before the page has been sent. */
const SECOND_PAGE = 101;

/** Waits until it holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(50);
}

test("over WebSocket, who does not read is not read for, is cut off and can resume", async () => {
  const from = readings();
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await once(socket, "open");
  let acknowledged = false;
  const heard: { cursor: string; node: { reason: string } }[] = [];
  socket.on("message", (data) => {
    const { type, payload } = JSON.parse(String(data));
    acknowledged ||= type === "connection_ack";
    if (type === "next") heard.push(payload.data.changed);
  });
  socket.send('{"type":"connection_init"}');
  await until(() => acknowledged);
  socket.send(
    JSON.stringify({ id: "1", type: "subscribe", payload: { query: QUERY, variables: { after } } }),
  );
  socket.pause();
  await until(() => from.length > 0);
  await sleep(5_000);
  // Nothing is read for somebody who has not taken what was read before, nor for one who was cut off.
  expect(from).not.toContain(SECOND_PAGE);
  socket.resume();
  const [code, reason] = await once(socket, "close");
  expect([code, String(reason)]).toEqual([4429, "Too slow: resume with `after`"]);
  expect(heard.length).toBeLessThan(CHANGES);

  const { cursor } = heard.at(-1)!;
  const rest = await follow(app, { query: QUERY, variables: { after: cursor } });
  await rest.reasons(CHANGES - heard.length);
  await rest.stop();
  const all = [...heard, ...rest.events].map(({ node }) => node.reason);
  expect(all).toEqual(numbers(1, CHANGES));
});

test("an event stream that is not read is broken off", async () => {
  const from = readings();
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  const body = JSON.stringify({ query: QUERY, variables: { after } });
  socket.write(
    `POST /graphql/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  socket.pause();
  // The server's line for a stream that has ended.
  await until(() => app.logged.some(({ path }) => path === "/graphql/stream"));
  await sleep(200);
  expect(from).not.toContain(SECOND_PAGE);
  let text = "";
  socket.on("data", (data) => {
    text += data;
  });
  socket.on("error", () => undefined);
  socket.resume();
  await once(socket, "close");
  const events = text.match(/^event: next/gm)?.length ?? 0;
  expect(events).toBeGreaterThan(0);
  expect(events).toBeLessThan(CHANGES);
  expect(text).not.toMatch(/event: complete/);
});

test("who is slow, but reads, gets everything", async () => {
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await once(socket, "open");
  let acknowledged = false;
  const reasons: string[] = [];
  socket.on("message", (data) => {
    const { type, payload } = JSON.parse(String(data));
    acknowledged ||= type === "connection_ack";
    if (type !== "next") return;
    reasons.push(payload.data.changed.node.reason);
    if (reasons.length % 20 === 0) {
      socket.pause();
      setTimeout(() => socket.resume(), 150);
    }
  });
  socket.send('{"type":"connection_init"}');
  await until(() => acknowledged);
  socket.send(
    JSON.stringify({ id: "1", type: "subscribe", payload: { query: QUERY, variables: { after } } }),
  );
  while (reasons.length < CHANGES && socket.readyState === WebSocket.OPEN) await sleep(50);
  expect(reasons).toEqual(numbers(1, CHANGES));
  socket.terminate();
});
