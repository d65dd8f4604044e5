import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Config } from "../../config.js";
import type { Database } from "../../database/database.js";
import { Feed } from "../../feed/feed.js";
import type { Budgets } from "../budgets.js";
import { type HostCheck, MISDIRECTED } from "../hosts.js";
import { type Finished, requestId } from "../logging.js";
import type { LongWay } from "../long-way.js";
import { onlyMethods } from "../refusals.js";
import type { LiveAuthenticator } from "./authenticator.js";
import { EventStreams } from "./event-stream.js";
import { Subscriptions } from "./subscriptions.js";
import { isWebSocket, mayConnect, refuseUpgrade, serveWithoutUpgrade } from "./upgrade.js";
import { WebSockets } from "./websocket.js";

/** What may be otherwise than usual in how subscriptions are served. */
export interface LiveOptions {
  readonly authenticator?: LiveAuthenticator;
  /** How long one message may take to be sent before its client is cut off. */
  readonly slowMilliseconds?: number;
  /** How often the log and the viewers are looked at while nothing is heard of them. */
  readonly everyMilliseconds?: number;
}

/** What subscriptions are answered from. */
interface Behind {
  readonly schema: GraphQLSchema;
  readonly database: Database;
  readonly authenticator: LiveAuthenticator;
  readonly budgets: Budgets;
  readonly longWay: LongWay;
  readonly isOwnHost: HostCheck;
  readonly logFinished: (finished: Finished) => void;
}

const SLOW_MILLISECONDS = 30_000;

/**
 * Serves subscriptions: by WebSocket at `/graphql`, as Server-Sent Events at `/graphql/stream`.
 *
 * @returns what answers with Server-Sent Events wherever they are asked for
 */
export function live(
  app: FastifyInstance,
  config: Config,
  { schema, database, budgets, longWay, isOwnHost, logFinished, ...usual }: Behind,
  options: LiveOptions = {},
): EventStreams {
  const {
    authenticator = usual.authenticator,
    slowMilliseconds = SLOW_MILLISECONDS,
    everyMilliseconds,
  } = options;
  const stillValid = authenticator.stillValid.bind(authenticator);
  const feed = new Feed(database, { stillValid, everyMilliseconds });
  const subscriptions = new Subscriptions(schema, { database, feed, budgets, longWay }, config);
  const parts = { subscriptions, authenticator, slowMilliseconds, logFinished };

  const streams = new EventStreams(parts);
  app.route({
    url: "/graphql/stream",
    method: ["GET", "POST"],
    bodyLimit: config.maxReaderBodyBytes,
    handler: (request, reply) => streams.answer(request, reply),
  });
  onlyMethods(app, "/graphql/stream", ["GET", "POST"]);

  const sockets = new WebSockets({
    ...parts,
    maxMessageBytes: config.maxReaderBodyBytes,
    turn: (viewer, request) => longWay.enter(budgets.of(viewer, request)),
  });
  let stopping = false;
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isWebSocket(request)) return serveWithoutUpgrade(app.server, request, socket, head);
    if (!isOwnHost(request)) return refuseUpgrade(socket, MISDIRECTED.status, MISDIRECTED.message);
    if (stopping)
      return refuseUpgrade(socket, 503, "The server is being stopped. Connect again in a moment.");
    if (!request.url?.match(/^\/graphql(\?|$)/)) {
      return refuseUpgrade(socket, 404, "There is no WebSocket at this path. Connect to /graphql.");
    }
    if (!mayConnect(request, config.corsOrigins)) {
      return refuseUpgrade(
        socket,
        403,
        "Pages of this origin may not connect. CORS_ORIGINS lists those that may.",
      );
    }
    const id = requestId(request);
    sockets.accept(request, socket, head, id, app.log.child({ requestId: id }));
  };
  app.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // An error that nobody catches here would end the process.
    try {
      upgrade(request, socket, head);
    } catch (error) {
      app.log.warn({ err: error }, "a connection could not be upgraded");
      socket.destroy();
    }
  });

  // The server waits for its connections before it closes, so those that would never end are ended first.
  app.addHook("preClose", async () => {
    stopping = true;
    await Promise.all([sockets.stop(), streams.stop()]);
    await feed.stop();
  });
  return streams;
}
