import type { GraphQLResolveInfo } from "graphql";
import { Int, registerEnumType } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { UserError, UserErrorCode } from "../graphql/user-error.js";
import type { Class } from "../reading/noun.js";
import { recordInput } from "../writing/inputs.js";
import { changing, mutation, payloadType } from "../writing/mutation.js";
import { IDEMPOTENCY, onceOf } from "../writing/record-mutations.js";
import { type Input, Inputs } from "../writing/resolve.js";
import { claimRecord } from "./claim.record.js";
import { mayBegin } from "./may-begin.js";

/** How many claims one request may bring. */
const MOST_CLAIMS = 1_000;

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
    add("claim", claimRecord.target, "The claim, if it was recorded.", { nullable: true }),
  );
  return mutation({
    name: "recordClaims",
    description: `Records up to ${MOST_CLAIMS} claims, with a report for each.`,
    role: "ANALYST",
    input(add) {
      add("claims", () => [recordInput(claimRecord.noun)], `The claims: at most ${MOST_CLAIMS}.`);
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
      const together = input.mode === BatchMode.ALL_OR_NOTHING;
      const results = together
        ? await recordAll(context, input, claims)
        : await recordEach(context, input, claims);
      return {
        results: readable(results),
        recorded: results.filter(({ key }) => key !== undefined).length,
        errors: together ? results.flatMap(({ errors }) => errors) : [],
      };
    },
  });
}

async function recordAll(context: Context, input: Input, claims: readonly Input[]): Promise<Result[]> {
  const { keys, errors } = await changing(
    context,
    input,
    async (change) => {
      const inputs = new Inputs(change);
      await inputs.lookUpNew(claimRecord, claims);
      return claims.map((claim, at) => inputs.begin(claimRecord, claim, ["input", "claims", at]));
    },
    onceOf("recordClaims", input),
  );
  // What is wrong with none of them in particular is said of the first.
  const of = (at: number) => errors.filter(({ path }) => (path[2] ?? "0") === String(at));
  return claims.map((_, at) => ({ key: keys[at], errors: of(at) }));
}

/** One transaction for each claim: what was recorded before something breaks stays recorded. */
async function recordEach(context: Context, input: Input, claims: readonly Input[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const [at, claim] of claims.entries()) {
    const key = typeof input.idempotencyKey === "string" ? `${input.idempotencyKey} ${at}` : undefined;
    const { keys, errors } = await changing(
      context,
      input,
      async (change) => {
        const inputs = new Inputs(change);
        await inputs.lookUpNew(claimRecord, [claim]);
        return [inputs.begin(claimRecord, claim, ["input", "claims", at])];
      },
      onceOf("recordClaims", { claim, idempotencyKey: key }),
    );
    results.push({ key: keys[0], errors });
  }
  return results;
}

/** All claims that are asked back are read by one statement. */
function readable(results: readonly Result[]) {
  let rows: Promise<Map<string, unknown>> | undefined;
  const keys = results.flatMap(({ key }) => key ?? []);
  return results.map(({ key, errors }) => ({
    errors,
    claim: async (_args: unknown, { reader }: Context, info: GraphQLResolveInfo) => {
      if (key === undefined) return null;
      rows ??= reader.byKeys(claimRecord.noun, keys, info);
      return (await rows).get(key);
    },
  }));
}
