import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
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
    admit(measured, limits, isWritten(schema, document, operation));
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

/** Whether the database writes the whole answer. It writes no introspection. */
function isWritten(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): boolean {
  const fields = schema.getQueryType()?.getFields() ?? {};
  const written = (name: string) => name === "__typename" || fields[name] !== undefined;
  return operation === "query" && rootNames(document, selectionSet).every(written);
}

/** The fields of a selection, and those of its fragments. Each fragment is read once. */
function rootNames(
  document: DocumentNode,
  { selections }: SelectionSetNode,
  seen = new Set<string>(),
): string[] {
  return selections.flatMap((one) => {
    if (one.kind === Kind.FIELD) return [one.name.value];
    if (one.kind === Kind.INLINE_FRAGMENT) return rootNames(document, one.selectionSet, seen);
    const fragment = document.definitions.find(
      (definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === one.name.value,
    ) as FragmentDefinitionNode;
    if (seen.has(one.name.value)) return [];
    seen.add(one.name.value);
    return rootNames(document, fragment.selectionSet, seen);
  });
}
