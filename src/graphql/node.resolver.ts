import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { Context } from "./context.js";
import { Node } from "./node.js";

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: "Anything by its id; null when there is none that you may see.",
  })
  async node(
    @Arg("id", () => ID, { description: "The id." }) id: string,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return (await reader.nodes([id], info))[0];
  }

  @Query(() => [Node], {
    nullable: "items",
    description:
      "Things of any type by their ids, in the order asked; null where there is none that you may see.",
  })
  nodes(
    @Arg("ids", () => [ID], { description: "The ids, at most 100." }) ids: string[],
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.nodes(ids, info);
  }
}
