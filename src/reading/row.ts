import sql, { raw, type Sql } from "sql-template-tag";
import type { OrderedColumn } from "./comparison.js";
import { at, identifier } from "./names.js";
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

/** A row that is found by a link which carries columns of it. */
export class LinkedRow implements Row {
  readonly id: Sql;
  /** The key of the row at the other end of the link. */
  readonly near: Sql;
  #alone = true;

  /** @param target the row @param linked the link */
  constructor(
    readonly noun: Noun,
    private readonly link: Link,
    readonly target: Alias,
    readonly linked: Alias,
    readonly ends: readonly End[],
  ) {
    this.id = at(linked, link.far);
    this.near = at(linked, link.near);
  }

  get alias(): Alias {
    this.#alone = false;
    return this.target;
  }

  readonly locate = (column: string): Sql =>
    column === "id" ? this.id : at(this.link.carries?.has(column) ? this.linked : this.alias, column);

  /** Where its visibility is seen. */
  get seen(): Alias {
    return this.link.tellsVisible ? this.linked : this.alias;
  }

  /** The tables to read: the link alone, if that has told all that was asked so far. */
  get tables(): Sql {
    return this.#alone ? this.#links : this.joined;
  }

  /** The link and the row. */
  get joined(): Sql {
    const row = sql`${identifier(this.noun.table)} ${raw(this.target)}`;
    return sql`${this.#links} join ${row} on ${at(this.target, "id")} = ${this.id}`;
  }

  get #links(): Sql {
    return sql`${identifier(this.link.table)} ${raw(this.linked)}`;
  }
}

/** Links that carry columns of the rows that they lead to, and where they come from. */
export interface Links {
  readonly link: Link;
  /** The one row that they come from, if a `where` names it: what names it, and what is asked of it. */
  readonly one?: { readonly noun: Noun; readonly where: Where };
  /** What else is asked of the rows. */
  readonly rest: Where;
}

/** The links by which rows that fit a `where` are best found, if there are any. @param relation by which they belong to an owner */
export function linksTo(noun: Noun, where: Where, relation?: Relation): Links | undefined {
  if (relation?.link?.carries) return { link: relation.link, rest: where };
  const links = fromOne(noun, where);
  const owned = relation?.owned;
  return !relation || (owned !== undefined && links?.link.carries?.has(owned)) ? links : undefined;
}

/** Whether rows that fit a `where` are all linked to one row that it names. */
function fromOne(noun: Noun, where: Where): Links | undefined {
  for (const [key, filter] of Object.entries(where)) {
    const spec = noun.filters.get(key);
    if (spec?.kind !== "many" || !filter) continue;
    const { some, ...rest } = filter as Record<string, Where | undefined>;
    const other = nounOf(spec.relation.target());
    const link = some && !other.visible && namesOne(other, some) && wayBack(other, spec.relation);
    if (link) return { link, one: { noun: other, where: some }, rest: { ...where, [key]: rest } };
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
