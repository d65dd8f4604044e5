import type { ApolloServerPlugin } from "@apollo/server";
import { getVariableValues } from "graphql";
import { ErrorCode, PublicError } from "../graphql/errors.js";
import { type Measure, measure } from "./measure.js";

// Introspection is measured apart, so that no MAX_COST shuts out a tool that reads the schema; this is many
// times what the tools ask, and still stops one request that asks for the whole schema hundreds of times.
const MAX_INTROSPECTION_COST = 5_000;

// Far more than a person writes; fragments that each spread the next one twice get there in nine steps.
const MAX_FIELDS = 1_000;

/** What the server accepts from one operation. */
export interface Limits {
  readonly maxDepth: number;
  readonly maxCost: number;
}

/** Apollo plugin: refuses an operation that is nested too deep or asks for too many objects, before it runs. */
export function limits(within: Limits): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          if (!operation || !schema.getRootType(operation.operation)) return;
          const { variableDefinitions = [] } = operation;
          const { coerced } = getVariableValues(schema, variableDefinitions, request.variables ?? {}, {
            maxErrors: 1,
          });
          // Variables that do not fit are refused by whoever runs the operation.
          if (coerced) admit(measure(schema, document, operation, coerced), within);
        },
      };
    },
  };
}

/** @throws DEPTH_LIMIT_EXCEEDED, COST_LIMIT_EXCEEDED when an operation is too large */
export function admit(measured: Measure, { maxDepth, maxCost }: Limits): void {
  if (measured.depth > maxDepth) {
    throw refused(
      ErrorCode.DEPTH_LIMIT_EXCEEDED,
      `The operation nests fields ${measured.depth} deep; the limit is ${maxDepth}. Split it into several, each starting from the id or slug where the one before stopped.`,
      { depth: measured.depth, limit: maxDepth },
    );
  }
  if (measured.fields > MAX_FIELDS) {
    throw refused(
      ErrorCode.COST_LIMIT_EXCEEDED,
      `The operation selects ${measured.fields} fields, fragments spread; the limit is ${MAX_FIELDS}. Split it into several.`,
      { fields: measured.fields, limit: MAX_FIELDS },
    );
  }
  const [cost, limit] =
    measured.introspection > MAX_INTROSPECTION_COST
      ? [measured.introspection, MAX_INTROSPECTION_COST]
      : [measured.cost, maxCost];
  if (cost > limit) {
    throw refused(
      ErrorCode.COST_LIMIT_EXCEEDED,
      `The operation may return about ${cost} objects; the limit is ${limit}. Ask for smaller pages (first or last), fewer nested lists, or split it into several.`,
      { cost, limit },
    );
  }
}

function refused(code: ErrorCode, message: string, measured: Record<string, number>): PublicError {
  return new PublicError(code, message, { ...measured, http: { status: 400 } });
}
