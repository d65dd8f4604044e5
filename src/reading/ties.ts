import sql, { raw } from "sql-template-tag";
import type { Expression, Link, OrderTerm, Relation } from "./entity.js";
import { at, identifier, snake } from "./names.js";

/** How rows of a target belong to their owner. */
export type Tie = Omit<Relation, "target" | "defaults">;

/** A column's name in Prisma's model. */
export type Key<Model> = keyof Model & string;

/** Reads the public id of a row that is no node: without an index on it, so it is made only when asked for. */
export const ownId =
  (prefix: string): Expression =>
  (row) =>
    sql`type_id(${raw(`'${prefix}'`)}, ${row.id})`;

/** Ties rows of a target, which hold their owner's key in a column, to the owner. */
export function ownedBy<Target>(column: Key<Target>): Tie {
  const owned = snake(column);
  return { owned, on: (owner, target) => sql`${target.column(owned)} = ${owner.id}` };
}

/** Ties a target to the owner that holds its key in a column. */
export function heldIn<Owner>(column: Key<Owner>): Tie {
  const held = snake(column);
  return { held, on: (owner, target) => sql`${target.column("id")} = ${owner.column(held)}` };
}

/**
 * Ties targets to an owner by a table of two keys. A link that has one row for each target may carry columns of it, such
 * as its sort keys: they then give the order of the rows, and must never differ from it. What it carries is read of the
 * link: a target of which nothing else is asked is counted without it. Where an index has all links in
 * an order of the targets (`inOrder`), targets of owners that are not named are found by it. A link that may have many rows
 * for each target may repeat columns of it too, to tell in advance which targets do not fit (`hints`).
 */
export function linkedBy<Model>(
  table: string,
  near: Key<Model>,
  far: Key<Model>,
  further: {
    readonly carries?: readonly Key<Model>[];
    readonly inOrder?: OrderTerm & { readonly tells: readonly Key<Model>[] };
    readonly hints?: readonly Key<Model>[];
    /** Whether two rows are linked once at most. */
    readonly unique?: boolean;
  } = {},
): Tie {
  const link: Link = {
    table,
    near: snake(near),
    far: snake(far),
    unique: further.unique ?? false,
    carries: further.carries && new Set(further.carries.map(snake)),
    inOrder: further.inOrder && { ...further.inOrder, tells: new Set(further.inOrder.tells.map(snake)) },
    hints: further.hints && new Set(further.hints.map(snake)),
  };
  return {
    link,
    between: (alias) => ({
      tables: sql`${identifier(table)} ${raw(alias)}`,
      near: at(alias, link.near),
      far: at(alias, link.far),
    }),
    on: (owner, target) =>
      sql`exists (select from ${identifier(table)} link where ${at("link", link.near)} = ${owner.id} and ${at("link", link.far)} = ${target.column("id")})`,
  };
}
