import "reflect-metadata";
import { assertValidSchema, type GraphQLSchema } from "graphql";
import { buildSchema as build } from "type-graphql";
import { ApiKeyResolver } from "./access/api-key.resolver.js";
import { FeedResolver } from "./feed/feed.resolver.js";
import { listEnumValues } from "./graphql/enum-values.js";
import { fieldOf, listOf } from "./graphql/field-names.js";
import { orderFields } from "./graphql/field-order.js";
import { checkRole } from "./graphql/roles.js";
import { MUTATIONS } from "./mutations.js";
import { NodeResolver } from "./reading/node.resolver.js";
import { queries } from "./reading/queries.js";
import { installResolvers } from "./reading/resolvers.js";
import { RECORDS } from "./records.js";
import { RevisionResolver } from "./revision/revision.resolver.js";

/** The queries of records. */
const QUERIES = RECORDS.map(({ declared }) => queries(declared));

/**
 * The fields that readers need first: of what says most, which refers to the rest. Lists come before single records: at the
 * beginning nobody knows an id.
 */
const READ_FIRST = [listOf, fieldOf].flatMap((nameOf) =>
  RECORDS.map(({ entity }) => nameOf(entity)).reverse(),
);

/** Builds the executable schema. */
export async function buildSchema(): Promise<GraphQLSchema> {
  const schema = await build({
    resolvers: [NodeResolver, ...QUERIES, RevisionResolver, ...MUTATIONS, ApiKeyResolver, FeedResolver],
    validate: false,
    authChecker: checkRole,
    // TypeGraphQL wants a broker for subscriptions. There is none: followers read the log themselves.
    pubSub: { publish: () => undefined, subscribe: () => nothing() },
    // TypeGraphQL would check by asking for the whole schema, which takes ten times as long as what follows.
    skipCheck: true,
  });
  assertValidSchema(schema);
  installResolvers(schema);
  listEnumValues(schema);
  // TypeGraphQL has no place for these.
  schema.description = "Who said what, about which event, when, where was it published, and who disagrees.";
  const query = schema.getQueryType();
  if (query) {
    query.description = "Everything starts here: one thing by its id or slug, or a list of them.";
    orderFields(query, READ_FIRST, ["nodes", "node", "apiKeys"]);
  }
  const mutation = schema.getMutationType();
  if (mutation) {
    orderFields(mutation, ["recordClaim", "recordClaims"], ["eraseHistory", "createApiKey", "revokeApiKey"]);
    mutation.description =
      "What can be changed. What a person did wrong stands in `errors` of the answer, and nothing was changed then.";
  }
  const subscription = schema.getSubscriptionType();
  if (subscription) subscription.description = "What is pushed, over WebSocket or Server-Sent Events.";
  return schema;
}

async function* nothing(): AsyncIterableIterator<never> {}

export { schemaText } from "./graphql/schema-text.js";
