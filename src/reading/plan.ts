import { createHash } from "node:crypto";
import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
} from "graphql";
import { collectSubfields } from "graphql/execution/collectFields.js";
import { badUserInput } from "../graphql/errors.js";
import type { ConnectionArgs } from "./connection.js";
import { decodeCursor, type Keys } from "./cursor.js";
import { type FieldSpec, type Noun, nounOf, type OrderTerm, type Relation } from "./noun.js";

/** How many rows a page has unless told, and at most. */
export const PAGE_SIZE = { default: 20, maximum: 100 } as const;

/** What to read of one object: the fields by the key under which the answer holds them. */
export interface ObjectPlan {
  readonly noun: Noun;
  readonly fields: ReadonlyMap<string, FieldPlan>;
}

export type FieldPlan =
  | { readonly kind: "column"; readonly spec: Extract<FieldSpec, { column: string }> }
  | { readonly kind: "value"; readonly present: readonly string[]; readonly object: ObjectPlan }
  | { readonly kind: "one"; readonly relation: Relation; readonly object: ObjectPlan }
  | {
      readonly kind: "list";
      readonly relation: Relation;
      readonly order: Extract<FieldSpec, { kind: "list" }>["order"];
      readonly object: ObjectPlan;
    }
  | { readonly kind: "connection"; readonly relation: Relation; readonly page: PagePlan };

/** What to read of one page of a list. */
export interface PagePlan extends Page {
  readonly noun: Noun;
  readonly where: Record<string, unknown> | null | undefined;
  readonly after: Keys | undefined;
  readonly before: Keys | undefined;
  /** What to read of the page's rows, by the place in the selection that asks for it (see `page.ts`). */
  readonly rows: ReadonlyMap<string, ObjectPlan>;
  readonly keys: boolean;
  readonly more: boolean;
  readonly moreBehind: boolean;
  readonly total: boolean;
}

/** A page as its arguments ask for it. */
export interface Page {
  readonly order: readonly OrderTerm[];
  readonly size: number;
  readonly backward: boolean;
}

/**
 * The key of a field in the rows of a statement. Columns stand under their name. What has arguments or a
 * selection of its own stands under its response key, so that one field may be asked for several times.
 */
export const nestedKey = (responseKey: string): string =>
  responseKey.length <= LONGEST_KEY ? `@${responseKey}` : `@0${digest(responseKey)}`;

// No response key begins with a digit, so what stands for a long one cannot be another's.
const digest = (key: string): string => createHash("sha256").update(key).digest("hex").slice(0, 60);

// PostgreSQL cuts the name of a column after 63 bytes.
const LONGEST_KEY = 62;

type Selection = Pick<GraphQLResolveInfo, "schema" | "fragments" | "variableValues">;

// Exactly what graphql-js itself would execute: fragments merged, @skip and @include obeyed.
const fieldsOf = (info: Selection, type: GraphQLObjectType, nodes: readonly FieldNode[]) =>
  collectSubfields(info.schema, info.fragments, info.variableValues, type, nodes);

/** Plans what a selection reads of an object of a type. */
export function planObject(
  info: Selection,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  noun: Noun,
): ObjectPlan {
  const fields = new Map<string, FieldPlan>();
  for (const [responseKey, fieldNodes] of fieldsOf(info, type, nodes)) {
    const name = (fieldNodes[0] as FieldNode).name.value;
    if (name.startsWith("__")) continue;
    const spec = noun.fields.get(name);
    const field = type.getFields()[name];
    if (!spec || !field) throw new Error(`${type.name}.${name} is not declared to the read path`);
    const nested = getNamedType(field.type) as GraphQLObjectType;
    switch (spec.kind) {
      case "id":
      case "column":
      case "fuzzyDate":
        fields.set(name, { kind: "column", spec });
        break;
      case "value": {
        const object = planObject(info, nested, fieldNodes, nounOf(spec.of()));
        fields.set(nestedKey(responseKey), { kind: "value", present: spec.present, object });
        break;
      }
      case "one":
      case "list": {
        const object = planObject(info, nested, fieldNodes, nounOf(spec.relation.target()));
        fields.set(nestedKey(responseKey), { ...spec, object });
        break;
      }
      case "connection": {
        const args = getArgumentValues(field, fieldNodes[0] as FieldNode, info.variableValues);
        const page = planPage(info, nested, fieldNodes, nounOf(spec.relation.target()), args);
        fields.set(nestedKey(responseKey), { kind: "connection", relation: spec.relation, page });
      }
    }
  }
  return { noun, fields };
}

/** Plans what a selection on a connection type reads, under the connection's arguments. */
export function planPage(
  info: Selection,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  noun: Noun,
  args: ConnectionArgs,
): PagePlan {
  const rows = new Map<string, ObjectPlan>();
  const want = { keys: false, more: false, moreBehind: false, total: false };
  const { fields } = { fields: type.getFields() };
  const typeOf = (name: string) => getNamedType(fields[name]?.type) as GraphQLObjectType;
  const page = pageOf(noun, args);
  for (const [responseKey, fieldNodes] of fieldsOf(info, type, nodes)) {
    switch (fieldNodes[0]?.name.value) {
      case "nodes":
        rows.set(responseKey, planObject(info, typeOf("nodes"), fieldNodes, noun));
        break;
      case "edges":
        for (const [edgeKey, edgeNodes] of fieldsOf(info, typeOf("edges"), fieldNodes)) {
          if (edgeNodes[0]?.name.value === "cursor") want.keys = true;
          if (edgeNodes[0]?.name.value === "node") {
            rows.set(`${responseKey}.${edgeKey}`, planObject(info, typeOf("nodes"), edgeNodes, noun));
          }
        }
        // Edges without a row or a cursor still tell how many rows there are.
        if (rows.size === 0) want.keys = true;
        break;
      case "pageInfo":
        for (const infoNodes of fieldsOf(info, typeOf("pageInfo"), fieldNodes).values()) {
          const name = infoNodes[0]?.name.value;
          if (name === "startCursor" || name === "endCursor") want.keys = true;
          if (name === (page.backward ? "hasPreviousPage" : "hasNextPage")) want.more = true;
          if (name === (page.backward ? "hasNextPage" : "hasPreviousPage")) want.moreBehind = true;
        }
        break;
      case "totalCount":
        want.total = true;
    }
  }
  const cursor = (name: "after" | "before") =>
    args[name] == null ? undefined : decodeCursor(noun, page.order, name, args[name]);
  return {
    noun,
    ...page,
    where: args.where,
    after: cursor("after"),
    before: cursor("before"),
    rows,
    ...want,
  };
}

/**
 * The order, size and direction that a connection's arguments ask for.
 *
 * @throws BAD_USER_INPUT when they contradict each other or leave their range
 */
export function pageOf(noun: Noun, args: ConnectionArgs): Page {
  const { first, last } = args;
  if (first != null && last != null) throw badUserInput("Give `first` or `last`, not both.");
  const size = first ?? last ?? PAGE_SIZE.default;
  if (size < 0 || size > PAGE_SIZE.maximum) {
    const name = first == null ? "last" : "first";
    throw badUserInput(`\`${name}\` is ${size}; it must be between 0 and ${PAGE_SIZE.maximum}.`);
  }
  const order = args.orderBy?.length ? args.orderBy : noun.defaultOrder;
  const repeated = order.find(
    (term, index) => order.findIndex((other) => other.field === term.field) < index,
  );
  if (repeated) throw badUserInput(`\`orderBy\` names ${repeated.field} twice.`);
  return { order, size, backward: last != null };
}
