import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { endedBy } from "../database/ended.js";
import { NO_DATABASE, unanswered } from "../database/unanswered.js";
import { ErrorCode, PublicError, unavailable } from "../graphql/errors.js";
import { type HostCheck, MISDIRECTED } from "./hosts.js";
import { logOf } from "./logging.js";

// Fastify's codes for what it refuses before a route sees it: https://fastify.dev/docs/latest/Reference/Errors/
const REFUSALS: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "The body is larger than this server reads (MAX_BODY_BYTES).",
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty. Send JSON such as {"query": "{ __typename }"}.',
  FST_ERR_CTP_INVALID_JSON_BODY:
    "The body is not JSON, or an object in it has a key that is not taken: `__proto__`, or `constructor` with a `prototype`.",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "Send the body as content-type: application/json.",
};

/** What a public error says of the answer's head. */
interface PublicHead {
  readonly status?: number;
  readonly headers?: ReadonlyMap<string, string>;
}

/** A request that is no GraphQL request. */
export const badRequest = (message: string) => new PublicError(ErrorCode.BAD_REQUEST, message);

/** Answers in the shape of a GraphQL response: clients have one way to read an error. */
function refuse(
  reply: FastifyReply,
  status: number,
  message: string,
  code: ErrorCode = ErrorCode.BAD_REQUEST,
) {
  return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}

/** Every request that no route answers gets a JSON error that says what to do and nothing about the server. */
export function refusals(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, 404, "There is nothing at this path. The GraphQL endpoint is /graphql."),
  );
  app.setErrorHandler((thrown: FastifyError, request, reply) => {
    // Whoever goes away in the middle of a request is told nothing; what his socket says of it is no fault of the server.
    if (request.raw.socket.destroyed) {
      logOf(request).debug({ err: thrown }, "a request was broken off");
      return refuse(reply, 400, "The request was broken off.");
    }
    const ended = endedBy(thrown);
    if (ended)
      return refuse(reply, ended.code === "TOO_MANY_REQUESTS" ? 429 : 503, ended.message, ended.code);
    const error = unanswered(thrown) ? unavailable(NO_DATABASE, thrown) : thrown;
    if (error instanceof PublicError) {
      const { status = 400, headers = [] } = Object(error.extensions.http) as PublicHead;
      if (error.cause) logOf(request).error({ err: error.cause }, "a request could not be answered");
      for (const [name, value] of headers) reply.header(name, value);
      return refuse(reply, status, error.message, error.extensions.code as ErrorCode);
    }
    // Apollo's handler makes an address of these, on the long way only.
    if (error.code === "ERR_INVALID_URL" && !isAddressed(request)) {
      return refuse(reply, 400, "The header Host names no host. Write it like a.example:4000.");
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      logOf(request).error({ err: error }, "a request failed");
      return refuse(reply, 500, "Internal server error", ErrorCode.INTERNAL_SERVER_ERROR);
    }
    return refuse(reply, status, REFUSALS[error.code] ?? "The request cannot be read.");
  });
}

/** Answers 421 to requests for other hosts, before anything else is done for them. */
export function refuseOtherHosts(app: FastifyInstance, isOwnHost: HostCheck): void {
  app.addHook("onRequest", ({ raw }, reply, done) => {
    if (isOwnHost(raw)) done();
    else refuse(reply, MISDIRECTED.status, MISDIRECTED.message);
  });
}

const isAddressed = ({ url, protocol, hostname }: FastifyRequest): boolean =>
  URL.canParse(url, `${protocol}://${hostname}/`);

/** What the single connection mode of graphql-sse begins with, which is not served. */
const SINGLE_CONNECTION =
  "The single connection mode of graphql-sse is not served: leave out `singleConnection`, so that each subscription has a connection of its own.";

/** Answers 405 to the methods that an address of GraphQL does not take. */
export function onlyMethods(app: FastifyInstance, url: string, allowed: readonly HTTPMethods[]): void {
  const others = app.supportedMethods.filter((method) => ![...allowed, "HEAD", "OPTIONS"].includes(method));
  app.route({
    url,
    method: others as HTTPMethods[],
    handler: ({ method }, reply) => {
      reply.header("allow", allowed.join(", "));
      const message = `Use one of these methods here: ${allowed.join(", ")}.`;
      return refuse(reply, 405, method === "PUT" ? `${message} ${SINGLE_CONNECTION}` : message);
    },
  });
}
