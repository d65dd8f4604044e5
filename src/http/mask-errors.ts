import type { ApolloServerPlugin } from "@apollo/server";
import type { FastifyBaseLogger } from "fastify";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Abandoned, endedBy } from "../database/ended.js";
import { NO_DATABASE, OutcomeUnknown, unanswered } from "../database/unanswered.js";
import { withoutEnumValues } from "../graphql/enum-values.js";
import { boundedMessage, ErrorCode, PublicError } from "../graphql/errors.js";
import type { HttpContext } from "./context.js";
import { boundedName } from "./logging.js";

// What is found wrong with a request before any resolver runs. The texts are graphql-js's and Apollo's own and
// speak of the request and the schema only.
const REQUEST_CODES: ReadonlySet<unknown> = new Set<ErrorCode>([
  ErrorCode.BAD_REQUEST,
  ErrorCode.BAD_USER_INPUT,
  ErrorCode.GRAPHQL_PARSE_FAILED,
  ErrorCode.GRAPHQL_VALIDATION_FAILED,
  ErrorCode.OPERATION_RESOLUTION_FAILURE,
  ErrorCode.PERSISTED_QUERY_NOT_FOUND,
]);

const INTERNAL = "Internal server error";

/** Apollo's `formatError`: an error whose text was not written for clients loses it, and none repeats all of a request. */
export function maskError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const masked = withoutSecrets(formatted, error);
  return { ...masked, message: boundedMessage(masked.message) };
}

function withoutSecrets(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (isPublic(error)) {
    return formatted;
  }
  const { path, locations, extensions } = formatted;
  if (isArgumentError(rootOf(error))) {
    return { ...formatted, extensions: { ...extensions, code: ErrorCode.BAD_USER_INPUT } };
  }
  if (isPersistenceError(error)) {
    return { ...formatted, extensions: { ...extensions, code: ErrorCode.BAD_REQUEST } };
  }
  const root = rootOf(error);
  const ended = endedBy(root);
  if (ended) return { message: ended.message, locations, path, extensions: { code: ended.code } };
  return unanswered(root)
    ? {
        message: root instanceof OutcomeUnknown ? root.message : NO_DATABASE,
        locations,
        path,
        extensions: { code: ErrorCode.UNAVAILABLE },
      }
    : { message: INTERNAL, locations, path, extensions: { code: ErrorCode.INTERNAL_SERVER_ERROR } };
}

/**
 * The same error without what graphql-js suggests in place of a name that there is not: whoever may not read the schema
 * could ask for it name by name.
 */
export function withoutSuggestions(error: GraphQLError): GraphQLError {
  const { nodes, source, positions, path, originalError, extensions } = error;
  const message = unsuggested(error.message);
  return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions });
}

/** `maskError` for where the schema is hidden. */
export function maskSchema(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const masked = maskError(formatted, error);
  return { ...masked, message: unsuggested(masked.message) };
}

const unsuggested = (message: string): string =>
  withoutEnumValues(message).replace(/ Did you mean [^?]*(\?|$)/g, "");

/** Puts into the log what clients are not told; what they are told, only for who looks for it. */
export function logError(
  log: Pick<FastifyBaseLogger, "debug" | "info" | "error">,
  error: GraphQLError,
  operationName?: string | null,
): void {
  const operation = operationName && boundedName(operationName);
  const root = rootOf(error);
  const ended = endedBy(root);
  if (ended) {
    // An operator wants to know which operations these are; anybody can bring them about.
    log.info({ code: ended.code, operation, path: error.path }, "a statement was ended");
  } else if (
    isPublic(error) ||
    root instanceof Abandoned ||
    isArgumentError(root) ||
    isPersistenceError(error)
  ) {
    log.debug({ code: error.extensions.code, operation, path: error.path }, boundedMessage(error.message));
  } else {
    log.error({ err: root, operation, path: error.path }, "a field failed");
  }
}

/** Apollo plugin: what clients are not told stands in the log in full, beside the id of the request. */
export function logErrors(): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue, operationName, logger }) {
          const log = contextValue.log ?? logger;
          for (const error of errors) logError(log, error, operationName);
        },
      };
    },
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      requestContext.contextValue.log.error({ err: error }, "a request failed");
    },
  };
}

function isPublic(error: unknown): boolean {
  const requestError =
    error instanceof GraphQLError && error.path === undefined && REQUEST_CODES.has(error.extensions.code);
  return requestError || rootOf(error) instanceof PublicError;
}

// graphql-js finds some wrong arguments only while it runs: a null variable for an argument with a default.
function isArgumentError(error: unknown): boolean {
  return (
    error instanceof GraphQLError &&
    error.extensions.code === undefined &&
    /^Argument "\w+" (of non-null type|of required type|has invalid value)/.test(error.message)
  );
}

// Apollo gives these two no code: a hash that is not that of the text, and another version of the protocol.
function isPersistenceError(error: unknown): boolean {
  return (
    error instanceof GraphQLError &&
    /^(provided sha does not match query|Unsupported persisted query version)$/.test(error.message)
  );
}

/** What was thrown at first, below the errors that graphql-js wrapped around it. */
function rootOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? rootOf(error.originalError) : error;
}
