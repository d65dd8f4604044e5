import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from "graphql";

/** What a tab holds and a link carries. Headers are no part of it, so that no key travels along. */
export interface Operation {
  query: string;
  /** JSON text, perhaps empty. */
  variables: string;
  /** Which operation is meant, where the document has several. */
  operationName?: string;
}

/** The operations of a document. */
export const operationsOf = (document: DocumentNode | undefined): OperationDefinitionNode[] =>
  document?.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION) ?? [];

/** A document as a tree; undefined while it is none. */
export function parsed(document: string): DocumentNode | undefined {
  try {
    return parse(document);
  } catch {
    return undefined;
  }
}

/**
 * Whether a document can be run without being asked to: it holds queries and nothing else, so that running it
 * records nothing and waits for nothing.
 */
export function onlyAsks(document: string): boolean {
  const operations = operationsOf(parsed(document));
  return operations.length > 0 && operations.every(({ operation }) => operation === "query");
}
