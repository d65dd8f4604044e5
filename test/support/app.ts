import type { GraphQLSchema } from "graphql";
import { createKey } from "../../src/access/api-keys.js";
import { type App, createApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import type { Role } from "../../src/graphql/viewer.js";
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

/** Asks over HTTP, as a client does. */
export type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Answer>;

/** A server with a database of its own. */
export interface TestApp extends App {
  readonly database: TestDatabase;
  /** What it has logged. */
  readonly logged: Record<string, unknown>[];
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Asks as somebody about whom nothing is known. */
  readonly ask: Ask;
  /** Asks as somebody with this role, who has an API key; the same one each time. */
  as(role: Role): Ask;
  /** The key of that one. */
  keyOf(role: Role): Promise<string>;
}

/** The ADMIN_KEY of test servers. */
export const ADMIN_KEY = "tG7Vb2qXk9Lr4Yw8Nc1Zs6Hd3Fj5Pm0a";

const MAKER = { id: "test", name: "Test", role: "ADMIN" } as const;

/** The name of the one who asks in a role: "Test editor". */
const nameOf = (role: Role): string => `Test ${role.toLowerCase()}`;

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
  const config = readConfig({
    PORT: "0",
    LOG_LEVEL: "warn",
    EXAMPLES: "off",
    PAGES: "off",
    PLAYGROUND: "off",
    ADMIN_KEY,
    ...env,
  });
  const database = given ?? (await testDatabase());
  const app = await createApp(config, {
    database,
    schema,
    live,
    log: { write: (line) => logged.push(JSON.parse(line)) },
  });
  const fetchFrom = (path: string, init?: RequestInit) => fetch(new URL(path, app.url), init);
  const askWith =
    (headers: () => Promise<Record<string, string>>): Ask =>
    async (query, variables) => {
      const response = await fetchFrom("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", ...(await headers()) },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    };
  const keys = new Map<Role, Promise<string>>();
  const keyOf = (role: Role): Promise<string> => {
    const made =
      keys.get(role) ??
      createKey(database.prisma, { name: nameOf(role), role }, MAKER).then(({ token }) => token);
    keys.set(role, made);
    return made;
  };
  return {
    ...app,
    database,
    logged,
    fetch: fetchFrom,
    ask: askWith(async () => ({})),
    as: (role) => askWith(async () => ({ authorization: `Bearer ${await keyOf(role)}` })),
    keyOf,
    async stop() {
      await app.stop();
      if (!given) await database.close();
    },
  };
}
