// The limit: what a server costs that does nothing but run one hand-written statement and pass on the JSON text
// that PostgreSQL wrote. Named prepared statements, a pool of ten connections, node:http, no GraphQL.
import { createServer } from "node:http";
import pg from "pg";
import { questions } from "../questions/index.mjs";

const asked = new Map(questions.map((question) => [question.name, question]));
const text = (/** @type {string} */ value) => value;
const types = { getTypeParser: () => text };
const connect = (/** @type {string} */ options) =>
  new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10, options });
const pool = connect("");
// The one plan that PostgreSQL would settle on is bad for statements whose best plan depends on the values.
const planning = connect("-c plan_cache_mode=force_custom_plan");

/** @param {string} name @param {unknown[]} values */
async function answer(name, values) {
  const { limit = "", first, replan } = asked.get(name) ?? {};
  const run = async (/** @type {pg.Pool} */ by, /** @type {pg.QueryConfig} */ query) =>
    (await by.query({ ...query, types, rowMode: "array" })).rows[0]?.[0] ?? null;
  const found =
    first && (await run(pool, { name: `${name}_first`, text: first, values: values.slice(0, 1) }));
  const given = found ? [found, ...values.slice(1)] : values;
  return `{"data":{"${name}":${await run(replan ? planning : pool, { name, text: limit, values: given })}}}`;
}

createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", async () => {
    const text = await answer(request.url?.slice(1) ?? "", body ? JSON.parse(body) : []);
    const length = Buffer.byteLength(text);
    response.writeHead(200, { "content-type": "application/json", "content-length": length }).end(text);
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
