import { Field, ID, InterfaceType } from "type-graphql";
import { TypeID } from "typeid-js";
import { badUserInput } from "./errors.js";

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

/** The public form of a database key: a TypeID such as `claim_01jt3v…` (https://github.com/jetify-com/typeid). */
export function encodeId(prefix: string, uuid: string): string {
  return TypeID.fromUUID(prefix, uuid).toString();
}

/**
 * Reads a public id.
 *
 * @throws BAD_USER_INPUT when the text is no TypeID
 */
export function decodeId(id: string): { prefix: string; uuid: string } {
  try {
    const read = TypeID.fromString(id);
    return { prefix: read.getType(), uuid: read.toUUID() };
  } catch {
    throw badUserInput(
      `${quoted(id)} is not an id. Use an id that the server gave, such as "claim_01jt3v8x1zfkq9m2d4n6p8r0sw".`,
    );
  }
}

/**
 * Reads a public id that must belong to one type.
 *
 * @throws BAD_USER_INPUT when the text is no TypeID, or one of another type
 */
export function decodeIdOf(prefix: string, id: string): string {
  const read = decodeId(id);
  if (read.prefix !== prefix) {
    throw badUserInput(
      `${quoted(id)} is the id of another type; here an id that starts with "${prefix}_" is needed.`,
    );
  }
  return read.uuid;
}

const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
