import { Field, ID, InputType } from "type-graphql";
import { DateTime } from "../graphql/scalars.js";
import { Role } from "../revision/revision.vocabulary.js";

@InputType({ description: "What a new key is to be." })
export class CreateApiKeyInput {
  @Field(() => String, { description: "Whose it is, or what for: up to 100 characters on one line." })
  name!: string;

  @Field(() => Role, { description: "What can be done with it." })
  role!: Role;

  @Field(() => DateTime, {
    nullable: true,
    description: "From when on it is refused. Unless told, it does not expire.",
  })
  expiresAt?: Date | null;
}

@InputType({ description: "Which key is to be refused from now on." })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: "The key's id, not its secret." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: "Why, for whoever reads the list: up to 1000 characters on one line.",
  })
  reason?: string | null;
}
