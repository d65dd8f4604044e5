// From rounds to figures: medians, and ratios of neighbours within one round.

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? Number.NaN, sorted[Math.floor(middle)] ?? Number.NaN];
  return (low + high) / 2;
}

/**
 * Medians of a contender over the rounds of one question; nothing when it was not asked.
 *
 * @param {import("./measure.mjs").Result} result @param {string} name
 */
export function medians(result, name) {
  const rounds = result.rounds[name];
  if (!rounds?.length) return undefined;
  const of = (/** @type {keyof import("./measure.mjs").Figures} */ key) =>
    median(rounds.map((round) => round[key] ?? Number.NaN));
  return {
    perSecond: of("perSecond"),
    p50: of("p50"),
    p99: of("p99"),
    cpu: of("cpu"),
    databaseCpu: of("databaseCpu"),
    megabytes: of("megabytes"),
  };
}

/**
 * How many times as many requests one contender answers as another: the median over rounds, each compared
 * within itself, because a machine's speed drifts.
 *
 * @param {import("./measure.mjs").Result} result @param {string} name @param {string} other
 */
export function ratio(result, name, other) {
  const [ours, theirs] = [result.rounds[name], result.rounds[other]];
  if (!ours?.length || !theirs?.length) return undefined;
  return median(ours.map((round, index) => round.perSecond / (theirs[index]?.perSecond ?? Number.NaN)));
}

/**
 * Claimgraph's ratio to the limit, and to PostGraphile on the Node.js that PostGraphile runs on.
 *
 * @param {import("./measure.mjs").Result} result
 */
export function ratios(result) {
  const same = Object.keys(result.rounds).find((name) => name.startsWith("claimgraph@")) ?? "claimgraph";
  const limit = same.replace("claimgraph", "limit");
  return {
    toLimit: ratio(result, "claimgraph", "limit"),
    toLimitOnNewerNode: same === "claimgraph" ? undefined : ratio(result, same, limit),
    toPostgraphile: ratio(result, same, "postgraphile"),
    toNaive: ratio(result, "claimgraph", "naive"),
    toLookAhead: ratio(result, "claimgraph", "ahead"),
  };
}

/**
 * `{question: {toLimit, …, claims, bySize: {10000: {toLimit, …, contenders}}}}`, the first figures those of the
 * largest data set.
 *
 * @param {readonly import("./report.mjs").SizeResults[]} measured
 */
export function figuresAsJson(measured) {
  /** @type {Record<string, any>} */
  const data = {};
  for (const { claims, results } of measured) {
    for (const result of results) {
      const { name } = result.question;
      const contenders = Object.fromEntries(
        Object.keys(result.rounds).map((one) => [one, medians(result, one)]),
      );
      const bySize = {
        ...data[name]?.bySize,
        [claims]: { ...ratios(result), bytes: result.bytes, contenders },
      };
      data[name] = { ...ratios(result), claims, bySize };
    }
  }
  return data;
}
