// One of the worst requests, sent as fast as it can from several connections at once. It runs in a thread of its own, so
// that it does not slow down who measures.
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import WebSocket from "ws";
import { worst } from "./worst-requests.mjs";

/** @type {{ name: string, url: string, connections: number, seconds: number, beginning: string }} */
const { name, url, connections, seconds, beginning } = workerData;
const asked = worst.find((one) => one.name === name);
const end = Date.now() + seconds * 1_000;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const MOST_UNSENT_BYTES = 1_000_000;
/** What came back, by status and code, and how often. */
const answers = {};
const count = (what) => {
  answers[what] = (answers[what] ?? 0) + 1;
};
const left = () => Math.max(end - Date.now(), 100);

const bodyOf = (turn) => {
  const body = asked.body(turn, beginning);
  return typeof body === "string" ? body : JSON.stringify(body);
};

function begin(turn) {
  const body = bodyOf(turn);
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...asked.headers,
  };
  const sent = request(new URL(asked.path ?? "/graphql", url), { method: "POST", agent, headers });
  sent.end(body);
  return sent;
}

/** Opens a connection of its own and sends a request that says to have so many bytes more than it has. */
function open(turn, missing = 0) {
  const { hostname, port } = new URL(url);
  const body = bodyOf(turn);
  const socket = connect(Number(port), hostname).on("error", () => undefined);
  const length = Buffer.byteLength(body) + missing;
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
  );
  return socket;
}

/** How a request is sent, until the end of the attack or once. */
const HOW = {
  /** Waits for the answer, and reads it. */
  ask: (turn) =>
    new Promise((resolve) => {
      const sent = begin(turn);
      const late = setTimeout(() => sent.destroy(new Error("no answer in time")), left());
      const done = (what) => {
        clearTimeout(late);
        count(what);
        resolve();
      };
      sent.once("error", ({ code, message }) => done(code ?? message));
      sent.once("response", (response) => {
        let text = "";
        response.on("data", (data) => {
          if (text.length < 2_000) text += data.toString("latin1", 0, 2_000);
        });
        response.once("error", () => done("broken off"));
        response.once("end", () =>
          done(`${response.statusCode} ${/"code":"(\w+)"/.exec(text)?.[1] ?? "answered"}`),
        );
      });
    }),

  /** Reads nothing of the answer. */
  async unread(turn) {
    const socket = open(turn).pause();
    count("not read");
    await sleep(left());
    socket.destroy();
  },

  /** Sends the end of the body byte by byte. */
  async trickle(turn) {
    const socket = open(turn, 10_000);
    count("not sent to the end");
    while (Date.now() < end && !socket.destroyed) {
      socket.write(" ");
      await sleep(50);
    }
    socket.destroy();
  },

  /** Goes away without waiting. */
  async leave(turn) {
    const sent = begin(turn).on("error", () => undefined);
    await sleep(20);
    sent.destroy();
    count("left");
  },

  /** Subscribes many times over one WebSocket. */
  async subscribe(turn) {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    socket.on("error", () => count("refused"));
    socket.once("open", () => socket.send('{"type":"connection_init"}'));
    socket.on("message", (data) => {
      const text = String(data);
      const code = /"code":"(\w+)"/.exec(text)?.[1];
      if (code) count(code);
      if (!text.includes("connection_ack")) return;
      for (let id = 0; id < 12; id++) {
        const payload = asked.body(turn * 12 + id, beginning);
        socket.send(JSON.stringify({ id: String(id), type: "subscribe", payload }));
      }
    });
    await sleep(left());
    socket.terminate();
  },

  /** Sends message after message over one WebSocket, as fast as they are taken. */
  async pour(turn) {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    socket.on("error", () => count("refused"));
    socket.once("open", () => socket.send('{"type":"connection_init"}'));
    socket.on("message", async (data) => {
      if (!data.includes("connection_ack")) return;
      for (let id = 0; socket.readyState === WebSocket.OPEN && Date.now() < end; id++) {
        socket.send(bodyOf(turn * 100_000 + id), () => count("sent"));
        if (socket.bufferedAmount > MOST_UNSENT_BYTES) await sleep(1);
      }
    });
    await Promise.race([sleep(left()), new Promise((resolve) => socket.once("close", resolve))]);
    socket.terminate();
  },

  /** Opens a hundred WebSockets and says nothing. */
  async silence() {
    const sockets = Array.from({ length: 100 }, () =>
      new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws")
        .on("error", () => count("refused"))
        .on("open", () => count("open")),
    );
    await sleep(left());
    for (const socket of sockets) socket.terminate();
  },
};

const send = HOW[asked.how ?? "ask"];
await Promise.all(
  Array.from({ length: connections }, async (_, line) => {
    for (let turn = 0; Date.now() < end; turn++) await send(line * 10_000 + turn);
  }),
);
agent.destroy();
parentPort.postMessage(answers);
