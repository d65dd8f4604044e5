import { Field, ID, InterfaceType } from "type-graphql";

/** Under this key a row tells its type; a client may give any other name to any field. */
export const TYPE = Symbol("type");

/** Whatever has an id of its own (Relay Global Object Identification). */
@InterfaceType({
  description:
    "Anything with an id of its own. Ids are opaque; their prefix tells the type to a human reader.",
  resolveType: (value: { [TYPE]: string }) => value[TYPE],
})
export abstract class Node {
  @Field(() => ID, { description: "The opaque id, unique across all types." })
  id!: string;
}
