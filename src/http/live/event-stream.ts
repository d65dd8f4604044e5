import type { ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { print, type StreamData } from "graphql-sse";
import { ErrorCode } from "../../graphql/errors.js";
import { type Finished, logOf } from "../logging.js";
import { checkJson } from "../nesting.js";
import { badRequest } from "../refusals.js";
import type { LiveAuthenticator } from "./authenticator.js";
import { type Events, type SubscriptionRequest, type Subscriptions, told } from "./subscriptions.js";

const PING_MILLISECONDS = 12_000;
const PING = ":\n\n";
const COMPLETE = print({ event: "complete", data: null });

/** What the streams are made for and with. */
export interface EventStreamParts {
  readonly subscriptions: Subscriptions;
  readonly authenticator: LiveAuthenticator;
  /** How long one event may take to be sent. */
  readonly slowMilliseconds: number;
  readonly logFinished: (finished: Finished) => void;
}

/**
 * Subscriptions as Server-Sent Events, each on a connection of its own: the "distinct connections mode" of
 * https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md. The library's own handler takes events from their
 * source as fast as they come and queues them for whoever does not read; here the next one waits.
 */
export class EventStreams {
  readonly #open = new Set<Events>();
  #stopping = false;

  constructor(private readonly parts: EventStreamParts) {}

  /** Answers a request with a stream, or with errors. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const begun = await this.#begin(request);
    if ("events" in begun) {
      request.operation = begun.operationName ?? "";
      const response = open(reply);
      response.once("close", () => response.writableFinished || this.#logBroken(request, reply));
      await this.#pour(begun.events, response, (error) => told([error], logOf(request), request.operation));
      return reply;
    }
    const errors = told(begun, logOf(request));
    const status = statusOf(begun, errors[0]?.extensions?.code);
    // Clients of the protocol look for what is wrong with an operation in the stream.
    const streams = request.headers.accept?.includes("text/event-stream");
    if (status === 401) reply.header("www-authenticate", "Bearer");
    if (!streams || status !== 400) return reply.code(status).send({ errors });
    open(reply).end(next({ errors }) + COMPLETE);
    return reply;
  }

  /** Ends all streams without a word of completion, so that clients connect again. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#open].map((events) => events.return()));
  }

  // Most streams end by the client's going away, which Fastify does not take for an answer.
  #logBroken({ id, method, url, operation, caller }: FastifyRequest, { elapsedTime }: FastifyReply): void {
    this.parts.logFinished({
      id,
      method,
      url,
      operation,
      caller: caller?.id,
      status: 200,
      ms: elapsedTime,
    });
  }

  async #begin(request: FastifyRequest) {
    try {
      const asked = parametersOf(request);
      const viewer = await this.parts.authenticator.authenticate(request.headers.authorization);
      request.caller = viewer;
      return await this.parts.subscriptions.begin(asked, viewer, request.raw);
    } catch (error) {
      return [error as GraphQLError];
    }
  }

  async #pour(
    events: Events,
    response: ServerResponse,
    tell: (error: GraphQLError) => object[],
  ): Promise<void> {
    this.#open.add(events);
    response.once("close", () => void events.return());
    // Who has not yet taken what was sent needs no sign of life.
    const pinging = setInterval(() => response.writableNeedDrain || response.write(PING), PING_MILLISECONDS);
    const write = (text: string) => written(response, text, this.parts.slowMilliseconds);
    try {
      if (!(await write(PING))) return;
      for await (const { data, errors } of events) {
        if (!(await write(next(errors ? { errors: errors.flatMap(tell), data } : { data })))) return;
      }
      if (!this.#stopping) await write(COMPLETE);
    } catch (error) {
      await write(next({ errors: tell(asGraphQLError(error)) }) + COMPLETE);
    } finally {
      clearInterval(pinging);
      this.#open.delete(events);
      await events.return();
      if (!response.destroyed) response.end();
    }
  }
}

const next = (result: object): string => print({ event: "next", data: result as StreamData<"next"> });

const asGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError("", { originalError: error as Error });

/**
 * Writes a piece. The promise holds back the next one until the system has taken this one from us.
 *
 * @returns whether the client is still there
 */
function written(response: ServerResponse, text: string, slowMilliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    // Nothing that is sent now would reach him; the connection is broken off, and he resumes from where he has read.
    const timer = setTimeout(() => response.destroy(), slowMilliseconds);
    const done = () => {
      clearTimeout(timer);
      response.off("close", done);
      resolve(!response.destroyed);
    };
    if (response.destroyed) return done();
    response.once("close", done);
    response.write(text, done);
  });
}

function open(reply: FastifyReply): ServerResponse {
  reply.hijack();
  const headers = {
    ...reply.getHeaders(),
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    // nginx would gather the events: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
    "x-accel-buffering": "no",
  };
  reply.raw.writeHead(200, headers as Record<string, string>);
  return reply.raw;
}

/** The status of an answer that is not streamed. */
function statusOf([error]: readonly GraphQLError[], code: unknown): number {
  if (code === ErrorCode.UNAVAILABLE) return 503;
  if (code === ErrorCode.INTERNAL_SERVER_ERROR) return 500;
  const { status } = Object(error?.extensions?.http) as { status?: number };
  return status ?? 400;
}

/** @throws BAD_REQUEST */
function parametersOf({ method, body, query }: FastifyRequest): SubscriptionRequest {
  const given: unknown = method === "GET" ? query : body;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw badRequest('The body must be an object such as {"query": "subscription { … }"}.');
  }
  const { variables, ...rest } = given as SubscriptionRequest;
  return method === "GET" && typeof variables === "string"
    ? { ...rest, variables: readJson(variables) }
    : { ...rest, variables };
}

function readJson(text: string): unknown {
  checkJson(text);
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("`variables` must be JSON.");
  }
}
