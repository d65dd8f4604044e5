// Finds the requests with which each contender is asked a question, and checks that all answer it the same.
import { canonical } from "./canonical.mjs";
import { PAGE } from "./questions/question.mjs";
import { ask, persist, requestOf, wire } from "./request.mjs";

/** How many of the requests of a question are compared before it is measured. */
const COMPARED = 5;

/**
 * @typedef {import("./questions/question.mjs").Question} Question
 * @typedef {import("./questions/question.mjs").Parameters} Parameters
 * @typedef {object} Started
 * @property {import("./contenders.mjs").Contender} contender
 * @property {import("./start.mjs").Running} running
 *
 * @typedef {Started & { requests: string[], byHash: boolean, connections?: number }} Asked a contender, and what goes over the wire to it
 *
 * @typedef {object} Prepared a question ready to be measured
 * @property {Question} question
 * @property {number} [page] that it asks for
 * @property {number} bytes of the first answer
 * @property {Asked[]} asked those who can be asked it
 */

/**
 * @param {Question} question @param {import("pg").Client} client a connection to the database
 * @param {Started[]} all the first answers for the others to match
 * @returns {Promise<Prepared>}
 * @throws Error naming the contender and the first line in which its answer differs
 */
export async function prepareQuestion(question, client, all) {
  const parameters = await parametersOf(question, client);
  /** @type {Asked[]} */
  const asked = [];
  /** @type {string[] | undefined} */
  let expected;
  let bytes = 0;
  for (const started of all) {
    const found = await requestsTo(question, parameters, started);
    if (!found) continue;
    const raw = [];
    for (const request of found.requests.slice(0, COMPARED))
      raw.push(await ask(started.running.port, request));
    const answers = raw.map((answer) => canonical(answer, `${started.contender.title}, "${question.name}"`));
    expected ??= answers;
    bytes ||= Buffer.byteLength(JSON.stringify(raw[0]));
    compare(question, started.contender.title, answers, expected);
    const { connections } = question;
    asked.push({ ...started, requests: found.requests.map(wire), byHash: found.byHash, connections });
  }
  return { question, page: parameters[0]?.page, bytes, asked };
}

/** @param {Question} question @param {import("pg").Client} client @returns {Promise<Parameters[]>} */
async function parametersOf({ name, parameters }, client) {
  if (parameters === undefined) return [{}];
  const { rows } = await client.query(parameters);
  if (rows.length === 0) throw new Error(`${name}: the data set has nothing to ask for`);
  return rows;
}

/** @param {Question} question @param {Parameters[]} parameters @param {Started} started */
async function requestsTo(question, parameters, { contender, running }) {
  const [first] = parameters;
  if (!first || !requestOf(contender, question, first)) return undefined;
  const byGet = contender.language !== "limit" && question[contender.language]?.method === "GET";
  const request = (/** @type {Parameters} */ asked, /** @type {"text" | "hash" | "both"} */ sent) =>
    /** @type {import("./request.mjs").Request} */ (requestOf(contender, question, asked, sent));
  const byHash = byGet && (await persist(running.port, (sent) => request(first, sent)));
  const cursors = question.far && (await cursorsBefore(question, parameters, { contender, running }));
  const requests = parameters.map((asked) =>
    request({ ...asked, after: cursors?.get(asked.page) }, byHash ? "hash" : "text"),
  );
  return { requests, byHash };
}

/**
 * Cursors are the contender's own: they are found by turning pages, as a reader would, but larger ones.
 *
 * @param {Question} question @param {Parameters[]} parameters @param {Started} started
 * @returns {Promise<Map<number, string | undefined> | undefined>} the one before each page
 */
async function cursorsBefore(question, parameters, { contender, running }) {
  if (contender.language === "limit") return undefined;
  const dialect = question[contender.language];
  if (!dialect?.turn) throw new Error(`${question.name} does not say how ${contender.title} turns pages`);
  const { query, most, list = (data) => Object.values(data)[0] } = dialect.turn;
  const turning = { ...question, [contender.language]: { ...dialect, query } };
  const cursors = new Map();
  let after;
  let done = 0;
  for (const asked of parameters.toSorted((one, other) => one.page - other.page)) {
    const rows = (asked.page - 1) * (question.rows ?? PAGE);
    while (done < rows) {
      const first = Math.min(rows - done, most);
      const request = requestOf(contender, turning, { ...asked, first, after });
      const { data, errors } = await ask(running.port, /** @type {any} */ (request));
      if (errors) throw new Error(`${contender.title} after ${done} rows: ${JSON.stringify(errors)}`);
      after = list(data).pageInfo.endCursor;
      done += first;
    }
    cursors.set(asked.page, after);
  }
  return cursors;
}

/** @param {Question} question @param {string} title @param {string[]} answers @param {string[]} expected */
function compare(question, title, answers, expected) {
  for (const [index, answer] of answers.entries()) {
    if (answer === expected[index]) continue;
    const [given = [], wanted = []] = [answer, expected[index] ?? ""].map((text) => text.split("\n"));
    const line = given.findIndex((text, place) => text !== wanted[place]);
    throw new Error(
      `${title} answers "${question.name}" differently, first in line ${line}: ${given[line]} instead of ${wanted[line]}`,
    );
  }
}
