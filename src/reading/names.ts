import { raw, type Sql } from "sql-template-tag";

/** A Prisma field's column: `assertedById` is `asserted_by_id`. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

// Names come from declarations only, never from a request; quoting lets a column be called "end".
export const identifier = (name: string): Sql => raw(`"${name}"`);

/** A column of one occurrence of a table. */
export const at = (alias: string, column: string): Sql => raw(`${alias}."${column}"`);
