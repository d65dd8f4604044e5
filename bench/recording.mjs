// npm run bench:recording: how long recording a claim takes, for one build or for several in turns.
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { TypeID } from "typeid-js";
import { openCluster } from "./cluster.mjs";
import { contenders } from "./contenders.mjs";
import { DATABASES, databaseOf, withClient } from "./dataset.mjs";
import { median } from "./figures.mjs";
import { common, longest } from "./questions/disputes.mjs";
import { VISIBLE } from "./questions/question.mjs";
import { ask } from "./request.mjs";
import { start, stopServers } from "./start.mjs";

const USAGE = `npm run bench:recording -- [options]
  --claims N     size of the data set (100000)
  --times N      claims recorded about each kind of proposition, one after another (200)
  --app FOLDER   a built server with its migrations beside it (dist); given several times, the builds are measured in
                 turns, and what each takes is divided by what the first does`;

const ROUNDS = 10;
/** Recorded before anything is measured. */
const WARM_UP = 50;

/** What the claims are about: SQL for the slugs of propositions. */
const ABOUT = {
  "nothing in particular": "select null as slug",
  "a proposition with about 20 claims": common,
  "the YES_NO with the most claims": longest("YES_NO"),
  "the QUANTITY with the most claims": longest("QUANTITY"),
};
const KINDS = /** @type {(keyof typeof ABOUT)[]} */ (Object.keys(ABOUT));

const mutation = `mutation ($input: RecordClaimInput!) {
  recordClaim(input: $input) { claim { id } errors { code message path } }
}`;

const { values: given } = parseArgs({
  options: {
    claims: { type: "string", default: "100000" },
    times: { type: "string", default: "200" },
    app: { type: "string", multiple: true, default: ["dist"] },
    help: { type: "boolean" },
  },
});
if (given.help) {
  console.log(USAGE);
  process.exit();
}
const claims = Number(given.claims);
const times = Number(given.times);
const perRound = Math.ceil(times / ROUNDS);
/** For these runs alone. */
const key = randomBytes(32).toString("hex");

/**
 * @typedef {object} Build
 * @property {string} app its folder
 * @property {string} database the copy of the rows that it records in
 * @property {number} port
 * @property {Draw[]} draws what claims are made of, taken in turn
 * @property {number} next
 * @property {Record<string, number[][]>} milliseconds of each round, by what the claims are about
 *
 * @typedef {{ actor: string, event: string, source: string, slugs: Record<string, string[]>, quantities: string[] }} Draw
 */

/** Who says it, about which event and where: as often as in the rows. @param {import("pg").Client} client */
async function drawsOf(client) {
  const { rows } = await client.query(`
    select claim.asserted_by_id as actor, event_id as event, source_id as source
    from claim join claim_event on claim_event.claim_id = claim.id join citation on citation.claim_id = claim.id
      join source on source.id = source_id
    where source.text is null and claim.${VISIBLE} order by hashtext(claim.id::text), claim.id, event_id, citation.id limit 1000`);
  /** @type {Record<string, string[]>} */
  const slugs = {};
  for (const kind of KINDS) slugs[kind] = (await client.query(ABOUT[kind])).rows.map(({ slug }) => slug);
  const quantities = (await client.query("select slug from proposition where kind = 'QUANTITY'")).rows;
  return rows.map((row) => ({ ...row, slugs, quantities: quantities.map(({ slug }) => slug) }));
}

/** @param {"actor" | "event" | "source"} type @param {string} id */
const idOf = (type, id) => TypeID.fromUUID(type, id).toString();

/**
 * A claim by somebody who speaks often or seldom, with one quote of a source that keeps no text.
 *
 * @param {Draw} draw @param {keyof typeof ABOUT} about @param {number} number
 */
function claimOf({ actor, event, source, slugs, quantities }, about, number) {
  const all = slugs[about] ?? [];
  const slug = all[number % all.length];
  const figure = slug && quantities.includes(slug) && { best: 100 + (number % 900), approximator: "ABOUT" };
  return {
    statement: `Says something once more, ${number}`,
    language: "en",
    act: "ASSERT",
    stance: number % 3 ? "AFFIRMS" : "REJECTS",
    status: "PUBLISHED",
    assertedBy: { id: idOf("actor", actor) },
    assertedAt: `2025-12-${String(1 + (number % 28)).padStart(2, "0")}`,
    events: [{ id: idOf("event", event) }],
    citations: [{ source: { id: idOf("source", source) }, quote: { exact: "something once more" } }],
    ...(slug && { proposition: { slug } }),
    ...(figure && { figure }),
  };
}

/** Records some claims one after another. @param {Build} build @param {keyof typeof ABOUT} about @param {number} number */
async function record(build, about, number) {
  const milliseconds = [];
  for (let one = 0; one < number; one++) {
    const count = build.next++;
    const draw = /** @type {Draw} */ (build.draws[count % build.draws.length]);
    const input = { claim: claimOf(draw, about, count) };
    const request = {
      method: /** @type {const} */ ("POST"),
      path: "/graphql",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: mutation, variables: { input } }),
    };
    const sent = performance.now();
    const { data, errors } = await ask(build.port, request);
    milliseconds.push(performance.now() - sent);
    const problems = errors ?? data.recordClaim.errors;
    if (problems.length > 0) throw new Error(`${build.app}: ${JSON.stringify(problems)}`);
  }
  return milliseconds;
}

const cluster = await openCluster();
/** @type {Build[]} */
const builds = [];

/** Starts a build on a copy of the rows, so that those are left as they were. @param {string} app @param {number} index */
async function open(app, index) {
  const origin = await databaseOf(cluster.url, claims, app);
  const database = `${DATABASES}recording_${index}`;
  const draws = await withClient(origin, drawsOf);
  await withClient(cluster.url, async (client) => {
    await client.query(`drop database if exists ${database}`);
    await client.query(`create database ${database} template ${DATABASES}${claims} strategy file_copy`);
  });
  const claimgraph = contenders(app, "").find(({ name }) => name === "claimgraph");
  if (!claimgraph) throw new Error("the benchmark has no contender claimgraph");
  const url = Object.assign(new URL(cluster.url), { pathname: `/${database}` }).href;
  const settings = { DATABASE_URL: url, ADMIN_KEY: key };
  const body = JSON.stringify({ query: "{ claims(first: 1) { nodes { id } } }" });
  const first = { method: /** @type {const} */ ("POST"), path: "/graphql", body };
  const { port } = await start({ ...claimgraph, name: `recording-${index}` }, settings, (port) =>
    ask(port, { ...first, headers: { "content-type": "application/json" } }),
  );
  builds.push({ app, database, port, draws, next: 0, milliseconds: {} });
}

/** @param {number[]} values */
const shown = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const p90 = sorted[Math.floor(0.9 * sorted.length)] ?? Number.NaN;
  return `p50 ${median(sorted).toFixed(2)} ms  p90 ${p90.toFixed(2)} ms`;
};

try {
  for (const [index, app] of given.app.entries()) await open(resolve(app), index);
  for (const build of builds) for (const about of KINDS) await record(build, about, WARM_UP);
  for (let round = 0; round < ROUNDS; round++) {
    for (const about of KINDS) {
      // The order turns round, so that nobody always follows the same one.
      for (const build of round % 2 ? builds.toReversed() : builds) {
        const rounds = build.milliseconds[about] ?? [];
        build.milliseconds[about] = [...rounds, await record(build, about, perRound)];
      }
    }
  }
  console.log(
    `Recording a claim at ${claims.toLocaleString("en")} claims, ${perRound * ROUNDS} one after another`,
  );
  for (const about of KINDS) {
    console.log(`about ${about}`);
    const firsts = builds[0]?.milliseconds[about] ?? [];
    for (const { app, milliseconds } of builds) {
      const rounds = milliseconds[about] ?? [];
      const times = rounds.map((round, index) => median(round) / median(firsts[index] ?? []));
      console.log(`  ${shown(rounds.flat())}  × ${median(times).toFixed(2)}  ${app}`);
    }
  }
} finally {
  await stopServers();
  await withClient(cluster.url, async (client) => {
    for (const { database } of builds) await client.query(`drop database if exists ${database}`);
  });
  await cluster.stop();
}
