// One data set: everybody is started on it, checked against each other, and measured.
import { setTimeout as sleep } from "node:timers/promises";
import { prepareQuestion } from "./answers.mjs";
import { databaseOf, peersAddTo, withClient } from "./dataset.mjs";
import { openEmbedded } from "./embedded.mjs";
import { residentMegabytes } from "./machine.mjs";
import { measure, settle } from "./measure.mjs";
import { planned } from "./progress.mjs";
import { board, list } from "./questions/board.mjs";
import { ask, requestOf } from "./request.mjs";
import { shapeOf } from "./shape.mjs";
import { start, stopServers } from "./start.mjs";
import { printResult } from "./tables.mjs";

/** How long servers are left alone before their idle memory is read. */
const IDLE_MS = 1000;

/**
 * @typedef {object} SizeResults
 * @property {number} claims
 * @property {Record<string, number>} shape what the rows are like, in words and numbers
 * @property {import("./contenders.mjs").Contender[]} contenders
 * @property {Record<string, number | undefined>} idle resident MB of each contender after its start
 * @property {import("./measure.mjs").Result[]} results
 *
 * @typedef {object} Run
 * @property {number | undefined} claims a generated set of this size; without it the database of the settings
 * @property {import("./cluster.mjs").Cluster} cluster
 * @property {import("./settings.mjs").Settings} settings
 * @property {import("./contenders.mjs").Contender[]} line_up
 * @property {import("./progress.mjs").Progress} progress
 */

/** @param {Run} run @returns {Promise<SizeResults>} */
export async function measureSize(run) {
  const { cluster, settings, progress } = run;
  const url = settings.database ?? (await databaseOf(cluster.url, run.claims ?? 0, settings.app));
  return withClient(url, async (client) => {
    if (settings.database) await peersAddTo(client);
    const shape = await shapeOf(client);
    const claims = run.claims ?? shape.claims ?? 0;
    progress.done(planned.fill(claims));
    console.log(`\n${claims.toLocaleString("en")} claims ${progress}`);

    const all = await startAll(run, claims, url);
    progress.done(planned.start);
    await sleep(IDLE_MS);
    const idle = Object.fromEntries(
      all.map(({ contender, running }) => [contender.name, residentMegabytes(running.pid)]),
    );
    const prepared = [];
    for (const question of settings.chosen) prepared.push(await prepareQuestion(question, client, all));
    progress.done(planned.prepare(settings.chosen.length));

    const pace = settings.pace(claims);
    const results = [];
    let settled = false;
    for (const group of together(prepared)) {
      // The boards come first, for the memory of a new process; everything else once compilers have settled.
      if (!settled && group.some(({ question }) => question.limit !== board.limit)) {
        await settle(prepared, pace);
        progress.done(planned.settle(all, pace));
        settled = true;
      }
      results.push(...(await measure(group, client, pace)));
      progress.done(group.length * planned.measure(all, pace));
      for (const result of results.slice(-group.length)) printResult(result, progress);
    }
    await stopServers();
    return { claims, shape, contenders: all.map(({ contender }) => contender), idle, results };
  });
}

/** Everybody who takes part, started at once. @param {Run} run @param {number} claims @param {string} url */
async function startAll({ settings, line_up }, claims, url) {
  /** @type {Place[]} */
  const places = line_up
    .filter(({ name }) => settings.takesPart(name, claims))
    .map((contender) => ({ contender, where: { DATABASE_URL: url } }));
  if (!settings.database && settings.takesPart("embedded", claims)) {
    places.push(await openEmbedded(line_up, claims, settings.app));
  }
  return startEach(places);
}

/** @typedef {{ contender: import("./contenders.mjs").Contender, where: Record<string, string> }} Place whom to start, and on which rows */

/** @param {Place[]} places */
export async function startEach(places) {
  const started = await Promise.allSettled(
    places.map(async ({ contender, where }) => {
      const request = /** @type {import("./request.mjs").Request} */ (requestOf(contender, list, {}));
      const running = await start(contender, where, (port) => ask(port, request));
      return { contender, running };
    }),
  );
  return started.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}

/**
 * The questions in their order, those next to each other that are measured against each other.
 *
 * @param {import("./answers.mjs").Prepared[]} prepared
 */
export function together(prepared) {
  /** @type {(one: import("./answers.mjs").Prepared, other: import("./answers.mjs").Prepared) => boolean} */
  const names = ({ question: { against = {} } }, other) => other.question.name in against;
  /** @type {import("./answers.mjs").Prepared[][]} */
  const groups = [];
  for (const one of prepared) {
    if (groups.flat().includes(one)) continue;
    const group = [one];
    // It grows while it is gone through: who is measured against the same question belongs to it as well.
    for (const member of group) {
      const related = prepared.filter((other) => names(member, other) || names(other, member));
      group.push(...related.filter((other) => !group.includes(other)));
    }
    groups.push(group);
  }
  return groups;
}
