import type { GraphQLObjectType } from "graphql";

/**
 * Puts fields of a type first and others last, for tools that show them as they come. What is not named stays between
 * them, in its order.
 */
export function orderFields(
  type: GraphQLObjectType,
  first: readonly string[],
  last: readonly string[],
): void {
  const fields = type.getFields();
  const between = Object.keys(fields).filter((name) => !first.includes(name) && !last.includes(name));
  for (const name of [...first, ...between, ...last]) {
    const field = fields[name];
    if (!field) throw new Error(`${type.name} has no field ${name}`);
    delete fields[name];
    fields[name] = field;
  }
}
