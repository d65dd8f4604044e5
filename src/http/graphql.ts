import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Authenticator } from "../access/authenticator.js";
import type { Config } from "../config.js";
import type { Budget } from "../database/budget.js";
import type { ByteString } from "../database/byte-string.js";
import type { Database } from "../database/database.js";
import { ANONYMOUS } from "../graphql/viewer.js";
import { Reader } from "../reading/reader.js";
import { Written } from "./answer.js";
import { startApollo, subscriptionRefused } from "./apollo.js";
import type { Budgets } from "./budgets.js";
import { identify, limitBodies } from "./caller.js";
import { type HttpContext, RequestContext } from "./context.js";
import { resolveDocumentId } from "./document-id.js";
import type { EventStreams } from "./live/event-stream.js";
import type { LongWay } from "./long-way.js";
import { checkDocument, checkJson } from "./nesting.js";
import { Operations } from "./operations.js";
import { checkOverlapsIn } from "./overlaps.js";
import { leadBrowsers } from "./playground.js";
import { onlyMethods } from "./refusals.js";
import { ShortWay } from "./short-way.js";

/** A smaller answer fits one packet anyway. */
export const COMPRESS_FROM_BYTES = 1_400;

/** From here on, to put an answer together costs more than to write its parts. In bytes. */
const LARGE = 16_000;

/** What is shared out among callers, however they come. */
interface Shared {
  readonly authenticator: Authenticator;
  readonly budgets: Budgets;
  readonly longWay: LongWay;
  readonly streams: EventStreams;
}

/** Serves GraphQL at `/graphql`, over HTTP. A browser that opens it as a page comes to the playground, if that is on. */
export async function graphql(
  app: FastifyInstance,
  config: Config,
  schema: GraphQLSchema,
  database: Database,
  { authenticator, budgets, longWay, streams }: Shared,
): Promise<void> {
  const operations = new Operations(schema, config);
  const rehearsal = new Reader(database, ANONYMOUS, budgets.of(ANONYMOUS, REHEARSAL));
  const apollo = await startApollo(schema, operations, config, app.log);
  app.addHook("onClose", () => apollo.stop());
  await rehearse(apollo, { reader: rehearsal, database, log: app.log, nameOperation: () => undefined });
  const shortWay = new ShortWay(operations);
  app.route({
    url: "/graphql",
    method: ["GET", "POST"],
    onRequest: config.playground ? [leadBrowsers, identify(authenticator)] : identify(authenticator),
    preParsing: limitBodies(config.maxReaderBodyBytes),
    async handler(request, reply) {
      const { text, json } = partsOf(request);
      json.forEach(checkJson);
      resolveDocumentId(request);
      const media = accepted(request);
      if (media.streams && !media.json) return streams.answer(request, reply);
      const context = new RequestContext(database, budgets, request);
      const { budget } = context.reader;
      reply.raw.once("close", () => budget.abandon());
      const ran = await shortWay.try(request, reply, context);
      if (ran instanceof Written) return pass(request, reply, budget, ran.body);
      if (text) checkDocument(text);
      context.ran = ran;
      context.waits = await longWay.enter(budget);
      const passedOn: Written[] = [];
      context.passOn = (data) => passedOn.push(data);
      let subscribes = false;
      context.subscribes = () => {
        subscribes = true;
      };
      try {
        if (text) checkOverlapsIn(text);
        const handle = fastifyApolloHandler(apollo, { context: async () => context });
        const body = await handle.call(app, request, reply);
        if (subscribes) {
          context.waits();
          for (const name of ["allow", "content-length", "content-type"]) reply.removeHeader(name);
          if (media.streams) return streams.answer(request, reply);
          throw subscriptionRefused();
        }
        shortWay.learn(request, reply);
        const [data] = passedOn;
        // Where the client accepts no media type, Apollo Server has written an error.
        if (data && body === "") return pass(request, reply, budget, data.body);
        return send(request, reply, budget, body as string);
      } finally {
        context.waits();
      }
    },
  });
  onlyMethods(app, "/graphql", ["GET", "POST"]);
}

/** Stands for a request that nobody has sent. */
const REHEARSAL = { headers: {}, socket: {} } as IncomingMessage;

// Whatever comes of it, the first client finds code compiled that he would have waited for.
async function rehearse(apollo: ApolloServer<HttpContext>, contextValue: HttpContext): Promise<void> {
  await apollo.executeOperation({ query: "{ claims(first: 1) { nodes { id } } }" }, { contextValue });
}

/** What a request's `accept` has room for: https://www.rfc-editor.org/rfc/rfc9110#name-accept */
function accepted({ headers: { accept } }: FastifyRequest): { streams: boolean; json: boolean } {
  if (!accept?.includes("/event-stream")) return { streams: false, json: true };
  const types = accept.split(",").map((range) => range.split(";")[0]?.trim().toLowerCase());
  const any = (...names: string[]) => names.some((name) => types.includes(name));
  return {
    streams: any("text/event-stream"),
    json: any("application/json", "application/graphql-response+json", "application/*", "*/*"),
  };
}

/** The document of a request, if it is there, and what of its address has yet to be read as JSON. */
function partsOf({ method, body, query }: FastifyRequest): { text?: string; json: readonly string[] } {
  const given = Object(method === "GET" ? query : body) as Record<string, unknown>;
  const isText = (part: unknown): part is string => typeof part === "string";
  return {
    text: isText(given.query) ? given.query : undefined,
    json: [given.variables, given.extensions].filter(isText),
  };
}

// As it came, unless it is to be compressed: whatever else takes an answer would first make bytes of it.
function pass(
  request: FastifyRequest,
  reply: FastifyReply,
  budget: Budget,
  body: readonly ByteString[],
): FastifyReply {
  const length = body.reduce((sum, part) => sum + part.length, 0);
  if (request.headers["accept-encoding"] !== undefined && length >= COMPRESS_FROM_BYTES)
    return send(request, reply, budget, Buffer.from(body.join(""), "latin1"));
  const headers = reply.header("content-length", length).getHeaders() as OutgoingHttpHeaders;
  const { raw } = reply.hijack();
  raw.writeHead(reply.statusCode, headers);
  if (length < LARGE) raw.end(body.join(""), "latin1");
  else {
    count(raw, budget, length);
    // They leave together all the same.
    for (const part of body) raw.write(part, "latin1");
    raw.end();
  }
  return reply;
}

function send(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  budget: Budget,
  body: string | Buffer,
): FastifyReply {
  if (body.length >= LARGE) count(reply.raw, budget, body.length);
  if (headers["accept-encoding"] === undefined) return reply.send(body);
  reply.compress(body);
  return reply;
}

/** Counts an answer as unread until the system has taken it, or the client has gone. */
function count(response: ServerResponse, budget: Budget, bytes: number): void {
  if (!response.destroyed) response.once("close", budget.unread(bytes));
}
