import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  type VariableDefinitionNode,
} from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import { type FlatQuery, flatten, type Literal, NotFlat } from "./flatten.js";

/** An operation that has become a function. */
export interface CompiledOperation {
  /** `values`: the variables as graphql-js coerced them, and beside them the value of each literal. */
  query(
    root: unknown,
    context: unknown,
    values: Record<string, unknown>,
  ): Promise<ExecutionResult> | ExecutionResult;
  readonly literals: readonly Literal[];
}

// Stands for any input type: graphql-js has checked and coerced the values before they come here.
const COERCED = new GraphQLScalarType({ name: "Coerced", parseValue: (value) => value });

/**
 * Compiles a valid query for these outcomes of its `@skip` and `@include`.
 *
 * graphql-jit is given a flattened query (see `flatten`), for three reasons. It writes literals into the code it
 * generates and is not careful with strings there, so no value of a client may reach it. It coerces variables,
 * their defaults and literals a little differently from graphql-js. And it joins the conditions of a fragment that
 * is spread in two places. Resolvers see the client's own field nodes, fragments and operation.
 *
 * @returns undefined when graphql-js has to run it
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): CompiledOperation | undefined {
  let flat: FlatQuery;
  try {
    flat = flatten(schema, document, operation, variables);
  } catch (error) {
    if (error instanceof NotFlat) {
      return undefined;
    }
    throw error;
  }
  const names = [
    ...(operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value),
    ...flat.literals.map(({ variable }) => variable),
  ];
  const fragments = Object.fromEntries(
    document.definitions
      .filter(
        (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
      )
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const query: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: operation.operation,
    variableDefinitions: names.map(definitionOf),
    selectionSet: flat.selectionSet,
  };
  const result = compileQuery(compilable(schema), { kind: Kind.DOCUMENT, definitions: [query] }, "", {
    resolverInfoEnricher: ({ fieldNodes, parentType }) => ({
      schema,
      parentType: schema.getType(parentType.name),
      operation,
      fragments,
      fieldNodes: fieldNodes.map((node: FieldNode) => flat.origin.get(node) ?? node),
    }),
  });
  if (!isCompiledQuery(result)) {
    return undefined;
  }
  const lines = lineStarts(document);
  return {
    literals: flat.literals,
    async query(root, context, values) {
      const { data, errors }: ExecutionResult = await result.query(root, context, values);
      return errors ? { data, errors: errors.map((error) => genuine(error, document, lines)) } : { data };
    },
  };
}

// graphql-jit makes errors that lack what others expect of a GraphQLError, such as `extensions`.
function genuine(error: GraphQLError, document: DocumentNode, lines: readonly number[]): GraphQLError {
  const { message, path, originalError, locations = [] } = error;
  return new GraphQLError(message, {
    path,
    originalError,
    source: document.loc?.source,
    positions: locations.map(({ line, column }) => lines[line - 1]! + column - 1),
  });
}

function lineStarts({ loc }: DocumentNode): number[] {
  const ends = loc ? [...loc.source.body.matchAll(/\r\n|[\n\r]/g)] : [];
  return [0, ...ends.map((end) => end.index + end[0].length)];
}

const definitionOf = (name: string): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: COERCED.name } },
});

/** The same schema, with one more type for variables that no client can name, and guarded root fields. */
function compilable(schema: GraphQLSchema): GraphQLSchema {
  return Object.create(schema, {
    getType: { value: (name: string) => (name === COERCED.name ? COERCED : schema.getType(name)) },
    getRootType: { value: (operation: OperationTypeNode) => guarded(schema.getRootType(operation)!) },
  });
}

// The compiled function shapes the rows below a root field in a callback of that field's promise. Were something
// to throw there (a getter of a row, say), the request would never be answered and the process would end.
function guarded(root: GraphQLObjectType): GraphQLObjectType {
  const fields = Object.entries(root.getFields()).map(([name, field]) => [
    name,
    { ...field, resolve: field.resolve && failingAsOne(field.resolve) },
  ]);
  return Object.create(root, { getFields: { value: () => Object.fromEntries(fields) } });
}

/** A resolver whose promise reports to its second callback what the first one throws. */
const failingAsOne =
  (resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> =>
  (...given) => {
    const value = resolve(...given);
    if (!(value instanceof Promise)) {
      return value;
    }
    return {
      // biome-ignore lint/suspicious/noThenProperty: the compiled function calls only this method of a promise
      then: (succeed: (result: unknown) => void, fail: (reason: unknown) => void) =>
        value.then((result) => {
          try {
            succeed(result);
          } catch (reason) {
            fail(reason);
          }
        }, fail),
    };
  };
