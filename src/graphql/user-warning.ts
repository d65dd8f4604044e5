import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { boundedMessage } from "./errors.js";

/** What a mutation warns of, for programs to branch on; docs/recording.md explains each. */
export enum UserWarningCode {
  POSSIBLE_DUPLICATE = "POSSIBLE_DUPLICATE",
  EXISTING_DIFFERS = "EXISTING_DIFFERS",
  UNUSUAL_DATE = "UNUSUAL_DATE",
  UNUSUAL_FIGURE = "UNUSUAL_FIGURE",
  BEFORE_EVENT = "BEFORE_EVENT",
  STANCE_WITHOUT_PROPOSITION = "STANCE_WITHOUT_PROPOSITION",
  QUOTE_ORPHANED = "QUOTE_ORPHANED",
}
registerEnumType(UserWarningCode, {
  name: "UserWarningCode",
  description: "What a mutation warns of. A warning never stops it.",
  valuesConfig: {
    POSSIBLE_DUPLICATE: {
      description:
        "Another record may be the same: a source with the same address, a proposition with the same text, an actor with the same name, a claim of the same actor about the same proposition, or with the same statement and no proposition, with the same stance, on the same date and in the same source.",
    },
    EXISTING_DIFFERS: {
      description:
        "The record that is there is called otherwise than the one that was given with `create`, is of another kind, or lacks external ids that were given; it was used as it is.",
    },
    UNUSUAL_DATE: {
      description:
        "A date lies in the future, or before the year 1000; or a source was withdrawn before it was published.",
    },
    UNUSUAL_FIGURE: { description: "A figure is below zero, or a fraction where persons are counted." },
    BEFORE_EVENT: { description: "A claim was made before its event began." },
    STANCE_WITHOUT_PROPOSITION: {
      description: "A claim takes a stance without a proposition: it counts nowhere until it has one.",
    },
    QUOTE_ORPHANED: {
      description:
        "The text of a source does not have the words that a claim quotes of it: a new text has lost them, or the claim was published all the same.",
    },
  },
});

/** What is possible but odd in what was recorded, or was perhaps recorded before. */
@ObjectType({
  description:
    "What is possible but odd in an input, or was perhaps recorded before. It never stops a change.",
  simpleResolvers: true,
})
export class UserWarning {
  @Field(() => UserWarningCode, { description: "For programs to branch on." })
  readonly code: UserWarningCode;

  @Field(() => String, { description: "For people: what is odd, with the value, and what may be done." })
  readonly message: string;

  @Field(() => [String], {
    description: 'Where it stands, from the arguments on: `["input", "source", "url"]`.',
  })
  readonly path: readonly string[];

  @Field(() => ID, {
    nullable: true,
    description: "The id of the record that is there already, if it is about one.",
  })
  readonly record: string | null;

  constructor(code: UserWarningCode, message: string, path: readonly PropertyKey[], record?: string) {
    this.code = code;
    this.message = boundedMessage(message);
    this.path = path.map(String);
    this.record = record ?? null;
  }
}
