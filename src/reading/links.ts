import type { Viewer } from "../graphql/viewer.js";
import type { Entity, FilterSpec, Link, OrderTerm, Relation } from "./entity.js";
import { entityOf } from "./entity.js";
import { columnsOf, isColumn } from "./row.js";

// Which links lead best to the rows that a `where` restricts, and which of their columns it asks about. All of it is told by
// the input and the declarations alone, before anything is written.

export type Where = Readonly<Record<string, unknown>>;

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
        return inOrder?.tells.has(spec.edtf) && tells(inOrder.tells, spec);
      // What is left of the filter by which the links were found.
      case "many":
        return filter && Object.keys(filter).length === 0;
      default:
        return false;
    }
  });

/** Whether columns are all that a filter is about; of a date, its bounds: without its text they fit a little too often. */
const tells = (columns: ReadonlySet<string>, spec: FilterSpec): boolean =>
  spec.kind === "fuzzyDate"
    ? columns.has(spec.earliest) && columns.has(spec.latest)
    : spec.kind === "scalar" && isColumn(spec) && columns.has(spec.column as string);

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

/** The columns of a row that a `where` asks about. */
export function columnsAsked(entity: Entity, where: Where, viewer: Viewer): ReadonlySet<string> {
  const asked = new Set<string>();
  const add = (columns: Iterable<string>) => {
    for (const column of columns) asked.add(column);
  };
  for (const [key, value] of Object.entries(where)) {
    if (value === undefined) continue;
    if (key === "and" || key === "or" || key === "not") {
      const parts = (Array.isArray(value) ? value : [value]) as (Where | null)[];
      for (const part of parts) if (part) add(columnsAsked(entity, part, viewer));
      continue;
    }
    const spec = entity.filters.get(key);
    switch (spec?.kind) {
      case "scalar":
        add(columnsOf((row) => spec.expression(row, { viewer, args: spec.defaults })));
        break;
      case "fuzzyDate":
        add([spec.edtf, spec.earliest, spec.latest]);
        break;
      case "value":
        add(spec.present);
        if (value) {
          const inner = columnsAsked(entityOf(spec.of()), value as Where, viewer);
          add([...inner].map((column) => `${spec.prefix ?? ""}${column}`));
        }
        break;
      case "one":
      case "many":
        add(columnsOfOwner(spec.relation, viewer));
        break;
      case "special":
        // What is null is refused when the condition is written.
        if (value !== null) add(columnsOf((row) => spec.build(row, value, (query) => query, viewer)));
    }
  }
  return asked;
}

/** The columns of an owner by which others belong to it; none, if that is its key. */
function columnsOfOwner(relation: Relation, viewer: Viewer): ReadonlySet<string> {
  if (relation.held) return new Set([relation.held]);
  const given = { viewer, args: relation.defaults };
  return columnsOf((owner) => {
    relation.rows?.(owner, given);
    columnsOf((target) => relation.on?.(owner, target, given));
  });
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
