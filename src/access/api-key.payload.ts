import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, Info, ObjectType } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { UserError } from "../graphql/user-error.js";
import { UserWarning } from "../graphql/user-warning.js";
import { ApiKey } from "./api-key.type.js";

type Errors = readonly UserError[];

const WARNINGS = "What is possible but odd. Of keys there is nothing yet that it could be.";

/** The key with this id, by one statement for whatever is selected of it. */
const keyOf = (id: string | undefined, { reader }: Context, info: GraphQLResolveInfo) =>
  id === undefined ? null : reader.byId(id, info);

@ObjectType({ description: "What came of making a key." })
export class CreateApiKeyPayload {
  @Field(() => String, {
    nullable: true,
    description:
      "The secret, to be sent as `Authorization: Bearer …`. It is not kept, and so shown this once. Null when no key was made.",
  })
  readonly key?: string;

  @Field(() => [UserError], { description: "Why no key was made; empty when one was." })
  readonly errors: Errors;

  @Field(() => [UserWarning], { description: WARNINGS })
  readonly warnings: readonly UserWarning[] = [];

  readonly #id?: string;

  constructor({ id, token, errors = [] }: { id?: string; token?: string; errors?: Errors }) {
    this.#id = id;
    this.key = token;
    this.errors = errors;
  }

  @Field(() => ApiKey, { nullable: true, description: "The new key; null when none was made." })
  apiKey(@Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return keyOf(this.#id, context, info);
  }
}

@ObjectType({ description: "What came of revoking a key." })
export class RevokeApiKeyPayload {
  @Field(() => [UserError], { description: "Why no key was revoked; empty when one was." })
  readonly errors: Errors;

  @Field(() => [UserWarning], { description: WARNINGS })
  readonly warnings: readonly UserWarning[] = [];

  readonly #id?: string;

  constructor({ id, errors = [] }: { id?: string; errors?: Errors }) {
    this.#id = id;
    this.errors = errors;
  }

  @Field(() => ApiKey, { nullable: true, description: "The revoked key; null when none was revoked." })
  apiKey(@Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return keyOf(this.#id, context, info);
  }
}
