import { createGraphiQLFetcher, type Fetcher, type FetcherReturnType } from "@graphiql/toolkit";
import type { IntrospectionQuery, IntrospectionType } from "graphql";
import { authorization } from "./key.js";

const ask = createGraphiQLFetcher({ url: "/graphql", enableIncrementalDelivery: false });

const send = createGraphiQLFetcher({
  url: "/graphql",
  schemaFetcher: async (parameters, options) => withSortedTypes(await ask(parameters, options)),
  subscriptionUrl: new URL("/graphql", location.href.replace(/^http/, "ws")).href,
  enableIncrementalDelivery: false,
});

/**
 * How the playground reaches the server: JSON by POST to `/graphql` on its own origin, subscriptions by WebSocket to
 * the same place, with the headers as parameters of the connection. The key goes along with everything, unless the
 * headers editor names another.
 */
export const fetcher: Fetcher = (parameters, options) => {
  const written = options?.headers ?? {};
  const named = Object.keys(written).some((name) => name.toLowerCase() === "authorization");
  return send(parameters, { ...options, headers: named ? written : { ...authorization(), ...written } });
};

/** The docs list types as they come, and nobody finds one in the order in which the server knows them. */
function withSortedTypes(answer: unknown): FetcherReturnType {
  const { data } = answer as { data?: IntrospectionQuery };
  const types = data?.__schema.types as IntrospectionType[] | undefined;
  types?.sort((one, other) => one.name.localeCompare(other.name));
  return answer as FetcherReturnType;
}
