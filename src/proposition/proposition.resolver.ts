import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import type { ConnectionArgs } from "../reading/connection.js";
import { Proposition, propositions } from "./proposition.type.js";

@Resolver(() => Proposition)
export class PropositionResolver {
  @Query(() => Proposition, {
    nullable: true,
    description: "One proposition by its id or its slug, exactly one of the two; null when there is none.",
  })
  proposition(
    @Arg("id", () => ID, { nullable: true, description: "Its id." }) id: string | null,
    @Arg("slug", () => String, { nullable: true, description: "Its slug." }) slug: string | null,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.one(Proposition, { id, slug }, info);
  }

  @Query(() => propositions.Connection as never, {
    description: "All propositions that you may see, page by page.",
  })
  propositions(
    @Args(() => propositions.Args) args: ConnectionArgs,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.page(Proposition, args, info);
  }
}
