import { z } from "zod";

/** A setting that cannot be used: `problems` has one line for each, ready to print. */
export class ConfigError extends Error {
  override name = "ConfigError";

  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** Where the embedded database keeps nothing on disk. */
export const IN_MEMORY = "memory://";

const SECRETS = new Set(["DATABASE_URL"]);
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max)
    .describe(`a whole number from ${min} to ${max}`);

const onOrOff = z
  .enum(["on", "off"])
  .transform((value) => value === "on")
  .describe("on or off");

const oneOf = <const T extends readonly string[]>(...values: T) =>
  z.enum(values).describe(`one of: ${values.join(", ")}`);

function parsesAs(text: string, accept: (url: URL) => boolean): boolean {
  return URL.canParse(text) && accept(new URL(text));
}

const origins = z
  .string()
  .transform((list) => list.split(",").map((origin) => origin.trim()))
  .refine(
    (list) => (list.length === 1 && list[0] === "*") || list.every((o) => parsesAs(o, (u) => u.origin === o)),
  )
  .transform((list): "*" | readonly string[] => (list[0] === "*" ? "*" : list))
  .describe(
    'a comma-separated list of origins such as "https://board.example,http://localhost:5173", or * alone',
  );

/** Each environment variable: what it accepts, in words for the error message, and what it is when unset. */
const variables = z.object({
  PORT: wholeNumber(0, 65535).default(4000).describe("a port from 0 to 65535; 0 picks a free one"),
  HOST: z.string().regex(/^\S+$/).default("127.0.0.1").describe("a host name or address to listen on"),
  DATABASE_URL: z
    .string()
    .refine((text) => parsesAs(text, (url) => /^postgres(ql)?:$/.test(url.protocol)))
    .optional()
    .describe(
      "a URL such as postgresql://user:password@host:5432/database, special characters percent-encoded",
    ),
  DATA_DIR: z.string().default("./data").describe(`a folder for the embedded database, or ${IN_MEMORY}`),
  POOL_SIZE: wholeNumber(1, 1000).default(10),
  EXAMPLES: oneOf("auto", "on", "off").default("auto"),
  LOG_LEVEL: oneOf(...LOG_LEVELS).default("info"),
  CORS_ORIGINS: origins.default([]),
  PLAYGROUND: onOrOff.default(true),
  INTROSPECTION: onOrOff.default(true),
  MAX_DEPTH: wholeNumber(1, 1000).default(20),
  MAX_COST: wholeNumber(1, 1_000_000_000).default(50_000),
  MAX_BODY_BYTES: wholeNumber(1024, 100_000_000).default(1_000_000),
  SHUTDOWN_SECONDS: wholeNumber(0, 3600).default(10),
  EXECUTOR: oneOf("sql", "graphql-js").default("sql"),
});

/** Everything that can be set from outside. Sizes are in bytes, times in seconds. */
export interface Config {
  /** TCP port; 0 picks a free one. */
  readonly port: number;
  readonly host: string;
  /** A PostgreSQL server; without it the embedded database is used. */
  readonly databaseUrl?: string;
  /** Folder of the embedded database; undefined keeps everything in memory. */
  readonly dataDir?: string;
  /** Connections to PostgreSQL. */
  readonly poolSize: number;
  /** Whether to load the example data: `auto` does so into an embedded database that is empty. */
  readonly examples: "auto" | "on" | "off";
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Web origins whose pages may ask this server. */
  readonly corsOrigins: "*" | readonly string[];
  readonly playground: boolean;
  readonly introspection: boolean;
  /** Deepest nesting of fields in one operation. */
  readonly maxDepth: number;
  /** Most objects that one operation may ask for, by estimate. */
  readonly maxCost: number;
  readonly maxBodyBytes: number;
  /** How long running requests may take to finish once the server has been told to stop. */
  readonly shutdownSeconds: number;
  /** What makes answers: the database, as far as it can, or graphql-js alone. */
  readonly executor: "sql" | "graphql-js";
}

/**
 * Reads the settings. An empty variable counts as unset.
 *
 * @throws ConfigError with every problem there is; values of secrets are not repeated
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(variables.shape).flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()]] : [])),
  );
  const read = variables.safeParse(given);
  if (!read.success) {
    const names = new Set(read.error.issues.map((issue) => String(issue.path[0])));
    throw new ConfigError([...names].map((name) => problem(name, given[name])));
  }
  const set = read.data;
  return Object.freeze({
    port: set.PORT,
    host: set.HOST,
    databaseUrl: set.DATABASE_URL,
    dataDir: set.DATA_DIR === IN_MEMORY ? undefined : set.DATA_DIR,
    poolSize: set.POOL_SIZE,
    examples: set.EXAMPLES,
    logLevel: set.LOG_LEVEL,
    corsOrigins: Object.freeze(set.CORS_ORIGINS),
    playground: set.PLAYGROUND,
    introspection: set.INTROSPECTION,
    maxDepth: set.MAX_DEPTH,
    maxCost: set.MAX_COST,
    maxBodyBytes: set.MAX_BODY_BYTES,
    shutdownSeconds: set.SHUTDOWN_SECONDS,
    executor: set.EXECUTOR,
  });
}

function problem(name: string, value: string | undefined): string {
  const shown = SECRETS.has(name) ? "(not shown)" : JSON.stringify(value);
  const schema: z.ZodType | undefined = Object.entries(variables.shape).find(([key]) => key === name)?.[1];
  return `${name} is ${shown}: it must be ${described(schema)}.`;
}

// A default wraps the schema that carries the words.
function described(schema: z.ZodType | undefined): string {
  if (schema?.description) {
    return schema.description;
  }
  return schema instanceof z.ZodDefault ? described(schema.unwrap() as z.ZodType) : "something else";
}
