import { GraphQLInputObjectType, type GraphQLSchema } from "graphql";

const marked = new Set<string>();

/** Marks an input type of which exactly one field is given, and not null. TypeGraphQL has no word for it. */
export const OneOf: ClassDecorator = ({ name }) => {
  marked.add(name);
};

/** Makes the marked input types `@oneOf`, so that both GraphQL and the generators of typed clients hold people to it. */
export function installOneOf(schema: GraphQLSchema): void {
  for (const name of marked) {
    const type = schema.getType(name);
    if (type instanceof GraphQLInputObjectType) type.isOneOf = true;
  }
}
