import { readFileSync } from "node:fs";
import { isIP } from "node:net";
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

const SECRETS = ["DATABASE_URL", "ADMIN_KEY"] as const;
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

const isLanguage = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

const oneOf = <const T extends readonly string[]>(...values: T) =>
  z.enum(values).describe(`one of: ${values.join(", ")}`);

function parsesAs(text: string, accept: (url: URL) => boolean): boolean {
  return URL.canParse(text) && accept(new URL(text));
}

/** PostgreSQL lets a user stand before no host, as in the address of a Unix socket; a URL does not. */
function withHost(databaseUrl: string): string {
  return databaseUrl.replace(/^(postgres(?:ql)?:\/\/[^/?#]+@)\//, "$1localhost/");
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

const list = z.string().transform((given) => given.split(",").map((one) => one.trim()));

const HOST_NAME = /^([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/;

const hosts = list
  .transform((names) => names.map((name) => name.toLowerCase()))
  .refine((names) => names.join() === "*" || names.every((name) => isIP(name) > 0 || HOST_NAME.test(name)))
  .transform((names): "*" | readonly string[] => (names[0] === "*" ? "*" : names));

const networks = list.refine((all) =>
  all.every((one) => {
    const [address = "", bits, ...rest] = one.split("/");
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] as number;
    return (
      rest.length === 0 &&
      most > 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
    );
  }),
);

const webAddress = z
  .string()
  .refine((text) => parsesAs(text, ({ protocol, hash }) => /^https?:$/.test(protocol) && hash === ""));

const text = z.string().regex(/^\P{Cc}+$/u);

// What stands in examples and what people type until they have something better.
const GUESSED = /^(admin|change|default|example|insert|password|replace|root|secret|test|your)/i;

const secretKey = z
  .string()
  .regex(/^[\w\-.~+/]{32,200}=*$/)
  .refine((key) => !GUESSED.test(key) && new Set(key).size >= 8);

/** Each environment variable: what it accepts, in words for the error message, and what it is when unset. */
const variables = z.object({
  PORT: wholeNumber(0, 65535).default(4000).describe("a port from 0 to 65535; 0 picks a free one"),
  HOST: z.string().regex(/^\S+$/).default("127.0.0.1").describe("a host name or address to listen on"),
  DATABASE_URL: z
    .string()
    .transform(withHost)
    .refine((text) => parsesAs(text, (url) => /^postgres(ql)?:$/.test(url.protocol)))
    .optional()
    .describe(
      "a URL such as postgresql://user:password@host:5432/database, special characters percent-encoded",
    ),
  DATA_DIR: z.string().default("./data").describe(`a folder for the embedded database, or ${IN_MEMORY}`),
  POOL_SIZE: wholeNumber(1, 1000).default(10),
  CALLER_CONNECTIONS: wholeNumber(1, 1000).optional().describe("a whole number from 1 to POOL_SIZE"),
  PREPARED_STATEMENTS: oneOf("auto", "on", "off").default("auto"),
  READER_STATEMENT_SECONDS: wholeNumber(1, 3600).default(3),
  STATEMENT_SECONDS: wholeNumber(1, 3600).default(30),
  EXAMPLES: oneOf("auto", "on", "off").default("auto"),
  LOG_LEVEL: oneOf(...LOG_LEVELS).default("info"),
  CORS_ORIGINS: origins.default([]),
  ALLOWED_HOSTS: hosts
    .optional()
    .describe(
      'a comma-separated list of host names or addresses without ports, such as "claims.example,10.0.0.5", or * alone for any',
    ),
  TRUSTED_PROXIES: networks
    .default([])
    .describe('a comma-separated list of addresses or networks, such as "10.0.0.2,172.16.0.0/12"'),
  PAGES: onOrOff.default(true),
  PLAYGROUND: onOrOff.default(true),
  SEARCH_ENGINES: onOrOff.default(false),
  RECORD_LANGUAGE: z
    .string()
    .refine((text) => isLanguage(text))
    .default("en")
    .describe("a language tag of BCP 47, such as en or pt-BR"),
  PUBLIC_URL: z
    .string()
    .refine((text) => parsesAs(text, ({ protocol, origin }) => /^https?:$/.test(protocol) && origin === text))
    .optional()
    .describe("the address of this site for others, without a path, such as https://claims.example"),
  INTROSPECTION: onOrOff.default(true),
  MAX_DEPTH: wholeNumber(1, 500).default(20),
  MAX_COST: wholeNumber(1, 1_000_000_000).default(50_000),
  MAX_BODY_BYTES: wholeNumber(1024, 100_000_000).default(5_000_000),
  MAX_READER_BODY_BYTES: wholeNumber(1024, 100_000_000).default(200_000),
  MAX_ANSWER_BYTES: wholeNumber(100_000, 400_000_000).default(20_000_000),
  REQUEST_SECONDS: wholeNumber(1, 3600).default(30),
  ANSWER_SECONDS: wholeNumber(1, 3600).default(60),
  SHUTDOWN_SECONDS: wholeNumber(0, 3600).default(10),
  EXECUTOR: oneOf("sql", "graphql-js").default("sql"),
  ANONYMOUS: oneOf("reader", "none").default("reader"),
  ADMIN_KEY: secretKey
    .optional()
    .describe(
      "32 to 200 characters that nobody can guess, of A-Z a-z 0-9 - . _ ~ + / and = at the end; make one with: openssl rand -base64 32",
    ),
  OIDC_ISSUER: webAddress
    .optional()
    .describe("an address such as https://id.example, which tokens have as `iss` to the letter"),
  OIDC_JWKS_URL: webAddress
    .optional()
    .describe("the address at which the issuer publishes its keys, such as https://id.example/certs"),
  OIDC_AUDIENCE: text.optional().describe("what tokens for this server have as `aud`"),
  OIDC_ROLE_CLAIM: text.default("role").describe("the name of a claim, or a path such as realm_access.roles"),
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
  /** How many of them one caller may use at once; half unless told. */
  readonly callerConnections: number;
  /** Whether statements that come again are prepared under a name: `auto` finds out whether that is safe. */
  readonly preparedStatements: "auto" | "on" | "off";
  /** How long the statements of one answer to a reader may run. */
  readonly readerStatementSeconds: number;
  /** The same for others; and how long any one statement may run. */
  readonly statementSeconds: number;
  /** Whether to load the example data: `auto` does so into an embedded database that is empty. */
  readonly examples: "auto" | "on" | "off";
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Web origins whose pages may ask this server. */
  readonly corsOrigins: "*" | readonly string[];
  /** Names by which this server may be called (the header Host), in small letters; unless told, its own. */
  readonly allowedHosts?: "*" | readonly string[];
  /** Addresses and networks of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Pages for readers at `/` and below. */
  readonly pages: boolean;
  /** At `/playground`; without pages `/` leads there. */
  readonly playground: boolean;
  /** Whether search engines may list the pages. */
  readonly searchEngines: boolean;
  /** The language of records that name none: a BCP 47 tag. */
  readonly recordLanguage: string;
  /** Where the pages are found by others: scheme, host and port. */
  readonly publicUrl?: string;
  readonly introspection: boolean;
  /** Deepest nesting of fields in one operation. */
  readonly maxDepth: number;
  /** Most objects that one operation may ask for, by estimate. */
  readonly maxCost: number;
  readonly maxBodyBytes: number;
  /** The same for who may only read, and for subscriptions. */
  readonly maxReaderBodyBytes: number;
  readonly maxAnswerBytes: number;
  /** How long a request may take to arrive. */
  readonly requestSeconds: number;
  /** How long a client may take to read what was sent. */
  readonly answerSeconds: number;
  /** How long running requests may take to finish once the server has been told to stop. */
  readonly shutdownSeconds: number;
  /** What makes answers: the database, as far as it can, or graphql-js alone. */
  readonly executor: "sql" | "graphql-js";
  /** What may be done without a key or token: read as a reader, or nothing. */
  readonly anonymous: "reader" | "none";
  /** With this key comes the role ADMIN. */
  readonly adminKey?: string;
  /** Whose tokens (JWT) are taken, for which audience, and the claim that names the role. */
  readonly oidc?: {
    readonly issuer: string;
    readonly jwksUrl: string;
    readonly audience: string;
    readonly roleClaim: string;
  };
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
  const unread = SECRETS.flatMap((name) => readSecret(name, env, given));
  const read = variables.safeParse(given);
  const unusable = new Set(read.error?.issues.map((issue) => String(issue.path[0])));
  const problems = [
    ...unread,
    ...[...unusable].map((name) => problem(name, given[name])),
    ...incomplete(given),
    ...outOfShare(given),
  ];
  if (!read.success || problems.length > 0) throw new ConfigError(problems);
  const set = read.data;
  return Object.freeze({
    port: set.PORT,
    host: set.HOST,
    databaseUrl: set.DATABASE_URL,
    dataDir: set.DATA_DIR === IN_MEMORY ? undefined : set.DATA_DIR,
    poolSize: set.POOL_SIZE,
    callerConnections: set.CALLER_CONNECTIONS ?? Math.ceil(set.POOL_SIZE / 2),
    preparedStatements: set.PREPARED_STATEMENTS,
    readerStatementSeconds: set.READER_STATEMENT_SECONDS,
    statementSeconds: set.STATEMENT_SECONDS,
    examples: set.EXAMPLES,
    logLevel: set.LOG_LEVEL,
    corsOrigins: Object.freeze(set.CORS_ORIGINS),
    allowedHosts: Object.freeze(set.ALLOWED_HOSTS),
    trustedProxies: Object.freeze(set.TRUSTED_PROXIES),
    pages: set.PAGES,
    playground: set.PLAYGROUND,
    searchEngines: set.SEARCH_ENGINES,
    recordLanguage: set.RECORD_LANGUAGE,
    publicUrl: set.PUBLIC_URL,
    introspection: set.INTROSPECTION,
    maxDepth: set.MAX_DEPTH,
    maxCost: set.MAX_COST,
    maxBodyBytes: set.MAX_BODY_BYTES,
    maxReaderBodyBytes: set.MAX_READER_BODY_BYTES,
    maxAnswerBytes: set.MAX_ANSWER_BYTES,
    requestSeconds: set.REQUEST_SECONDS,
    answerSeconds: set.ANSWER_SECONDS,
    shutdownSeconds: set.SHUTDOWN_SECONDS,
    executor: set.EXECUTOR,
    anonymous: set.ANONYMOUS,
    adminKey: set.ADMIN_KEY,
    oidc: oidc(set),
  });
}

/**
 * Takes a secret from the file that `…_FILE` names, as secrets of Docker and Kubernetes are given. Unlike a variable, a
 * file does not stand in a list of processes, nor in what is passed on to other programs.
 *
 * @param given gets the secret @returns what is wrong
 */
function readSecret(
  name: (typeof SECRETS)[number],
  env: Readonly<Record<string, string | undefined>>,
  given: Record<string, string>,
): string[] {
  const file = env[`${name}_FILE`]?.trim();
  if (!file) return [];
  if (name in given) return [`${name} and ${name}_FILE are both set. Set one of them.`];
  try {
    const secret = readFileSync(file, "utf8").trim();
    if (secret === "") return [`${name}_FILE is ${JSON.stringify(file)}: the file is empty.`];
    given[name] = secret;
    return [];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return [`${name}_FILE is ${JSON.stringify(file)}: it must be a file that this user may read (${code}).`];
  }
}

function outOfShare({ CALLER_CONNECTIONS: share, POOL_SIZE: all = "10" }: Record<string, string>): string[] {
  if (share === undefined || !(Number(share) > Number(all))) return [];
  return [`CALLER_CONNECTIONS is ${share}: it must be at most POOL_SIZE, which is ${all}.`];
}

const TOGETHER = ["OIDC_ISSUER", "OIDC_JWKS_URL", "OIDC_AUDIENCE"] as const;

/** A provider of whom only a part is known could vouch for nobody, or for too many. */
function incomplete(given: Readonly<Record<string, string>>): string[] {
  const missing = TOGETHER.filter((name) => !(name in given));
  if (missing.length === 0 || missing.length === TOGETHER.length) return [];
  return [`${missing.join(" and ")} must be set too: ${TOGETHER.join(", ")} belong together.`];
}

function oidc(set: z.infer<typeof variables>): Config["oidc"] {
  const { OIDC_ISSUER: issuer, OIDC_JWKS_URL: jwksUrl, OIDC_AUDIENCE: audience } = set;
  if (issuer === undefined || jwksUrl === undefined || audience === undefined) return undefined;
  return Object.freeze({ issuer, jwksUrl, audience, roleClaim: set.OIDC_ROLE_CLAIM });
}

function problem(name: string, value: string | undefined): string {
  const shown = (SECRETS as readonly string[]).includes(name) ? "(not shown)" : JSON.stringify(value);
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
