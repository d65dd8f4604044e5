import { createGraphiQLFetcher } from "@graphiql/toolkit";

/**
 * How the playground reaches the server: JSON by POST to `/graphql` on its own origin. The content type it
 * sends is what the server's protection against cross-site requests asks for.
 */
export const fetcher = createGraphiQLFetcher({ url: "/graphql", enableIncrementalDelivery: false });
