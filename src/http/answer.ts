import { type GraphQLError, locatedError } from "graphql";
import type { Reader } from "../reading/reader.js";
import type { Variables, WrittenField } from "./operation.js";

/** The `data` of an answer as the JSON text that the database wrote. */
export class Written {
  constructor(readonly text: string) {}
}

/** What came of running an operation. */
export interface Outcome {
  readonly data: Written | null;
  readonly errors?: readonly GraphQLError[];
}

/** Runs the statements of an operation, all at once, and puts their texts together. */
export async function answer(
  fields: readonly WrittenField[],
  reader: Reader,
  variables: Variables,
): Promise<Outcome> {
  const texts = fields.map(({ read }) => (typeof read === "string" ? read : reader.text(read, variables)));
  const settled = await Promise.allSettled(texts);
  const errors: GraphQLError[] = [];
  let whole = true;
  const entries = settled.map((result, index) => {
    const { key, nodes, nullable } = fields[index] as WrittenField;
    if (result.status === "fulfilled") return `"${key}":${result.value}`;
    errors.push(locatedError(result.reason, nodes, [key]));
    whole &&= nullable;
    return `"${key}":null`;
  });
  const data = whole ? new Written(`{${entries.join(",")}}`) : null;
  return errors.length > 0 ? { data, errors } : { data };
}

/** The body of an answer, errors first so that a person who reads it sees them. */
export function bodyOf({ data, errors, ...rest }: Body): string {
  if (!(data instanceof Written)) return JSON.stringify({ errors, data, ...rest });
  return errors ? `{"errors":${JSON.stringify(errors)},"data":${data.text}}` : `{"data":${data.text}}`;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}
