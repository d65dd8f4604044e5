import type { GraphQLResolveInfo } from "graphql";
import { Int, registerEnumType } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { UserError, UserErrorCode } from "../graphql/user-error.js";
import type { Class } from "../reading/entity.js";
import type { Change } from "../writing/change.js";
import { recordInput } from "../writing/inputs.js";
import { changing, changingTogether, mutation, payloadType } from "../writing/mutation.js";
import { IDEMPOTENCY, onceOf } from "../writing/record-mutations.js";
import { type Creates, type Input, Inputs, noteCreates } from "../writing/resolve.js";
import { claimRecord } from "./claim.record.js";
import { mayBegin } from "./may-begin.js";

/** How many claims one request may bring. */
const MOST_CLAIMS = 1_000;

/** How many of them are tried in one transaction where each is recorded for itself. */
const AT_ONCE = 100;

enum BatchMode {
  ALL_OR_NOTHING = "ALL_OR_NOTHING",
  EACH = "EACH",
}
registerEnumType(BatchMode, {
  name: "BatchMode",
  description: "What becomes of the good claims of a batch when others are wrong.",
  valuesConfig: {
    ALL_OR_NOTHING: { description: "One wrong claim keeps all of them out." },
    EACH: { description: "Each claim is recorded for itself; the wrong ones are left out." },
  },
});

/** What became of one claim: its key, or what is wrong with it. */
interface Result {
  readonly key?: string;
  readonly errors: readonly UserError[];
}

/** The mutation that records many claims. */
export function recordClaims(): Class {
  const Result = payloadType("RecordClaimsResult", "What became of one claim of a batch.", (add) =>
    add("claim", claimRecord.declared.target, "The claim, if it was recorded.", { nullable: true }),
  );
  return mutation({
    name: "recordClaims",
    description: `Records up to ${MOST_CLAIMS} claims, with a report for each.`,
    role: "ANALYST",
    input(add) {
      add("claims", () => [recordInput(claimRecord.entity)], `The claims: at most ${MOST_CLAIMS}.`);
      add("mode", () => BatchMode, "What becomes of the good ones when others are wrong.", {
        defaultValue: BatchMode.ALL_OR_NOTHING,
      });
      add("idempotencyKey", () => String, `${IDEMPOTENCY} With EACH, of every claim by itself.`, {
        nullable: true,
      });
    },
    payload(add) {
      add("results", () => [Result], "One for each claim, in their order.");
      add("recorded", () => Int, "How many were recorded.");
    },
    async run(input, context) {
      const claims = input.claims as readonly Input[];
      if (claims.length > MOST_CLAIMS) {
        const message = `${claims.length} claims: at most ${MOST_CLAIMS} are taken at once. Send them in several requests.`;
        const error = new UserError(UserErrorCode.INVALID, message, ["input", "claims"]);
        return { results: [], recorded: 0, errors: [error] };
      }
      for (const claim of claims) mayBegin(context.reader.viewer, claim);
      const { results, errors } =
        input.mode === BatchMode.ALL_OR_NOTHING
          ? await recordAll(context, input, claims)
          : { results: await recordEach(context, input, claims), errors: [] };
      const recorded = results.filter(({ key }) => key !== undefined).length;
      return { results: readable(results), recorded, errors };
    },
  });
}

async function recordAll(context: Context, input: Input, claims: readonly Input[]) {
  const { keys, errors } = await changing(
    context,
    input,
    (change) =>
      begin(
        change,
        claims.map((claim, at) => ({ claim, at })),
      ),
    onceOf("recordClaims", input),
  );
  const of = (at: number) => errors.filter(({ path }) => path[1] === "claims" && path[2] === String(at));
  return { results: claims.map((_, at) => ({ key: keys[at], errors: of(at) })), errors };
}

/** A claim of a batch, and its place there. */
interface Item {
  readonly claim: Input;
  readonly at: number;
}

/** Begins claims. @returns their keys */
async function begin(change: Change, items: readonly Item[], brought?: Creates): Promise<string[]> {
  const inputs = new Inputs(change, brought);
  await inputs.lookUpNew(
    claimRecord,
    items.map(({ claim }) => claim),
  );
  return items.map(({ claim, at }) => inputs.begin(claimRecord, claim, ["input", "claims", at]));
}

/** Each claim for itself: what was recorded before something breaks stays recorded, and a repeat goes on from there. */
async function recordEach(context: Context, input: Input, claims: readonly Input[]): Promise<Result[]> {
  const items = claims.map((claim, at) => ({ claim, at }));
  const brought: Creates = new Map();
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    results.push(...(await recordSome(context, input, items.slice(from, from + AT_ONCE), brought)));
  }
  return results;
}

/** Good claims are recorded in one transaction. When one of several is wrong, the halves are tried by themselves. */
async function recordSome(
  context: Context,
  input: Input,
  items: readonly Item[],
  brought: Creates,
): Promise<Result[]> {
  const { idempotencyKey } = input;
  const once = items.map(({ claim, at }) =>
    onceOf("recordClaims", { claim, idempotencyKey: idempotencyKey && `${idempotencyKey} ${at}` }),
  );
  const { answers, errors } = await changingTogether(context, input, once, async (change, wanted) => {
    const begun = await begin(
      change,
      wanted.map((place) => items[place] as Item),
      brought,
    );
    return begun.map((key) => [key]);
  });
  if (errors.length === 0) {
    for (const { claim } of items) noteCreates(claimRecord, claim, brought);
    return answers.map(([key]) => ({ key, errors }));
  }
  if (items.length === 1) return [{ errors }];
  const half = Math.ceil(items.length / 2);
  const first = await recordSome(context, input, items.slice(0, half), brought);
  return [...first, ...(await recordSome(context, input, items.slice(half), brought))];
}

/** All claims that are asked back are read by one statement. */
function readable(results: readonly Result[]) {
  let rows: Promise<Map<string, unknown>> | undefined;
  const keys = results.flatMap(({ key }) => key ?? []);
  return results.map(({ key, errors }) => ({
    errors,
    claim: async (_args: unknown, { reader }: Context, info: GraphQLResolveInfo) => {
      if (key === undefined) return null;
      rows ??= reader.byKeys(claimRecord.entity, keys, info);
      return (await rows).get(key);
    },
  }));
}
