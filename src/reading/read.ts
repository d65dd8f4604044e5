import type { Sql } from "sql-template-tag";
import type { Viewer } from "../graphql/viewer.js";
import { Bound } from "./late.js";
import { Statement } from "./statement.js";

/** A statement that answers one field: its one value is the JSON text of the answer, null when nothing was found. */
export interface Read {
  readonly text: string;
  /** The pieces of the text around the values: one more than there are values. */
  readonly strings: readonly string[];
  /** Some of them `Late` or `Found`. */
  readonly values: readonly unknown[];
  /** Whether one plan is good for all values. */
  readonly onePlan: boolean;
  /** The places of values for which one plan is good in any case. */
  readonly bounds?: readonly number[];
}

/** Lets the read path write a statement. @param whole everything is to be asked within it */
export function write(viewer: Viewer, by: (statement: Statement) => Sql, whole = false): Read {
  const statement = new Statement(viewer, whole);
  const { text, strings, values } = by(statement);
  return {
    text,
    strings,
    values: values.map((value) => (value instanceof Bound ? value.value : value)),
    onePlan: statement.onePlan,
    bounds: values.flatMap((value, index) => (value instanceof Bound ? [index] : [])),
  };
}
