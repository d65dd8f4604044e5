// The tables of the report, and the lines that the terminal shows meanwhile.
import { costGrowth, medians, onRows, ratios, slower } from "./figures.mjs";

/** @typedef {import("./size.mjs").SizeResults} SizeResults */
/** @typedef {number | undefined} Value */

/**
 * By kind of question: the least ratio to the limit and to PostGraphile, or the most CPU as a multiple of the limit's.
 *
 * @type {Record<string, { limit?: number, postgraphile?: number, cpu?: number }>}
 */
const GOALS = {
  nested: { limit: 0.9, postgraphile: 2 },
  small: { limit: 0.75, postgraphile: 1.6 },
  filtered: { limit: 0.85, postgraphile: 1.6 },
  statistics: { cpu: 1.3 },
};
/** Most times the limit's peak memory, and most times the cost at the smallest size. */
const MEMORY_GOAL = 1.5;
const GROWTH_GOAL = 1.5;

export const number = (/** @type {Value} */ value, digits = 2) =>
  value === undefined || Number.isNaN(value) ? "–" : value.toFixed(digits);
export const whole = (/** @type {number} */ value) => Math.round(value).toLocaleString("en");
const rate = (/** @type {Value} */ value) =>
  value === undefined ? "–" : value >= 100 ? whole(value) : value.toFixed(1);
const over = (/** @type {Value} */ ours, /** @type {Value} */ theirs) =>
  ours === undefined || theirs === undefined ? undefined : ours / theirs;
const row = (/** @type {readonly (string | number)[]} */ cells) => `| ${cells.join(" | ")} |`;

export const table = (
  /** @type {readonly string[]} */ head,
  /** @type {readonly (readonly (string | number)[])[]} */ rows,
) => [row(head), row(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(row)].join("\n");

/** @param {import("./measure.mjs").Result} result @param {import("./progress.mjs").Progress} progress */
export function printResult(result, progress) {
  const { toLimit, toPostgraphile, cpuToLimit } = ratios(result);
  const compared = [
    toLimit === undefined ? "" : ` ${number(toLimit)} of the limit`,
    toPostgraphile === undefined ? "" : ` ${number(toPostgraphile)} × PostGraphile`,
    cpuToLimit === undefined ? "" : ` CPU ${number(cpuToLimit)} × limit`,
  ];
  console.log(`${result.question.name}:${compared.filter(Boolean).join(",")} ${progress}`);
  for (const { contender } of result.asked) {
    const found = medians(result, contender.name);
    if (!found) continue;
    console.log(
      `  ${contender.title.padEnd(42)}${rate(found.perSecond).padStart(8)}/s  p50 ${number(found.p50)} ms  p99 ${number(found.p99)} ms  CPU ${number(found.cpu * 1000)} ms (database ${number(found.databaseCpu * 1000)})  ${number(found.megabytes, 0)} MB`,
    );
  }
}

/** @param {SizeResults} size */
export function ratioTable({ results }) {
  const head = ["question", "of the limit", "goal", "× PostGraphile", "goal", "of the limit, newer Node"];
  const cpu = ["CPU, × limit", "goal", "CPU, × PostGraphile"];
  return table(
    [...head, "× look-ahead", "× naive", ...cpu],
    results.map((result) => {
      const { question } = result;
      const found = ratios(result);
      const goals = question.further ? undefined : GOALS[question.kind];
      return [
        question.further ? `${question.name} (further)` : question.name,
        number(found.toLimit),
        goals?.limit ? `≥ ${number(goals.limit)}` : "",
        number(found.toPostgraphile),
        goals?.postgraphile && found.toPostgraphile ? `≥ ${number(goals.postgraphile, 1)}` : "",
        number(found.toLimitOnNewerNode),
        number(found.toLookAhead, 1),
        number(found.toNaive, 1),
        number(found.cpuToLimit),
        goals?.cpu ? `≤ ${number(goals.cpu, 1)}` : "",
        number(found.cpuToPostgraphile),
      ];
    }),
  );
}

/** Questions whose goal is a time. @param {SizeResults} size */
export const timeTable = ({ results }) =>
  table(
    [
      "question",
      "Claimgraph, p50 ms",
      "goal",
      "limit, p50 ms",
      "Claimgraph, p99 ms",
      "CPU ms",
      "of it database",
    ],
    results
      .filter(({ question }) => question.kind === "disputes")
      .map((result) => {
        const { question } = result;
        const [ours, limit] = ["claimgraph", "limit"].map((name) => medians(result, name));
        return [
          question.further ? `${question.name} (further)` : question.name,
          number(ours?.p50),
          question.most ? `≤ ${question.most}` : "",
          number(limit?.p50),
          number(ours?.p99),
          number(ours && ours.cpu * 1000),
          number(ours && ours.databaseCpu * 1000),
        ];
      }),
  );

/** Claimgraph on its two databases. @param {SizeResults} size */
export const embeddedTable = ({ results }) =>
  table(
    [
      "question",
      "PostgreSQL, requests/s",
      "embedded, requests/s",
      "embedded ÷ PostgreSQL",
      "PostgreSQL, p50 ms",
    ].concat(["embedded, p50 ms", "PostgreSQL, CPU ms", "embedded, CPU ms", "embedded, peak MB"]),
    results.map((result) => {
      const [server, embedded] = ["claimgraph", "embedded"].map((name) => medians(result, name));
      return [
        result.question.name,
        rate(server?.perSecond),
        rate(embedded?.perSecond),
        number(ratios(result).embeddedToPostgres),
        number(server?.p50),
        number(embedded?.p50),
        number(server && server.cpu * 1000),
        number(embedded && embedded.cpu * 1000),
        number(embedded?.megabytes, 0),
      ];
    }),
  );

/** Memory of each server, idle and under the board. @param {SizeResults} size */
export function memoryTable({ contenders, idle, results }) {
  const board = results.find(({ question }) => question.name === "board");
  const peak = (/** @type {string} */ name) => board && medians(board, name)?.megabytes;
  return table(
    ["server", "idle MB", "peak MB", "idle, × the limit's", "peak, × the limit's", "goal"],
    contenders.map(({ name, title }) => {
      const limit = contenders.find((one) => one.name === `limit@${name.split("@")[1]}`)?.name ?? "limit";
      return [
        title,
        number(idle[name], 0),
        number(peak(name), 0),
        number(over(idle[name], idle[limit])),
        number(over(peak(name), peak(limit))),
        name === "claimgraph" ? `≤ ${number(MEMORY_GOAL)}` : "",
      ];
    }),
  );
}

/** Questions that are measured against each other. @param {SizeResults} size */
export const againstTable = ({ results }) =>
  table(
    ["question", "against", "times as long", "goal"],
    results.flatMap((result) => {
      const { name, against } = result.question;
      const page = result.page ? ` (page ${whole(result.page)})` : "";
      return Object.entries(slower(result, results)).map(([other, times]) => [
        `${name}${page}`,
        other,
        number(times),
        `≤ ${number(against?.[other] ?? 0)}`,
      ]);
    }),
  );

/** How cost grows with the tables. @param {import("./growth.mjs").Growth} growth */
export const growthTable = (growth) => {
  const { small, large, results } = growth;
  return table(
    ["question", `${whole(small)} claims`, `${whole(large)} claims`, "×", "goal", "the limit's ×"],
    results.map((result) => {
      const { name, further } = result.question;
      const costs = [small, large].map((claims) => medians(result, onRows("claimgraph", claims))?.cpu);
      return [
        further ? `${name} (further)` : name,
        ...costs.map((cost) => number(cost && cost * 1000)),
        number(costGrowth(growth, name, "claimgraph")),
        `≤ ${number(GROWTH_GOAL)}`,
        number(costGrowth(growth, name, "limit")),
      ];
    }),
  );
};

/** @param {SizeResults} size */
export function fullTable({ contenders, results }) {
  const rows = results.flatMap((result) =>
    contenders.flatMap(({ name, title }) => {
      const found = medians(result, name);
      if (!found) return [[result.question.name, title, "not asked", "", "", "", "", ""]];
      const { perSecond, p50, p99, cpu, databaseCpu, megabytes } = found;
      const times = [p50, p99, cpu * 1000, databaseCpu * 1000].map((value) => number(value));
      return [[result.question.name, title, rate(perSecond), ...times, number(megabytes, 0)]];
    }),
  );
  return table(
    ["question", "contender", "requests/s", "p50 ms", "p99 ms", "CPU ms", "of it database", "peak MB"],
    rows,
  );
}
