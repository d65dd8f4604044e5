import type { Operation } from "./operation.js";

/**
 * The address that opens an operation: `#query=…&variables=…&operationName=…`, the parameters of a GET request, but
 * in the hash, which browsers send to no server.
 */
export function linkTo(page: string, { query, variables, operationName }: Operation): string {
  const parameters = new URLSearchParams({ query });
  if (variables.trim()) parameters.set("variables", variables);
  if (operationName) parameters.set("operationName", operationName);
  return new URL(`#${parameters}`, page).href;
}

/** The operation that an address holds in its hash, if any. */
export function operationIn(address: string): Operation | undefined {
  const parameters = new URLSearchParams(new URL(address).hash.slice(1));
  const query = parameters.get("query");
  if (!query) return undefined;
  return {
    query,
    variables: parameters.get("variables") ?? "",
    operationName: parameters.get("operationName") ?? undefined,
  };
}
