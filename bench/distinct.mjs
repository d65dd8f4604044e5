// npm run bench:distinct: a stream of operations of which no two are alike, and what the server keeps of them.
import { join } from "node:path";
import { openCluster } from "./cluster.mjs";
import { contenders } from "./contenders.mjs";
import { databaseOf } from "./dataset.mjs";
import { residentMegabytes } from "./machine.mjs";
import { ask } from "./request.mjs";
import { start } from "./start.mjs";

const OPERATIONS = Number(process.argv[2] ?? 100_000);
const STEP = OPERATIONS / 10;
const AT_ONCE = 8;

/** One of ever different documents: as text, by alias, by arguments, by what is selected. @param {number} index */
const operation = (index) => ({
  method: /** @type {const} */ ("POST"),
  path: "/graphql",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    query: `query Q${index}($slug: String) {
      actor(slug: "state-${index % 50}") { a${index}: name ${index % 2 ? "kind" : "slug"} }
      claims(first: ${index % 20}, where: { statement: { startsWith: "${index}" } }) { nodes { b${index}: id } }
      actors(first: 1, where: { slug: { eq: $slug } }) { c${index}: totalCount }
    }`,
    variables: { slug: `nobody-${index}` },
  }),
});

const app = join(import.meta.dirname, "../dist");
const cluster = await openCluster();
try {
  const settings = { DATABASE_URL: await databaseOf(cluster.url, 10_000, app) };
  const claimgraph = contenders(app, "").find(({ name }) => name === "claimgraph");
  if (!claimgraph) throw new Error("the benchmark has no contender claimgraph");
  const running = await start(claimgraph, settings, (port) => ask(port, operation(OPERATIONS)));
  const report = (/** @type {number} */ sent) =>
    console.log(
      `${sent.toLocaleString("en").padStart(9)} operations  ${residentMegabytes(running.pid)?.toFixed(0)} MB`,
    );
  let next = 0;
  report(next);
  while (next < OPERATIONS) {
    const end = next + STEP;
    const worker = async () => {
      while (next < end) await ask(running.port, operation(next++));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    report(next);
  }
  await running.stop();
} finally {
  await cluster.stop();
}
