// The limit: what a server costs that does nothing but run one hand-written statement and pass on the JSON text
// that PostgreSQL wrote. Named prepared statements, a pool of ten, node:http, no GraphQL.
import { createServer } from "node:http";
import pg from "pg";
import { questions } from "../questions/index.mjs";

const statements = new Map(questions.map(({ name, limit }) => [name, limit]));
const text = (/** @type {string} */ value) => value;
const types = { getTypeParser: () => text };
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

/** @param {string} name @param {string} body a JSON list of parameters */
async function answer(name, body) {
  const query = { name, text: statements.get(name) ?? "", values: JSON.parse(body), types, rowMode: "array" };
  const { rows } = await pool.query(query);
  return `{"data":{"${name}":${rows[0]?.[0] ?? null}}}`;
}

createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", async () => {
    const text = await answer(request.url?.slice(1) ?? "", body);
    const length = Buffer.byteLength(text);
    response.writeHead(200, { "content-type": "application/json", "content-length": length }).end(text);
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
