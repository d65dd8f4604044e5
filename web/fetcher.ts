import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";
import { authorization } from "./key.js";

const send = createGraphiQLFetcher({
  url: "/graphql",
  subscriptionUrl: new URL("/graphql", location.href.replace(/^http/, "ws")).href,
  enableIncrementalDelivery: false,
});

/**
 * How the playground reaches the server: JSON by POST to `/graphql` on its own origin, subscriptions by WebSocket to
 * the same place, with the headers as parameters of the connection. The key goes along with everything, unless the
 * headers editor names another. The content type is what the server's protection against cross-site requests asks for.
 */
export const fetcher: Fetcher = (parameters, options) => {
  const written = options?.headers ?? {};
  const named = Object.keys(written).some((name) => name.toLowerCase() === "authorization");
  return send(parameters, { ...options, headers: named ? written : { ...authorization(), ...written } });
};
