import type { GraphQLResolveInfo } from "graphql";
import { Int } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { fieldOf, listOf } from "../graphql/field-names.js";
import { unfitRowsOf } from "../graphql/unfit-rows.js";
import { UserError, UserErrorCode } from "../graphql/user-error.js";
import type { Class } from "../reading/entity.js";
import { type Row, type RowResult, recordRows } from "./batch-rows.js";
import { BatchMode, BatchOutcome, OnExisting } from "./batch-vocabulary.js";
import { rowInput } from "./inputs.js";
import { mutation, payloadType } from "./mutation.js";
import type { RecordKind } from "./record.js";
import { IDEMPOTENCY } from "./record-mutations.js";

/** How many records one request may bring. */
const MOST_ROWS = 1_000;

/** What is counted of a batch, by the outcome of its rows. */
const COUNTS: readonly [name: string, outcome: BatchOutcome, description: string][] = [
  ["recorded", BatchOutcome.RECORDED, "How many were recorded."],
  ["updated", BatchOutcome.UPDATED, "How many were there and were changed."],
  ["unchanged", BatchOutcome.UNCHANGED, "How many were there and are as they were."],
  ["replayed", BatchOutcome.REPLAYED, "How many had been recorded under the same `idempotencyKey` before."],
  ["refused", BatchOutcome.REFUSED, "How many are wrong."],
];

/** The mutation that records many records of a kind. */
export function batchMutation(kind: RecordKind): Class {
  const { entity, declared } = kind;
  const [one, many] = [fieldOf(entity), listOf(entity)];
  const capital = many.charAt(0).toUpperCase() + many.slice(1);
  const name = `${kind.verb ?? "create"}${capital}`;
  const Result = payloadType(
    `${name.charAt(0).toUpperCase()}${name.slice(1)}Result`,
    `What became of one row of \`${name}\`.`,
    (add) => {
      add("key", () => String, "The row's `key`, if it has one.", { nullable: true });
      add("outcome", () => BatchOutcome, "What became of it.");
      add(
        one,
        declared.target,
        `The ${entity.name}: the new one, or the one that was there; null when it was refused, or nothing was written.`,
        { nullable: true },
      );
    },
  );
  return mutation({
    name,
    description: `Records up to ${MOST_ROWS} ${many}, with a report for each.`,
    role: "ANALYST",
    input(add) {
      // One that does not fit its type is set aside, and a null stands in its place.
      add(
        many,
        () => [rowInput(entity)],
        `The new ones: at most ${MOST_ROWS}. Of variables, a row that does not fit its type is refused for itself.`,
        { nullable: "items" },
      );
      add("mode", () => BatchMode, "What becomes of the good ones when others are wrong.", {
        defaultValue: BatchMode.ALL_OR_NOTHING,
      });
      add(
        "onExisting",
        () => OnExisting,
        "What becomes of those that are there already, by their external ids or their slug.",
        {
          defaultValue: OnExisting.ERROR,
        },
      );
      add("dryRun", () => Boolean, "Whether all of it is only reported, and nothing is written.", {
        defaultValue: false,
      });
      add(
        "idempotencyKey",
        () => String,
        `${IDEMPOTENCY} With EACH, of every row by itself, which is known again by its \`key\`, its first external id or its words.`,
        { nullable: true },
      );
    },
    payload(add) {
      add("results", () => [Result], "One for each row, in their order.");
      for (const [count, , description] of COUNTS) add(count, () => Int, description);
    },
    async run(input, context, info) {
      const given = input[many] as readonly (Row | null)[];
      const aside = unfitRowsOf(info, many, context.unfitRows);
      const rows = given.map((row, at): Row => row ?? aside.get(at)?.value ?? {});
      if (rows.length > MOST_ROWS) {
        const message = `${rows.length} ${many}: at most ${MOST_ROWS} are taken at once. Send them in several requests.`;
        const error = new UserError(UserErrorCode.INVALID, message, ["input", many]);
        return { ...countsOf([]), results: [], errors: [error] };
      }
      const { results, errors } = await recordRows(context, { kind, name, many, input, rows, aside });
      const written = input.dryRun !== true;
      return {
        ...countsOf(results),
        results: readable(kind, one, results, written),
        errors,
        warnings: results.flatMap(({ warnings }) => warnings),
      };
    },
  });
}

const countsOf = (results: readonly RowResult[]): Record<string, number> =>
  Object.fromEntries(
    COUNTS.map(([name, outcome]) => [name, results.filter((one) => one.outcome === outcome).length]),
  );

/** All records that are asked back are read by one statement. */
function readable(kind: RecordKind, field: string, results: readonly RowResult[], written: boolean) {
  let rows: Promise<Map<string, unknown>> | undefined;
  // Of a dry run, only what was there before is there to be read.
  const keys = results.flatMap(({ id, outcome }) =>
    id !== undefined && (written || outcome !== BatchOutcome.RECORDED) ? id : [],
  );
  return results.map(({ id, ...result }) => ({
    ...result,
    [field]: async (_args: unknown, { reader }: Context, info: GraphQLResolveInfo) => {
      if (id === undefined || !keys.includes(id)) return null;
      rows ??= reader.byKeys(kind.entity, keys, info);
      return (await rows).get(id);
    },
  }));
}
