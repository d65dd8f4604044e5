import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { boundedMessage } from "./errors.js";

/** Why a mutation was refused, for programs to branch on; docs/recording.md explains each. */
export enum UserErrorCode {
  INVALID = "INVALID",
  NOT_FOUND = "NOT_FOUND",
  TAKEN = "TAKEN",
  IN_USE = "IN_USE",
  CONFLICT = "CONFLICT",
  QUOTE_NOT_FOUND = "QUOTE_NOT_FOUND",
  QUOTE_AMBIGUOUS = "QUOTE_AMBIGUOUS",
  TRANSITION_NOT_ALLOWED = "TRANSITION_NOT_ALLOWED",
  IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED",
  HISTORY_ERASED = "HISTORY_ERASED",
  FORBIDDEN = "FORBIDDEN",
}
registerEnumType(UserErrorCode, {
  name: "UserErrorCode",
  description: "Why a mutation was refused.",
  valuesConfig: {
    INVALID: { description: "A value breaks a rule of the model." },
    NOT_FOUND: { description: "There is no such record (any more)." },
    TAKEN: { description: "Another record has this already: a slug, or the same part twice." },
    IN_USE: { description: "Other records refer to it: `references` lists them." },
    CONFLICT: {
      description: "It was changed since: `currentVersion` and `differingFields` say how it stands now.",
    },
    QUOTE_NOT_FOUND: { description: "The source's text does not have the quoted words." },
    QUOTE_AMBIGUOUS: {
      description:
        "The source's text has the quoted words more than once; `prefix` and `suffix` tell them apart.",
    },
    TRANSITION_NOT_ALLOWED: { description: "A claim in this state of review cannot be moved to that one." },
    IDEMPOTENCY_KEY_REUSED: { description: "The key was used before, with another input." },
    HISTORY_ERASED: { description: "That version's content was erased." },
    FORBIDDEN: {
      description:
        "Of a row of a batch in the mode EACH: it needs another role. Elsewhere, that ends the request.",
    },
  },
});

/** What further is known of an error, by its code. */
interface Details {
  readonly currentVersion?: number;
  readonly differingFields?: readonly string[];
  readonly references?: readonly string[];
}

/** What a person did wrong: data of the answer, not a fault of the operation. */
@ObjectType({ description: "What is wrong with an input, where, and how to mend it.", simpleResolvers: true })
export class UserError {
  @Field(() => UserErrorCode, { description: "For programs to branch on." })
  readonly code: UserErrorCode;

  @Field(() => String, { description: "For people: what is wrong, with the value, and how to mend it." })
  readonly message: string;

  @Field(() => [String], {
    description: 'Where it stands, from the arguments on: `["input", "claim", "figure", "low"]`.',
  })
  readonly path: readonly string[];

  @Field(() => Int, { nullable: true, description: "Of a CONFLICT: the version that the record has now." })
  readonly currentVersion: number | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "Of a CONFLICT: the fields that differ between the version that was expected and the current one.",
  })
  readonly differingFields: readonly string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Of IN_USE: the ids of the records that refer to it, at most 100 of them.",
  })
  readonly references: readonly string[] | null;

  constructor(
    code: UserErrorCode,
    message: string,
    path: readonly PropertyKey[] = [],
    details: Details = {},
  ) {
    this.code = code;
    this.message = boundedMessage(message);
    this.path = path.map(String);
    this.currentVersion = details.currentVersion ?? null;
    this.differingFields = details.differingFields ?? null;
    this.references = details.references ?? null;
  }
}

/** Ends a change before anything of it is kept. The payload's `errors` carry what is wrong, all of it at once. */
export class Refused extends Error {
  override name = "Refused";

  /** @param outrun whether another request has just recorded what this one looked for: done again, it finds that */
  constructor(
    readonly errors: readonly UserError[],
    readonly outrun = false,
  ) {
    super(errors.map(({ message }) => message).join("\n"));
  }
}

/** Refuses for one reason. */
export const refuse = (...reason: ConstructorParameters<typeof UserError>): Refused =>
  new Refused([new UserError(...reason)]);
