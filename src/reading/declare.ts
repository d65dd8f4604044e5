import type { Sql } from "sql-template-tag";
import { Arg, Field, Args as GraphQLArgs, ID, InputType, Int } from "type-graphql";
import { FuzzyDateFilter, IdFilter, valueTypeOf } from "../graphql/filters.js";
import { FuzzyDateType } from "../graphql/fuzzy-date.type.js";
import { Node } from "../graphql/node.js";
import { Url } from "../graphql/scalars.js";
import { WrittenType } from "../graphql/written-type.js";
import { ADDRESS } from "../values/address.js";
import type { Form } from "../values/canonical.js";
import { type ConnectionTypes, connectionTypes } from "./connection.js";
import type {
  AnyField,
  Args,
  Argument,
  Arguments,
  Class,
  Direction,
  Entity,
  Expression,
  FilterSpec,
  Relation,
  Row,
  SortKey,
  SpecialFilter,
} from "./entity.js";
import { register } from "./entity.js";
import { snake } from "./names.js";
import { columnNamed, NO_ARGS } from "./row.js";
import type { Key, Tie } from "./ties.js";

type Member = (prototype: object, name: string) => void;

interface Described {
  readonly description: string;
  readonly nullable?: boolean;
}

interface Ordered {
  /** Value of the order field enum, and what it means. */
  readonly order?: { readonly field: string; readonly meaning: string };
}

interface Argued {
  /** The field's arguments by their names. A filter and an order take the field without any. */
  readonly args?: Arguments;
}

/** What others need to know of a declared type. */
export interface Declared {
  readonly target: () => Class;
  readonly Where: Class;
  readonly ListFilter: Class;
}

interface Declaration {
  /** Name of the GraphQL type. */
  readonly name: string;
  readonly description: string;
  /** Which of the rows a viewer may see; absent: all of them. */
  readonly visible?: Entity["visible"];
  /** Makes it a `Node`: ids begin with this. */
  readonly prefix?: string;
  /** Makes lists of it: a connection, in this order unless told. Its rows have a key, `id`, of the SQL type uuid. */
  readonly list?: {
    readonly defaultOrder: readonly [field: string, way: Direction];
    /** The column that says what a row is called: what refers to it can be ordered by that. */
    readonly called?: string;
    /** Orders that are not those of a field. */
    readonly orders?: Record<string, { readonly meaning: string; readonly keys: readonly SortKey[] }>;
  };
  /** Entries of the `where` input that are no plain field. */
  readonly special?: Record<
    string,
    { readonly type: () => unknown; readonly description: string; readonly build: SpecialFilter }
  >;
}

/**
 * Opens the declaration of an entity. The decorators it returns declare a field once for everything that depends on it:
 * the GraphQL type (through TypeGraphQL), the statement that reads it, its filter and its order.
 *
 * @param table the table; nothing, when its rows are computed. `Model` is its Prisma model, or for computed rows what a
 *   query gives: the compiler checks against it every column that is named
 */
export function declare<Model>(table: string | undefined, declaration: Declaration) {
  const { name, prefix, list } = declaration;
  const entity: Entity = {
    name,
    table: table ?? "",
    prefix,
    fields: new Map(),
    args: new Map(),
    described: new Map(),
    filters: new Map(),
    orders: new Map(),
    defaultOrder: list ? [{ field: list.defaultOrder[0], direction: list.defaultOrder[1] }] : [],
    called: list?.called,
    visible: declaration.visible,
  };
  let self: Class;
  const Where = inputType(`${name}Where`, `Restricts ${name} rows. Several entries must all be true.`);
  const ListFilter = inputType(`${name}ListFilter`, `Restricts the ${name} rows that belong to a row.`);
  const connection = list && connectionTypes(name, () => self, Where, list.defaultOrder.join(" "));

  const inputField = (owner: Class, key: string, type: () => unknown, description: string) =>
    Field(type as () => typeof String, { nullable: true, description })(owner.prototype, key);
  const filterable = (key: string, type: () => unknown, spec: FilterSpec, description: string) => {
    inputField(Where, key, type, description);
    entity.filters.set(key, spec);
  };
  const outputField = (
    type: () => unknown,
    { description, nullable = false, args }: Described & Argued,
    prototype: object,
    key: string,
  ) => {
    entity.described.set(key, { description, nullable });
    Field(type as () => typeof String, { nullable, description })(
      prototype,
      key,
      ...((args ? [METHOD] : []) as []),
    );
    if (!args) return;
    entity.args.set(key, args);
    for (const [index, [name, argument]] of Object.entries(args).entries()) {
      Arg(name, argument.type as () => typeof String, optionsOf(argument))(prototype, key, index);
    }
  };
  const orderable = (order: Ordered["order"], keys: readonly SortKey[]) => {
    if (!order) return;
    if (!connection) throw new Error(`${name} has no lists that could be ordered by ${order.field}`);
    connection.orderFields[order.field] = order.field;
    connection.orderMeanings[order.field] = { description: order.meaning };
    entity.orders.set(order.field, keys);
  };

  for (const [field, { meaning, keys }] of Object.entries(list?.orders ?? {})) {
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
  if (prefix) {
    const expression = columnNamed("public_id");
    const rules = { nullable: false, unique: true, ordered: false, defaults: NO_ARGS };
    entity.fields.set("id", { kind: "scalar", type: () => ID, expression, column: "public_id", ...rules });
    filterable("id", () => IdFilter, { kind: "id" }, "Restricts the id.");
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
      const { description } = declaration;
      WrittenType(name, { implements: prefix ? [Node] : [], description })(type);
      register(type, entity);
    }) as ClassDecorator,

    /**
     * One value. It is a column, under its own name unless `from` gives another, or what `expression` makes of the row;
     * `from` then names the column that it is written to, if it is. What it reads is what its filter and its order go by: nobody finds a row by what they may not read of it.
     */
    column(
      type: () => unknown,
      options: Described &
        Ordered &
        Argued & {
          from?: Key<Model>;
          expression?: Expression;
          filter?: boolean;
          /** The form in which its values are kept, where one can be written in several. Filters take any of them. */
          form?: Form;
          /** No two rows have the same value, and the database keeps it so. */
          unique?: boolean;
        },
    ): Member {
      return (prototype, key) => {
        const { from, filter, order, nullable = false, unique = false } = options;
        const column = options.expression ? from && snake(from) : snake(from ?? key);
        const expression = options.expression ?? columnNamed(column as string);
        const defaults = defaultsOf(key, options, filter ?? order);
        outputField(type, options, prototype, key);
        const form = options.form ?? (type() === Url ? ADDRESS : undefined);
        const rules = { nullable, unique, ordered: !!order, defaults, form };
        const field = { kind: "scalar", type, expression, column, ...rules } as const;
        entity.fields.set(key, field);
        if (filter) {
          const { Filter, sql } = valueTypeOf(type());
          if (!Filter)
            throw new Error(`${name}.${key}: there is no filter for values of the SQL type ${sql}`);
          filterable(key, () => Filter, field, `Restricts \`${key}\`.`);
        }
        if (order) orderable(order, [{ expression, defaults, type: valueTypeOf(type()), nullable }]);
      };
    },

    /** A vague date, kept in the columns `<from>Edtf`, `<from>Earliest` and `<from>Latest`; null without a date. */
    fuzzyDate(options: Described & Ordered & { from?: string; filter?: boolean }): Member {
      return (prototype, key) => {
        const [edtf, earliest, latest] = ["edtf", "earliest", "latest"].map(
          (part) => `${snake(options.from ?? key)}_${part}`,
        ) as [string, string, string];
        outputField(() => FuzzyDateType, { ...options, nullable: true }, prototype, key);
        const field = { kind: "fuzzyDate", edtf, earliest, latest } as const;
        entity.fields.set(key, field);
        if (options.filter) filterable(key, () => FuzzyDateFilter, field, `Restricts \`${key}\`.`);
        const instant = { sql: "timestamptz" };
        orderable(
          options.order,
          [earliest, latest].map((column) => ({
            expression: columnNamed(column),
            type: instant,
            nullable: true,
          })),
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
        const field = { kind: "value", of, present: options.present.map(snake) } as const;
        outputField(of, { ...options, nullable: true }, prototype, key);
        entity.fields.set(key, field);
        if (options.filter) {
          const meaning = `Restricts \`${key}\`; \`null\` finds rows without one.`;
          filterable(key, () => other().Where, field, meaning);
        }
      };
    },

    /** At most one row of another type. */
    one(other: () => Declared, options: Described & Tie & Argued & { filter?: boolean }): Member {
      return (prototype, key) => {
        const relation = relationOf(other, options, defaultsOf(key, options, options.filter));
        outputField(relation.target, options, prototype, key);
        entity.fields.set(key, { kind: "one", relation });
        if (options.filter) {
          const meaning = `Restricts \`${key}\`${options.nullable ? "; `null` finds rows without one" : ""}.`;
          const nullable = options.nullable ?? false;
          const { kept, target: of } = relation;
          const spec: FilterSpec = kept
            ? { kind: "value", of, present: [], prefix: kept }
            : { kind: "one", relation, nullable };
          filterable(key, () => other().Where, spec, meaning);
        }
      };
    },

    /** A short list of rows that belong to this one. */
    list(
      other: () => Declared,
      options: Described &
        Tie &
        Argued & {
          order: (owner: Row, target: Row) => Sql;
          filter?: boolean;
          /** Filters on a part of the list, by their names. */
          parts?: Record<string, Tie & { readonly description: string }>;
        },
    ): Member {
      return (prototype, key) => {
        const relation = relationOf(other, options, defaultsOf(key, options, options.filter));
        outputField(() => [other().target()], options, prototype, key);
        entity.fields.set(key, { kind: "list", relation, order: options.order });
        for (const [name, part] of Object.entries(options.parts ?? {})) {
          const spec: FilterSpec = { kind: "many", relation: relationOf(other, part, NO_ARGS) };
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
      options: Described & Tie & Argued & { filter?: boolean },
    ): Member {
      return (prototype, key) => {
        const relation = relationOf(other, options, defaultsOf(key, options, options.filter));
        const taken = Object.keys(options.args ?? {}).find((name) => OF_PAGES.has(name));
        if (taken) throw new Error(`${name}.${key}: every connection has an argument ${taken} already`);
        outputField(() => other().Connection, { args: {}, ...options }, prototype, key);
        GraphQLArgs(() => other().Args)(prototype, key, Object.keys(options.args ?? {}).length);
        entity.fields.set(key, { kind: "connection", relation });
        if (options.filter) {
          filterable(key, () => other().ListFilter, { kind: "many", relation }, `Restricts \`${key}\`.`);
        }
      };
    },

    /** How many rows a connection of this type has, all in all. @param of the connection's name, declared before */
    count(of: string, options: Described): Member {
      return (prototype, key) => {
        const spec = entity.fields.get(of);
        if (spec?.kind !== "connection")
          throw new Error(`${name}.${of} is no connection that was declared before`);
        outputField(() => Int, options, prototype, key);
        entity.fields.set(key, { kind: "count", relation: spec.relation });
      };
    },

    /** A row of whichever type: its entity is told by the prefix of its ids, the row by its key. */
    any(options: Described & Pick<AnyField, "prefix" | "key">): Member {
      return (prototype, key) => {
        const { prefix, key: found } = options;
        outputField(() => Node, options, prototype, key);
        entity.fields.set(key, { kind: "any", prefix, key: found });
      };
    },
  };
}

const OF_PAGES = new Set(["first", "after", "last", "before", "where", "orderBy"]);

// TypeGraphQL gives arguments to methods only. The method is never called: what it would answer comes with the row.
const METHOD = { value: () => undefined };

/** The arguments of a field where none are given. @param used whether a filter or an order takes the field so */
function defaultsOf(key: string, { args = {} }: Argued, used: unknown): Args {
  const entries = Object.entries(args);
  const required = entries.find(([, one]) => one.nullable === false && one.default === undefined);
  if (required && used) {
    throw new Error(
      `${key}: the argument ${required[0]} needs a default, because a filter or an order gives none`,
    );
  }
  return Object.fromEntries(
    entries.flatMap(([name, one]) => (one.default === undefined ? [] : [[name, one.default]])),
  );
}

const optionsOf = ({ description, nullable = true, default: defaultValue }: Argument) => ({
  description,
  nullable,
  ...(defaultValue !== undefined && { defaultValue }),
});

const relationOf = (
  other: () => Declared,
  { on, rows, kept, seen, held, owned, link, uneven, between }: Tie,
  defaults: Args,
): Relation => ({
  target: () => other().target(),
  defaults,
  on,
  rows,
  kept,
  seen,
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
