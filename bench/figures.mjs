// From rounds to figures: medians, and ratios of neighbours within one round.

/** @typedef {import("./measure.mjs").Result} Result */
/** @typedef {import("./size.mjs").SizeResults} SizeResults */

/** The name of a contender on the rows of a data set. @param {string} name @param {number} claims */
export const onRows = (name, claims) => `${name} at ${claims}`;

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? Number.NaN, sorted[Math.floor(middle)] ?? Number.NaN];
  return (low + high) / 2;
}

/**
 * A contender over the rounds of one question; nothing when it was not asked. Medians, but of memory the peak.
 *
 * @param {Pick<Result, "rounds">} result @param {string} name
 */
export function medians(result, name) {
  const rounds = result.rounds[name];
  if (!rounds?.length) return undefined;
  const of = (/** @type {"perSecond" | "p50" | "p99" | "cpu" | "databaseCpu"} */ key) =>
    median(rounds.map((round) => round[key]));
  return {
    perSecond: of("perSecond"),
    p50: of("p50"),
    p99: of("p99"),
    cpu: of("cpu"),
    databaseCpu: of("databaseCpu"),
    megabytes: Math.max(...rounds.map((round) => round.megabytes ?? Number.NaN)),
  };
}

/**
 * The median of the quotients of each round, because a machine's speed drifts.
 *
 * @param {readonly import("./measure.mjs").Figures[] | undefined} ours
 * @param {readonly import("./measure.mjs").Figures[] | undefined} theirs
 * @param {"perSecond" | "p50" | "cpu"} key
 */
function quotient(ours, theirs, key) {
  const common = Math.min(ours?.length ?? 0, theirs?.length ?? 0);
  if (!ours || !theirs || common === 0) return undefined;
  return median(
    ours.slice(0, common).map((round, index) => round[key] / (theirs[index]?.[key] ?? Number.NaN)),
  );
}

/**
 * How many times as many requests one contender answers as another.
 *
 * @param {Pick<Result, "rounds">} result @param {string} name @param {string} other
 */
export const ratio = (result, name, other) =>
  quotient(result.rounds[name], result.rounds[other], "perSecond");

/**
 * Claimgraph's ratio to the limit on the Node.js that runs the benchmark, and to PostGraphile on the Node.js that
 * PostGraphile runs on: requests per second, and CPU time for one, which suffers less from what else a machine does.
 *
 * @param {Pick<Result, "rounds">} result
 */
export function ratios(result) {
  const same = Object.keys(result.rounds).find((name) => name.startsWith("claimgraph@")) ?? "claimgraph";
  const newer = same === "claimgraph" ? undefined : ratio(result, same, same.replace("claimgraph", "limit"));
  return {
    toLimit: ratio(result, "claimgraph", "limit"),
    toPostgraphile: ratio(result, same, "postgraphile"),
    cpuToLimit: quotient(result.rounds.claimgraph, result.rounds.limit, "cpu"),
    cpuToPostgraphile: quotient(result.rounds[same], result.rounds.postgraphile, "cpu"),
    toLimitOnNewerNode: newer,
    toLookAhead: ratio(result, "claimgraph", "ahead"),
    toNaive: ratio(result, "claimgraph", "naive"),
    embeddedToPostgres: ratio(result, "embedded", "claimgraph"),
  };
}

/**
 * How many times as long Claimgraph takes for a question as for those that it is measured against, by p50.
 *
 * @param {Result} result @param {readonly Result[]} all
 * @returns {Record<string, number>} by the other question
 */
export function slower({ question, rounds }, all) {
  const others = Object.keys(question.against ?? {}).flatMap((name) => {
    const other = all.find((one) => one.question.name === name);
    const times = quotient(rounds.claimgraph, other?.rounds.claimgraph, "p50");
    return times === undefined ? [] : [[name, times]];
  });
  return Object.fromEntries(others);
}

/**
 * How many times as much CPU a question costs a contender and PostgreSQL at the largest size as at the smallest.
 *
 * @param {import("./growth.mjs").Growth | undefined} growth @param {string} question @param {string} contender
 */
export function costGrowth(growth, question, contender) {
  const found = growth?.results.find((result) => result.question.name === question);
  if (!growth || !found) return undefined;
  const [large, small] = [growth.large, growth.small].map(
    (claims) => found.rounds[onRows(contender, claims)],
  );
  return quotient(large, small, "cpu");
}

/**
 * `{question: {toLimit, toPostgraphile, …, claims, bySize: {10000: {toLimit, …, contenders}}}}`, the first figures
 * those of the largest data set. What was not measured is left out.
 *
 * @param {readonly SizeResults[]} measured @param {import("./growth.mjs").Growth} [growth]
 */
export function figuresAsJson(measured, growth) {
  /** @type {Record<string, any>} */
  const data = {};
  for (const { claims, results, idle } of measured) {
    for (const result of results) {
      const { name } = result.question;
      const contenders = Object.fromEntries(
        Object.keys(result.rounds).map((one) => [one, { ...medians(result, one), idleMegabytes: idle[one] }]),
      );
      const [ours, limit] = ["claimgraph", "limit"].map((one) => medians(result, one)?.megabytes);
      const memoryToLimit = ours && limit ? ours / limit : undefined;
      const found = { ...ratios(result), memoryToLimit };
      const figures = { ...found, ...(result.question.against && { timesAsLong: slower(result, results) }) };
      const size = { ...figures, bytes: result.bytes, page: result.page, contenders };
      const [ofOurs, ofLimit] = ["claimgraph", "limit"].map((one) => costGrowth(growth, name, one));
      const grown = { costGrowth: ofOurs, limitCostGrowth: ofLimit };
      data[name] = { ...figures, ...grown, claims, bySize: { ...data[name]?.bySize, [claims]: size } };
    }
  }
  return data;
}
