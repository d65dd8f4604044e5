import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import type { ConnectionArgs } from "../reading/connection.js";
import { Claim, claims } from "./claim.type.js";

@Resolver(() => Claim)
export class ClaimResolver {
  @Query(() => Claim, {
    nullable: true,
    description: "One claim by its id; null when there is none that you may see.",
  })
  claim(
    @Arg("id", () => ID, { description: "Its id." }) id: string,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.one(Claim, { id }, info);
  }

  @Query(() => claims.Connection as never, { description: "All claims that you may see, page by page." })
  claims(
    @Args(() => claims.Args) args: ConnectionArgs,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.page(Claim, args, info);
  }
}
