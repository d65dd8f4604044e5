import { type AddressInfo, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Listener } from "../../src/database/listener.js";

/** A message of PostgreSQL's protocol: its letter, its length, and what it holds. */
function message(letter: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(letter);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const READY = message("Z", Buffer.from("I"));
const WELCOME = Buffer.concat([message("R", Buffer.alloc(4)), READY]);
const LISTENING = Buffer.concat([message("C", Buffer.from("LISTEN\0")), READY]);

/** Lets everybody in, and breaks the first connections as soon as they ask for something. */
async function serverThatBreaks(first: number) {
  const open = new Set<Socket>();
  let asked = 0;
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => open.delete(socket));
    socket.once("data", () => {
      socket.write(WELCOME);
      socket.on("data", (data) => {
        if (data[0] !== "Q".charCodeAt(0)) return socket.end();
        if (asked++ < first) return socket.destroy();
        return socket.write(LISTENING);
      });
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    open,
    asked: () => asked,
    address: { host: "127.0.0.1", port: (server.address() as AddressInfo).port, user: "x", database: "x" },
    close: () => server.close(),
  };
}

test("a connection that breaks as listening begins is made again once, and ended by closing", async () => {
  const server = await serverThatBreaks(2);
  let wakes = 0;
  const listener = new Listener(server.address, "changes", () => wakes++);
  while (wakes === 0) await sleep(20);
  // Longer than the pause after two failures: a second connection would be there.
  await sleep(1_500);
  expect([wakes, server.asked(), server.open.size]).toEqual([1, 3, 1]);
  await listener.close();
  while (server.open.size > 0) await sleep(20);
  server.close();
});
