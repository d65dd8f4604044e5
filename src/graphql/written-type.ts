import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from "graphql";
import { Extensions, ObjectType } from "type-graphql";

/** A class that carries a GraphQL object type. */
// biome-ignore lint/complexity/noBannedTypes: decorators hand classes over as functions
type Class = Function;

interface Options {
  readonly description: string;
  readonly implements?: Class[];
}

const MARK = { written: true };

/**
 * Declares an object type whose objects are written by a statement: they come in the shape of the answer, and each field
 * is read as a property, without a call of a function.
 */
export const WrittenType =
  (name: string, { description, implements: interfaces = [] }: Options): ClassDecorator =>
  (type) => {
    ObjectType(name, { description, implements: interfaces, simpleResolvers: true })(type);
    Extensions(MARK)(type);
  };

/** The object types whose objects are written by a statement. */
export const writtenTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && type.extensions.written === true,
  );
