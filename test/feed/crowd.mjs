// Follows by a thousand connections and tells on each line how many changes all of them have heard.
// Arguments: address, operation, how many.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [url, query, count] = process.argv.slice(2);
/** The reasons that each has heard. @type {string[][]} */
const heard = Array.from({ length: Number(count) }, () => []);
let told = 0;
for (const mine of heard) {
  createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 }).subscribe(
    { query },
    {
      next: ({ data }) => {
        mine.push(data.changed.node.reason);
        const all = heard.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY);
        if (all > told) {
          told = all;
          // The last are the same for all: they may have begun at different changes.
          const last = new Set(heard.map((reasons) => reasons.slice(-20).join()));
          console.log(JSON.stringify({ all, last: [...last] }));
        }
      },
      error: (error) =>
        console.log(JSON.stringify({ error: `${error.code} ${error.reason ?? error.message}` })),
      complete: () => undefined,
    },
  );
}
