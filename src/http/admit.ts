import { ErrorCode, PublicError } from "../graphql/errors.js";
import type { Measure } from "./measure.js";

// Objects and scalars that graphql-js may put into one answer. It takes about a microsecond for each, in which nobody else
// is served. Introspection is measured apart, so that no MAX_COST shuts out a tool that reads the schema: the tools ask for
// a third of this.
const MAX_INTERPRETED = 150_000;

// Far more than a person writes; fragments that each spread the next one twice get there in nine steps.
const MAX_FIELDS = 1_000;

/** What the server accepts from one operation. */
export interface Limits {
  readonly maxDepth: number;
  readonly maxCost: number;
  readonly maxAnswerBytes: number;
}

/**
 * Lets an operation pass, or says why not. The playground calls this too, to warn while an operation is written.
 *
 * @param written whether the database writes the answer, rather than graphql-js
 * @throws DEPTH_LIMIT_EXCEEDED, COST_LIMIT_EXCEEDED when an operation is too large
 */
export function admit(
  measured: Measure,
  { maxDepth, maxCost, maxAnswerBytes }: Limits,
  written: boolean,
): void {
  if (measured.depth > maxDepth) {
    throw refused(
      ErrorCode.DEPTH_LIMIT_EXCEEDED,
      `The operation nests fields ${measured.depth} deep; the limit is ${maxDepth}. Split it into several, each starting from the id or slug where the one before stopped.`,
      { depth: measured.depth, limit: maxDepth },
    );
  }
  if (measured.fields > MAX_FIELDS) {
    throw refused(
      ErrorCode.COST_LIMIT_EXCEEDED,
      `The operation selects ${measured.fields} fields, fragments spread; the limit is ${MAX_FIELDS}. Split it into several.`,
      { fields: measured.fields, limit: MAX_FIELDS },
    );
  }
  if (measured.cost > maxCost) {
    throw refused(
      ErrorCode.COST_LIMIT_EXCEEDED,
      `The operation may return about ${measured.cost} objects; the limit is ${maxCost}. ${LESS}`,
      { cost: measured.cost, limit: maxCost },
    );
  }
  const keyBytes = Math.ceil(measured.keyBytes + measured.introspection.keyBytes);
  if (keyBytes > maxAnswerBytes) {
    throw refused(
      ErrorCode.COST_LIMIT_EXCEEDED,
      `The names of fields alone may take ${keyBytes} bytes of the answer; the limit is ${maxAnswerBytes}. Use fewer or shorter aliases. ${LESS}`,
      { bytes: keyBytes, limit: maxAnswerBytes },
    );
  }
  const interpreted = [measured.introspection, ...(written ? [] : [measured])];
  const values = Math.ceil(interpreted.reduce((sum, { cost, leaves }) => sum + cost + leaves, 0));
  // Who raises one limit wants more of the other, too.
  const most = Math.max(MAX_INTERPRETED, maxCost);
  if (values > most) {
    throw refused(
      ErrorCode.COST_LIMIT_EXCEEDED,
      `The operation may return about ${values} objects and scalars; the limit is ${most} for introspection, mutations and subscriptions. ${LESS}`,
      { cost: values, limit: most },
    );
  }
}

const LESS = "Ask for smaller pages (first or last), fewer nested lists, or split it into several.";

function refused(code: ErrorCode, message: string, measured: Record<string, number>): PublicError {
  return new PublicError(code, message, { ...measured, http: { status: 400 } });
}
