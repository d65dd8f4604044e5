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
/**
 * @param {string[]} mine what this one has heard
 * @returns {Promise<void>} once it is connected, or could not be
 */
const follow = (mine) =>
  new Promise((connected) => {
    createClient({
      url,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      on: { connected: () => connected() },
    }).subscribe(
      { query },
      {
        next: ({ data }) => {
          mine.push(data.changed.node.reason);
          if (mine.length === 1 && ++begun === heard.length) tell({ begun: true });
          if (mine.at(-1) === last && ++done === heard.length) {
            tell({ heard: [...new Set(heard.map((reasons) => reasons.slice(-Number(last)).join()))] });
          }
        },
        error: (error) => {
          tell({ error: `${error.code} ${error.reason ?? error.message}` });
          connected();
        },
        complete: () => undefined,
      },
    );
  });

// Some at a time: a server waits only so long for the first message of a connection, and a slow machine is slow at hundreds.
const coming = heard.values();
await Promise.all(
  Array.from({ length: 20 }, async () => {
    for (const mine of coming) await follow(mine);
  }),
);
