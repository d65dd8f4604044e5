import "reflect-metadata";
import type { AddressInfo } from "node:net";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import { Authenticator } from "./access/authenticator.js";
import { type OwnKey, ownKey } from "./access/own-key.js";
import type { Config } from "./config.js";
import type { Database } from "./database/database.js";
import { openDatabase } from "./database/open.js";
import { loadExamples, loadExamplesIfEmpty } from "./dataset/load-examples.js";
import type { LiveOptions } from "./http/live/live.js";
import { type LogStream, standardOutput } from "./http/logging.js";

/** A running server. */
export interface App {
  /** Where it listens, without a path: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly schema: GraphQLSchema;
  readonly database: Database;
  readonly log: FastifyBaseLogger;
  /** Whether example data were loaded at this start. */
  readonly loadedExamples: boolean;
  /** A key with the role ADMIN, where the server has made one for itself. */
  readonly ownKey?: OwnKey;
  /**
   * Takes no more requests, lets the running ones finish for as long as SHUTDOWN_SECONDS allows, then closes
   * the database, unless the caller had brought it.
   */
  stop(): Promise<void>;
}

/** What a caller may bring instead of having it made. */
export interface Parts {
  database?: Database;
  schema?: GraphQLSchema;
  log?: LogStream;
  live?: LiveOptions;
}

/**
 * Opens the database, loads what is asked, builds the schema and listens.
 *
 * @throws DatabaseError when there is no usable database; the error of the socket when it cannot listen
 */
export async function createApp(config: Config, parts: Parts = {}): Promise<App> {
  const notices: string[] = [];
  let notice = (text: string): void => {
    notices.push(text);
  };
  const opening = parts.database ?? openDatabase({ ...config, onNotice: (text) => notice(text) });
  // Also throws whatever opening it has thrown.
  const closeDatabase = async () => {
    if (!parts.database) {
      await (await opening).close();
    }
  };
  try {
    // While the database opens, the code is loaded that does not need it yet.
    const loading = import("./serving.js");
    const [database, schema, { createServer }] = await Promise.all([
      opening,
      parts.schema ?? loading.then(({ buildSchema }) => buildSchema()),
      loading,
    ]);
    const loadedExamples = await examplesFor(config, database);
    const own = ownKey(config, database);
    const authenticator = new Authenticator({ ...config, adminKey: own?.key ?? config.adminKey }, database);
    const { log = standardOutput(), live } = parts;
    const server = await createServer(config, { schema, database, authenticator, log, live });
    notice = (text) => server.log.info(text);
    for (const text of notices) notice(text);
    await server.listen({
      port: config.port,
      host: config.host,
      listenTextResolver: (address) => `Listening on ${address}`,
    });

    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= finish(server, config.shutdownSeconds).finally(closeDatabase));
    return { url: urlOf(server), schema, database, log: server.log, loadedExamples, ownKey: own, stop };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

async function examplesFor({ examples }: Config, database: Database): Promise<boolean> {
  if (examples === "on") {
    return Object.values(await loadExamples(await database.loadPrisma())).some((created) => created > 0);
  }
  return examples === "auto" && database.kind === "embedded" && (await loadExamplesIfEmpty(database));
}

async function finish(server: FastifyInstance, seconds: number): Promise<void> {
  const { server: sockets } = server;
  const deadline = setTimeout(() => sockets.closeAllConnections(), seconds * 1_000);
  // A connection whose last request has just been answered is kept open for more, and nobody else ends it.
  const tidying = setInterval(() => sockets.closeIdleConnections(), 50);
  await server.close();
  clearTimeout(deadline);
  clearInterval(tidying);
}

/** An address that can be clicked: a server that listens everywhere is reached at localhost. */
function urlOf(server: FastifyInstance): string {
  const { address, port } = server.server.address() as AddressInfo;
  const host = ["0.0.0.0", "::"].includes(address) ? "localhost" : address;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
