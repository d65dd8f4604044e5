import type { Sql } from "sql-template-tag";
import type { OrderedColumn } from "./comparison.js";
import { type Alias, type FilterSpec, type Link, type Noun, nounOf, type Relation } from "./noun.js";
import type { End } from "./order.js";

export type Where = Readonly<Record<string, unknown>>;

/** A row that is restricted. */
export interface Row {
  readonly noun: Noun;
  readonly alias: Alias;
  /** Where its key stands: in the row itself, or where it is referred to. */
  readonly id: Sql;
  /** What it may be ordered by; nothing, if it only restricts another one. */
  readonly ends: readonly End[];
  /** The occurrence of a column that is compared. */
  readonly locate: (column: string) => Sql;
}

/** A relation that leads to one row, which a filter names, by links that lead back to the rows in their order. */
export interface Through {
  /** That of the one row. */
  readonly noun: Noun;
  readonly link: Link;
  /** What names the one row, and what is asked of it. */
  readonly one: Where;
  /** What else is asked. */
  readonly rest: Where;
}

/** Whether rows that fit a `where` are all linked to one row that it names: a page of them is then read as that row's. */
export function throughOne(noun: Noun, where: Where | null | undefined): Through | undefined {
  for (const [key, filter] of Object.entries(where ?? {})) {
    const spec = noun.filters.get(key);
    if (spec?.kind !== "many" || !filter) continue;
    const { some, ...rest } = filter as Record<string, Where | undefined>;
    const other = nounOf(spec.relation.target());
    const link = some && !other.visible && namesOne(other, some) && wayBack(other, spec.relation);
    if (link) return { noun: other, link, one: some, rest: { ...where, [key]: rest } };
  }
  return undefined;
}

function wayBack(noun: Noun, { link: forth }: Relation): Link | undefined {
  for (const spec of noun.fields.values()) {
    const back = spec.kind === "connection" ? spec.relation.link : undefined;
    if (back?.carries && back.table === forth?.table && back.near === forth.far) return back;
  }
  return undefined;
}

/** A column with the way in which its rows are ordered by it. */
export function orderedColumn({ ends, locate }: Row, column: string): OrderedColumn {
  const way = ends.find(({ key }) => key.column === column)?.direction ?? "DESC";
  return { column: locate(column), way };
}

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
