import type { GraphQLResolveInfo } from "graphql";
import { Args, ArgsType, Ctx, Extensions, Field, Info, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import type { ConnectionArgs } from "../reading/connection.js";
import { page } from "../reading/root.js";
import { revisions } from "./revision.type.js";
import { RecordType } from "./revision.vocabulary.js";

/** What part of the feed is asked for. */
@ArgsType()
export class FeedArgs {
  @Field(() => String, {
    nullable: true,
    description: "Only changes committed after the one with this cursor.",
  })
  after?: string | null;

  @Field(() => [RecordType], { nullable: true, description: "Only changes of records of these types." })
  types?: RecordType[] | null;

  @Field(() => revisions.Where as typeof Object, { nullable: true, description: "Only changes that fit." })
  where?: Record<string, unknown> | null;
}

@ArgsType()
class ChangesArgs extends FeedArgs {
  @Field(() => Int, { nullable: true, description: "How many changes: 0 to 100; 20 unless told." })
  first?: number | null;

  @Field(() => Int, { nullable: true, description: "How many changes from the end: 0 to 100." })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Only changes committed before the one with this cursor.",
  })
  before?: string | null;
}

/** The feed as a page of revisions in the order in which they were committed. */
export const feedPage = ({
  types,
  where,
  ...page
}: FeedArgs & Pick<ConnectionArgs, "first" | "last" | "before">): ConnectionArgs => ({
  ...page,
  where: { and: [where ?? {}, types ? { recordType: { in: types } } : {}] },
  orderBy: [{ field: "RECORDED", direction: "ASC" }],
});

const changes = page(revisions.target, { page: feedPage, log: true });

/** Reads the log of all changes. */
@Resolver()
export class RevisionResolver {
  @Query(() => revisions.Connection as typeof Object, {
    description:
      "All changes that you may see, in the order in which they were committed: keep `pageInfo.endCursor`, pass it as `after`, and none is ever missed. A page without changes has one, too: where it stands. `last: 1` reads the newest change. `changed` pushes the same.",
  })
  @Extensions({ root: changes })
  changes(
    @Args(() => ChangesArgs) _page: ChangesArgs,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.field(changes, info);
  }
}
