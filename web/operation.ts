import { Kind, parse } from "graphql";

/**
 * Whether a document can be run without being asked to: it holds queries and nothing else, so that running it
 * records nothing and waits for nothing.
 */
export function onlyAsks(document: string): boolean {
  try {
    const { definitions } = parse(document);
    const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    return operations.length > 0 && operations.every(({ operation }) => operation === "query");
  } catch {
    return false;
  }
}
