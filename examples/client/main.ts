// npm run example:client -- [endpoint] [event]
import { board } from "./board.js";

const [endpoint = "http://127.0.0.1:4000/graphql", event = "north-korea-admits-deployment"] =
  process.argv.slice(2);
try {
  for (const line of await board(endpoint, event)) console.log(line);
} catch (error) {
  console.error(`${endpoint} gave no answer: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
