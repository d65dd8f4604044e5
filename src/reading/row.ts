import sql, { type Sql } from "sql-template-tag";
import type { OrderedColumn } from "./comparison.js";
import { at } from "./names.js";
import type { Alias, FilterSpec, Noun } from "./noun.js";
import { type End, neverNull } from "./order.js";

export type Where = Readonly<Record<string, unknown>>;

/** A row that is restricted. */
export interface Row {
  readonly noun: Noun;
  readonly alias: Alias;
  /** Where its key stands: in the row itself, or where it is referred to. */
  readonly id: Sql;
  /** What it may be ordered by; nothing, if it only restricts another one. */
  readonly ends: readonly End[];
}

/** A column with the way in which its rows are ordered by it. */
export function orderedColumn({ alias, ends }: Row, column: string): OrderedColumn {
  const way = ends.find(({ key }) => key.column === column)?.direction ?? "DESC";
  return { column: at(alias, column), way };
}

/**
 * The sort keys of a row are those that a link to it repeats: then the index that has the links of one row in order
 * gives the order of the rows.
 */
export const repeated = (owner: Row, link: Alias, columns: ReadonlySet<string>): Sql[] =>
  owner.ends
    .filter(({ key }) => columns.has(key.column))
    .map(({ key, direction }) => {
      const [theirs, its] = [link, owner.alias].map((alias) =>
        neverNull(key, at(alias, key.column), direction),
      );
      return sql`${theirs} = ${its}`;
    });

const filtersOf = (noun: Noun, where: Where): [FilterSpec | undefined, Where | null][] =>
  Object.entries(where)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [noun.filters.get(key), value as Where | null]);

/** The filters that are about nothing but the key of a row. */
export const BY_KEY = ["id", "special"];

/** Whether a `where` asks for nothing but the key of a row, which whoever refers to the row has as well. */
export const asksFor = (noun: Noun, where: Where, kinds: readonly string[]): boolean =>
  filtersOf(noun, where).every(([spec]) => spec && kinds.includes(spec.kind));

/** Whether a `where` can be true of one row at most, because it names it. */
export const namesOne = (noun: Noun, where: Where): boolean =>
  filtersOf(noun, where).some(
    ([spec, filter]) =>
      (spec?.kind === "id" || (spec?.kind === "scalar" && spec.unique)) && filter?.eq != null,
  );
