import { execute, type GraphQLSchema, parse } from "graphql";
import type { Database } from "../../src/database/database.js";
import { ANONYMOUS } from "../../src/graphql/viewer.js";
import { Reader } from "../../src/reading/reader.js";
import { findsValues } from "../reading/library.js";
import { largeBudget } from "../support/budget.js";
import type { Dataset } from "./dataset.js";

export interface Written {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The statement that the read path writes for an operation of one root field. It is not run; those are that find values
 * for it.
 */
export async function statementOf(
  dataset: Dataset,
  schema: GraphQLSchema,
  operation: string,
  variableValues: Record<string, unknown>,
): Promise<Written> {
  const written: Written[] = [];
  const recorder = {
    read: async (text: string, values: readonly unknown[]) => {
      if (findsValues(text))
        return Object.values((await dataset.rows<Record<string, string>>(text, values))[0]!)[0];
      written.push({ text, values });
      return null;
    },
  };
  const { errors } = await execute({
    schema,
    document: parse(operation),
    contextValue: { reader: new Reader(recorder as unknown as Database, ANONYMOUS, largeBudget()) },
    variableValues,
  });
  // Without an answer the rest of the operation fails, which is of no interest here.
  if (written.length !== 1) throw new Error(`${written.length} statements: ${errors?.join("; ")}`);
  return written[0]!;
}
