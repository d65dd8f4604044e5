import { GraphQLEnumType, GraphQLError, type GraphQLSchema } from "graphql";

/** Lets the errors about values that an enum does not have list those that it has. */
export function listEnumValues(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(type instanceof GraphQLEnumType) || type.name.startsWith("__")) continue;
    const names = type.getValues().map(({ name }) => name);
    const listing =
      <Args extends unknown[]>(read: (...args: Args) => unknown) =>
      (...args: Args) => {
        try {
          return read.apply(type, args);
        } catch (error) {
          if (!(error instanceof GraphQLError)) throw error;
          const { nodes, source, positions, path, originalError, extensions } = error;
          const message = `${error.message} ${VALUES} ${names.join(", ")}.`;
          throw new GraphQLError(message, { nodes, source, positions, path, originalError, extensions });
        }
      };
    type.parseValue = listing(type.parseValue);
    type.parseLiteral = listing(type.parseLiteral);
  }
}

const VALUES = "The values are:";

/** A message without that list, for whoever may not read the schema. */
export const withoutEnumValues = (message: string): string =>
  message.replaceAll(new RegExp(` ${VALUES} \\w+(, \\w+)*\\.`, "g"), "");
