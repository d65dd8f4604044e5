import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { type Receiver, receive } from "../../src/http/live/messages.js";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
beforeAll(() => once(server, "listening"));
afterAll(() => void server.close());

/** Both ends of a connection. */
async function connected(receiver: Receiver) {
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [end] = (await once(server, "connection")) as [WebSocket];
  receive(end, receiver);
  await once(client, "open");
  return { client, end };
}

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const LONG = "long".repeat(10_000);

test("messages are read one by one and in order, long ones in turn", async () => {
  const read: string[] = [];
  let free: () => void = () => undefined;
  let turns = 0;
  const turn = () =>
    new Promise<() => void>((resolve) => {
      free = () => resolve(() => turns++);
    });
  const refuse = () => read.push("refused");
  const { client, end } = await connected({ read: (text) => read.push(text.slice(0, 4)), turn, refuse });
  for (const text of ["one", LONG, "two"]) client.send(text);
  client.ping();
  while (read.length < 1 || !end.isPaused) await later(1);
  // Whatever else arrives waits where the system keeps it.
  client.send("four");
  await later(50);
  expect([read, end.isPaused]).toEqual([["one"], true]);
  free();
  while (read.length < 4) await later(1);
  expect([read, turns]).toEqual([["one", "long", "two", "four"], 1]);
  while (end.isPaused) await later(1);
  client.terminate();
});

test("who may not have a turn is refused, and what he sent with it is not read", async () => {
  const told: unknown[] = [];
  const { client, end } = await connected({
    read: (text) => told.push(text),
    turn: () => Promise.reject(new Error("too many")),
    refuse: (error) => {
      told.push((error as Error).message);
      end.close();
    },
  });
  client.send(LONG);
  await once(client, "close");
  expect(told).toEqual(["too many"]);
});
