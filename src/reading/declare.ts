import sql, { raw, type Sql } from "sql-template-tag";
import { Args, Field, ID, InputType, ObjectType } from "type-graphql";
import { castOf, FuzzyDateFilter, IdFilter } from "../graphql/filters.js";
import { FuzzyDateType } from "../graphql/fuzzy-date.type.js";
import { Node } from "../graphql/node.js";
import { type ConnectionTypes, connectionTypes, PLAIN } from "./connection.js";
import type {
  Alias,
  Class,
  Direction,
  Entity,
  FilterSpec,
  Link,
  OrderTerm,
  Reads,
  Relation,
  SortKey,
  SpecialFilter,
} from "./entity.js";
import { register } from "./entity.js";
import { at, identifier, snake } from "./names.js";

type Key<Model> = keyof Model & string;
type Member = (prototype: object, name: string) => void;

interface Described {
  readonly description: string;
  readonly nullable?: boolean;
}

interface Ordered {
  /** Value of the order field enum, and what it means. */
  readonly order?: { readonly field: string; readonly meaning: string; readonly nullable?: boolean };
}

/** How rows of a target belong to their owner. */
type Tie = Omit<Relation, "target">;

/** What others need to know of a declared type. */
interface Declared {
  readonly target: () => Class;
  readonly Where: Class;
  readonly ListFilter: Class;
}

interface Declaration {
  /** Name of the GraphQL type. */
  readonly name: string;
  readonly description: string;
  /** What of the table a viewer may see; absent: all of it. */
  readonly visible?: Entity["visible"];
  /** Makes it a `Node`, with ids, with a connection, in this order unless told. */
  readonly node?: {
    readonly prefix: string;
    readonly defaultOrder: readonly [field: string, way: Direction];
    /** Orders that are not those of a field. */
    readonly orders?: Record<string, { readonly meaning: string; readonly keys: readonly SortKey[] }>;
  };
  /** Entries of the `where` input that are no plain field. */
  readonly special?: Record<
    string,
    { readonly type: () => unknown; readonly description: string; readonly build: SpecialFilter }
  >;
}

/** Reads the public id of a row that is no node: without an index on it, so it is made only when asked for. */
export const ownId =
  (prefix: string) =>
  (alias: Alias): Sql =>
    sql`type_id(${raw(`'${prefix}'`)}, ${at(alias, "id")})`;

/** Ties rows of a target, which hold their owner's key in a column, to the owner. */
export function ownedBy<Target>(column: Key<Target>): Tie {
  const owned = snake(column);
  return { owned, on: (owner, target) => sql`${at(target, owned)} = ${owner.id}` };
}

/** Ties a target to the owner that holds its key in a column. */
export function heldIn<Owner>(column: Key<Owner>): Tie {
  const held = snake(column);
  return { held, on: (owner, target) => sql`${at(target, "id")} = ${at(owner.alias, held)}` };
}

/**
 * Ties targets to an owner by a table of two keys. A link that has one row for each target may carry columns of it, such
 * as its sort keys: they then give the order of the rows, and must never differ from it. One that carries also what
 * decides on whether the target is visible (`tellsVisible`) is counted without the target. Where an index has all links in
 * an order of the targets (`inOrder`), targets of owners that are not named are found by it. A link that may have many rows
 * for each target may repeat columns of it too, to tell in advance which targets do not fit (`hints`).
 */
export function linkedBy<Model>(
  table: string,
  near: Key<Model>,
  far: Key<Model>,
  further: {
    readonly carries?: readonly Key<Model>[];
    readonly tellsVisible?: boolean;
    readonly inOrder?: OrderTerm & { readonly tells: readonly Key<Model>[] };
    readonly hints?: readonly Key<Model>[];
  } = {},
): Tie {
  const link: Link = {
    table,
    near: snake(near),
    far: snake(far),
    carries: further.carries && new Set(further.carries.map(snake)),
    tellsVisible: further.tellsVisible ?? false,
    inOrder: further.inOrder && { ...further.inOrder, tells: new Set(further.inOrder.tells.map(snake)) },
    hints: further.hints && new Set(further.hints.map(snake)),
  };
  return {
    link,
    between: (alias) => ({
      tables: sql`${identifier(table)} ${raw(alias)}`,
      near: at(alias, link.near),
      far: at(alias, link.far),
    }),
    on: (owner, target) =>
      sql`exists (select from ${identifier(table)} link where ${at("link", link.near)} = ${owner.id} and ${at("link", link.far)} = ${at(target, "id")})`,
  };
}

/**
 * Opens the declaration of an object type. The decorators it returns declare a field once for everything that
 * depends on it: the GraphQL type (through TypeGraphQL), the statement that reads it, its filter and its order.
 *
 * @param table the table; `Model` is its Prisma model, against which the compiler checks every column named
 */
export function declare<Model>(table: string, declaration: Declaration) {
  const { name, node } = declaration;
  const entity: Entity = {
    name,
    table,
    prefix: node?.prefix,
    fields: new Map(),
    described: new Map(),
    filters: new Map(),
    orders: new Map(),
    defaultOrder: node ? [{ field: node.defaultOrder[0], direction: node.defaultOrder[1] }] : [],
    visible: declaration.visible,
  };
  let self: Class;
  const Where = inputType(`${name}Where`, `Restricts ${name} rows. Several entries must all be true.`);
  const ListFilter = inputType(`${name}ListFilter`, `Restricts the ${name} rows that belong to a row.`);
  const connection = node && connectionTypes(name, () => self, Where, node.defaultOrder.join(" "));

  const inputField = (owner: Class, key: string, type: () => unknown, description: string) =>
    Field(type as () => typeof String, { nullable: true, description })(owner.prototype, key);
  const filterable = (key: string, type: () => unknown, spec: FilterSpec, description: string) => {
    inputField(Where, key, type, description);
    entity.filters.set(key, spec);
  };
  const outputField = (type: () => unknown, options: Described, prototype: object, key: string) => {
    entity.described.set(key, { description: options.description, nullable: options.nullable ?? false });
    Field(type as () => typeof String, { nullable: options.nullable, description: options.description })(
      prototype,
      key,
    );
  };
  const orderable = (order: Ordered["order"], keys: readonly SortKey[]) => {
    if (!order || !connection) return;
    connection.orderFields[order.field] = order.field;
    connection.orderMeanings[order.field] = { description: order.meaning };
    entity.orders.set(order.field, keys);
  };

  for (const [field, { meaning, keys }] of Object.entries(node?.orders ?? {})) {
    orderable({ field, meaning }, keys);
  }
  inputField(Where, "and", () => [Where], "All of these are true; an empty list is true.");
  inputField(Where, "or", () => [Where], "At least one of these is true; an empty list is false.");
  inputField(Where, "not", () => Where, "This is not true.");
  inputField(ListFilter, "some", () => Where, "At least one of them fits.");
  inputField(ListFilter, "none", () => Where, "None of them fits.");
  inputField(ListFilter, "every", () => Where, "All of them fit; true when there are none.");
  for (const [key, entry] of Object.entries(declaration.special ?? {})) {
    filterable(key, entry.type, { kind: "special", build: entry.build }, entry.description);
  }
  if (node) {
    entity.fields.set("id", { kind: "column", column: "public_id", type: () => ID, nullable: false });
    filterable("id", () => IdFilter, { kind: "id", column: "id" }, "Restricts the id.");
  }

  return {
    /** The class, and the types that stand around it, for those that refer to it. */
    target: () => self,
    Where,
    ListFilter,
    ...(connection as ConnectionTypes),

    /** Class decorator that closes the declaration. */
    type: ((type: Class) => {
      self = type;
      ObjectType(name, { implements: node ? Node : [], description: declaration.description, ...PLAIN })(
        type,
      );
      register(type, entity);
    }) as ClassDecorator,

    /**
     * A column, under its own name unless `from` gives another. What is read of it decides on its filter as well. It gives an
     * order only if it is read whole: rows in the order of what is hidden would tell it.
     */
    column(
      type: () => unknown,
      options: Described & {
        from?: Key<Model>;
        filter?: Class;
        /** No two rows have the same value, and the database keeps it so. */
        unique?: boolean;
      } & ((Ordered & { readonly read?: never }) | { readonly read: Reads; readonly order?: never }),
    ): Member {
      return (prototype, key) => {
        const column = snake(options.from ?? key);
        outputField(type, options, prototype, key);
        const { filter, order, read, nullable = false, unique = false } = options;
        entity.fields.set(key, { kind: "column", column, type, nullable, read });
        if (filter) {
          const cast = castOf(filter);
          const spec: FilterSpec = {
            kind: "scalar",
            column,
            read,
            cast,
            nullable,
            unique,
            ordered: !!order,
          };
          filterable(key, () => filter, spec, `Restricts \`${key}\`.`);
        }
        const cast = filter && castOf(filter) === "timestamptz" ? "timestamptz" : "text";
        orderable(order, [{ column, cast, nullable: order?.nullable ?? false }]);
      };
    },

    /** A vague date, kept in the columns `<from>Edtf`, `<from>Earliest` and `<from>Latest`; null without a date. */
    fuzzyDate(options: Described & Ordered & { from?: string; filter?: boolean }): Member {
      return (prototype, key) => {
        const [edtf, earliest, latest] = ["edtf", "earliest", "latest"].map(
          (part) => `${snake(options.from ?? key)}_${part}`,
        ) as [string, string, string];
        outputField(() => FuzzyDateType, { ...options, nullable: true }, prototype, key);
        entity.fields.set(key, { kind: "fuzzyDate", edtf, earliest, latest });
        if (options.filter) {
          filterable(
            key,
            () => FuzzyDateFilter,
            { kind: "fuzzyDate", earliest, latest },
            `Restricts \`${key}\`.`,
          );
        }
        orderable(
          options.order,
          [earliest, latest].map((column) => ({ column, cast: "timestamptz", nullable: true })),
        );
      };
    },

    /** Several columns of the same row as one object, which is null when all the columns in `present` are. */
    value(
      other: () => Declared,
      options: { description: string; present: readonly Key<Model>[]; filter?: boolean },
    ): Member {
      return (prototype, key) => {
        const of = () => other().target();
        const present = options.present.map(snake);
        outputField(of, { ...options, nullable: true }, prototype, key);
        entity.fields.set(key, { kind: "value", of, present });
        if (options.filter) {
          const meaning = `Restricts \`${key}\`; \`null\` finds rows without one.`;
          filterable(key, () => other().Where, { kind: "value", of, present }, meaning);
        }
      };
    },

    /** At most one row of another type. */
    one(other: () => Declared, options: Described & Tie & { filter?: boolean }): Member {
      return (prototype, key) => {
        const relation = tie(other, options);
        outputField(relation.target, options, prototype, key);
        entity.fields.set(key, { kind: "one", relation });
        if (options.filter) {
          const meaning = `Restricts \`${key}\`${options.nullable ? "; `null` finds rows without one" : ""}.`;
          const nullable = options.nullable ?? false;
          filterable(key, () => other().Where, { kind: "one", relation, nullable }, meaning);
        }
      };
    },

    /** A short list of rows that belong to this one. */
    list(
      other: () => Declared,
      options: Described &
        Tie & {
          order: (owner: Alias, target: Alias) => Sql;
          filter?: boolean;
          /** Filters on a part of the list, by their names. */
          parts?: Record<string, Tie & { readonly description: string }>;
        },
    ): Member {
      return (prototype, key) => {
        const relation = tie(other, options);
        outputField(() => [other().target()], options, prototype, key);
        entity.fields.set(key, { kind: "list", relation, order: options.order });
        for (const [name, part] of Object.entries(options.parts ?? {})) {
          const spec: FilterSpec = { kind: "many", relation: tie(other, part) };
          filterable(name, () => other().ListFilter, spec, part.description);
        }
        if (options.filter) {
          filterable(key, () => other().ListFilter, { kind: "many", relation }, `Restricts \`${key}\`.`);
        }
      };
    },

    /** A list that may be long: a connection with its own arguments. */
    connection(
      other: () => Declared & ConnectionTypes,
      options: Described & Tie & { filter?: boolean },
    ): Member {
      return (prototype, key) => {
        const relation = tie(other, options);
        // TypeGraphQL gives arguments to methods only. The method is never called: the rows come with their owner.
        const method = { value: () => undefined };
        Field(() => other().Connection as never, { description: options.description })(
          prototype,
          key,
          method,
        );
        Args(() => other().Args)(prototype, key, 0);
        entity.described.set(key, { description: options.description, nullable: false });
        entity.fields.set(key, { kind: "connection", relation });
        if (options.filter) {
          filterable(key, () => other().ListFilter, { kind: "many", relation }, `Restricts \`${key}\`.`);
        }
      };
    },
  };
}

const tie = (other: () => Declared, { on, held, owned, link, uneven, between }: Tie): Relation => ({
  target: () => other().target(),
  on,
  held,
  owned,
  link,
  uneven,
  between,
});

function inputType(name: string, description: string): Class {
  const type = class {};
  Object.defineProperty(type, "name", { value: name });
  InputType(name, { description })(type);
  return type;
}
