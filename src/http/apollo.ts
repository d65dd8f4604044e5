import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { FastifyBaseLogger } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Config } from "../config.js";
import { ErrorCode, PublicError } from "../graphql/errors.js";
import type { HttpContext } from "./context.js";
import { compilingExecutor, executing, interpretingExecutor } from "./executor.js";
import { limits } from "./limits.js";
import { logErrors, maskError } from "./mask-errors.js";

// Reading a document costs time that grows with the square of its repetitions; a large dashboard has a tenth.
const MAX_TOKENS = 5_000;

/** Apollo Server, started, with the project's limits and errors. It keeps no query and calls nobody. */
export async function startApollo(
  schema: GraphQLSchema,
  config: Config,
  log: FastifyBaseLogger,
): Promise<ApolloServer<HttpContext>> {
  const executor = config.executor === "jit" ? compilingExecutor(schema) : interpretingExecutor(schema);
  const apollo = new ApolloServer<HttpContext>({
    gateway: executing(schema, executor),
    logger: log,
    plugins: [knownOperations(), limits(config), logErrors(), nameOperations(), ...silence()],
    formatError: maskError,
    includeStacktraceInErrorResponses: false,
    introspection: config.introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    // Apollo indents by default, which costs as much as running a small query.
    stringifyResult: (result) => JSON.stringify(result),
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  return apollo;
}

// Validation lets fields of a type that the schema does not have pass, and execution would fail as if by a fault.
function knownOperations(): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, operation }) {
          const kind = operation?.operation;
          if (kind && !schema.getRootType(kind)) {
            throw new PublicError(
              ErrorCode.OPERATION_RESOLUTION_FAILURE,
              `The schema has no ${kind}s. Send a query.`,
              {
                http: { status: 400 },
              },
            );
          }
        },
      };
    },
  };
}

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
