import sql, { type Sql } from "sql-template-tag";
import type { Viewer } from "../graphql/viewer.js";
import { type Alias, type Class, entityOf, type Row } from "./entity.js";
import { at } from "./names.js";

/**
 * The condition that a viewer may see a row. Whatever SQL is written by hand, wherever it reads a table of which not
 * everybody may see all, says so by this call.
 *
 * @param declared what the row is, for example `claims`
 * @param row the row, or its alias; also that of a link that repeats the columns which decide on it
 */
export function visible(declared: { readonly target: () => Class }, row: Row | Alias, viewer: Viewer): Sql {
  const place =
    typeof row === "string" ? { id: at(row, "id"), column: (name: string) => at(row, name) } : row;
  return entityOf(declared.target()).visible?.(place, viewer) ?? sql`true`;
}
