// npm run bench: measures Claimgraph beside hand-written SQL and its strongest peers. See docs/benchmarks.md.
import { writeFileSync } from "node:fs";
import { openCluster } from "./cluster.mjs";
import { contenders } from "./contenders.mjs";
import { withClient } from "./dataset.mjs";
import { figuresAsJson } from "./figures.mjs";
import { finish } from "./generator.mjs";
import { measureGrowth } from "./growth.mjs";
import { prepare } from "./install.mjs";
import { otherWork } from "./machine.mjs";
import { Progress, plannedSeconds } from "./progress.mjs";
import { writeReport } from "./report.mjs";
import { readSettings } from "./settings.mjs";
import { measureSize } from "./size.mjs";
import { stopServers } from "./start.mjs";
import { measureStarts } from "./starts.mjs";

const settings = readSettings();
if (typeof settings === "string") {
  console.log(settings);
  process.exit();
}
const other = otherWork();
if (other) console.log(`Careful: ${other}.`);
const modern = prepare();
const began = new Date();
const line_up = contenders(settings.app, modern);
/** @type {import("./cluster.mjs").Cluster | undefined} */
let cluster;
/** @type {Promise<void> | undefined} */
let stopping;
/** What has to be stopped whatever happens, once: whoever asks again waits for it. */
const stopAll = () => {
  stopping ??= stopServers().then(finish).then(cluster?.stop);
  return stopping;
};
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    // What is being measured fails when its servers go; that must not end the process before all are gone.
    process.on("uncaughtException", () => {});
    stopAll().finally(() => process.exit(1));
  });
}

try {
  cluster = await openCluster(settings.database);
  const version = await withClient(
    cluster.url,
    async (client) => (await client.query("show server_version")).rows[0].server_version,
  );
  const progress = new Progress(plannedSeconds(settings, line_up));
  const measured = [];
  for (const claims of settings.database ? [undefined] : settings.sizes) {
    measured.push(await measureSize({ claims, cluster, settings, line_up, progress }));
  }
  const growth = await measureGrowth({ cluster, settings, line_up, progress });
  const starts = await measureStarts(line_up, cluster.url, settings.starts);
  if (settings.json)
    writeFileSync(settings.json, `${JSON.stringify(figuresAsJson(measured, growth), null, 2)}\n`);
  if (settings.docs) {
    const minutes = (Date.now() - began.getTime()) / 60_000;
    writeReport(settings.docs, {
      measured,
      growth,
      starts,
      settings,
      cluster,
      version,
      began,
      minutes,
      modern,
      other,
    });
    console.log(`\nWritten to ${settings.docs} ${progress}`);
  }
} finally {
  await stopAll();
}
