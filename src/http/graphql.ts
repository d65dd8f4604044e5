import type { OutgoingHttpHeaders } from "node:http";
import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Authenticator } from "../access/authenticator.js";
import type { Config } from "../config.js";
import type { ByteString } from "../database/byte-string.js";
import type { Database } from "../database/database.js";
import { ANONYMOUS } from "../graphql/viewer.js";
import { Reader } from "../reading/reader.js";
import { Written } from "./answer.js";
import { startApollo } from "./apollo.js";
import { identify } from "./caller.js";
import { type HttpContext, RequestContext } from "./context.js";
import { Operations } from "./operations.js";
import { onlyMethods } from "./refusals.js";
import { ShortWay } from "./short-way.js";

/** A smaller answer fits one packet anyway. */
export const COMPRESS_FROM_BYTES = 1_400;

/** From here on, to put an answer together costs more than to write its parts. In bytes. */
const LARGE = 16_000;

/** Serves GraphQL at `/graphql`, over HTTP. */
export async function graphql(
  app: FastifyInstance,
  config: Config,
  schema: GraphQLSchema,
  database: Database,
  authenticator: Authenticator,
): Promise<void> {
  const operations = new Operations(schema, config);
  const apollo = await startApollo(schema, operations, config, app.log);
  app.addHook("onClose", () => apollo.stop());
  await rehearse(apollo, database, app.log);
  const shortWay = new ShortWay(operations);
  app.route({
    url: "/graphql",
    method: ["GET", "POST"],
    onRequest: identify(authenticator),
    async handler(request, reply) {
      const context = new RequestContext(database, request);
      const ran = await shortWay.try(request, reply, context);
      if (ran instanceof Written) return pass(request, reply, ran.body);
      context.ran = ran;
      const longWay = fastifyApolloHandler(apollo, { context: async () => context });
      const body = await longWay.call(app, request, reply);
      shortWay.learn(request, reply);
      return send(request, reply, body as string);
    },
  });
  onlyMethods(app, "/graphql", ["GET", "POST"]);
}

// Whatever comes of it, the first client finds code compiled that he would have waited for.
async function rehearse(
  apollo: ApolloServer<HttpContext>,
  database: Database,
  log: FastifyBaseLogger,
): Promise<void> {
  const reader = new Reader(database, ANONYMOUS);
  const contextValue = { reader, database, log, nameOperation: () => undefined };
  await apollo.executeOperation({ query: "{ claims(first: 1) { nodes { id } } }" }, { contextValue });
}

// As it came, unless it is to be compressed: whatever else takes an answer would first make bytes of it.
function pass(request: FastifyRequest, reply: FastifyReply, body: readonly ByteString[]): FastifyReply {
  const length = body.reduce((sum, part) => sum + part.length, 0);
  if (request.headers["accept-encoding"] !== undefined && length >= COMPRESS_FROM_BYTES)
    return send(request, reply, Buffer.from(body.join(""), "latin1"));
  const headers = reply.header("content-length", length).getHeaders() as OutgoingHttpHeaders;
  const { raw } = reply.hijack();
  raw.writeHead(reply.statusCode, headers);
  if (length < LARGE) raw.end(body.join(""), "latin1");
  else {
    // They leave together all the same.
    for (const part of body) raw.write(part, "latin1");
    raw.end();
  }
  return reply;
}

function send({ headers }: FastifyRequest, reply: FastifyReply, body: string | Buffer): FastifyReply {
  if (headers["accept-encoding"] === undefined) return reply.send(body);
  reply.compress(body);
  return reply;
}
