import { ArgsType, Field, InputType, Int, registerEnumType } from "type-graphql";
import { withArticle } from "../graphql/article.js";
import { WrittenType } from "../graphql/written-type.js";
import type { Class } from "./entity.js";

/** The two ways of a sort order. */
export enum SortDirection {
  ASC = "ASC",
  DESC = "DESC",
}
registerEnumType(SortDirection, {
  name: "SortDirection",
  description: "The way of a sort order. Rows without a value come last either way.",
  valuesConfig: {
    ASC: { description: "Smallest, oldest or first in the alphabet first." },
    DESC: { description: "Largest, newest or last in the alphabet first." },
  },
});

@WrittenType("PageInfo", { description: "Where a page stands in its list (Relay Cursor Connections)." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether rows follow this page." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether rows precede this page." })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the page's first row; pass it as `before`.",
  })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the page's last row; pass it as `after`." })
  endCursor!: string | null;
}

/** What a connection answers, as far as the compiler needs to know it. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** The arguments of every connection, as a client gives them. */
export interface ConnectionArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly where?: Record<string, unknown> | null;
  readonly orderBy?: readonly { readonly field: string; readonly direction: "ASC" | "DESC" }[] | null;
}

/** The classes of the GraphQL types that stand around one entity. */
export interface ConnectionTypes {
  readonly Edge: Class;
  readonly Connection: Class;
  readonly Args: new () => ConnectionArgs;
  readonly Order: Class;
  /** Values of the entity's order field enum; declarations add to it. */
  readonly orderFields: Record<string, string>;
  readonly orderMeanings: Record<string, { description: string }>;
}

const named = <T extends Class>(type: T, name: string): T => {
  Object.defineProperty(type, "name", { value: name });
  return type;
};

/**
 * Builds the connection, edge, arguments and order types of an entity.
 *
 * @param node the entity's object type
 * @param where its `where` input type
 */
export function connectionTypes(
  name: string,
  node: () => Class,
  where: Class,
  newestFirst: string,
): ConnectionTypes {
  const orderFields: Record<string, string> = {};
  const orderMeanings: Record<string, { description: string }> = {};
  registerEnumType(orderFields, {
    name: `${name}OrderField`,
    description: `What ${name} lists can be ordered by.`,
    valuesConfig: orderMeanings,
  });

  const Order = named(class {}, `${name}Order`);
  Field(() => orderFields, { description: "The field to order by." })(Order.prototype, "field");
  Field(() => SortDirection, { defaultValue: SortDirection.ASC, description: "The way." })(
    Order.prototype,
    "direction",
  );
  InputType(`${name}Order`, { description: `One term of an order of ${name} rows; the id breaks ties.` })(
    Order,
  );

  const Edge = named(class {}, `${name}Edge`);
  Field(() => String, { description: "Opaque position of this row; pass it as `after` or `before`." })(
    Edge.prototype,
    "cursor",
  );
  Field(() => node() as never, { description: `The ${name}.` })(Edge.prototype, "node");
  WrittenType(`${name}Edge`, {
    description: `One row of ${withArticle(name)} list and its position in it.`,
  })(Edge);

  const Connection = named(class {}, `${name}Connection`);
  Field(() => [Edge] as never, { description: "The page's rows with their cursors." })(
    Connection.prototype,
    "edges",
  );
  Field(() => [node()] as never, { description: "The page's rows." })(Connection.prototype, "nodes");
  Field(() => PageInfo, { description: "Where the page stands." })(Connection.prototype, "pageInfo");
  Field(() => Int, {
    description: "How many rows the whole list has under this `where`. Counted only when asked for.",
  })(Connection.prototype, "totalCount");
  WrittenType(`${name}Connection`, { description: `A page of ${withArticle(name)} list.` })(Connection);

  const Args = named(class {} as new () => ConnectionArgs, `${name}Args`);
  const argument = (key: string, type: () => unknown, description: string) =>
    Field(type as () => typeof String, { nullable: true, description })(Args.prototype, key);
  argument("first", () => Int, "How many rows from the start, or after `after`: 0 to 100; 20 unless told.");
  argument("after", () => String, "Only rows after this cursor.");
  argument(
    "last",
    () => Int,
    "How many rows from the end, or before `before`: 0 to 100. Not together with `first`.",
  );
  argument("before", () => String, "Only rows before this cursor.");
  argument("where", () => where, "Only rows that fit.");
  argument("orderBy", () => [Order], `The order, first term first. Unless told: ${newestFirst}.`);
  ArgsType()(Args);

  return { Edge, Connection, Args, Order, orderFields, orderMeanings };
}
