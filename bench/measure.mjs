// Measures what was found to be answered alike, in alternating rounds.
import { DATABASES } from "./dataset.mjs";
import { load } from "./generator.mjs";
import { cpuSeconds, forgetPeak, isPostgres, peakMegabytes } from "./machine.mjs";

/** The kinds of questions of which very many can be asked before anything is measured. */
const SETTLING = new Set(["small", "filtered"]);
/** Comes before each measurement: pools close connections that were idle while others were measured. */
const LEAD_IN_SECONDS = 0.05;

/**
 * @typedef {import("./answers.mjs").Prepared} Prepared
 * @typedef {import("./answers.mjs").Asked} Asked
 * @typedef {import("pg").Client} Client
 *
 * @typedef {object} Figures of one measurement
 * @property {number} perSecond answers
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 * @property {number} cpu seconds of server and database together, for one answer
 * @property {number} databaseCpu seconds
 * @property {number | undefined} megabytes the server's peak during it
 *
 * @typedef {Prepared & { rounds: Record<string, Figures[]> }} Result figures of each round by contender
 *
 * @typedef {object} Pace
 * @property {number} rounds
 * @property {number} contextRounds of contenders that stand in the tables only for orientation
 * @property {number} seconds of one measurement
 * @property {number} warmUp seconds before the first round
 * @property {number} settle seconds for each server, before anything is measured but the boards
 */

/** Whether a contender is measured in a round. @param {Asked} one @param {Pace} pace @param {number} round */
const takesPart = ({ contender }, { rounds, contextRounds }, round) =>
  round < (contender.context ? contextRounds : rounds);

/**
 * Measures questions that are compared with each other, in the same rounds.
 *
 * @param {Prepared[]} questions @param {Client} client a connection to the database @param {Pace} pace
 * @returns {Promise<Result[]>}
 */
export async function measure(questions, client, pace) {
  const results = questions.map((prepared) => {
    const rounds = Object.fromEntries(prepared.asked.map(({ contender }) => [contender.name, []]));
    return { ...prepared, /** @type {Record<string, Figures[]>} */ rounds };
  });
  const entries = results.flatMap(({ asked, rounds }) => asked.map((one) => ({ one, rounds })));
  for (const { one } of entries) {
    if (!one.contender.context) await load(one.running.port, one.requests, pace.warmUp, one.connections);
  }
  for (let round = 0; round < Math.max(pace.rounds, pace.contextRounds); round++) {
    // The order turns round, so that nobody always follows the same one.
    for (const { one, rounds } of round % 2 === 0 ? entries : entries.toReversed()) {
      if (!takesPart(one, pace, round)) continue;
      rounds[one.contender.name]?.push(await figuresOf(one, client, pace.seconds));
    }
  }
  return results;
}

/**
 * Lets compilers and plans settle: a new server answers small questions several times slower than one that has
 * answered some thousands. Each is asked in turn all questions that take little.
 *
 * @param {Prepared[]} questions @param {Pace} pace
 */
export async function settle(questions, { settle: seconds }) {
  /** @type {Map<Asked["running"], string[][]>} */
  const toAsk = new Map();
  const small = questions.filter(({ question }) => SETTLING.has(question.kind));
  for (const { contender, running, requests } of small.flatMap(({ asked }) => asked)) {
    if (!contender.context) toAsk.set(running, [...(toAsk.get(running) ?? []), requests]);
  }
  for (const [{ port }, questions] of toAsk) {
    const most = Math.max(...questions.map((requests) => requests.length));
    const inTurn = Array.from({ length: most }, (_, index) =>
      questions.map((requests) => requests[index % requests.length] ?? ""),
    );
    await load(port, inTurn.flat(), seconds);
  }
}

/** @param {Asked} one @param {Client} client @param {number} seconds @returns {Promise<Figures>} */
async function figuresOf({ contender, running, requests, connections }, client, seconds) {
  if (!contender.context) await load(running.port, requests, LEAD_IN_SECONDS, connections);
  const databaseServer = contender.embedded ? undefined : client;
  const isNew = forgetPeak(running.pid);
  const before = await cpuOf(running.pid, databaseServer);
  const outcome = await load(running.port, requests, seconds, connections);
  const after = await cpuOf(running.pid, databaseServer);
  const inDatabase = [...after.database].map(([pid, cpu]) => cpu - (before.database.get(pid) ?? 0));
  const databaseCpu = inDatabase.reduce((sum, cpu) => sum + cpu, 0) / outcome.answers;
  const at = (/** @type {number} */ share) =>
    outcome.milliseconds[Math.min(outcome.answers - 1, Math.floor(share * outcome.answers))] ?? Number.NaN;
  return {
    perSecond: outcome.answers / outcome.seconds,
    p50: at(0.5),
    p99: at(0.99),
    cpu: (after.server - before.server) / outcome.answers + databaseCpu,
    databaseCpu,
    megabytes: isNew ? peakMegabytes(running.pid) : undefined,
  };
}

/**
 * CPU seconds so far of a server, and of each process of PostgreSQL that serves a database of the benchmark, if it runs on
 * this machine. Contenders that are not measured ask nothing meanwhile. A worker of a parallel plan is missing if it has come and gone in between.
 *
 * @param {number} server @param {Client} [client] nothing for a server that is its own database
 */
async function cpuOf(server, client) {
  if (!client) return { server: cpuSeconds(server), database: new Map() };
  const { rows } = await client.query(
    `select pid from pg_stat_activity
      where pid <> pg_backend_pid() and (datname = current_database() or starts_with(datname, '${DATABASES}'))`,
  );
  /** @type {number[]} */
  const backends = rows.map(({ pid }) => pid).filter(isPostgres);
  const database = new Map(backends.map((pid) => [pid, cpuSeconds(pid)]));
  return { server: cpuSeconds(server), database };
}
