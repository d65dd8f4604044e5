import { GraphQLError } from "graphql";
import { clipped } from "../values/shown.js";

/** Every `extensions.code` that a client can meet. Clients branch on these; the messages are for people. */
export const ErrorCode = {
  /** The request is not a GraphQL request: no query, a body that is no object, a wrong header. */
  BAD_REQUEST: "BAD_REQUEST",
  /** The document is not GraphQL, or has more tokens than the server reads. */
  GRAPHQL_PARSE_FAILED: "GRAPHQL_PARSE_FAILED",
  /** The document does not fit the schema. */
  GRAPHQL_VALIDATION_FAILED: "GRAPHQL_VALIDATION_FAILED",
  /** The document holds no operation of that name, or several and no name was given. */
  OPERATION_RESOLUTION_FAILURE: "OPERATION_RESOLUTION_FAILURE",
  /** A document was asked for by its hash, and the server does not have it (any more): send the text once. */
  PERSISTED_QUERY_NOT_FOUND: "PERSISTED_QUERY_NOT_FOUND",
  /** A variable or an argument has a value that the server cannot use. */
  BAD_USER_INPUT: "BAD_USER_INPUT",
  /** Nobody may do this without saying who they are, or what they said of it does not hold. */
  UNAUTHENTICATED: "UNAUTHENTICATED",
  /** The caller is known, and may not do this. */
  FORBIDDEN: "FORBIDDEN",
  /** The operation is nested deeper than MAX_DEPTH. */
  DEPTH_LIMIT_EXCEEDED: "DEPTH_LIMIT_EXCEEDED",
  /** The operation may return more objects than MAX_COST. */
  COST_LIMIT_EXCEEDED: "COST_LIMIT_EXCEEDED",
  /** The database took longer for the answer than it may (READER_STATEMENT_SECONDS, STATEMENT_SECONDS). */
  STATEMENT_TIMEOUT: "STATEMENT_TIMEOUT",
  /** The answer has more bytes than MAX_ANSWER_BYTES. */
  ANSWER_TOO_LARGE: "ANSWER_TOO_LARGE",
  /** The caller asks for more at once than can wait for his share of the connections (CALLER_CONNECTIONS). */
  TOO_MANY_REQUESTS: "TOO_MANY_REQUESTS",
  /** The database, or the identity provider, does not answer. Asking again later may help. */
  UNAVAILABLE: "UNAVAILABLE",
  /** A fault of the server; the details are in its log, under the request id. */
  INTERNAL_SERVER_ERROR: "INTERNAL_SERVER_ERROR",
} as const;

export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

const LONGEST_MESSAGE = 1_000;
const LONGEST_QUOTE = 100;

/** A message as it is told and logged: whatever it repeats of a request, it stays a message. */
export function boundedMessage(text: string): string {
  if (text.length <= LONGEST_MESSAGE) return text;
  // What graphql-js says of a value stands between two repetitions of it.
  const shorter = text.replace(/"[^"]{100,}"/g, (quote) => clipped(quote, LONGEST_QUOTE));
  return clipped(shorter, LONGEST_MESSAGE);
}

/**
 * An error whose message is written for the client. Any other error thrown while a request runs reaches the
 * client as "Internal server error" and only the log in full.
 */
export class PublicError extends GraphQLError {
  /** `extensions` travels to the client beside the code: nothing secret belongs in it. */
  constructor(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}) {
    super(message, { extensions: { ...extensions, code } });
    this.name = "PublicError";
  }
}

/** The caller's role does not allow this. */
export const forbidden = (message: string): PublicError =>
  new PublicError(ErrorCode.FORBIDDEN, message, { http: { status: 403 } });

export const isForbidden = (error: unknown): error is PublicError =>
  error instanceof PublicError && error.extensions.code === ErrorCode.FORBIDDEN;

/** It has to be known who is calling. */
export const unauthenticated = (message: string): PublicError =>
  new PublicError(ErrorCode.UNAUTHENTICATED, message, { http: { status: 401, headers: CHALLENGE } });

// RFC 9110 wants it beside every 401.
const CHALLENGE: ReadonlyMap<string, string> = new Map([["www-authenticate", "Bearer"]]);

/** Something that the answer depends on does not answer. The cause is for the log. */
export function unavailable(message: string, cause: unknown): PublicError {
  const error = new PublicError(ErrorCode.UNAVAILABLE, message, { http: { status: 503 } });
  return Object.assign(error, { cause });
}

/** What a person sent cannot be used. The message says what, where, and how to mend it. */
export function badUserInput(message: string, extensions?: Record<string, unknown>): GraphQLError {
  return new PublicError(ErrorCode.BAD_USER_INPUT, message, extensions);
}
