import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import { execute, type GraphQLSchema } from "graphql";
import { answer, PASSED_ON } from "./answer.js";
import type { HttpContext } from "./context.js";
import type { Operations } from "./operations.js";

type Gateway = ApolloServerOptionsWithGateway<BaseContext>["gateway"];

/** What Apollo Server calls to run an operation that has been parsed, validated and accepted. */
export type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;

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
  async ({ document, request, context }) => {
    const result = execute({
      schema,
      document,
      contextValue: context,
      variableValues: request.variables,
      operationName: request.operationName,
    });
    (context as HttpContext).waits?.();
    return result;
  };

/**
 * Lets the database write the answers, with the meaning of graphql-js: each root field is one statement whose text is
 * passed on as it is. What it cannot write (mutations, introspection, fields with a resolver of their own), and what
 * cannot be written because an argument is wrong, graphql-js runs.
 */
export function writingExecutor(schema: GraphQLSchema, operations: Operations): Executor {
  const interpret = interpretingExecutor(schema);
  return async (asked) => {
    const { operation: definition, document, queryHash, source, context, request } = asked;
    const { ran, reader, waits, passOn } = context as HttpContext;
    if (ran) return ran as never;
    if (!definition) return interpret(asked);
    const operation = operations.of(document, definition);
    const variables = operation.coerce(request.variables ?? {});
    const fields = variables && attempt(() => operations.fields(operation, variables, reader.viewer));
    if (!fields) return interpret(asked);
    operations.remember(operation, {
      query: source,
      hash: queryHash,
      operationName: request.operationName ?? null,
    });
    const answered = answer(fields, reader, variables);
    // What is wrong with values that come late has been found by now.
    waits?.();
    const outcome = await answered;
    if (!passOn || outcome.errors || !outcome.data) return outcome as never;
    passOn(outcome.data);
    return { data: PASSED_ON } as never;
  };
}

/** What a function returns; nothing when it throws: whoever then runs the operation otherwise will tell why. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
