import { ID, Int } from "type-graphql";
import { UserErrorCode } from "../graphql/user-error.js";
import type { Role } from "../graphql/viewer.js";
import type { Class } from "../reading/entity.js";
import { openOne } from "../writing/admit.js";
import { changing, mutation, readBack } from "../writing/mutation.js";
import { EXPECTED_VERSION } from "../writing/record-mutations.js";
import { Inputs } from "../writing/resolve.js";
import { claimRecord } from "./claim.record.js";
import type { ReviewStatus } from "./claim.vocabulary.js";

/** One step of review: its verb, whence it leads whither, and who may take it. */
interface Step {
  readonly verb: string;
  readonly from: readonly ReviewStatus[];
  readonly to: ReviewStatus;
  readonly role: Role;
  readonly meaning: string;
}

/** The steps of review. There are no others. */
export const STEPS: readonly Step[] = [
  {
    verb: "submit",
    from: ["DRAFT"],
    to: "IN_REVIEW",
    role: "ANALYST",
    meaning: "Asks an editor to review a draft.",
  },
  {
    verb: "withdraw",
    from: ["IN_REVIEW"],
    to: "DRAFT",
    role: "ANALYST",
    meaning: "Takes a claim out of review, to be worked on.",
  },
  {
    verb: "publish",
    from: ["DRAFT", "IN_REVIEW", "RETRACTED"],
    to: "PUBLISHED",
    role: "EDITOR",
    meaning: "Lets readers see a claim.",
  },
  {
    verb: "reject",
    from: ["DRAFT", "IN_REVIEW"],
    to: "REJECTED",
    role: "EDITOR",
    meaning: "Turns a claim down.",
  },
  {
    verb: "reopen",
    from: ["REJECTED"],
    to: "DRAFT",
    role: "EDITOR",
    meaning: "Lets a claim that was turned down be worked on again.",
  },
  {
    verb: "retract",
    from: ["PUBLISHED"],
    to: "RETRACTED",
    role: "EDITOR",
    meaning: "Takes a published claim back; readers still see that it was there.",
  },
];

/** The mutations of review. */
export const reviewMutations = (): Class[] => STEPS.map(stepMutation);

function stepMutation({ verb, from, to, role, meaning }: Step): Class {
  const { entity } = claimRecord;
  return mutation({
    name: `${verb}Claim`,
    description: `${meaning} ${from.join(" or ")} becomes ${to}.`,
    role,
    input(add) {
      add("id", () => ID, "The claim's id.");
      add("expectedVersion", () => Int, EXPECTED_VERSION, { nullable: true });
    },
    payload: (add) =>
      add("claim", claimRecord.declared.target, "The claim as it is now.", { nullable: true }),
    async run(input, context) {
      const path = ["input", "id"];
      const { keys, ...said } = await changing(context, input, async (change) => {
        const key = new Inputs(change).key(entity, input.id as string, path);
        const draft = await openOne(change, entity, { ...input, key, authorMay: () => true }, path);
        const status = draft.before?.status as ReviewStatus;
        if (!from.includes(status)) {
          change.problem(
            UserErrorCode.TRANSITION_NOT_ALLOWED,
            `The claim is ${status}; ${verb}Claim takes one that is ${from.join(" or ")}. ${onwards(status)}`,
            path,
          );
          change.refuseIfWrong();
        }
        draft.after = { ...draft.after, status: to };
        return [draft.id];
      });
      return { claim: readBack(entity, keys[0]), ...said };
    },
  });
}

function onwards(status: ReviewStatus): string {
  const steps = STEPS.filter(({ from }) => from.includes(status)).map(({ verb }) => `${verb}Claim`);
  return `From there lead ${steps.join(", ")}.`;
}
