import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, getVariableValues } from "graphql";
import { ErrorCode } from "../graphql/errors.js";
import { admit, type Limits } from "./admit.js";
import type { Operations } from "./operations.js";

/** Apollo plugin: refuses an operation that is nested too deep or asks for too many objects, before it runs. */
export function limits(within: Limits, operations: Operations): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          if (!operation || !schema.getRootType(operation.operation)) return;
          const { variableDefinitions = [] } = operation;
          const { coerced, errors } = getVariableValues(
            schema,
            variableDefinitions,
            request.variables ?? {},
            {
              maxErrors: 1,
            },
          );
          // Whoever runs the operation would tell fifty errors, each of which repeats what was sent.
          if (!coerced) throw unfit(errors?.[0] as GraphQLError);
          const known = operations.of(document, operation);
          admit(known.measure(coerced), within, known.isWritten(coerced));
        },
      };
    },
  };
}

const unfit = ({ message, nodes }: GraphQLError): GraphQLError =>
  new GraphQLError(message, {
    nodes,
    extensions: { code: ErrorCode.BAD_USER_INPUT, http: { status: 400 } },
  });
