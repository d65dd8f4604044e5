// The load generator, a process of its own: as many keep-alive connections as told, each with one request under
// way. It shares the machine with what it measures, so it does next to nothing: requests are bytes made
// beforehand, of an answer only its length is read, and its own work costs every contender the same. A library
// (autocannon) does more for each answer, and cannot rotate through requests by their number.
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
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      let sent = 0;
      let missing = UNKNOWN;
      let tail = "";
      const send = () => {
        if (performance.now() >= deadline || failure) return socket.end(resolve);
        missing = UNKNOWN;
        tail = "";
        sent = performance.now();
        socket.write(bytes[next++ % bytes.length]);
      };
      socket.on("connect", send).on("error", reject);
      socket.on("data", (/** @type {Buffer} */ data) => {
        if (missing === UNKNOWN) {
          const end = data.indexOf(END_OF_HEAD);
          const head = data.latin1Slice(0, end);
          if (!head.startsWith("HTTP/1.1 200")) failure ??= data.toString();
          const length = /content-length: *(\d+)/i.exec(head);
          missing = length ? Number(length[1]) + end + END_OF_HEAD.length : Number.POSITIVE_INFINITY;
        }
        missing -= data.length;
        if (missing === Number.POSITIVE_INFINITY) {
          // An answer in chunks ends with an empty one, and nothing follows it: no other request is under way.
          tail = (tail + data.subarray(-END_OF_CHUNKS.length).latin1Slice()).slice(-END_OF_CHUNKS.length);
        }
        if (missing > 0 && tail !== END_OF_CHUNKS) return;
        milliseconds.push(performance.now() - sent);
        send();
      });
    });

  await Promise.all(Array.from({ length: connections }, connection));
  const elapsed = (performance.now() - start) / 1000;
  milliseconds.sort((a, b) => a - b);
  return { answers: milliseconds.length, seconds: elapsed, milliseconds, failure };
}

process.on("message", async (order) => process.send?.(await run(/** @type {Order} */ (order))));
