import sql, { join, raw } from "sql-template-tag";
import { ANONYMOUS } from "../../src/graphql/viewer.js";
import type { Keys } from "../../src/reading/cursor.js";
import {
  type Direction,
  type Entity,
  entityOf,
  type OrderTerm,
  type Relation,
} from "../../src/reading/entity.js";
import { identifier } from "../../src/reading/names.js";
import { sortColumns } from "../../src/reading/order.js";
import { TableRow } from "../../src/reading/row.js";
import { encodeCursor } from "../reading/cursors.js";
import type { Dataset } from "./dataset.js";
import type { Question } from "./questions.js";

/** A way to ask for a page: what is asked, in words, and the arguments. */
export interface Asked {
  readonly asks: string;
  readonly args: Record<string, unknown>;
}

const inWords = (order: readonly OrderTerm[]) =>
  order.map(({ field, direction }) => `${field} ${direction}`).join(", ");

/** Every order of an entity by one field or two, either way. */
export function ordersOf(entity: Entity): OrderTerm[][] {
  const ways = (field: string) =>
    (["ASC", "DESC"] as Direction[]).map((direction): OrderTerm => ({ field, direction }));
  const terms = [...entity.orders.keys()].flatMap(ways);
  const pairs = terms.flatMap((term) =>
    terms.filter(({ field }) => field !== term.field).map((other) => [term, other]),
  );
  return [...terms.map((term) => [term]), ...pairs];
}

/** The first and the last page of a list in an order, and those after and before a row in its middle. */
export async function pagesOf(dataset: Dataset, entity: Entity, order: OrderTerm[]): Promise<Asked[]> {
  const middle = encodeCursor(entity.name, order, await middleOf(dataset, entity, order));
  const pages = {
    first: {},
    last: { last: 20 },
    after: { after: middle },
    before: { last: 20, before: middle },
  };
  return Object.entries(pages).map(([page, args]) => ({
    asks: `by ${inWords(order)}, page: ${page}`,
    args: { orderBy: order, ...args },
  }));
}

async function middleOf(dataset: Dataset, entity: Entity, order: OrderTerm[]): Promise<Keys> {
  const keys = sortColumns(entity, order, new TableRow(entity, "t"), ANONYMOUS).map(
    ({ expression }) => expression,
  );
  const { text } = sql`
    select array[${join(keys.map((key) => sql`${key}::text`))}] as keys from ${identifier(entity.table)} t
    order by id offset (select count(*) / 2 from ${identifier(entity.table)}) limit 1`;
  const [row] = await dataset.rows<{ keys: string[] }>(text);
  return row!.keys;
}

/** The key of the row to which most rows of a relation belong. */
export async function hottest(dataset: Dataset, entity: Entity, relation: Relation): Promise<string> {
  const between = relation.between?.("link", ANONYMOUS);
  const rows = between
    ? sql`${between.tables} where ${between.near} = owner.id`
    : sql`${identifier(entityOf(relation.target()).table)} ${raw("target")} where ${relation.on!(new TableRow(entity, "owner"), new TableRow(entity, "target"), { viewer: ANONYMOUS, args: {} })}`;
  const { text } = sql`
    select id from ${identifier(entity.table)} owner order by (select count(*) from ${rows}) desc, id limit 1`;
  const [row] = await dataset.rows<{ id: string }>(text);
  return row!.id;
}

/**
 * A question about a list in every order by one field; in the list's own order only, when it looks for what is not
 * there: that takes long in any.
 */
export function inOrders(entity: Entity, { asks, where }: Question): Asked[] {
  const orders = /\.(none|every)\b/.test(asks)
    ? [entity.defaultOrder]
    : ordersOf(entity).filter(({ length }) => length === 1);
  return orders.map((order) => ({ asks: `${asks} by ${inWords(order)}`, args: { where, orderBy: order } }));
}
