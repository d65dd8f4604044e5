// Checks that everybody answers the same, then measures in alternating rounds.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { canonical } from "./canonical.mjs";
import { withClient } from "./dataset.mjs";
import { cpuSeconds, forgetPeak, isPostgres, peakMegabytes } from "./machine.mjs";
import { ask, requestOf, wire } from "./request.mjs";

const CONNECTIONS = 8;
const WARM_UP_SECONDS = 0.2;
/** How many of the requests of a question are compared before it is measured. */
const COMPARED = 5;

/**
 * @typedef {import("./questions/question.mjs").Question} Question
 * @typedef {import("./questions/question.mjs").Parameters} Parameters
 * @typedef {{ contender: import("./contenders.mjs").Contender, running: import("./contenders.mjs").Running }} Started
 * @typedef {{ perSecond: number, p50: number, p99: number, cpu: number, databaseCpu: number, megabytes: number | undefined }} Figures
 * @typedef {{ question: Question, page?: number, bytes: number, rounds: Record<string, Figures[]> }} Result
 */

/**
 * @param {Question} question @param {string} database
 * @returns {Promise<Parameters[]>}
 */
const parametersOf = (question, database) =>
  question.parameters === undefined
    ? Promise.resolve([{}])
    : withClient(database, async (client) => (await client.query(question.parameters ?? "")).rows);

/**
 * The requests with which each contender is asked a question.
 *
 * @param {Question} question @param {Parameters[]} parameters @param {Started} started
 * @returns {Promise<import("./request.mjs").Request[] | undefined>}
 */
async function requestsTo(question, parameters, { contender, running }) {
  if (question.page === undefined || contender.language === "limit") {
    const requests = parameters.map((asked) => requestOf(contender, question, asked));
    return requests.every((request) => request) ? /** @type {any} */ (requests) : undefined;
  }
  // A cursor is the contender's own: it is found by turning the pages, as a reader would.
  let after;
  for (let page = 1; page < parameters[0].page; page++) {
    const request = requestOf(contender, question, { after });
    if (!request) return undefined;
    const { data, errors } = await ask(running.port, request);
    if (!data?.claims) throw new Error(`${contender.title} at page ${page}: ${JSON.stringify(errors)}`);
    after = data.claims.pageInfo.endCursor;
  }
  const request = requestOf(contender, question, { after });
  return request && [request];
}

/**
 * @param {Question} question @param {string} database @param {Started[]} all the first is the measure of the others
 * @param {{ rounds: number, seconds: number }} options
 * @returns {Promise<Result>}
 */
export async function measure(question, database, all, { rounds, seconds }) {
  const parameters = await parametersOf(question, database);
  if (parameters.length === 0) throw new Error(`${question.name}: the data set has nothing to ask for`);
  const asked = [];
  let expected;
  let bytes = 0;
  for (const started of all) {
    const requests = await requestsTo(question, parameters, started);
    if (!requests) continue;
    const compared = requests.slice(0, COMPARED);
    const raw = [];
    for (const request of compared) raw.push(await ask(started.running.port, request));
    const answers = raw.map(canonical);
    expected ??= answers;
    bytes ||= Buffer.byteLength(JSON.stringify(raw[0]));
    compare(question, started.contender.title, answers, expected);
    asked.push({ ...started, requests: requests.map(wire) });
  }
  /** @type {Record<string, Figures[]>} */
  const figures = Object.fromEntries(asked.map(({ contender }) => [contender.name, []]));
  // Compilers of JavaScript and plans of prepared statements take some requests to settle.
  for (const one of asked) await load(one, seconds);
  for (let round = 0; round < rounds; round++) {
    // Each round begins with another contender, so that nobody always follows the same one.
    for (const one of [...asked.slice(round % asked.length), ...asked.slice(0, round % asked.length)]) {
      figures[one.contender.name]?.push(await figuresOf(one, seconds, database));
    }
  }
  return { question, page: parameters[0].page, bytes, rounds: figures };
}

/** @param {Question} question @param {string} title @param {string[]} answers @param {string[]} expected */
function compare(question, title, answers, expected) {
  for (const [index, answer] of answers.entries()) {
    if (answer === expected[index]) continue;
    const [given, wanted] = [answer, expected[index] ?? ""].map((text) => text.split("\n"));
    const line = given.findIndex((text, place) => text !== wanted[place]);
    throw new Error(
      `${title} answers "${question.name}" differently, first in line ${line}: ${given[line]} instead of ${wanted[line]}`,
    );
  }
}

/** The processes of PostgreSQL that serve a database, if it runs on this machine. @param {string} database */
const backends = (database) =>
  withClient(database, async (client) => {
    const { rows } = await client.query(
      "select pid from pg_stat_activity where datname = current_database()",
    );
    return rows.map(({ pid }) => pid).filter(isPostgres);
  });

async function figuresOf({ running, requests }, seconds, database) {
  // Pools close connections that were idle while others were measured.
  await load({ running, requests }, WARM_UP_SECONDS);
  const everybody = [running.pid, ...(await backends(database))];
  forgetPeak(running.pid);
  const before = everybody.map(cpuSeconds);
  const outcome = await load({ running, requests }, seconds);
  const [server, ...others] = everybody.map((pid, index) => Math.max(0, cpuSeconds(pid) - before[index]));
  const inDatabase = others.reduce((sum, seconds) => sum + seconds, 0);
  const at = (share) =>
    outcome.milliseconds[Math.min(outcome.answers - 1, Math.floor(share * outcome.answers))];
  return {
    perSecond: outcome.answers / outcome.seconds,
    p50: at(0.5),
    p99: at(0.99),
    cpu: (server + inDatabase) / outcome.answers,
    databaseCpu: inDatabase / outcome.answers,
    megabytes: peakMegabytes(running.pid),
  };
}

/** @type {import("node:child_process").ChildProcess | undefined} */
let generator;
/** @type {Promise<any[]>} */
let ended;

/** @param {{ running: { port: number }, requests: string[] }} one @param {number} seconds */
async function load({ running, requests }, seconds) {
  if (!generator) {
    generator = fork(join(import.meta.dirname, "load.mjs"), { serialization: "advanced" });
    ended = once(generator, "exit").then(() => [{ failure: "the load generator ended" }]);
  }
  generator.send({ port: running.port, requests, connections: CONNECTIONS, seconds });
  /** @type {import("./load.mjs").Outcome[]} */
  const [outcome] = await Promise.race([once(generator, "message"), ended]);
  if (outcome.failure) throw new Error(`under load: ${outcome.failure.slice(0, 500)}`);
  return outcome;
}

/** Ends the load generator. */
export const finish = () => generator?.kill();
