import { join } from "node:path";
import { constants } from "node:zlib";
import compress from "@fastify/compress";
import cors from "@fastify/cors";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Authenticator } from "../access/authenticator.js";
import type { Config } from "../config.js";
import type { Database } from "../database/database.js";
import { assetsIn } from "../pages/assets.js";
import { pages } from "../pages/pages.js";
import { inProject } from "../project-folder.js";
import { Budgets } from "./budgets.js";
import { builtFiles } from "./built-files.js";
import { callers } from "./caller.js";
import { endUnread } from "./delivery.js";
import { COMPRESS_FROM_BYTES, graphql } from "./graphql.js";
import { health } from "./health.js";
import { hostCheck } from "./hosts.js";
import type { EventStreams } from "./live/event-stream.js";
import { type LiveOptions, live } from "./live/live.js";
import { type LogStream, logRequests, requestId } from "./logging.js";
import { LongWay } from "./long-way.js";
import { playground } from "./playground.js";
import { readJson } from "./read-json.js";
import { refusals, refuseOtherHosts } from "./refusals.js";
import { schemaFile } from "./schema-file.js";

/** What the server answers from. */
export interface Behind {
  schema: GraphQLSchema;
  database: Database;
  authenticator: Authenticator;
  log: LogStream;
  live?: LiveOptions;
}

const PAGES_BUNDLE = inProject("dist/pages");

const LOOK_MILLISECONDS = 1_000;
const HEAD_MILLISECONDS = 60_000;

/** The HTTP server, complete but not yet listening. Closing it lets running requests finish. */
export async function createServer(
  config: Config,
  { schema, database, authenticator, log, live: liveOptions }: Behind,
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: config.logLevel, stream: log },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    genReqId: requestId,
    // A logger for each request costs as much as its line; who has more to say takes one (see logOf).
    childLoggerFactory: (logger) => logger,
    bodyLimit: config.maxBodyBytes,
    forceCloseConnections: "idle",
    requestTimeout: config.requestSeconds * 1_000,
    // Node looks for requests that have not arrived in time only every so often.
    http: {
      connectionsCheckingInterval: LOOK_MILLISECONDS,
      // Node takes the larger of the two limits for that of the whole request.
      headersTimeout: Math.min(config.requestSeconds * 1_000, HEAD_MILLISECONDS),
    },
  });
  const isOwnHost = hostCheck(config);
  const budgets = new Budgets(config, database);
  const longWay = new LongWay(config.statementSeconds * 1_000);
  endUnread(app, config.answerSeconds * 1_000);
  callers(app);
  readJson(app, budgets, longWay);
  const logFinished = logRequests(app, config.logLevel, log);
  headers(app);
  refuseOtherHosts(app, isOwnHost);
  refusals(app);
  if (config.corsOrigins.length > 0) {
    await app.register(cors, {
      origin: config.corsOrigins === "*" ? "*" : [...config.corsOrigins],
      methods: ["GET", "POST"],
      exposedHeaders: ["x-request-id"],
      maxAge: 86_400,
    });
  }
  // A hook on every route would cost as much as a small answer: who sends large ones asks for it.
  await app.register(compress, {
    global: false,
    threshold: COMPRESS_FROM_BYTES,
    encodings: ["br", "gzip"],
    // The default quality is meant for files that are compressed once.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    globalDecompression: false,
  });
  health(app, database);
  schemaFile(app, schema);
  if (config.playground) {
    await app.register(playground, { limits: config, fromRoot: !config.pages });
  }
  const streams = live(
    app,
    config,
    { schema, database, authenticator, budgets, longWay, isOwnHost, logFinished },
    liveOptions,
  );
  await graphql(app, config, schema, database, { authenticator, budgets, longWay, streams });
  if (config.pages) await readerPages(app, config, authenticator, streams);
  return app;
}

/** The pages for readers, with what was built for them. */
async function readerPages(
  app: FastifyInstance,
  config: Config,
  authenticator: Authenticator,
  streams: EventStreams,
): Promise<void> {
  builtFiles(app, "/pages/assets", join(PAGES_BUNDLE, "assets"));
  await app.register(pages, {
    site: {
      origin: config.publicUrl,
      playground: config.playground,
      listed: config.searchEngines,
      language: config.recordLanguage,
      assets: assetsIn(PAGES_BUNDLE, "/pages"),
    },
    roleOf: async (key) => (await authenticator.authenticate(`Bearer ${key}`)).role,
    stream: (request, reply) => streams.answer(request, reply),
  });
}

// A route that serves a page sets its own policy and caching afterwards. A hook with a callback costs less than a promise.
function headers(app: FastifyInstance): void {
  app.addHook("onRequest", ({ id }, reply, done) => {
    reply.headers({
      "x-request-id": id,
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    done();
  });
}
