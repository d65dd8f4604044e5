import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import type { ConnectionArgs } from "../reading/connection.js";
import { Event, events } from "./event.type.js";

@Resolver(() => Event)
export class EventResolver {
  @Query(() => Event, {
    nullable: true,
    description: "One event by its id or its slug, exactly one of the two; null when there is none.",
  })
  event(
    @Arg("id", () => ID, { nullable: true, description: "Its id." }) id: string | null,
    @Arg("slug", () => String, { nullable: true, description: "Its slug." }) slug: string | null,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.one(Event, { id, slug }, info);
  }

  @Query(() => events.Connection as never, { description: "All events that you may see, page by page." })
  events(
    @Args(() => events.Args) args: ConnectionArgs,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.page(Event, args, info);
  }
}
