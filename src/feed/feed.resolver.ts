import { type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from "graphql";
import { Args, Resolver, Root, Subscription } from "type-graphql";
import type { Budget } from "../database/budget.js";
import type { Context } from "../graphql/context.js";
import { entityOf } from "../reading/entity.js";
import { type Edge, Tail } from "../reading/tail.js";
import { FeedArgs, feedPage } from "../revision/revision.resolver.js";
import { revisions } from "../revision/revision.type.js";
import type { Feed } from "./feed.js";

/** What a subscription is given beside what a query is. */
export interface FeedContext extends Context {
  readonly feed: Feed;
  /** What reading on may use, each time. */
  readonly budget: () => Budget;
  /** How many changes may be read at once, in view of what each of them costs. */
  readonly atOnce: number;
}

/** Follows the log of all changes. */
@Resolver()
export class FeedResolver {
  @Subscription(() => revisions.Edge as typeof Object, {
    description:
      "Each change that you may see, in the order of commits, one after the other: those after the cursor `after`, or those from now on. Keep the last `cursor` and pass it as `after` when the connection breaks, and none is missed or repeated; the cursors are those of `changes`.",
    subscribe: ({ args, context, info }) => follow(args as FeedArgs, context as FeedContext, info),
  })
  changed(@Root() edge: Edge, @Args(() => FeedArgs) _args: FeedArgs): Edge {
    return edge;
  }
}

function follow(
  { after, ...wanted }: FeedArgs,
  { feed, atOnce, budget, reader: { viewer } }: FeedContext,
  info: GraphQLResolveInfo,
): Promise<AsyncIterableIterator<Edge>> {
  const edge = getNamedType(info.returnType) as GraphQLObjectType;
  const entity = entityOf(revisions.target());
  const page = feedPage({ ...wanted, first: atOnce });
  return feed.follow(new Tail(info, edge, info.fieldNodes, entity, page, viewer), { viewer, budget }, after);
}
