import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, getVariableValues } from "graphql";
import { ErrorCode } from "../graphql/errors.js";
import { setAside } from "../graphql/unfit-rows.js";
import { admit, type Limits } from "./admit.js";
import type { HttpContext } from "./context.js";
import type { Operations } from "./operations.js";

/** Apollo plugin: refuses an operation that is nested too deep or asks for too many objects, before it runs. */
export function limits(within: Limits, operations: Operations): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (!operation || !schema.getRootType(operation.operation)) return;
          const { variableDefinitions = [] } = operation;
          if (operation.operation === "mutation" && request.variables) {
            const { variables, unfitRows } = setAside(schema, operation, request.variables);
            request.variables = { ...variables };
            contextValue.unfitRows = unfitRows;
          }
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
