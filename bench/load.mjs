// The load generator, a process of its own: as many keep-alive connections as told, each with one request under
// way. It shares the machine with what it measures, so it does next to nothing: requests are bytes made
// beforehand, answers are read into one buffer and only their length is looked at, and its own work costs every
// contender the same. A library (autocannon) does more for each answer, and cannot rotate through requests by
// their number.
import { connect } from "node:net";

/**
 * @typedef {object} Order
 * @property {number} port
 * @property {string[]} requests whole HTTP requests, taken in turn
 * @property {number} connections
 * @property {number} seconds
 *
 * @typedef {object} Outcome
 * @property {number} answers
 * @property {number} seconds
 * @property {number[]} milliseconds one for each answer, ascending
 * @property {string | undefined} failure the first answer that was not 200
 */

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const END_OF_CHUNKS = "0\r\n\r\n";
const READ_BYTES = 1 << 18;
/** The head of the answer has not come yet. */
const UNKNOWN = -1;

/** @param {Order} order @returns {Promise<Outcome>} */
async function run({ port, requests, connections, seconds }) {
  const bytes = requests.map((request) => Buffer.from(request));
  /** @type {number[]} */
  const milliseconds = [];
  let next = 0;
  /** @type {string | undefined} */
  let failure;
  const start = performance.now();
  const deadline = start + seconds * 1000;

  const connection = () =>
    new Promise((resolve, reject) => {
      let sent = 0;
      let missing = UNKNOWN;
      let tail = "";
      let done = false;
      const send = () => {
        const now = performance.now();
        if (now >= deadline || failure) {
          done = true;
          return socket.end(resolve);
        }
        missing = UNKNOWN;
        tail = "";
        sent = now;
        socket.write(bytes[next++ % bytes.length]);
      };
      const receive = (/** @type {number} */ size, /** @type {Uint8Array} */ buffer) => {
        const data = /** @type {Buffer} */ (buffer);
        if (missing === UNKNOWN) {
          const end = data.indexOf(END_OF_HEAD);
          const head = data.latin1Slice(0, end);
          if (!head.startsWith("HTTP/1.1 200")) failure ??= data.utf8Slice(0, size);
          const length = /content-length: *(\d+)/i.exec(head);
          missing = length ? Number(length[1]) + end + END_OF_HEAD.length : Number.POSITIVE_INFINITY;
        }
        missing -= size;
        if (missing === Number.POSITIVE_INFINITY) {
          // An answer in chunks ends with an empty one, and nothing follows it: no other request is under way.
          const last = data.latin1Slice(Math.max(0, size - END_OF_CHUNKS.length), size);
          tail = (tail + last).slice(-END_OF_CHUNKS.length);
        }
        if (missing <= 0 || tail === END_OF_CHUNKS) {
          milliseconds.push(performance.now() - sent);
          send();
        }
        return true;
      };
      const onread = { buffer: Buffer.allocUnsafe(READ_BYTES), callback: receive };
      const socket = connect({ port, host: "127.0.0.1", noDelay: true, onread });
      socket.on("connect", send).on("error", reject);
      socket.on("end", () => {
        if (!done) failure ??= "the server closed a connection";
        resolve(undefined);
      });
    });

  await Promise.all(Array.from({ length: connections }, connection));
  const elapsed = (performance.now() - start) / 1000;
  milliseconds.sort((a, b) => a - b);
  return { answers: milliseconds.length, seconds: elapsed, milliseconds, failure };
}

process.on("message", async (order) => process.send?.(await run(/** @type {Order} */ (order))));
