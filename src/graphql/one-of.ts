import { GraphQLInputObjectType, type GraphQLSchema } from "graphql";

const marked = new Set<string>();

/** Marks an input type of which exactly one field must be given, and not null. TypeGraphQL cannot declare this. */
export const OneOf: ClassDecorator = ({ name }) => {
  marked.add(name);
};

/** Makes the marked input types `@oneOf`. GraphQL then refuses other inputs, and generated clients have the right types. */
export function installOneOf(schema: GraphQLSchema): void {
  for (const name of marked) {
    const type = schema.getType(name);
    if (type instanceof GraphQLInputObjectType) type.isOneOf = true;
  }
}
