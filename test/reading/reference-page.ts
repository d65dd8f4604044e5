import type * as prisma from "../support/rows.js";
import type { ClaimRow } from "../support/world.js";
import { encodeCursor } from "./cursors.js";
import { compareKeys, type Key } from "./reference-rows.js";
import { badInput } from "./reference-where.js";

export interface Rowed {
  Actor: prisma.Actor;
  Event: prisma.Event;
  Claim: ClaimRow;
  Source: prisma.Source;
  Proposition: prisma.Proposition;
}
export type EntityName = keyof Rowed;
export interface Term {
  readonly field: string;
  readonly direction: "ASC" | "DESC";
}

type Orders = { [Name in EntityName]: Record<string, (row: Rowed[Name]) => Key[]> };

/** What each order field sorts by. */
const recorded = { RECORDED_AT: (row: { recordedAt: Date }) => [row.recordedAt] };

export const ORDERS: Orders = {
  Actor: { NAME: (row) => [row.name], ...recorded },
  Event: {
    OCCURRED: (row) => [row.occurredEarliest, row.occurredLatest],
    TITLE: (row) => [row.title],
    ...recorded,
  },
  Claim: { ASSERTED_AT: (row) => [row.assertedAtEarliest, row.assertedAtLatest], ...recorded },
  Source: {
    PUBLISHED_AT: (row) => [row.publishedOnEarliest, row.publishedOnLatest],
    TITLE: (row) => [row.title],
    ...recorded,
  },
  Proposition: { TEXT: (row) => [row.text], ...recorded },
};

/** The order of a list for which none was asked. */
export const UNLESS_TOLD: Record<EntityName, Term> = {
  Actor: { field: "NAME", direction: "ASC" },
  Event: { field: "OCCURRED", direction: "DESC" },
  Claim: { field: "ASSERTED_AT", direction: "DESC" },
  Source: { field: "PUBLISHED_AT", direction: "DESC" },
  Proposition: { field: "TEXT", direction: "ASC" },
};

interface Place {
  readonly key: Key;
  readonly direction: Term["direction"];
}

/** Where a row stands in an order: its keys, each with its way, the id last. */
function placeOf<Name extends EntityName>(name: Name, order: readonly Term[], row: Rowed[Name]): Place[] {
  const places = order.flatMap(({ field, direction }) =>
    ORDERS[name][field]!(row).map((key) => ({ key, direction })),
  );
  return [...places, { key: row.id, direction: order.at(-1)!.direction }];
}

function comparePlaces(a: readonly Place[], b: readonly Place[]): number {
  for (const [index, { key, direction }] of a.entries()) {
    const other = b[index]!.key;
    const order = compareKeys(key, other);
    // What is missing comes last either way.
    if (order !== 0) return direction === "DESC" && key !== null && other !== null ? -order : order;
  }
  return 0;
}

/** A moment as PostgreSQL writes it: `2025-04-28 10:00:00.5+00`. */
const instantText = (moment: Date): string =>
  moment
    .toISOString()
    .replace("T", " ")
    .replace(/\.?0*Z$/, "+00");

function keyText({ key, direction }: Place): string {
  if (key === null) return direction === "ASC" ? "infinity" : "-infinity";
  return key instanceof Date ? instantText(key) : String(key);
}

export interface PageArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  orderBy?: readonly Term[] | null;
}

/** Cuts lists into pages, and remembers to which row and order each cursor that it gave belongs. */
export class Pages {
  readonly #given = new Map<string, { list: string; place: Place[] }>();

  /** The cursor of a row in an order. */
  cursor<Name extends EntityName>(name: Name, order: readonly Term[], row: Rowed[Name]): string {
    const place = placeOf(name, order, row);
    const cursor = encodeCursor(name, order, place.map(keyText));
    this.#given.set(cursor, { list: listName(name, order), place });
    return cursor;
  }

  page<Name extends EntityName>(name: Name, rows: readonly Rowed[Name][], args: PageArgs) {
    const { first, last } = args;
    const order = args.orderBy?.length ? args.orderBy : [UNLESS_TOLD[name]];
    if (first != null && last != null) throw badInput("`first` and `last` exclude each other.");
    for (const size of [first, last]) {
      if (size != null && (size < 0 || size > 100)) throw badInput("A page has 0 to 100 rows.");
    }
    const after = this.#place(name, order, args.after);
    const before = this.#place(name, order, args.before);
    const places = rows.map((row) => ({ row, place: placeOf(name, order, row) }));
    places.sort((a, b) => comparePlaces(a.place, b.place));

    const open = places.filter(
      ({ place }) =>
        (!after || comparePlaces(place, after) > 0) && (!before || comparePlaces(place, before) < 0),
    );
    const size = first ?? last ?? 20;
    const page = last == null ? open.slice(0, size) : open.slice(Math.max(0, open.length - size));
    const edges = page.map(({ row }) => ({ cursor: this.cursor(name, order, row), node: row }));
    const outside = (cursor: Place[] | undefined, side: number) =>
      cursor !== undefined && places.some(({ place }) => comparePlaces(place, cursor) * side >= 0);
    const cut = page.length < open.length;
    return {
      edges,
      nodes: edges.map(({ node }) => node),
      pageInfo: {
        hasNextPage: (last == null && cut) || outside(before, 1),
        hasPreviousPage: (last != null && cut) || outside(after, -1),
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
      totalCount: rows.length,
    };
  }

  #place(name: EntityName, order: readonly Term[], cursor: string | null | undefined) {
    if (cursor == null) return undefined;
    const given = this.#given.get(cursor);
    if (given?.list !== listName(name, order)) throw badInput("This is no cursor of this list.");
    return given.place;
  }
}

const listName = (name: EntityName, order: readonly Term[]): string =>
  `${name} ${order.map(({ field, direction }) => `${field} ${direction}`).join(", ")}`;
