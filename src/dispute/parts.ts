import sql, { join, type Sql } from "sql-template-tag";
import type { Row } from "../reading/entity.js";
import { heldIn, type Key } from "../reading/ties.js";

// What the types of disputes have in common.

/** The claim whose key a column holds. Disputes are made of claims that count, and these are published. */
export const itsClaim = <Owner>(column: Key<Owner>) => ({ ...heldIn<Owner>(column), seen: true });

/** The figure of the claim that a position or a side names by `figure_id`. */
export const itsFigure = {
  on: (owner: Row, figure: Row): Sql => sql`${figure.column("id")} = ${owner.column("figure_id")}`,
};

/** What functions of the database take of a row, in their order. */
export const columns = (row: Row, names: readonly string[]): Sql =>
  join(
    names.map((name) => row.column(name)),
    ", ",
  );
