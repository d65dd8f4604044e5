import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";

/** By the coordinate of a field: https://spec.graphql.org/draft/#sec-Schema-Coordinates */
type Sizes = Readonly<Record<string, number>>;

const known = new WeakMap<GraphQLSchema, Sizes>();

/**
 * How many entries the lists of introspection have in a schema, on average: so many types, so many fields of a type. What
 * a query asks of all types is then measured as it is.
 */
export function listSizes(schema: GraphQLSchema): Sizes {
  const sizes = known.get(schema) ?? measured(schema);
  known.set(schema, sizes);
  return sizes;
}

function measured(schema: GraphQLSchema): Sizes {
  const types = Object.values(schema.getTypeMap());
  const directives = schema.getDirectives();
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const count = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0);
  const perType = (size: (type: (typeof types)[number]) => number) => count(types.map(size)) / types.length;
  return {
    "__Schema.types": types.length,
    "__Schema.directives": directives.length,
    "__Type.fields": fields.length / types.length,
    "__Type.interfaces": perType((type) => (isObjectType(type) ? type.getInterfaces().length : 0)),
    "__Type.possibleTypes": perType((type) =>
      isInterfaceType(type) ? schema.getPossibleTypes(type).length : 0,
    ),
    "__Type.enumValues": perType((type) => (isEnumType(type) ? type.getValues().length : 0)),
    "__Type.inputFields": perType((type) =>
      isInputObjectType(type) ? Object.keys(type.getFields()).length : 0,
    ),
    "__Field.args": count(fields.map(({ args }) => args.length)) / Math.max(fields.length, 1),
  };
}
