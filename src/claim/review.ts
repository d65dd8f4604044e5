import { ID, Int } from "type-graphql";
import { UserError, UserErrorCode } from "../graphql/user-error.js";
import type { Role } from "../graphql/viewer.js";
import type { Class } from "../reading/entity.js";
import { shown } from "../values/shown.js";
import { openAll, openOne } from "../writing/admit.js";
import { BatchMode } from "../writing/batch-vocabulary.js";
import type { Change, Draft, Path } from "../writing/change.js";
import { changing, mutation, payloadType, readBack } from "../writing/mutation.js";
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

/** The mutations of review: each step for one claim, and for several. */
export const reviewMutations = (): Class[] => STEPS.flatMap((step) => [ofOne(step), ofSeveral(step)]);

const describe = ({ meaning, from, to }: Step, what = meaning): string =>
  `${what} ${from.join(" or ")} becomes ${to}.`;

function ofOne(step: Step): Class {
  const { verb, role } = step;
  const { entity } = claimRecord;
  return mutation({
    name: `${verb}Claim`,
    description: describe(step),
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
        take(change, step, draft, path);
        change.refuseIfWrong();
        return [draft.id];
      });
      return { claim: readBack(entity, keys[0]), ...said };
    },
  });
}

/** How many claims one request may move. */
const MOST_CLAIMS = 1_000;

function ofSeveral(step: Step): Class {
  const { verb, role } = step;
  const { entity } = claimRecord;
  const several = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  const Result = payloadType(
    `${several(verb)}ClaimsResult`,
    `What became of one claim of \`${verb}Claims\`.`,
    (add) => add("claim", claimRecord.declared.target, "The claim as it is now.", { nullable: true }),
  );
  return mutation({
    name: `${verb}Claims`,
    description: describe(step, `${step.meaning.slice(0, -1)}, for up to ${MOST_CLAIMS} of them.`),
    role,
    input(add) {
      add("ids", () => [ID], `The claims' ids: at most ${MOST_CLAIMS}.`);
      add("mode", () => BatchMode, "What becomes of the others when one cannot take the step.", {
        defaultValue: BatchMode.ALL_OR_NOTHING,
      });
    },
    payload(add) {
      add("results", () => [Result], "One for each id, in their order.");
      add("changed", () => Int, "How many took the step.");
    },
    async run(input, context) {
      const ids = input.ids as readonly string[];
      if (ids.length > MOST_CLAIMS) {
        const message = `${ids.length} claims: at most ${MOST_CLAIMS} are taken at once. Send them in several requests.`;
        const error = new UserError(UserErrorCode.INVALID, message, ["input", "ids"]);
        return { results: [], changed: 0, errors: [error] };
      }
      const wrong = new Map<number, UserError[]>();
      for (;;) {
        const chosen = ids.map((id, at) => ({ id, at })).filter(({ at }) => !wrong.has(at));
        const { keys, errors, warnings } = await changing(context, input, (change) =>
          move(change, step, chosen),
        );
        for (const error of errors) {
          const at = Number(error.path[2] ?? 0);
          wrong.set(at, [...(wrong.get(at) ?? []), error]);
        }
        const each = input.mode === BatchMode.EACH;
        if (each && errors.length > 0 && wrong.size < ids.length) continue;
        const places = new Map(chosen.map(({ at }, place) => [at, keys[place]]));
        return {
          results: ids.map((_, at) => ({
            claim: readBack(entity, places.get(at)),
            errors: wrong.get(at) ?? [],
            warnings: warnings.filter(({ path }) => Number(path[2]) === at),
          })),
          changed: keys.length,
          errors: each ? [] : errors,
          warnings,
        };
      }
    },
  });
}

/** Lets claims take a step. @returns their keys */
async function move(
  change: Change,
  step: Step,
  chosen: readonly { readonly id: string; readonly at: number }[],
): Promise<string[]> {
  const { entity } = claimRecord;
  const inputs = new Inputs(change);
  const paths = new Map<string, Path>();
  for (const { id, at } of chosen) {
    const path = ["input", "ids", at];
    const key = inputs.key(entity, id, path);
    if (key === undefined) continue;
    if (paths.has(key))
      change.problem(UserErrorCode.TAKEN, `${shown(id)}: stands here twice; remove one.`, path);
    else paths.set(key, path);
  }
  for (const draft of await openAll(change, entity, paths, () => true)) {
    take(change, step, draft, paths.get(draft.id) as Path);
  }
  change.refuseIfWrong();
  return [...paths.keys()];
}

/** Lets a claim take a step, if it stands where the step begins. */
function take(change: Change, { verb, from, to }: Step, draft: Draft, path: Path): void {
  const status = draft.before?.status as ReviewStatus;
  draft.path = path;
  if (from.includes(status)) draft.after = { ...draft.after, status: to };
  else {
    change.problem(
      UserErrorCode.TRANSITION_NOT_ALLOWED,
      `The claim is ${status}; ${verb}Claim takes one that is ${from.join(" or ")}. ${onwards(status)}`,
      path,
    );
  }
}

function onwards(status: ReviewStatus): string {
  const steps = STEPS.filter(({ from }) => from.includes(status)).map(({ verb }) => `${verb}Claim`);
  return `From there lead ${steps.join(", ")}.`;
}
