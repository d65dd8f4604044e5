// What is sent to a contender, and how one answer is read outside of the measurement.
import { createHash } from "node:crypto";
import { TypeID } from "typeid-js";

/** @typedef {{ method: "GET" | "POST", path: string, headers: Record<string, string>, body?: string }} Request */

/** The text of a document as it is sent. @param {import("./questions/question.mjs").Dialect} dialect */
export const textOf = ({ query }) => query.replace(/\s+/g, " ").trim();

/** The name of a persisted document: its SHA-256 in hexadecimal. @param {string} text */
export const hashOf = (text) => createHash("sha256").update(text).digest("hex");

/**
 * @param {import("./contenders.mjs").Contender} contender
 * @param {import("./questions/question.mjs").Question} question
 * @param {import("./questions/question.mjs").Parameters} asked
 * @param {"text" | "hash" | "both"} [sent] how a document that is asked by GET is named
 * @returns {Request | undefined} nothing when the question is not put to this contender
 */
export function requestOf({ language, path = "/" }, question, asked, sent = "text") {
  if (language === "limit") return question.limit === undefined ? undefined : limitRequest(question, asked);
  const dialect = question[language];
  if (!dialect) return undefined;
  const typeId = (/** @type {string} */ prefix) => TypeID.fromUUID(prefix, asked.id).toString();
  const variables = dialect.variables?.({ ...asked, typeId }) ?? {};
  const query = textOf(dialect);
  if (dialect.method !== "GET") return post(path, { query, variables });
  const persistedQuery = { version: 1, sha256Hash: hashOf(query) };
  const search = new URLSearchParams({
    ...(sent !== "hash" && { query }),
    ...(sent !== "text" && { extensions: JSON.stringify({ persistedQuery }) }),
    variables: JSON.stringify(variables),
  });
  // Servers that guard against forged requests want a header that a plain form cannot send.
  return { method: "GET", path: `${path}?${search}`, headers: { "apollo-require-preflight": "true" } };
}

/**
 * @param {import("./questions/question.mjs").Question} question
 * @param {import("./questions/question.mjs").Parameters} asked
 * @returns {Request}
 */
function limitRequest({ name, values, claimgraph }, asked) {
  if (claimgraph.method === "GET" && !values) return { method: "GET", path: `/${name}`, headers: {} };
  return post(`/${name}`, values?.(asked) ?? []);
}

/** @param {string} path @param {unknown} content @returns {Request} */
function post(path, content) {
  const body = JSON.stringify(content);
  return { method: "POST", path, headers: { "content-type": "application/json" }, body };
}

/** The request as it goes over the wire. @param {Request} request */
export function wire({ method, path, headers, body }) {
  const all = { host: "127.0.0.1", accept: "application/json", ...headers };
  const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  const lines = Object.entries({ ...all, ...length }).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${path} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n${body ?? ""}`;
}

/**
 * Asks once.
 *
 * @param {number} port @param {Request} request
 * @returns {Promise<{ data?: any, errors?: any[] }>} the answer, also one that is only errors
 */
export async function ask(port, { method, path, headers, body }) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { accept: "application/json", ...headers },
    body,
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`status ${response.status}: ${text.slice(0, 500)}`);
  }
}

/**
 * Makes a document known to a server that keeps documents: its hash is sent, then hash and text together if the
 * server wants the text.
 *
 * @param {number} port
 * @param {(sent: "hash" | "both") => Request} request
 * @returns {Promise<boolean>} whether it is answered by its hash from now on
 */
export async function persist(port, request) {
  const { errors } = await ask(port, request("hash"));
  if (!errors) return true;
  if (!errors.some(({ extensions }) => extensions?.code === "PERSISTED_QUERY_NOT_FOUND")) return false;
  await ask(port, request("both"));
  const again = await ask(port, request("hash"));
  return !again.errors;
}
