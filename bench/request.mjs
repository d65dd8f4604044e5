// What is sent to a contender, and how one answer is read outside of the measurement.
import { TypeID } from "typeid-js";

/** @typedef {{ method: "GET" | "POST", path: string, headers: Record<string, string>, body?: string }} Request */

/**
 * @param {import("./contenders.mjs").Contender} contender
 * @param {import("./questions/question.mjs").Question} question
 * @param {import("./questions/question.mjs").Parameters} asked
 * @returns {Request | undefined} nothing when the question is not put to this contender
 */
export function requestOf({ language, path = "/" }, question, asked) {
  if (language === "limit") return post(`/${question.name}`, question.values?.(asked) ?? []);
  const dialect = question[language];
  if (!dialect) return undefined;
  const typeId = (/** @type {string} */ prefix) => TypeID.fromUUID(prefix, asked.id).toString();
  const variables = dialect.variables?.({ ...asked, typeId }) ?? {};
  const query = dialect.query.replace(/\s+/g, " ").trim();
  if (dialect.method !== "GET") return post(path, { query, variables });
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  // Servers that guard against forged requests want a header that a plain form cannot send.
  return { method: "GET", path: `${path}?${search}`, headers: { "apollo-require-preflight": "true" } };
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

/** @param {number} port @param {Request} request @returns {Promise<any>} the answer */
export async function ask(port, { method, path, headers, body }) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { accept: "application/json", ...headers },
    body,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`status ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}
