// npm run example:client -- [endpoint] [event]
// With a key in CLAIMGRAPH_KEY it also records a claim, and follows it until it is stopped.
import { board } from "./board.js";
import { EXAMPLE, follow, record } from "./record.js";

const [endpoint = "http://127.0.0.1:4000/graphql", event = "north-korea-admits-deployment"] =
  process.argv.slice(2);
const key = process.env.CLAIMGRAPH_KEY;
try {
  for (const line of await board({ endpoint }, event)) console.log(line);
  if (key) {
    const id = await record({ endpoint, key }, EXAMPLE);
    console.log(`\nRecorded ${id}. Change or publish it in the playground; Ctrl+C ends this.`);
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    for await (const line of follow({ endpoint, key }, id, stop.signal)) console.log(line);
  }
} catch (error) {
  console.error(`${endpoint} gave no answer: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
