// Follows by many connections. Writes a line when all have heard something, and one when all have heard the last
// change, with what they have heard of the last ones: one entry for all who have heard the same.
// Arguments: address, operation, how many, the reason of the last change.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [url, query, count, last] = process.argv.slice(2);
/** The reasons that each has heard. @type {string[][]} */
const heard = Array.from({ length: Number(count) }, () => []);
let begun = 0;
let done = 0;
/** @param {object} line */
const tell = (line) => console.log(JSON.stringify(line));
for (const mine of heard) {
  createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 }).subscribe(
    { query },
    {
      next: ({ data }) => {
        mine.push(data.changed.node.reason);
        if (mine.length === 1 && ++begun === heard.length) tell({ begun: true });
        if (mine.at(-1) === last && ++done === heard.length) {
          tell({ heard: [...new Set(heard.map((reasons) => reasons.slice(-Number(last)).join()))] });
        }
      },
      error: (error) =>
        console.log(JSON.stringify({ error: `${error.code} ${error.reason ?? error.message}` })),
      complete: () => undefined,
    },
  );
}
