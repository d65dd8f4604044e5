import { Field, ID, InterfaceType } from "type-graphql";

/** Under this key a row of whichever type tells its type to graphql-js. No response key begins with a digit. */
export const TYPE = "0";

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
