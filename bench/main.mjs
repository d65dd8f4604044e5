// npm run bench: measures Claimgraph beside hand-written SQL and its strongest peers. See docs/benchmarks.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openCluster } from "./cluster.mjs";
import { CACHE, contenders, prepare, start } from "./contenders.mjs";
import { databaseOf, withClient } from "./dataset.mjs";
import { openEmbedded } from "./embedded.mjs";
import { figuresAsJson } from "./figures.mjs";
import { finish, measure } from "./measure.mjs";
import { questions } from "./questions/index.mjs";
import { printResult, writeReport } from "./report.mjs";
import { ask, requestOf } from "./request.mjs";
import { measureStarts } from "./starts.mjs";

const USAGE = `npm run bench -- [options]
  --quick             10 k and 100 k claims, fewer and shorter rounds
  --sizes 10000,...   data sets, by their number of claims (10000,100000,1000000)
  --rounds N          alternating rounds of each question (5)
  --seconds N         length of one measurement (1.5)
  --only NAME,...     these questions: ${questions.map(({ name }) => name).join(", ")}
  --contenders A,...  these contenders: limit, claimgraph, postgraphile, naive, ahead
  --json FILE         writes the figures as data
  --docs FILE         writes the report (docs/benchmarks.md, unless only some questions are asked)
  --app FOLDER        the built server (dist)`;

const { values: given } = parseArgs({
  options: {
    quick: { type: "boolean" },
    sizes: { type: "string" },
    rounds: { type: "string" },
    seconds: { type: "string" },
    only: { type: "string" },
    contenders: { type: "string" },
    json: { type: "string" },
    docs: { type: "string" },
    app: { type: "string" },
    help: { type: "boolean" },
  },
});
if (given.help) {
  console.log(USAGE);
  process.exit();
}
const root = join(import.meta.dirname, "..");
const app = join(root, given.app ?? "dist");
const options = {
  sizes: (given.sizes ?? (given.quick ? "10000,100000" : "10000,100000,1000000")).split(",").map(Number),
  rounds: Number(given.rounds ?? (given.quick ? 2 : 5)),
  seconds: Number(given.seconds ?? (given.quick ? 0.4 : 1.5)),
};
const chosen = given.only ? questions.filter(({ name }) => given.only?.split(",").includes(name)) : questions;
if (chosen.length === 0) throw new Error(`No such question. ${USAGE}`);
const wanted = given.contenders?.split(",");

mkdirSync(CACHE, { recursive: true });
const modern = prepare();
const line_up = contenders(app, modern).filter(
  ({ name }) => !wanted || name === "limit" || wanted.includes(name.split("@")[0] ?? ""),
);
const cluster = await openCluster();
/** @type {(() => unknown)[]} */
const toStop = [cluster.stop, finish];
const began = new Date();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    for (const stop of toStop.reverse()) await stop();
    process.exit(1);
  });
}
try {
  /** @type {import("./report.mjs").SizeResults[]} */
  const measured = [];
  for (const claims of options.sizes) {
    console.log(`\n${claims.toLocaleString("en")} claims`);
    const database = await databaseOf(cluster.url, claims, app);
    const settings = { DATABASE_URL: database };
    const running = [];
    for (const contender of line_up) running.push(await started(contender, settings));
    if (claims === Math.min(...options.sizes) && claims <= 10_000 && !wanted) {
      running.push(await started(...(await openEmbedded(line_up, claims, app))));
    }
    const results = [];
    for (const question of chosen) {
      results.push(await measure(question, database, running, options));
      printResult(results.at(-1), running);
    }
    measured.push({ claims, contenders: running.map(({ contender }) => contender), results });
    for (const { running: one } of running) {
      await one.stop();
      toStop.splice(toStop.indexOf(one.stop), 1);
    }
  }
  const starts = wanted || given.only ? [] : await measureStarts(line_up, cluster.url, given.quick ? 1 : 3);
  if (given.json) writeFileSync(given.json, `${JSON.stringify(figuresAsJson(measured), null, 2)}\n`);
  const docs = given.docs ?? (wanted || given.only ? undefined : join(root, "docs/benchmarks.md"));
  const version = await withClient(
    cluster.url,
    async (client) => (await client.query("show server_version")).rows[0].server_version,
  );
  if (docs)
    writeReport(docs, {
      measured,
      starts,
      options,
      cluster,
      version,
      began,
      modern,
      quick: given.quick ?? false,
    });
} finally {
  for (const stop of toStop.reverse()) await stop();
}

/** @param {import("./contenders.mjs").Contender} contender @param {Record<string, string>} settings */
async function started(contender, settings) {
  const request = requestOf(contender, questions.find(({ name }) => name === "list") ?? chosen[0], {});
  const running = await start(contender, settings, (port) => ask(port, /** @type {any} */ (request)));
  toStop.push(running.stop);
  return { contender, running };
}
