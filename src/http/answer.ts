import { type GraphQLError, locatedError } from "graphql";
import { type ByteString, textOf } from "../database/byte-string.js";
import type { Reader } from "../reading/reader.js";
import type { Variables, WrittenField } from "./operation.js";

/** The `data` of an answer, as the JSON that the database wrote. */
export class Written {
  constructor(private readonly json: ByteString) {}

  /** The body of an answer that is nothing but data. */
  get body(): ByteString {
    return `{"data":${this.json}}` as ByteString;
  }

  toString(): string {
    return textOf(this.json);
  }
}

/** What came of running an operation. */
export interface Outcome {
  readonly data: Written | null;
  readonly errors?: readonly GraphQLError[];
}

/** Runs the statements of an operation, all at once, and puts what they give together. */
export async function answer(
  fields: readonly WrittenField[],
  reader: Reader,
  variables: Variables,
): Promise<Outcome> {
  const read = fields.map(({ read }) => (typeof read === "string" ? read : reader.json(read, variables)));
  const settled = await Promise.allSettled(read);
  const errors: GraphQLError[] = [];
  let whole = true;
  const members = settled.map((result, index) => {
    const { key, nodes, nullable } = fields[index] as WrittenField;
    if (result.status === "fulfilled") return `"${key}":${result.value}`;
    errors.push(locatedError(result.reason, nodes, [key]));
    whole &&= nullable;
    return `"${key}":null`;
  });
  const data = whole ? new Written(`{${members.join(",")}}` as ByteString) : null;
  return errors.length > 0 ? { data, errors } : { data };
}

/** The body of an answer, errors first so that a person who reads it sees them. */
export function bodyOf({ data, errors, ...rest }: Body): string {
  if (!(data instanceof Written)) return JSON.stringify({ errors, data, ...rest });
  return errors ? `{"errors":${JSON.stringify(errors)},"data":${data}}` : `{"data":${data}}`;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}
