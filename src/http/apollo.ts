import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { FastifyBaseLogger } from "fastify";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import type { Config } from "../config.js";
import { ErrorCode, PublicError } from "../graphql/errors.js";
import { bodyOf } from "./answer.js";
import type { HttpContext } from "./context.js";
import { executing, interpretingExecutor, writingExecutor } from "./executor.js";
import { limits } from "./limits.js";
import { logErrors, maskError, maskSchema } from "./mask-errors.js";
import { MAX_TOKENS } from "./nesting.js";
import { MOST_TEXT, type Operations } from "./operations.js";

/** What Apollo Server takes for a cache (KeyValueCache of @apollo/utils.keyvaluecache). */
function bounded<Value extends object | string>(maxSize: number, length: (value: Value) => number) {
  const kept = new LRUCache<string, Value>({ maxSize, sizeCalculation: (value) => length(value) + 1 });
  return {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: Value) => {
      kept.set(key, value);
    },
    delete: async (key: string) => kept.delete(key),
  };
}

/** Apollo Server, started, with the project's limits and errors. It keeps a bounded number of documents and calls nobody. */
export async function startApollo(
  schema: GraphQLSchema,
  operations: Operations,
  config: Config,
  log: FastifyBaseLogger,
): Promise<ApolloServer<HttpContext>> {
  const executor =
    config.executor === "sql" ? writingExecutor(schema, operations) : interpretingExecutor(schema);
  const apollo = new ApolloServer<HttpContext>({
    gateway: executing(schema, executor),
    logger: log,
    plugins: [refuseSubscriptions(), limits(config, operations), logErrors(), nameOperations(), ...silence()],
    formatError: config.introspection ? maskError : maskSchema,
    includeStacktraceInErrorResponses: false,
    introspection: config.introspection,
    // A page of another origin gains nothing by a request that it may send unasked: there are no cookies, what changes
    // anything is taken by POST as JSON only (see readJson), and without CORS_ORIGINS it may not read the answer.
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    persistedQueries: { cache: bounded(MOST_TEXT, (text: string) => text.length) },
    documentStore: bounded(MOST_TEXT, ({ loc }: DocumentNode) => loc?.source.body.length ?? 0),
    parseOptions: { maxTokens: MAX_TOKENS },
    stringifyResult: bodyOf,
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  return apollo;
}

// A subscription has no one answer. Whoever has asked Apollo Server says so, or answers it otherwise.
function refuseSubscriptions(): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation }) {
          if (operation?.operation === "subscription") throw subscriptionRefused();
        },
        // By GET it is refused before that.
        async didEncounterErrors({ operation, contextValue }) {
          if (operation?.operation === "subscription") contextValue.subscribes?.();
        },
      };
    },
  };
}

export const subscriptionRefused = () =>
  new PublicError(
    ErrorCode.OPERATION_RESOLUTION_FAILURE,
    "Subscriptions are not answered here. Connect to /graphql by WebSocket (graphql-transport-ws), or send `accept: text/event-stream` for Server-Sent Events.",
    { http: { status: 400 } },
  );

function nameOperations(): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operationName, contextValue }) {
          if (operationName) {
            contextValue.nameOperation(operationName);
          }
        },
      };
    },
  };
}

// Cache control would wrap every resolver of the schema; the others talk to a service or load pages from it.
const silence = () => [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];
