import { createHash } from "node:crypto";
import type { FieldNode, GraphQLObjectType } from "graphql";
import type { Budget } from "../database/budget.js";
import { textOf } from "../database/byte-string.js";
import type { Database } from "../database/database.js";
import { AnswerTooLarge } from "../database/ended.js";
import type { Viewer } from "../graphql/viewer.js";
import type { ConnectionArgs } from "./connection.js";
import { type Keys, readCursor } from "./cursor.js";
import type { Entity, OrderTerm } from "./entity.js";
import { Late } from "./late.js";
import { sortTypes } from "./order.js";
import { type Asked, pageOf, planEdge } from "./plan.js";
import { type Read, write } from "./read.js";
import { Reader } from "./reader.js";

/** An edge under its response keys, as the statement has written it. */
export type Edge = Readonly<Record<string, unknown>>;

/** Some edges of a list, and where their end is. */
export interface Stretch {
  readonly edges: readonly Edge[];
  /** The position of the last edge; that from which was read when there is none. */
  readonly end: Keys;
}

// No response key begins with a digit.
const POSITION = "0";

/** A list that is read on and on: one statement, which answers the edges after any position. */
export class Tail {
  /** Equal for equal statements: from one position, they answer alike. */
  readonly key: string;
  readonly #read: (size: number) => Read;
  readonly #most: number;
  /** How many edges are read at once: fewer after they were too large. */
  #size: number;
  readonly #order: readonly OrderTerm[];

  /** @param args of a connection; its `after` is not among them, that is the position @throws BAD_USER_INPUT */
  constructor(
    asked: Asked,
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    private readonly entity: Entity,
    args: ConnectionArgs,
    private readonly viewer: Viewer,
  ) {
    const page = pageOf(entity, args);
    this.#order = page.order;
    const count = sortTypes(entity, page.order).length;
    const after = Array.from(
      { length: count },
      (_, i) => new Late(({ position }) => (position as Keys)[i] as string),
    );
    const edge = planEdge(asked, type, nodes, entity).set(POSITION, { kind: "cursor" });
    const fields = new Map([["edges", { kind: "edges", fields: edge } as const]]);
    const plan = { entity, ...page, where: args.where, after, before: undefined, fields };
    const whole = write(viewer, (statement) => statement.page(plan));
    this.#read = (size) =>
      size === page.size ? whole : write(viewer, (statement) => statement.page({ ...plan, size }));
    this.#most = page.size;
    this.#size = page.size;
    const { text, values } = whole;
    this.key = createHash("sha256")
      .update(JSON.stringify([text, values.map(known)]))
      .digest("base64");
  }

  /** @throws BAD_USER_INPUT when a cursor is not one of this list */
  positionOf(cursor: string): Keys {
    return readCursor(this.entity, this.#order, "after", cursor) as Keys;
  }

  /**
   * Reads the edges after a position, as many as a page has, or as fit into one answer.
   *
   * @param budget for each time that it is tried
   * @throws Ended
   */
  async after(position: Keys, database: Database, budget: () => Budget): Promise<Stretch> {
    for (;;) {
      try {
        const stretch = await this.#after(position, database, budget());
        this.#size = Math.min(this.#size * 2, this.#most);
        return stretch;
      } catch (error) {
        if (!(error instanceof AnswerTooLarge) || this.#size === 1) throw error;
        this.#size = Math.ceil(this.#size / 4);
      }
    }
  }

  async #after(position: Keys, database: Database, budget: Budget): Promise<Stretch> {
    const json = await new Reader(database, this.viewer, budget).json(this.#read(this.#size), { position });
    const { edges } = JSON.parse(json ? textOf(json) : '{"edges":[]}') as { edges: Edge[] };
    const last = edges.at(-1)?.[POSITION];
    return { edges, end: last === undefined ? position : this.positionOf(last as string) };
  }
}

const known = (value: unknown): unknown => (value instanceof Late ? null : value);
