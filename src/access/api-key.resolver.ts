import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Authorized, Ctx, Extensions, Info, Mutation, Query, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { Refused, type UserError } from "../graphql/user-error.js";
import type { Author } from "../graphql/viewer.js";
import { page } from "../reading/root.js";
import { CreateApiKeyInput, RevokeApiKeyInput } from "./api-key.input.js";
import { CreateApiKeyPayload, RevokeApiKeyPayload } from "./api-key.payload.js";
import { apiKeys } from "./api-key.type.js";
import { createKey, revokeKey } from "./api-keys.js";

const list = page(apiKeys.target, { role: "ADMIN" });

/** Lists keys, makes them and revokes them. */
@Resolver()
export class ApiKeyResolver {
  @Query(() => apiKeys.Connection as typeof Object, { description: "All API keys. For administrators." })
  @Extensions({ root: list })
  apiKeys(
    @Args(() => apiKeys.Args) _page: object,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.field(list, info);
  }

  @Authorized("ADMIN")
  @Mutation(() => CreateApiKeyPayload, {
    description: "Makes an API key, whose secret is shown in this answer only. For administrators.",
  })
  async createApiKey(
    @Arg("input", () => CreateApiKeyInput, { description: "What the key is to be." })
    input: CreateApiKeyInput,
    @Ctx() { database, reader }: Context,
  ): Promise<CreateApiKeyPayload> {
    try {
      const prisma = await database.loadPrisma();
      const made = await reader.budget.change(() => createKey(prisma, input, reader.viewer as Author));
      return new CreateApiKeyPayload(made);
    } catch (error) {
      return new CreateApiKeyPayload({ errors: errorsOf(error) });
    }
  }

  @Authorized("ADMIN")
  @Mutation(() => RevokeApiKeyPayload, {
    description:
      "Revokes an API key: its next request is refused, and its subscriptions end. For administrators.",
  })
  async revokeApiKey(
    @Arg("input", () => RevokeApiKeyInput, { description: "Which key, and why." }) input: RevokeApiKeyInput,
    @Ctx() { database, reader }: Context,
  ): Promise<RevokeApiKeyPayload> {
    try {
      const prisma = await database.loadPrisma();
      await reader.budget.change(() => revokeKey(prisma, input, reader.viewer as Author));
      return new RevokeApiKeyPayload({ id: input.id });
    } catch (error) {
      return new RevokeApiKeyPayload({ errors: errorsOf(error) });
    }
  }
}

/** What was refused is data of the answer. Anything else is a fault. */
function errorsOf(error: unknown): readonly UserError[] {
  if (error instanceof Refused) return error.errors;
  throw error;
}
