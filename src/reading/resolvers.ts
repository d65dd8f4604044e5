import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { allEntities } from "./entity.js";

type Row = Readonly<Record<string, unknown>>;

/** What the statement has written stands under the response key, ready for the answer. */
const written: GraphQLFieldResolver<Row, unknown> = (row, _args, _context, info) =>
  row[String(info.path.key)];

/** The types whose objects are always read by a statement, with those that stand around every entity. */
const readTypes = (): string[] => [
  ...allEntities().flatMap(({ name }) => [name, `${name}Connection`, `${name}Edge`]),
  "PageInfo",
  "FuzzyDate",
];

/**
 * Gives the fields of all declared types the resolver that takes their value out of what the statement has written.
 * graphql-js asks it; an operation that is passed on as text never comes here.
 */
export function installResolvers(schema: GraphQLSchema): void {
  for (const name of readTypes()) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) field.resolve = written;
  }
}
