import { Field, ID, InterfaceType } from "type-graphql";

/** Whatever has an id of its own (Relay Global Object Identification). */
@InterfaceType({
  description:
    "Anything with an id of its own. Ids are opaque; their prefix tells the type to a human reader.",
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, { description: "The opaque id, unique across all types." })
  id!: string;
}
