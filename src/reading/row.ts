import sql, { raw, type Sql } from "sql-template-tag";
import type { Viewer } from "../graphql/viewer.js";
import type { OrderedColumn } from "./comparison.js";
import {
  type Alias,
  type Entity,
  entityOf,
  type FilterSpec,
  type Link,
  type OrderTerm,
  type Relation,
  type ScalarFilter,
} from "./entity.js";
import { at, identifier } from "./names.js";
import type { End } from "./order.js";

export type Where = Readonly<Record<string, unknown>>;

/** A row that is restricted. */
export interface Row {
  readonly entity: Entity;
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
    readonly entity: Entity,
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

  /** The table of the row. */
  get table(): Sql {
    return sql`${identifier(this.entity.table)} ${raw(this.target)}`;
  }

  /** The link and the row. */
  get joined(): Sql {
    return sql`${this.#links} join ${this.table} on ${at(this.target, "id")} = ${this.id}`;
  }

  get #links(): Sql {
    return sql`${identifier(this.link.table)} ${raw(this.linked)}`;
  }
}

/** Links that carry columns of the rows that they lead to, and where they come from. */
export interface Links {
  readonly link: Link;
  /** What a `where` asks of the rows that they come from, unless that is their owner; and the same links, the other way. */
  readonly from?: { readonly entity: Entity; readonly where: Where; readonly link: Link };
  /** Whether they come from several rows, so that one row may be found by several of them. */
  readonly several: boolean;
  /** What else is asked of the rows. */
  readonly rest: Where;
}

/** Rows that a `where` restricts, in an order if it matters, and the relation by which they belong to an owner, if they do. */
export interface Sought {
  readonly entity: Entity;
  readonly where: Where;
  readonly order?: readonly OrderTerm[];
  readonly relation?: Relation;
}

/** The links by which rows are best found, if there are any. */
export function linksTo({ entity, where, order, relation }: Sought): Links | undefined {
  if (relation?.link?.carries) return { link: relation.link, several: false, rest: where };
  for (const links of linksFrom(entity, where)) {
    const { link, several, rest } = links;
    const good = several
      ? !relation && inOrder(link, order) && tellsAll(link, entity, rest)
      : !relation || (relation.owned !== undefined && link.carries?.has(relation.owned));
    if (good) return links;
  }
  return undefined;
}

/** The links from the rows to which a `where` demands that there is one. */
function* linksFrom(entity: Entity, where: Where): Iterable<Links> {
  for (const [key, filter] of Object.entries(where)) {
    const spec = entity.filters.get(key);
    if (spec?.kind !== "many" || !spec.relation.link || !filter) continue;
    const { some, ...others } = filter as Record<string, Where | undefined>;
    const other = entityOf(spec.relation.target());
    const forth = spec.relation.link;
    const link = some && !other.visible && wayBack(other, forth);
    const from = some && { entity: other, where: some, link: forth };
    if (link) yield { link, from, several: !namesOne(other, some), rest: { ...where, [key]: others } };
  }
}

const inOrder = ({ inOrder }: Link, order: readonly OrderTerm[] = []): boolean =>
  order.length === 1 && order[0]?.field === inOrder?.field && order[0]?.direction === inOrder?.direction;

/**
 * Whether the index of all links tells what is asked of the rows that they lead to. Not if they are said to belong to one row
 * that is named: in the order of what belongs to it, few of them have to be looked at.
 */
const tellsAll = ({ inOrder }: Link, entity: Entity, where: Where): boolean =>
  filtersOf(entity, where).every(([spec, filter]) => {
    switch (spec?.kind) {
      case "one": {
        const { held, target } = spec.relation;
        return (
          held !== undefined && inOrder?.tells.has(held) && filter && !namesOne(entityOf(target()), filter)
        );
      }
      case "fuzzyDate":
        return inOrder && tells(inOrder.tells, spec);
      // What is left of the filter by which the links were found.
      case "many":
        return filter && Object.keys(filter).length === 0;
      default:
        return false;
    }
  });

/** Whether columns are all that a filter is about. */
const tells = (columns: ReadonlySet<string>, spec: FilterSpec): boolean =>
  spec.kind === "fuzzyDate"
    ? columns.has(spec.earliest) && columns.has(spec.latest)
    : spec.kind === "scalar" && !spec.read && columns.has(spec.column);

/** What of a `where` the links to its rows tell already. */
export const hinted = ({ hints }: Link, entity: Entity, where: Where): Where =>
  Object.fromEntries(
    Object.entries(where).filter(([key]) => {
      const spec = entity.filters.get(key);
      return hints && spec && tells(hints, spec);
    }),
  );

function wayBack(entity: Entity, forth: Link): Link | undefined {
  for (const spec of entity.fields.values()) {
    const back = spec.kind === "connection" ? spec.relation.link : undefined;
    if (back?.carries && back.table === forth.table && back.near === forth.far) return back;
  }
  return undefined;
}

/** A column with the way in which its rows are ordered by it. */
export function orderedColumn({ ends, locate }: Row, column: string): OrderedColumn {
  const way = ends.find(({ key }) => key.column === column)?.direction ?? "DESC";
  return { column: locate(column), way };
}

/** A column that is filtered, as far as a viewer may read it. */
export function readColumn(row: Row, { column, read }: ScalarFilter, viewer: Viewer): OrderedColumn {
  return read ? { column: read(row.alias, viewer), way: "DESC" } : orderedColumn(row, column);
}

const filtersOf = (entity: Entity, where: Where): [FilterSpec | undefined, Where | null][] =>
  Object.entries(where)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [entity.filters.get(key), value as Where | null]);

/** The filters that are about nothing but the key of a row. */
export const BY_KEY = ["id", "special"];

/** Whether a `where` asks for nothing but the key of a row, which whoever refers to the row has as well. */
export const asksFor = (entity: Entity, where: Where, kinds: readonly string[]): boolean =>
  filtersOf(entity, where).every(([spec]) => spec && kinds.includes(spec.kind));

/** Whether a `where` can be true of one row at most, because it names it. */
export const namesOne = (entity: Entity, where: Where): boolean => names(entity, where, ["eq"]);

/** Whether a `where` can be true of those rows only that it names. */
export const namesSome = (entity: Entity, where: Where): boolean => names(entity, where, ["eq", "in"]);

const names = (entity: Entity, where: Where, operators: readonly string[]): boolean =>
  filtersOf(entity, where).some(
    ([spec, filter]) =>
      (spec?.kind === "id" || (spec?.kind === "scalar" && spec.unique)) &&
      operators.some((operator) => filter?.[operator] != null),
  );
