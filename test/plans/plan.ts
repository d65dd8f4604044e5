import { CLAIMS, type Dataset } from "./dataset.js";

/** A step of a plan, as PostgreSQL explains it; counts are of one loop. */
interface Step {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Join Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly Plans?: readonly Step[];
}

/** What a statement does that a page of rows should not take. */
export interface Fault {
  readonly kind: "scan" | "sort" | "search";
  readonly rows: number;
  readonly words: string;
}

/** A table of which no page needs all rows. */
const LARGE = 10_000;
/** The rows of a page, at most, and the one that tells whether the list goes on. */
const PAGE = 101;
/** Rows that a page may look at to find those that fit: a fifth of the claims. */
const MOST_READ = CLAIMS / 5;

/** Runs a statement and says what is wrong with its plan. */
export async function faultsOf(
  dataset: Dataset,
  statement: { readonly text: string; readonly values: readonly unknown[] },
): Promise<Fault[]> {
  const [row] = await dataset.rows<{ "QUERY PLAN": [{ Plan: Step }] }>(
    `explain (analyze, timing off, format json) ${statement.text}`,
    statement.values,
  );
  const faults: Fault[] = [];
  let read = 0;
  for (const step of steps(row!["QUERY PLAN"][0].Plan)) {
    const type = step["Node Type"];
    const removed = REMOVED.reduce((sum, reason) => sum + (step[reason] ?? 0), 0);
    const rows = (removed + (type.endsWith("Scan") ? step["Actual Rows"] : 0)) * step["Actual Loops"];
    read += rows;
    if (type === "Seq Scan" && rows >= LARGE) {
      faults.push({ kind: "scan", rows, words: `a sequential scan of ${step["Relation Name"]}` });
    }
    // A sort that is run for each of several rows is as large as one of its runs.
    const sorted = type.endsWith("Sort") ? (step.Plans?.[0]?.["Actual Rows"] ?? 0) : 0;
    if (sorted > PAGE) faults.push({ kind: "sort", rows: sorted, words: "a sort" });
  }
  if (read > MOST_READ) faults.push({ kind: "search", rows: read, words: "a search" });
  return faults;
}

const REMOVED = [
  "Rows Removed by Filter",
  "Rows Removed by Join Filter",
  "Rows Removed by Index Recheck",
] as const;

function* steps(step: Step): Generator<Step> {
  yield step;
  for (const part of step.Plans ?? []) yield* steps(part);
}
