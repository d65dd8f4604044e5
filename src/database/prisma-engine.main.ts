// Prisma's command line starts this program for `prisma migrate …` and `prisma db …` (see prisma.config.ts). It runs the
// WebAssembly build of Prisma's engine that the server migrates with, so nothing is downloaded. Requests come as lines of
// JSON-RPC. With `cli` as an argument it only checks that the database can be reached.
import { createInterface } from "node:readline";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { codeOf, reason } from "./database-error.js";
import { connectionOf as embeddedConnection, emptyPGlite } from "./embedded.js";
import { type MigrationConnection, startSchemaEngine } from "./schema-engine.js";
import { openPool, connectionOf as serverConnection } from "./server.js";
import { readServerAddress } from "./server-address.js";

// Object ids of types.
const CHAR = 18;
const TEXT = 25;

interface Request {
  readonly id: number;
  readonly method?: string;
  readonly params?: object;
}

/** Connects to the database. The schema is the one that the search path decides on. */
async function connect() {
  const at = process.argv.indexOf("--datasource");
  const { url } = JSON.parse(at < 0 ? "{}" : (process.argv[at + 1] as string)) as { url?: string };
  const pool = openPool(readServerAddress(url ?? ""), { max: 1, idleTimeoutMillis: 0 });
  try {
    const { rows } = await pool.query<{ schema: string | null }>("select current_schema() as schema");
    return { pool, schema: rows[0]?.schema ?? "public" };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/**
 * A connection that can also read the type "char" of the catalogs (one byte). `prisma db pull` needs it to tell constraints
 * apart. Prisma's adapter does not know this type, and refuses such columns.
 */
function readingCatalogs(connection: MigrationConnection, pool: pg.Pool): MigrationConnection {
  const characters = new WeakMap<object, number[]>();
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  pool.query = (async (...args: unknown[]) => {
    const result = await query(...args);
    // Of several statements there are several results, and nobody reads them.
    if (Array.isArray(result)) return result;
    const places = result.fields.flatMap(({ dataTypeID }, at) => (dataTypeID === CHAR ? [at] : []));
    for (const at of places) result.fields[at]!.dataTypeID = TEXT;
    characters.set(result.rows, places);
    return result;
  }) as typeof pool.query;
  return {
    ...connection,
    async adapter() {
      const factory = await connection.adapter();
      const connect = factory.connect.bind(factory);
      factory.connect = async () => {
        const adapter = await connect();
        const queryRaw = adapter.queryRaw.bind(adapter);
        adapter.queryRaw = async (statement) => {
          const result = await queryRaw(statement);
          for (const at of characters.get(result.rows) ?? [])
            result.columnTypes[at] = ColumnTypeEnum.Character;
          return result;
        };
        return adapter;
      };
      return factory;
    },
  };
}

/** Answers requests, one after the other, until there are no more. */
async function serve(): Promise<void> {
  let engine: ReturnType<typeof startSchemaEngine> | undefined;
  const open: (() => Promise<unknown>)[] = [];
  const start = async () => {
    const { pool, schema } = await connect();
    open.push(() => pool.end());
    return startSchemaEngine(readingCatalogs(serverConnection(pool, schema), pool), async () => {
      const shadow = await emptyPGlite();
      open.push(() => shadow.close());
      return embeddedConnection(shadow);
    });
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line) as Request;
    // A line without a method is an answer: the command line has printed something.
    if (!method) continue;
    engine ??= start();
    const name = (method === "getDatabaseVersion" ? "version" : method) as "version";
    const answer = await engine
      .then((started) => started[name](params as never))
      .then((result) => ({ result: result ?? {} }), failure);
    const { stdout: content } = Object("result" in answer && answer.result) as { stdout?: string };
    if (content) say({ id: 0, method: "print", params: { content } });
    say({ id, ...answer });
  }
  await Promise.all(open.map((close) => close()));
}

const say = (message: object) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

function failure(error: unknown) {
  // All lines: the cause of a failed migration stands in a later one.
  const message = (error instanceof Error && error.message) || String(error);
  return { error: { code: 4466, message, data: { is_panic: false, message, error_code: codeOf(error) } } };
}

/** Ends the process as Prisma's own engine does when it finds no database. The command line leaves out the first line. */
function unreachable(error: unknown): void {
  const fields = { message: reason(error), error_code: "P1001" };
  console.error(`\n${JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields })}`);
  process.exitCode = 1;
}

// The engine writes here why it stopped, when it stops by a bug.
Object.assign(globalThis, {
  PRISMA_WASM_PANIC_REGISTRY: { set_message: (words: string) => console.error(words) },
});

if (process.argv.includes("cli")) await connect().then(({ pool }) => pool.end(), unreachable);
else await serve();
