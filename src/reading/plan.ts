import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
} from "graphql";
import { collectSubfields } from "graphql/execution/collectFields.js";
import type { Sql } from "sql-template-tag";
import { badUserInput } from "../graphql/errors.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { checkText } from "./comparison.js";
import type { ConnectionArgs, PageInfo } from "./connection.js";
import { type LateKeys, readCursor } from "./cursor.js";
import {
  type AnyField,
  type Args,
  allEntities,
  type Class,
  type Entity,
  entityOf,
  type FieldSpec,
  type OrderTerm,
  type Relation,
  type ScalarField,
} from "./entity.js";
import { later } from "./late.js";
import { NO_ARGS } from "./row.js";
import { planStats, type StatsPlan } from "./statistics.js";

/** How many rows a page has unless told, and at most. */
export const PAGE_SIZE = { default: 20, maximum: 100 } as const;

/** What is asked, as graphql-js tells resolvers. */
export interface Asked {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variableValues: Readonly<Record<string, unknown>>;
  /** Whether rows of whichever type tell theirs, under `TYPE`: graphql-js has to know it. */
  readonly telling?: boolean;
}

/** The fields of an object by response key, in the order of the answer. */
export type Fields<Field> = ReadonlyMap<string, Field>;

/** A field that says only what type it stands in. */
export interface TypeName {
  readonly kind: "typename";
  readonly name: string;
}

/** What to read of one object. */
export interface ObjectPlan {
  readonly entity: Entity;
  readonly fields: Fields<FieldPlan>;
}

export type FieldPlan =
  | TypeName
  | { readonly kind: "scalar"; readonly spec: ScalarField; readonly args: Args }
  | {
      readonly kind: "fuzzyDate";
      readonly spec: Extract<FieldSpec, { kind: "fuzzyDate" }>;
      readonly fields: Fields<TypeName | { readonly kind: "part"; readonly name: keyof FuzzyDate }>;
    }
  | { readonly kind: "value"; readonly present: readonly string[]; readonly object: ObjectPlan }
  | { readonly kind: "one"; readonly relation: Relation; readonly args: Args; readonly object: ObjectPlan }
  | {
      readonly kind: "list";
      readonly relation: Relation;
      readonly args: Args;
      readonly order: Extract<FieldSpec, { kind: "list" }>["order"];
      readonly object: ObjectPlan;
    }
  | { readonly kind: "connection"; readonly relation: Relation; readonly args: Args; readonly page: PagePlan }
  | { readonly kind: "count"; readonly relation: Relation; readonly args: Args }
  | { readonly kind: "any"; readonly spec: AnyField; readonly any: AnyPlan };

/** What to read of a row of whichever type, by the prefix of its ids. */
export interface AnyPlan {
  readonly objects: ReadonlyMap<string, ObjectPlan>;
  /** Whether each object tells its type. */
  readonly telling: boolean;
}

/** What to read of one page of a list. */
export interface PagePlan extends Page {
  readonly entity: Entity;
  readonly where: Record<string, unknown> | null | undefined;
  readonly after: LateKeys | undefined;
  readonly before: LateKeys | undefined;
  /** Whether the list grows at its end only: even an empty page of it then has a cursor from which to read on. */
  readonly log?: boolean;
  /** A query that gives the rows, in place of the entity's table. */
  readonly rows?: Sql | undefined;
  readonly fields: Fields<PageField>;
}

export type PageField =
  | TypeName
  | { readonly kind: "nodes"; readonly object: ObjectPlan }
  | { readonly kind: "edges"; readonly fields: Fields<EdgeField> }
  | {
      readonly kind: "pageInfo";
      readonly fields: Fields<TypeName | { readonly kind: "info"; readonly name: PageInfoField }>;
    }
  | { readonly kind: "totalCount" }
  | { readonly kind: "stats"; readonly stats: StatsPlan };

export type PageInfoField = keyof PageInfo & string;

export type EdgeField =
  | TypeName
  | { readonly kind: "cursor" }
  | { readonly kind: "node"; readonly object: ObjectPlan };

/** A page as its arguments ask for it. */
export interface Page {
  readonly order: readonly OrderTerm[];
  readonly size: number;
  readonly backward: boolean;
}

/**
 * The arguments of a field, as graphql-js has coerced them.
 *
 * @throws BAD_USER_INPUT when a text among them is none that the database keeps; of a late one, then
 */
export function argumentsOf(asked: Asked, field: GraphQLField<unknown, unknown>, node: FieldNode): Args {
  if (field.args.length === 0) return NO_ARGS;
  const given = Object.entries(getArgumentValues(field, node, asked.variableValues));
  return Object.fromEntries(
    given.map(([name, value]) => [name, later(value, (one) => checkText(name, one))]),
  );
}

/** Plans the fields of a selection, each with the name of the field it takes and its nodes. */
export function planFields<Field>(
  asked: Asked,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  plan: (name: string, nodes: readonly [FieldNode, ...FieldNode[]]) => Field,
): Map<string, Field | TypeName> {
  const { schema, fragments, variableValues } = asked;
  const fields = new Map<string, Field | TypeName>();
  // Exactly what graphql-js itself would execute: fragments merged, @skip and @include obeyed.
  for (const [key, found] of collectSubfields(schema, fragments, variableValues, type, nodes)) {
    const [first, ...others] = found as [FieldNode, ...FieldNode[]];
    const name = first.name.value;
    fields.set(
      key,
      name === "__typename" ? { kind: "typename", name: type.name } : plan(name, [first, ...others]),
    );
  }
  return fields;
}

/** Plans what a selection reads of an object of a type. */
export function planObject(
  asked: Asked,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  entity: Entity,
): ObjectPlan {
  const fields = planFields<FieldPlan>(asked, type, nodes, (name, [first, ...others]) => {
    const spec = entity.fields.get(name);
    const field = type.getFields()[name];
    if (!spec || !field) throw new Error(`${type.name}.${name} is not declared to the read path`);
    const nested = getNamedType(field.type) as GraphQLObjectType;
    const selected = [first, ...others];
    const object = (type: () => Class) => planObject(asked, nested, selected, entityOf(type()));
    const args = argumentsOf(asked, field, first);
    switch (spec.kind) {
      case "scalar":
        return { kind: "scalar", spec, args };
      case "fuzzyDate": {
        const parts = planFields(asked, nested, selected, (part) => ({
          kind: "part" as const,
          name: part as keyof FuzzyDate,
        }));
        return { kind: "fuzzyDate", spec, fields: parts };
      }
      case "value":
        return { kind: "value", present: spec.present, object: object(spec.of) };
      case "one":
      case "list":
        return { ...spec, args, object: object(spec.relation.target) };
      case "connection": {
        const page = planPage(asked, nested, selected, entityOf(spec.relation.target()), args);
        return { ...spec, args, page };
      }
      case "count":
        return { ...spec, args };
      case "any":
        return { kind: "any", spec, any: planAny(asked, nested as unknown as GraphQLAbstractType, selected) };
    }
  });
  return { entity, fields };
}

/** Plans what a selection reads of a row whose type is not known before: one object for each type that it may have. */
export function planAny(asked: Asked, type: GraphQLAbstractType, nodes: readonly FieldNode[]): AnyPlan {
  const objects = new Map<string, ObjectPlan>();
  const types = [...asked.schema.getPossibleTypes(type)].sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
  for (const possible of types) {
    const entity = allEntities().find(({ name }) => name === possible.name);
    if (!entity?.prefix)
      throw new Error(`${possible.name} is no type with ids that is declared to the read path`);
    objects.set(entity.prefix, planObject(asked, possible, nodes, entity));
  }
  return { objects, telling: asked.telling ?? false };
}

const typeOf = (owner: GraphQLObjectType, name: string) =>
  getNamedType(owner.getFields()[name]?.type) as GraphQLObjectType;

/** Plans what a selection on an edge type reads of a row. */
export function planEdge(
  asked: Asked,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  entity: Entity,
): Map<string, EdgeField> {
  return planFields<EdgeField>(asked, type, nodes, (part, inner) =>
    part === "cursor"
      ? { kind: "cursor" }
      : { kind: "node", object: planObject(asked, typeOf(type, part), inner, entity) },
  );
}

type StatsField = Parameters<typeof planStats>[1];

/** Plans what a selection on a connection type reads, under the connection's arguments. */
export function planPage(
  asked: Asked,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  entity: Entity,
  args: ConnectionArgs,
): PagePlan {
  const page = pageOf(entity, args);
  const fields = planFields<PageField>(asked, type, nodes, (name, selected) => {
    const nested = typeOf(type, name);
    switch (name) {
      case "nodes":
        return { kind: "nodes", object: planObject(asked, nested, selected, entity) };
      case "edges": {
        return { kind: "edges", fields: planEdge(asked, nested, selected, entity) };
      }
      case "pageInfo":
        return {
          kind: "pageInfo",
          fields: planFields(asked, nested, selected, (part) => ({
            kind: "info" as const,
            name: part as PageInfoField,
          })),
        };
      case "stats":
        return {
          kind: "stats",
          stats: planStats(asked, type.getFields()[name] as StatsField, selected, entity),
        };
      default:
        return { kind: "totalCount" };
    }
  });
  const cursor = (name: "after" | "before") =>
    args[name] == null ? undefined : readCursor(entity, page.order, name, args[name]);
  return { entity, ...page, where: args.where, after: cursor("after"), before: cursor("before"), fields };
}

/**
 * The order, size and direction that a connection's arguments ask for.
 *
 * @throws BAD_USER_INPUT when they contradict each other or leave their range
 */
export function pageOf(entity: Entity, args: ConnectionArgs): Page {
  const { first, last } = args;
  if (first != null && last != null) throw badUserInput("Give `first` or `last`, not both.");
  const size = first ?? last ?? PAGE_SIZE.default;
  if (size < 0 || size > PAGE_SIZE.maximum) {
    const name = first == null ? "last" : "first";
    throw badUserInput(`\`${name}\` is ${size}; it must be between 0 and ${PAGE_SIZE.maximum}.`);
  }
  const order = args.orderBy?.length ? args.orderBy : entity.defaultOrder;
  const repeated = order.find(
    (term, index) => order.findIndex((other) => other.field === term.field) < index,
  );
  if (repeated) throw badUserInput(`\`orderBy\` names ${repeated.field} twice.`);
  return { order, size, backward: last != null };
}
