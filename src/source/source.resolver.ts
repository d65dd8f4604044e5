import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import type { ConnectionArgs } from "../reading/connection.js";
import { Source, sources } from "./source.type.js";

@Resolver(() => Source)
export class SourceResolver {
  @Query(() => Source, {
    nullable: true,
    description: "One source by its id or its slug, exactly one of the two; null when there is none.",
  })
  source(
    @Arg("id", () => ID, { nullable: true, description: "Its id." }) id: string | null,
    @Arg("slug", () => String, { nullable: true, description: "Its slug." }) slug: string | null,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.one(Source, { id, slug }, info);
  }

  @Query(() => sources.Connection as never, { description: "All sources that you may see, page by page." })
  sources(
    @Args(() => sources.Args) args: ConnectionArgs,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.page(Source, args, info);
  }
}
