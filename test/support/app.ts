import type { GraphQLSchema } from "graphql";
import { type App, createApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import type { LiveOptions } from "../../src/http/live/live.js";
import { type TestDatabase, testDatabase } from "./database.js";

/** The body of a GraphQL answer. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: {
    message: string;
    path?: (string | number)[];
    locations?: unknown;
    extensions: Record<string, unknown> & { code: string };
  }[];
}

/** A server with a database of its own. */
export interface TestApp extends App {
  readonly database: TestDatabase;
  /** What it has logged. */
  readonly logged: Record<string, unknown>[];
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Asks over HTTP, as a client does. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

/** Settings and parts in which a test differs from the usual: a free port, an empty database, warnings logged. */
export interface TestSettings {
  env?: Record<string, string>;
  schema?: GraphQLSchema;
  live?: LiveOptions;
  /** One that is closed by whoever opened it. */
  database?: TestDatabase;
}

/** Starts a server on a free port of 127.0.0.1. Stop it; its database closes with it. */
export async function startTestApp({
  env = {},
  schema,
  live,
  database: given,
}: TestSettings = {}): Promise<TestApp> {
  const logged: Record<string, unknown>[] = [];
  const config = readConfig({ PORT: "0", LOG_LEVEL: "warn", EXAMPLES: "off", PLAYGROUND: "off", ...env });
  const database = given ?? (await testDatabase());
  const app = await createApp(config, {
    database,
    schema,
    live,
    log: { write: (line) => logged.push(JSON.parse(line)) },
  });
  const fetchFrom = (path: string, init?: RequestInit) => fetch(new URL(path, app.url), init);
  return {
    ...app,
    database,
    logged,
    fetch: fetchFrom,
    async ask(query, variables) {
      const response = await fetchFrom("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async stop() {
      await app.stop();
      if (!given) await database.close();
    },
  };
}
