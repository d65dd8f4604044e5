import { type GraphQLError, locatedError } from "graphql";
import { type ByteString, textOf } from "../database/byte-string.js";
import type { Reader } from "../reading/reader.js";
import type { Variables, WrittenField } from "./operation.js";

/** The `data` of an answer, as the JSON that the database wrote. */
export class Written {
  /** @param parts of the JSON, one after the other: large ones are not copied to be put together */
  constructor(private readonly parts: readonly ByteString[]) {}

  /** The body of an answer that is nothing but data, in parts. */
  get body(): readonly ByteString[] {
    return ['{"data":' as ByteString, ...this.parts, "}" as ByteString];
  }

  toString(): string {
    return textOf(this.parts.join("") as ByteString);
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
  // None of them rejects, so they may be waited for one after the other.
  const read = fields.map((field) => readField(field, reader, variables));
  const errors: GraphQLError[] = [];
  let whole = true;
  const parts: string[] = ["{"];
  for (const [index, { key, nullable }] of fields.entries()) {
    const value = (await read[index]) ?? "null";
    parts.push(`${index > 0 ? "," : ""}"${key}":`);
    if (typeof value === "string") parts.push(value);
    else {
      parts.push("null");
      errors.push(value);
      whole &&= nullable;
    }
  }
  parts.push("}");
  const data = whole ? new Written(parts as ByteString[]) : null;
  return errors.length > 0 ? { data, errors } : { data };
}

/** What a field reads, or what is wrong with it. */
async function readField(
  { key, nodes, read }: WrittenField,
  reader: Reader,
  variables: Variables,
): Promise<string | null | GraphQLError> {
  try {
    return typeof read === "string" ? read : await reader.json(read, variables);
  } catch (error) {
    return locatedError(error, nodes, [key]);
  }
}

/** Stands for data without errors that somebody else sends: its text is made for nobody. */
export const PASSED_ON = Object.freeze({});

/** The body of an answer, errors first so that a person who reads it sees them. Of what is passed on, nothing. */
export function bodyOf({ data, errors, ...rest }: Body): string {
  if (data === PASSED_ON) return "";
  if (!(data instanceof Written)) return JSON.stringify({ errors, data, ...rest });
  return errors ? `{"errors":${JSON.stringify(errors)},"data":${data}}` : `{"data":${data}}`;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}
