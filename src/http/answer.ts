import { type GraphQLError, locatedError } from "graphql";
import type { Reader } from "../reading/reader.js";
import type { Variables, WrittenField } from "./operation.js";

/** The `data` of an answer as the JSON that the database wrote, in pieces: text is ASCII, anything else UTF-8. */
export class Written {
  constructor(readonly pieces: readonly (string | Buffer)[]) {}

  /** The body of an answer that is nothing but data. */
  get body(): Buffer {
    const pieces = [`{"data":`, ...this.pieces, "}"];
    const body = Buffer.allocUnsafe(pieces.reduce((length, piece) => length + piece.length, 0));
    let end = 0;
    for (const piece of pieces) {
      end += typeof piece === "string" ? body.write(piece, end, "latin1") : piece.copy(body, end);
    }
    return body;
  }

  toString(): string {
    return this.pieces.join("");
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
  const pieces = settled.flatMap((result, index) => {
    const { key, nodes, nullable } = fields[index] as WrittenField;
    const before = `${index > 0 ? "," : ""}"${key}":`;
    if (result.status === "fulfilled") return [before, result.value ?? "null"];
    errors.push(locatedError(result.reason, nodes, [key]));
    whole &&= nullable;
    return [before, "null"];
  });
  const data = whole ? new Written(["{", ...pieces, "}"]) : null;
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
