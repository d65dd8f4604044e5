// docs/benchmarks.md: the tables, and what one must know to read and to repeat them.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { CONNECTIONS } from "./generator.mjs";
import { versionOf } from "./install.mjs";
import { machine } from "./machine.mjs";
import {
  againstTable,
  embeddedTable,
  fullTable,
  growthTable,
  memoryTable,
  number,
  ratioTable,
  table,
  timeTable,
  whole,
} from "./tables.mjs";

/**
 * @typedef {import("./size.mjs").SizeResults} SizeResults
 *
 * @typedef {object} Report
 * @property {SizeResults[]} measured by size, ascending
 * @property {import("./growth.mjs").Growth} [growth]
 * @property {{ what: string, milliseconds: number }[]} starts
 * @property {import("./settings.mjs").Settings} settings
 * @property {import("./cluster.mjs").Cluster} cluster
 * @property {string} version of PostgreSQL
 * @property {Date} began
 * @property {number} minutes that the run took
 * @property {string} modern the Node.js of PostGraphile
 * @property {string} other what is to be said of other work of the machine
 */

/** @param {string} file @param {Report} report */
export function writeReport(file, report) {
  const { measured, growth, settings, starts } = report;
  const largest = /** @type {SizeResults} */ (measured.at(-1));
  const at = `at ${whole(largest.claims)} claims`;
  const embedded = measured.findLast(({ results }) => results.some(({ rounds }) => rounds.embedded?.length));
  const sections = [
    ["", introduction(report)],
    [
      `Ratios ${at}`,
      `Requests per second of Claimgraph divided by those of the other: the median of the ratios of each round.
The last columns divide CPU time for one request in the same way: there less is better, and there statistics have their goal.
${nodes(report.modern)}

${ratioTable(largest)}`,
    ],
    [
      `Disputes ${at}`,
      largest.results.some(({ question }) => question.kind === "disputes") &&
        `${disputes}\n\n${timeTable(largest)}`,
    ],
    [
      `One question against another ${at}`,
      `Measured in the same rounds; p50 of Claimgraph divided by that of its other question.\n\n${againstTable(largest)}`,
    ],
    [
      "Cost by size of the tables",
      growth &&
        `CPU milliseconds of Claimgraph and PostgreSQL together for one request. Both sizes are measured in the same rounds, by
servers of their own, ${settings.growth?.pace.rounds} rounds; × is the median of the ratios of each round.

${growthTable(growth)}`,
    ],
    [
      `Memory under the board ${at}`,
      `Resident memory of the server's process: a second after its first answer, and the peak while ${CONNECTIONS}
connections ask for the board, which is the first thing that a new process is measured with.

${memoryTable(largest)}`,
    ],
    [
      `Claimgraph on the embedded database at ${whole(embedded?.claims ?? 0)} claims`,
      embedded &&
        `The same rows in the same server, which then runs the database itself and one statement at a time.\n\n${embeddedTable(embedded)}`,
    ],
    [
      "Time from the start of the process to the first answer",
      starts.length > 0 &&
        table(
          ["Claimgraph on", "ms"],
          starts.map(({ what, milliseconds }) => [what, Math.round(milliseconds)]),
        ),
    ],
    ["The questions", questions(largest)],
    [
      `The rows ${at}`,
      table(
        ["of", "number"],
        Object.entries(largest.shape).map(([of, n]) => [of, whole(n)]),
      ),
    ],
    ["To repeat", repeat],
    ...measured.toReversed().map((size) => [`All figures at ${whole(size.claims)} claims`, fullTable(size)]),
  ];
  const text = sections
    .filter(([, content]) => content)
    .map(([title, content]) => (title ? `## ${title}\n\n${content}\n` : `${content}\n`));
  writeFileSync(file, text.join("\n"));
}

/** What the questions about disputes are. */
const disputes = `Who stands where follows many rules (see [disputes](disputes.md)), which no other contender knows. So the goal of these
questions is a time: the p50 of one reader who asks at a time. Hand-written SQL stands beside it where a plain case of the
rules is all that is asked for: where each side stands if nobody superseded a claim, and figures without what is current.

- About most propositions a few dozen claims were made. \`dispute\`, \`sides\` and \`contested\` ask for such; two claims in three are those
  of states and their offices, so there are about ten sides.
- About two propositions one claim in a hundred was made, which is 10,000 in a million: a YES_NO and a QUANTITY, by
  fifty-five actors on more than forty sides, three claims in five by one side. \`disputeLong\`, \`disputeLongOfFigures\`,
  \`timelineLong\`, \`figures\` and \`figuresByPages\` ask for these. A larger set has more to read there, so how their cost
  grows is not measured.
- \`disputed\` filters propositions by their status and orders them by how long it has been so. It stands under the goals of other
  filters.

What recording costs is measured apart, by \`npm run bench:recording\`: it records claims about such propositions, one after
another, with one build or in turns with several, on copies of the rows.`;

/** Which Node.js each ratio is from. @param {string} modern */
const nodes = (modern) =>
  !modern || modern === process.execPath
    ? `Everybody runs on Node.js ${process.version}.`
    : `\`of the limit\`, \`× look-ahead\` and \`× naive\` are from the Node.js that runs the benchmark, ${process.version}. PostGraphile needs
a newer one, so what is × PostGraphile divides Claimgraph on Node ${versionOf(modern)} by PostGraphile on Node ${versionOf(modern)}, and
\`of the limit, newer Node\` Claimgraph by the limit, both on it.`;

/** @param {Report} report */
function introduction({ measured, settings, cluster, version, began, minutes, modern, other }) {
  const { rounds, seconds, warmUp, settle } = settings.pace(measured.at(-1)?.claims ?? 0);
  const newer =
    modern && modern !== process.execPath
      ? `; Node.js ${execFileSync(modern, ["--version"], { encoding: "utf8" }).trim()} where the tables say Node ${versionOf(modern)}`
      : "";
  const quick = settings.quick
    ? `
- A quick run: figures vary more, everybody is measured only at the largest size, the TypeGraphQL servers in one round
  without warming up, the limit not on the newer Node.js, and how cost grows for Claimgraph alone`
    : `
- The TypeGraphQL servers are measured in all rounds at the largest size, without warming up, and in one round at the others`;
  return `# Benchmarks

This page is written by \`npm run bench\`; do not edit it. Figures of one run on one machine: ratios within a run
mean something, absolute figures of another machine do not.

- Machine: ${machine()}; the load generator, the server and PostgreSQL share it${other && `; ${other}`}
- Software: Node.js ${process.version}${newer}; PostgreSQL ${version}, ${cluster.kind}
- Date: ${began.toISOString().slice(0, 10)}, ${number(minutes, 1)} minutes; ${measured.map(({ claims }) => whole(claims)).join(", ")} claims
- ${rounds} alternating rounds of ${seconds} s, ${CONNECTIONS} connections (one where all claims are counted), medians; each question is warmed up for ${warmUp} s, after each server has
  answered all of them in turn for ${settle} s${quick}

## Who is compared

Every contender is a process of its own on the same database. Before a question is measured, the answers of all
are brought to one form and compared; a difference ends the run.

- **limit**: hand-written SQL that puts the JSON text together, named prepared statements (planned anew for each
  request where the best plan depends on the values), the driver as it comes, \`node:http\`, no GraphQL
- **Claimgraph**: as \`npm start\` starts it, with every guard on and a log line for each request
- **PostGraphile 5**: its recommended preset in production mode, without mutations; its own indexes for its orders, a
  row policy for what readers may see, SQL fragments for the filters, its plugin for persisted documents
- **TypeGraphQL**: Apollo Server's standalone server and Prisma, once with one Prisma call for every relation of every row
  (\`naive\`), once with one call for the whole selection (\`relationLoadStrategy: "join"\`)

Answers are asked for without compression. CPU is that of the server and of PostgreSQL together, for one request.
The load generator takes about 10 µs of CPU for a small answer and 30 µs for one of 150 kB, whoever gives it.`;
}

/** @param {SizeResults} size */
function questions({ results }) {
  const rows = results.map(({ question, page, bytes }) => [
    question.name,
    `${question.asks}${page ? ` (here page ${whole(page)})` : ""}`,
    `${number(bytes / 1000, 1)} kB`,
  ]);
  const byGet = results
    .filter(({ question }) => question.claimgraph.method === "GET")
    .map(({ question, asked }) => {
      const titles = (/** @type {boolean} */ byHash) =>
        asked
          .filter((one) => one.byHash === byHash && one.contender.language !== "limit")
          .map(({ contender }) => contender.title)
          .join("; ");
      return `\`${question.name}\` was sent by the hash of its document to: ${titles(true) || "nobody"}. With its text to: ${titles(false) || "nobody"}.`;
    });
  return [table(["question", "asks for", "answer"], rows), ...byGet].join("\n\n");
}

const repeat = `\`npm run bench\` takes about an hour, \`npm run bench -- --quick\` less than four minutes after the first time, which
installs PostGraphile and a Node.js for it; \`--help\` lists the options. \`BENCH_DATABASE_URL\` names a server to use, on which
the databases are kept for the next run; otherwise a throw-away one is started. \`--database URL\` measures rows of your own.

A question is one file in \`bench/questions\` that exports it: the hand-written SQL, and the document for each contender (none
for those who cannot be asked it). \`bench/questions/question.mjs\` says what it is made of,
\`bench/questions/cursors.mjs\` is a short example. It is then asked, compared and reported like the others;
\`npm run bench -- --only NAME --sizes 10000 --rounds 1\` tries it.`;
