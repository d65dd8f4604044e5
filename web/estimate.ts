import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { admit, type Limits } from "../src/http/admit.js";
import { measure } from "../src/http/measure.js";
import { checkDocument, MAX_TOKENS } from "../src/http/nesting.js";
import { checkOverlaps } from "../src/http/overlaps.js";

/** What the server will say of an operation before it runs it. */
export interface Estimate {
  /** Objects that the answer may hold. */
  cost: number;
  /** Why the server will refuse it, if so. */
  refusal?: string;
}

/** Estimates an operation as the server does; undefined when it is none that the server could run. */
export function estimateOf(
  schema: GraphQLSchema,
  limits: Limits,
  query: string,
  variables: Record<string, unknown>,
  operationName?: string,
): Estimate | undefined {
  const document = validIn(schema, query);
  const operation = document && getOperationAST(document, operationName);
  if (!operation) return undefined;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!coerced) return undefined;
  const measured = measure(schema, document, operation, coerced);
  try {
    admit(measured, limits, isWritten(schema, operation));
    return { cost: measured.cost };
  } catch (error) {
    return { cost: measured.cost, refusal: (error as Error).message };
  }
}

/** The document in a text, if it is a valid one. What the server does not read would keep the page busy as well. */
function validIn(schema: GraphQLSchema, text: string): DocumentNode | undefined {
  try {
    checkDocument(text);
    const document = parse(text, { maxTokens: MAX_TOKENS });
    checkOverlaps(document);
    return validate(schema, document, undefined, { maxErrors: 1 }).length === 0 ? document : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the database writes the answer, as the schema shows it: all queries but those for a node of any type. */
function isWritten(schema: GraphQLSchema, { operation, selectionSet }: OperationDefinitionNode): boolean {
  const fields = schema.getQueryType()?.getFields() ?? {};
  const ofAnyType = selectionSet.selections.some(
    (selection) =>
      selection.kind === Kind.FIELD && isAbstractType(getNamedType(fields[selection.name.value]?.type)),
  );
  return operation === "query" && !ofAnyType;
}
