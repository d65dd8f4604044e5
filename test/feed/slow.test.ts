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
  app = await startTestApp({ live: { slowMilliseconds: 1_000 } });
  await recordRevision(app.database);
  const { data } = await app.ask("{ changes(first: 1) { pageInfo { endCursor } } }");
  after = (data as { changes: { pageInfo: { endCursor: string } } }).changes.pageInfo.endCursor;
  const patch = [{ op: "replace", path: "/text", value: LARGE }];
  for (let i = 1; i <= CHANGES; i++) await recordRevision(app.database, { reason: String(i), patch });
});
afterAll(() => app.stop());

const QUERY = CHANGED.replace("reason", "reason patch");

/** How many statements have read the log since. */
function readings(): () => number {
  let count = 0;
  const query = app.database.query;
  app.database.query = function (text, ...rest) {
    if (text.includes("json")) count++;
    return query.call(this, text, ...rest) as never;
  };
  return () => count;
}

test("over WebSocket, who does not read is not read for, is cut off and can resume", async () => {
  const count = readings();
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await once(socket, "open");
  const heard: { cursor: string; node: { reason: string } }[] = [];
  socket.on("message", (data) => {
    const { type, payload } = JSON.parse(String(data));
    if (type === "next") heard.push(payload.data.changed);
  });
  socket.send('{"type":"connection_init"}');
  await sleep(100);
  socket.send(
    JSON.stringify({ id: "1", type: "subscribe", payload: { query: QUERY, variables: { after } } }),
  );
  socket.pause();
  await sleep(700);
  // The first page of two: nothing is read for somebody who has not taken what was read before.
  expect(count()).toBe(1);
  await sleep(1_300);
  expect(count()).toBe(1);
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
  const count = readings();
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  const body = JSON.stringify({ query: QUERY, variables: { after } });
  socket.write(
    `POST /graphql/stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  socket.pause();
  await sleep(2_000);
  expect(count()).toBe(1);
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
  const reasons: string[] = [];
  socket.on("message", (data) => {
    const { type, payload } = JSON.parse(String(data));
    if (type !== "next") return;
    reasons.push(payload.data.changed.node.reason);
    if (reasons.length % 20 === 0) {
      socket.pause();
      setTimeout(() => socket.resume(), 150);
    }
  });
  socket.send('{"type":"connection_init"}');
  await sleep(100);
  socket.send(
    JSON.stringify({ id: "1", type: "subscribe", payload: { query: QUERY, variables: { after } } }),
  );
  while (reasons.length < CHANGES && socket.readyState === WebSocket.OPEN) await sleep(50);
  expect(reasons).toEqual(numbers(1, CHANGES));
  socket.terminate();
});
