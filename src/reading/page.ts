import type { GraphQLFieldResolver } from "graphql";
import type { ConnectionArgs } from "./connection.js";
import { encodeCursor, type Keys } from "./cursor.js";
import type { Noun } from "./noun.js";
import { type Page, pageOf } from "./plan.js";
import { PAGE } from "./statement.js";

type Row = Record<string, unknown>;

/** The JSON value of a page, as the statement answers it. */
export type PageData = Record<string, unknown>;

/**
 * A page as the connection type's fields see it. The rows of `nodes` stand under its response key, those of
 * `edges { node }` under both response keys, because each place may select something else of the same rows.
 */
export class ConnectionPage {
  readonly #page: Page;

  constructor(
    private readonly noun: Noun,
    args: ConnectionArgs,
    private readonly data: PageData,
  ) {
    this.#page = pageOf(noun, args);
  }

  /** The rows that were read for one place of the selection, in the order of the list. */
  rows(place: string): Row[] {
    return this.#inOrder(this.data[place] as Row[]);
  }

  /** The edges that were asked for under one response key. */
  edges(place: string): Edge[] {
    return Array.from({ length: this.#length }, (_, index) => ({ page: this, place, index }));
  }

  cursor(index: number): string {
    return encodeCursor(this.noun, this.#page.order, this.#keys[index] as Keys);
  }

  get pageInfo() {
    const { backward } = this.#page;
    const further = this.#read > this.#page.size || this.data[PAGE.ahead] === true;
    const behind = this.data[PAGE.behind] === true;
    const page = this;
    return {
      hasNextPage: backward ? behind : further,
      hasPreviousPage: backward ? further : behind,
      get startCursor() {
        return page.#length ? page.cursor(0) : null;
      },
      get endCursor() {
        return page.#length ? page.cursor(page.#length - 1) : null;
      },
    };
  }

  get totalCount(): number {
    return this.data[PAGE.total] as number;
  }

  get #keys(): Keys[] {
    return this.#inOrder(this.data[PAGE.keys] as Keys[]);
  }

  /** How many rows were read: those of the page, and one more if the list goes on. */
  get #read(): number {
    return Object.values(this.data).find((value) => Array.isArray(value))?.length ?? 0;
  }

  get #length(): number {
    return Math.min(this.#read, this.#page.size);
  }

  // The end of a list is read backwards and shown forwards.
  #inOrder<T>(rows: T[]): T[] {
    const shown = rows.length > this.#page.size ? rows.slice(0, this.#page.size) : rows;
    return this.#page.backward ? shown.toReversed() : shown;
  }
}

interface Edge {
  readonly page: ConnectionPage;
  readonly place: string;
  readonly index: number;
}

type Resolver<Source> = GraphQLFieldResolver<Source, unknown>;

export const connectionResolvers: Record<string, Resolver<ConnectionPage>> = {
  nodes: (page, _args, _context, info) => page.rows(String(info.path.key)),
  edges: (page, _args, _context, info) => page.edges(String(info.path.key)),
};

export const edgeResolvers: Record<string, Resolver<Edge>> = {
  node: ({ page, place, index }, _args, _context, info) => page.rows(`${place}.${info.path.key}`)[index],
  cursor: ({ page, index }) => page.cursor(index),
};
