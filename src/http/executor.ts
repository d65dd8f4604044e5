import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import {
  type DocumentNode,
  execute,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  valueFromAST,
  visit,
} from "graphql";
import { LRUCache } from "lru-cache";
import { type CompiledOperation, compileOperation } from "./compile.js";

type Gateway = ApolloServerOptionsWithGateway<BaseContext>["gateway"];

/** What Apollo Server calls to run an operation that has been parsed, validated and accepted. */
export type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;

// A compiled operation takes some tens of kilobytes.
const MAX_COMPILED = 250;
const MAX_SEEN = 2_000;

/** Gives Apollo Server its schema and the function that runs operations, through its `gateway` option. */
export function executing(schema: GraphQLSchema, executor: Executor): Gateway {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => {};
    },
    load: async () => ({ executor }),
    stop: async () => {},
  };
}

/** Runs every operation with graphql-js, which defines what the right answer is. */
export const interpretingExecutor =
  (schema: GraphQLSchema): Executor =>
  async ({ document, request, context }) =>
    execute({
      schema,
      document,
      contextValue: context,
      variableValues: request.variables,
      operationName: request.operationName,
    });

/**
 * Runs operations as compiled functions, with the answers of graphql-js. An operation is compiled when it comes
 * for the second time, so that a stream of operations that are never repeated costs nothing; what cannot be
 * compiled is run by graphql-js.
 */
export function compilingExecutor(schema: GraphQLSchema): Executor {
  const interpret = interpretingExecutor(schema);
  const seen = new LRUCache<string, true>({ max: MAX_SEEN });
  const compiled = new LRUCache<string, CompiledOperation | "not compilable">({ max: MAX_COMPILED });

  return async (asked) => {
    const { operation, document, queryHash, context } = asked;
    const { coerced: variables } = getVariableValues(
      schema,
      operation?.variableDefinitions ?? [],
      asked.request.variables ?? {},
      { maxErrors: 1 },
    );
    if (!operation || !variables) {
      return interpret(asked);
    }
    const key = [queryHash, operation.name?.value, ...decisions(document, variables)].join(" ");
    let run = compiled.get(key);
    if (!run && seen.has(key)) {
      run = compileOperation(schema, document, operation, variables) ?? "not compilable";
      compiled.set(key, run);
    }
    seen.set(key, true);
    if (!run || run === "not compilable") {
      return interpret(asked);
    }
    const values = withLiterals(run, variables);
    return values ? run.query(undefined, context, values) : interpret(asked);
  };
}

function withLiterals(
  { literals }: CompiledOperation,
  variables: Record<string, unknown>,
): Record<string, unknown> | undefined {
  // Without a prototype: a variable called "constructor" that is not given has no value.
  const values: Record<string, unknown> = Object.assign(Object.create(null), variables);
  for (const { variable, value, type } of literals) {
    const coerced = valueFromAST(value, type, variables);
    if (coerced === undefined) {
      return undefined;
    }
    values[variable] = coerced;
  }
  return values;
}

const conditionVariables = new WeakMap<DocumentNode, readonly string[]>();

// One operation compiles to another function for each way its @skip and @include turn out.
function decisions(document: DocumentNode, variables: Record<string, unknown>): string[] {
  let names = conditionVariables.get(document);
  if (!names) {
    const found = new Set<string>();
    visit(document, {
      Directive({ arguments: [condition] = [] }) {
        if (condition?.value.kind === Kind.VARIABLE) {
          found.add(condition.value.name.value);
        }
      },
    });
    names = [...found];
    conditionVariables.set(document, names);
  }
  return names.map((name) => String(variables[name]));
}
