// The tables: on the terminal while it runs, and as docs/benchmarks.md.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { versionOf } from "./contenders.mjs";
import { medians, ratios } from "./figures.mjs";
import { machine } from "./machine.mjs";

/**
 * @typedef {object} SizeResults
 * @property {number} claims
 * @property {import("./contenders.mjs").Contender[]} contenders
 * @property {import("./measure.mjs").Result[]} results
 */

/** Least ratio to the limit and to PostGraphile, by kind of question. */
const GOALS = { nested: [0.9, 2], small: [0.75, 1.6], count: [0.75, 1.6], filtered: [0.85, 1.6] };

const number = (/** @type {number | undefined} */ value, digits = 2) =>
  value === undefined || Number.isNaN(value) ? "–" : value.toFixed(digits);
const rate = (/** @type {number | undefined} */ value) =>
  value === undefined ? "–" : value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
const row = (/** @type {readonly (string | number)[]} */ cells) => `| ${cells.join(" | ")} |`;
const table = (
  /** @type {readonly string[]} */ head,
  /** @type {readonly (readonly (string | number)[])[]} */ rows,
) => [row(head), row(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(row)].join("\n");

/** @param {any} result @param {{ contender: import("./contenders.mjs").Contender }[]} running */
export function printResult(result, running) {
  const { toLimit, toLimitOnNewerNode, toPostgraphile } = ratios(result);
  console.log(
    `${result.question.name}: ${number(toLimit)} of the limit (newer Node ${number(toLimitOnNewerNode)}), ${number(toPostgraphile)} × PostGraphile`,
  );
  for (const { contender } of running) {
    const found = medians(result, contender.name);
    if (!found) continue;
    console.log(
      `  ${contender.title.padEnd(42)}${rate(found.perSecond).padStart(8)}/s  p50 ${number(found.p50)} ms  p99 ${number(found.p99)} ms  CPU ${number(found.cpu * 1000)} ms (database ${number(found.databaseCpu * 1000)})  ${number(found.megabytes, 0)} MB`,
    );
  }
}

/** @param {SizeResults} size */
function ratioTable({ results }) {
  return table(
    [
      "question",
      "of the limit",
      "goal",
      "of the limit, newer Node",
      "× PostGraphile",
      "goal",
      "× look-ahead",
      "× naive",
    ],
    results.map((result) => {
      const found = ratios(result);
      const [limit, postgraphile] = GOALS[result.question.kind] ?? [];
      return [
        result.question.name,
        number(found.toLimit),
        `≥ ${number(limit)}`,
        number(found.toLimitOnNewerNode),
        number(found.toPostgraphile),
        `≥ ${number(postgraphile, 1)}`,
        number(found.toLookAhead, 1),
        number(found.toNaive, 1),
      ];
    }),
  );
}

/** @param {SizeResults} size */
function fullTable({ contenders, results }) {
  const rows = results.flatMap((result) =>
    contenders.flatMap(({ name, title }) => {
      const found = medians(result, name);
      if (!found) return [[result.question.name, title, "not asked", "", "", "", "", ""]];
      const { perSecond, p50, p99, cpu, databaseCpu, megabytes } = found;
      return [
        [
          result.question.name,
          title,
          rate(perSecond),
          number(p50),
          number(p99),
          number(cpu * 1000),
          number(databaseCpu * 1000),
          number(megabytes, 0),
        ],
      ];
    }),
  );
  return table(
    ["question", "contender", "requests/s", "p50 ms", "p99 ms", "CPU ms", "of it database", "peak MB"],
    rows,
  );
}

/** How Claimgraph's cost grows with the table. @param {readonly SizeResults[]} measured */
function growthTable(measured) {
  const [smallest, largest] = [measured[0], measured.at(-1)];
  if (!smallest || !largest || smallest === largest) return "";
  const rows = smallest.results.flatMap((result) => {
    const [small, large] = [smallest, largest].map(({ results }) => {
      const same = results.find(({ question }) => question.name === result.question.name);
      return same && medians(same, "claimgraph");
    });
    if (!small || !large) return [];
    return [
      [
        result.question.name,
        number(small.cpu * 1000),
        number(large.cpu * 1000),
        number(large.cpu / small.cpu),
      ],
    ];
  });
  const [from, to] = [smallest, largest].map(({ claims }) => claims.toLocaleString("en"));
  return `## Cost by size of the table

CPU milliseconds of Claimgraph and PostgreSQL together for one request. The goal is at most 1.5 ×.

${table(["question", `${from} claims`, `${to} claims`, "×"], rows)}
`;
}

/** Comparisons between two questions that the goals name. @param {SizeResults} size */
function pairs({ claims, results }) {
  const of = (/** @type {string} */ name, /** @type {string} */ contender) => {
    const result = results.find(({ question }) => question.name === name);
    return result && medians(result, contender);
  };
  const slower = (/** @type {string} */ name, /** @type {string} */ than) =>
    number((of(name, "claimgraph")?.p50 ?? Number.NaN) / (of(than, "claimgraph")?.p50 ?? Number.NaN));
  const memory = number(
    (of("board", "claimgraph")?.megabytes ?? Number.NaN) / (of("board", "limit")?.megabytes ?? Number.NaN),
  );
  const far = results.find(({ question }) => question.name === "filteredFar")?.page;
  return table(
    [`at ${claims.toLocaleString("en")} claims`, "measured", "goal"],
    [
      [
        `page ${far?.toLocaleString("en") ?? "1,000"} against page 1, p50`,
        slower("filteredFar", "filtered"),
        "≤ 1.20",
      ],
      ["hot event against a cold one, p50", slower("hotEvent", "coldEvent"), "≤ 1.30"],
      ["peak memory under the board, against the limit", memory, "≤ 1.50"],
    ],
  );
}

/**
 * @param {string} file
 * @param {{ measured: SizeResults[], starts: { what: string, milliseconds: number }[], options: { rounds: number, seconds: number },
 *   cluster: import("./cluster.mjs").Cluster, version: string, began: Date, modern: string, quick: boolean }} run
 */
export function writeReport(file, { measured, starts, options, cluster, version, began, modern, quick }) {
  const largest = /** @type {SizeResults} */ (measured.at(-1));
  const asked = largest.results.map(({ question, page, bytes }) => [
    question.name,
    `${question.asks}${page ? ` (here page ${page})` : ""}`,
    `${number(bytes / 1000, 1)} kB`,
  ]);
  const newer = modern
    ? `; Node.js ${execFileSync(modern, ["--version"], { encoding: "utf8" }).trim()} where the table says Node ${versionOf(modern)}`
    : "";
  const text = `# Benchmarks

This page is written by \`npm run bench\`; do not edit it. Figures of one run on one machine: ratios within a run
mean something, absolute figures of another machine do not.

- Machine: ${machine()}; the load generator, the server and PostgreSQL share it
- Software: Node.js ${process.version}${newer}; PostgreSQL ${version}, ${cluster.kind}
- Date: ${began.toISOString().slice(0, 10)}; ${measured.map(({ claims }) => claims.toLocaleString("en")).join(", ")} claims; ${options.rounds} alternating rounds of ${options.seconds} s, 8 connections, medians${quick ? "; a quick run, whose figures vary more" : ""}
- To repeat: \`npm run build && npm run bench\` (\`--help\` lists the options; \`--quick\` takes the two smaller sets and short rounds; \`BENCH_DATABASE_URL\` names a server to use)

## Who is compared

Every contender is a process of its own on the same database. Before a question is measured, the answers of all
are brought to one form and compared; a difference ends the run.

- **limit**: hand-written SQL that returns the JSON text, named prepared statements, \`node:http\`, no GraphQL
- **Claimgraph**: as shipped, with every guard on and a log line for each request
- **PostGraphile 5**: its recommended preset in production mode, without mutations; its own indexes for its orders, a
  row policy for what readers may see, SQL fragments for the filters. It needs Node.js 22 or later, so the ratio to it
  is taken from Claimgraph on the same Node.js
- **TypeGraphQL**: Apollo Server's standalone server and Prisma, once with one Prisma call for every relation of every row
  (\`naive\`), once with one call for the whole selection (\`relationLoadStrategy: "join"\`)

Answers are asked for without compression. CPU is that of the server and of PostgreSQL together, for one request.

${table(["question", "asks for", "answer"], asked)}

## Ratios at ${largest.claims.toLocaleString("en")} claims

Requests per second of Claimgraph divided by those of the other: the median of the ratios of each round.

${ratioTable(largest)}

${pairs(largest)}

${growthTable(measured)}
## Time from the start of the process to the first answer

${
  starts.length
    ? table(
        ["Claimgraph on", "ms"],
        starts.map(({ what, milliseconds }) => [what, Math.round(milliseconds)]),
      )
    : "Not measured in this run."
}

${measured
  .toReversed()
  .map((size) => `## All figures at ${size.claims.toLocaleString("en")} claims\n\n${fullTable(size)}\n`)
  .join("\n")}`;
  writeFileSync(file, text);
  console.log(`\nWritten to ${file}`);
}
