import { type Comments, commentsIn } from "../database/comments.js";
import type { Entity, FieldSpec } from "./entity.js";

/**
 * The comments that tables and columns have in the database: what stands above them in schema.prisma (`///`), or what the
 * GraphQL schema says of the field that reads the column.
 *
 * @param schema the text of schema.prisma
 */
export function commentsOf(schema: string, entities: readonly Entity[]): Comments {
  const comments = new Map<string, string>();
  for (const entity of entities) {
    if (entity.table === "") continue;
    for (const [key, field] of entity.fields) {
      const description = entity.described.get(key)?.description;
      if (!description) continue;
      for (const [column, reading] of columnsOf(field))
        comments.set(`${entity.table}.${column}`, description + reading);
    }
  }
  for (const [named, comment] of commentsIn(schema)) comments.set(named, comment);
  return comments;
}

/** The columns that a field is read from, and what each holds of it. */
function columnsOf(field: FieldSpec): [column: string, reading: string][] {
  switch (field.kind) {
    case "scalar":
      return field.column ? [[field.column, ""]] : [];
    case "fuzzyDate":
      return [
        [field.edtf, " As it was written, in EDTF."],
        [field.earliest, " The earliest reading of it."],
        [field.latest, " The latest reading of it."],
      ];
    case "one":
      return field.relation.held ? [[field.relation.held, ""]] : [];
    default:
      return [];
  }
}
