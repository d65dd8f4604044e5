import { type GraphQLFieldResolver, type GraphQLObjectType, type GraphQLSchema, isObjectType } from "graphql";
import { encodeId } from "../graphql/id.js";
import { parseFuzzyDate } from "../values/fuzzy-date.js";
import type { ConnectionArgs } from "./connection.js";
import { allNouns, type FieldSpec, type Noun, nounOf } from "./noun.js";
import { ConnectionPage, connectionResolvers, edgeResolvers, type PageData } from "./page.js";
import { nestedKey } from "./plan.js";

type Row = Record<string, unknown>;
type Resolver = GraphQLFieldResolver<Row, unknown>;
// Each resolver states which source it takes; the schema guarantees that it gets that one.
type AnyResolver = GraphQLFieldResolver<never, unknown>;

/**
 * Gives the fields of all declared types the resolvers that take their value out of a row which the
 * statement has read. They are synchronous and do no reading of their own; a plain column needs none.
 */
export function installResolvers(schema: GraphQLSchema): void {
  for (const noun of allNouns()) {
    const type = schema.getType(noun.name);
    if (!isObjectType(type)) continue;
    for (const [name, spec] of noun.fields) install(type, { [name]: resolverOf(noun, name, spec) });
    install(schema.getType(`${noun.name}Connection`), connectionResolvers);
    install(schema.getType(`${noun.name}Edge`), edgeResolvers);
  }
}

function install(type: unknown, resolvers: Record<string, AnyResolver | undefined>): void {
  if (!isObjectType(type)) return;
  const fields = (type as GraphQLObjectType).getFields();
  for (const [name, resolve] of Object.entries(resolvers)) {
    const field = fields[name];
    if (!field) throw new Error(`${type.name}.${name} is declared to the read path but not in the schema`);
    field.resolve = resolve as Resolver | undefined;
  }
}

function resolverOf(noun: Noun, name: string, spec: FieldSpec): Resolver | undefined {
  switch (spec.kind) {
    case "column":
      return undefined;
    case "id": {
      const prefix = noun.prefix as string;
      return (row) => encodeId(prefix, row.id as string);
    }
    case "fuzzyDate":
      return (row) => (row[name] == null ? null : parseFuzzyDate(row[name] as string));
    case "connection": {
      const target = () => nounOf(spec.relation.target());
      return (row, args, _context, info) =>
        new ConnectionPage(
          target(),
          args as ConnectionArgs,
          row[nestedKey(String(info.path.key))] as PageData,
        );
    }
    default:
      return (row, _args, _context, info) => row[nestedKey(String(info.path.key))];
  }
}
