// The options of the command line, and what a run does by them.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { questions } from "./questions/index.mjs";

const USAGE = `npm run bench -- [options]
  --quick             10 k and 100 k claims, fewer and shorter rounds, everybody only at 100 k
  --sizes 10000,...   data sets, by their number of claims (10000,100000,1000000)
  --database URL      measures the rows of this database instead; it must have been migrated, and gets what the
                      peers need (bench/contenders/peers.sql)
  --rounds N          alternating rounds of each question (5)
  --seconds N         length of one measurement and of warming up for it (1)
  --only NAME,...     these questions: ${questions.map(({ name }) => name).join(", ")}
  --contenders A,...  these contenders beside the limit: claimgraph, postgraphile, naive, ahead, embedded
  --json FILE         writes the figures as data
  --docs FILE         writes the report (docs/benchmarks.md, unless only some questions or contenders are asked)
  --app FOLDER        the built server (dist)`;

/** The embedded database is filled by one process of WebAssembly: larger sets than this would take too long. */
const EMBEDDED_MOST = { quick: 10_000, full: 100_000 };
/** In a quick run the smaller set is there to compare these two. */
const SMALLER = ["claimgraph", "embedded"];
/** Whose cost is measured as it grows with the tables; in a quick run the first alone. */
const GROWING = ["claimgraph", "limit"];

const text = /** @type {const} */ ({ type: "string" });
const flag = /** @type {const} */ ({ type: "boolean" });

/**
 * @typedef {object} Growth
 * @property {import("./measure.mjs").Pace} pace
 * @property {string[]} contenders
 * @property {readonly import("./questions/question.mjs").Question[]} chosen
 *
 * @typedef {object} Settings
 * @property {boolean} quick
 * @property {number[]} sizes ascending; none with a database of one's own
 * @property {string | undefined} database
 * @property {readonly import("./questions/question.mjs").Question[]} chosen
 * @property {(contender: string, claims: number) => boolean} takesPart whether a contender is measured at a size
 * @property {(claims: number) => import("./measure.mjs").Pace} pace at a size
 * @property {Growth | undefined} growth how the smallest and the largest set are measured in turns; nothing when there is one
 *   only, or no question whose growth means something
 * @property {number} starts how often each start is measured
 * @property {string | undefined} json
 * @property {string | undefined} docs
 * @property {string} app
 */

/** @param {string[]} [args] @returns {Settings | string} a string is what to print instead of running */
export function readSettings(args = process.argv.slice(2)) {
  const { values: given } = parseArgs({
    args,
    options: {
      quick: flag,
      sizes: text,
      database: text,
      rounds: text,
      seconds: text,
      only: text,
      contenders: text,
      json: text,
      docs: text,
      app: text,
      help: flag,
    },
  });
  if (given.help) return USAGE;
  const root = join(import.meta.dirname, "..");
  const quick = given.quick ?? false;
  const names = given.only?.split(",");
  const chosen = questions.filter(({ name, further }) =>
    names ? names.includes(name) : !(quick && further),
  );
  const comparable = chosen.filter(({ grows }) => !grows);
  const unknown = names?.filter((name) => !questions.some((question) => question.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`No such question: ${unknown.join(", ")}. ${USAGE}`);
  const wanted = given.contenders?.split(",");
  const everySize = quick ? "10000,100000" : "10000,100000,1000000";
  const sizes = given.database
    ? []
    : [...new Set((given.sizes ?? everySize).split(",").map(Number))].sort((a, b) => a - b);
  const largest = sizes.at(-1);
  const rounds = Number(given.rounds ?? (quick ? 3 : 5));
  const seconds = Number(given.seconds ?? (quick ? 0.3 : 1));
  const whole = !names && !wanted && !given.database;
  return {
    quick,
    sizes,
    database: given.database,
    chosen,
    takesPart(contender, claims) {
      const kind = contender.split("@")[0] ?? "";
      if (kind === "limit" && contender !== "limit") return !quick && (wanted ?? ["limit"]).includes("limit");
      if (wanted && kind !== "limit" && !wanted.includes(kind)) return false;
      if (kind === "embedded") return claims <= (quick ? EMBEDDED_MOST.quick : EMBEDDED_MOST.full);
      return !quick || claims >= (largest ?? 0) || SMALLER.includes(contender);
    },
    pace: (claims) => ({
      rounds: quick && claims < (largest ?? 0) ? 1 : rounds,
      contextRounds: quick || claims < (largest ?? 0) ? 1 : rounds,
      seconds,
      warmUp: seconds,
      settle: (quick && claims < (largest ?? 0) ? 4 : 8) * seconds,
    }),
    growth:
      sizes.length > 1 && comparable.length > 0 && (wanted ?? GROWING).includes("claimgraph")
        ? {
            pace: {
              rounds: quick ? 2 : rounds,
              contextRounds: 0,
              seconds,
              warmUp: seconds / 2,
              settle: (quick ? 4 : 8) * seconds,
            },
            contenders: quick ? GROWING.slice(0, 1) : GROWING,
            chosen: comparable,
          }
        : undefined,
    starts: whole ? (quick ? 1 : 3) : 0,
    json: given.json,
    docs: given.docs ?? (whole ? join(root, "docs/benchmarks.md") : undefined),
    app: join(root, given.app ?? "dist"),
  };
}
