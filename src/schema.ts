import "reflect-metadata";
import { assertValidSchema, type GraphQLSchema } from "graphql";
import { buildSchema as build } from "type-graphql";
import { ApiKeyResolver } from "./access/api-key.resolver.js";
import { ActorResolver } from "./actor/actor.resolver.js";
import { ClaimResolver } from "./claim/claim.resolver.js";
import { EventResolver } from "./event/event.resolver.js";
import { FeedResolver } from "./feed/feed.resolver.js";
import { listEnumValues } from "./graphql/enum-values.js";
import { orderFields } from "./graphql/field-order.js";
import { installOneOf } from "./graphql/one-of.js";
import { checkRole } from "./graphql/roles.js";
import { mutations } from "./mutations.js";
import { PropositionResolver } from "./proposition/proposition.resolver.js";
import { NodeResolver } from "./reading/node.resolver.js";
import { installResolvers } from "./reading/resolvers.js";
import { RevisionResolver } from "./revision/revision.resolver.js";
import { SourceResolver } from "./source/source.resolver.js";

/** The fields that readers need first. Lists come before single records: at the beginning nobody knows an id. */
const READ_FIRST = [
  ...["claims", "events", "actors", "sources", "propositions"],
  ...["claim", "event", "actor", "source", "proposition"],
];

/** Builds the executable schema. */
export async function buildSchema(): Promise<GraphQLSchema> {
  const schema = await build({
    resolvers: [
      NodeResolver,
      ActorResolver,
      EventResolver,
      ClaimResolver,
      SourceResolver,
      PropositionResolver,
      RevisionResolver,
      ...mutations(),
      ApiKeyResolver,
      FeedResolver,
    ],
    validate: false,
    authChecker: checkRole,
    // TypeGraphQL wants a broker for subscriptions. There is none: followers read the log themselves.
    pubSub: { publish: () => undefined, subscribe: () => nothing() },
    // TypeGraphQL would check by asking for the whole schema, which takes ten times as long as what follows.
    skipCheck: true,
  });
  installOneOf(schema);
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
