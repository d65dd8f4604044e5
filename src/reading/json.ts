import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { badUserInput } from "../graphql/errors.js";
import { identifier } from "./names.js";
import { answerKey, type Fields } from "./plan.js";

/** Columns that PostgreSQL returns in one row, with some to spare. */
const MOST_COLUMNS = 1000;

/** Expressions as columns, under the keys of the answer. A selection of nothing is a row without columns. */
export function columns<Field>(fields: Fields<Field>, write: (field: Field) => Sql): Sql {
  if (fields.size > MOST_COLUMNS) {
    throw badUserInput(`One selection asks for more than ${MOST_COLUMNS} fields. Ask for fewer.`);
  }
  if (fields.size === 0) return empty;
  return join(
    [...fields].map(([key, field]) => sql`${write(field)} as ${identifier(answerKey(key))}`),
    ", ",
  );
}

/**
 * One JSON object under the keys of the answer. PostgreSQL turns a row into one faster than its function builds it,
 * unless there is a single key.
 *
 * @param from whence the row comes, if it is not at hand; without a row the value is null
 */
export function object<Field>(fields: Fields<Field>, write: (field: Field) => Sql, from?: Sql): Sql {
  const [only, another] = fields;
  if (only && !another) {
    const built = sql`json_build_object(${raw(`'${answerKey(only[0])}'`)}, ${write(only[1])})`;
    return from ? sql`(select ${built} ${from})` : built;
  }
  return sql`(select to_json(o) from (select ${columns(fields, write)} ${from ?? empty}) o)`;
}

/** A name of the schema, as a value. */
export const text = (name: string): Sql => raw(`'${name}'::text`);
