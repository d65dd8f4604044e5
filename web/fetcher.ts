import { createGraphiQLFetcher } from "@graphiql/toolkit";

/**
 * How the playground reaches the server: JSON by POST to `/graphql` on its own origin, subscriptions by WebSocket to
 * the same place, with the entries of the headers editor as parameters of the connection. The content type it sends is
 * what the server's protection against cross-site requests asks for.
 */
export const fetcher = createGraphiQLFetcher({
  url: "/graphql",
  subscriptionUrl: new URL("/graphql", location.href.replace(/^http/, "ws")).href,
  enableIncrementalDelivery: false,
});
