import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "ws";
import { begin, Client, claim, type Done, mutation } from "./client.js";
import { countOfRevisions, revisions } from "./log.js";
import { type Cluster, note, Server, size, startCluster, until } from "./system.js";

const SUBSCRIBERS = size("SUBSCRIBERS", 1_000);
const CHANGES = size("CHANGES", 500);
/** Of so many every id is kept; of the others, how many they have heard. */
const SAMPLE = 20;
const GROWN_MEGABYTES = 400;

let cluster: Cluster;
let server: Server;
beforeAll(async () => {
  cluster = await startCluster();
  server = await Server.start(cluster.url);
});
afterAll(async () => {
  await server?.stop();
  await cluster?.remove();
});

const MEGABYTES = 1 / 1024;
// Elsewhere than on Linux nobody tells it this way.
function resident(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * MEGABYTES;
}

interface Subscriber {
  heard: number;
  readonly ids: string[];
  readonly socket: WebSocket;
}

/** Subscribes with as little as there can be on this end: both ends share the machine. */
async function subscribe(after: string, keep: boolean): Promise<Subscriber> {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
    perMessageDeflate: false,
  });
  const subscriber: Subscriber = { heard: 0, ids: [], socket };
  const query = "subscription ($after: String) { changed(after: $after) { node { id action } } }";
  await new Promise<void>((done, fail) => {
    socket.once("error", fail);
    socket.once("open", () => socket.send('{"type":"connection_init"}'));
    socket.on("message", (data: Buffer) => {
      const text = data.toString("latin1");
      if (text.includes('"connection_ack"')) {
        socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables: { after } } }));
        return done();
      }
      if (!text.includes('"next"')) return;
      subscriber.heard++;
      if (keep) subscriber.ids.push(/"revision_\w+"/.exec(text)?.[0].slice(1, -1) ?? text);
    });
  });
  return subscriber;
}

test("very many subscribers hear very many changes, and memory stays", async () => {
  const client = new Client(server.url);
  const cursor = await begin(client);
  const skip = await countOfRevisions(cluster.url);
  const [alone, subscribers]: [number, Subscriber[]] = [resident(), []];
  for (let first = 0; first < SUBSCRIBERS; first += 50) {
    const some = Array.from({ length: Math.min(50, SUBSCRIBERS - first) }, (_, n) =>
      subscribe(cursor, first + n < SAMPLE),
    );
    subscribers.push(...(await Promise.all(some)));
  }
  const before = resident();
  let most = before;
  const watching = setInterval(() => {
    most = Math.max(most, resident());
  }, 200);

  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1_000;
  // At once as many as one batch brings, and then again.
  const batch = Math.min(100, CHANGES);
  for (let written = 0; written < CHANGES; written += batch) {
    const claims = Array.from({ length: batch }, (_, n) => claim(`Change ${written + n}`));
    const { done } = await client.insist<Done<{ recorded: number }>>(mutation("recordClaims", "recorded"), {
      input: { claims },
    });
    expect(done).toEqual({ recorded: batch, errors: [] });
  }
  const written = seconds();
  const expected = await revisions(cluster.url, { skip });
  const all = () => subscribers.every(({ heard }) => heard >= expected.length);
  await until("everybody has heard everything", all, 240);
  const heard = seconds();
  await sleep(500);
  clearInterval(watching);
  note(
    `${SUBSCRIBERS} subscribers, ${expected.length} changes written in ${written.toFixed(1)} s and heard by all after ` +
      `${heard.toFixed(1)} s (${Math.round((SUBSCRIBERS * expected.length) / heard)} messages per second); resident ` +
      `${alone.toFixed(0)} MB alone, ${before.toFixed(0)} MB with them, at most ${most.toFixed(0)} MB`,
  );
  expect(subscribers.filter((one) => one.heard !== expected.length)).toEqual([]);
  for (const { ids } of subscribers.slice(0, SAMPLE)) expect(ids).toEqual(expected);
  expect(most - alone).toBeLessThan(GROWN_MEGABYTES);
  for (const { socket } of subscribers) socket.terminate();
});
