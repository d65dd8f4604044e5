import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Extensions, ID, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { Node } from "../graphql/node.js";
import { any, anyOf } from "./root.js";

/** Reads whatever has an id (Relay Global Object Identification). */
@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: "Anything by its id; null when there is none that you may see.",
  })
  @Extensions({ root: any })
  node(
    @Arg("id", () => ID, { description: "The id." }) _id: string,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.field(any, info);
  }

  @Query(() => [Node], {
    nullable: "items",
    description:
      "Things of any type by their ids, in the order asked; null where there is none that you may see.",
  })
  @Extensions({ root: anyOf })
  nodes(
    @Arg("ids", () => [ID], { description: "The ids, at most 100." }) _ids: string[],
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.field(anyOf, info);
  }
}
