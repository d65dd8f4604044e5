// Statistics: the same GROUP BY by hand. Their goal is one of CPU, because they read all that they count.
import { all, concat, list, nullable, object, quoted, value } from "./json.mjs";
import { eventsFirst, VISIBLE } from "./question.mjs";

/** @typedef {import("./json.mjs").Texts} Texts */

/** The member `stats` of a list. @param {Record<string, Texts>} members of a bucket @param {string} from @returns {Record<string, Texts>} */
const stats = (members, from) => ({ stats: [object({ buckets: list(members, from) })] });

const count = ["count(*)"];

/** Most first; what is level, by its word. @param {string} column */
const mostFirst = (column) => `group by ${column} order by count(*) desc, ${column}::text collate "C"`;

/** @type {import("./question.mjs").Question} */
export const statsByAct = {
  name: "statsByAct",
  asks: "all claims by act",
  kind: "statistics",
  grows: true,
  connections: 1,
  limit: `select ${object(
    stats({ act: quoted("act"), count }, `from claim where ${VISIBLE} ${mostFirst("act")}`),
  )}`,
  claimgraph: { query: "{ claims { stats(by: [ACT]) { buckets { act count } } } }" },
};

/** @type {import("./question.mjs").Question} */
export const statsByMonth = {
  name: "statsByMonth",
  asks: "all claims by month and stance: some three hundred buckets",
  kind: "statistics",
  grows: true,
  connections: 1,
  limit: `select ${object(
    stats(
      { month: nullable("to_char(month, 'YYYY-MM-DD')"), stance: quoted("stance"), count: ["number"] },
      `from (
        select date_trunc('month', asserted_at_earliest at time zone 'UTC') as month, stance, count(*) as number
        from claim where ${VISIBLE} group by 1, 2) bucket
      order by month nulls last, stance::text collate "C" limit 1000`,
    ),
  )}`,
  claimgraph: {
    query: "{ claims { stats(by: [MONTH, STANCE], first: 1000) { buckets { month stance count } } } }",
  },
};

const ofEvent = `from claim_event about where about.event_id = event.id and about.${VISIBLE} ${mostFirst("about.stance")}`;

/** @type {import("./question.mjs").Question} */
export const statsOfEvents = {
  name: "statsOfEvents",
  asks: "the newest ten events, each with its claims by stance",
  kind: "statistics",
  grows: true,
  limit: `select ${concat(
    list(
      {
        id: quoted("id"),
        title: value("title"),
        claims: [object(stats({ stance: quoted("about.stance"), count }, ofEvent))],
      },
      `from event order by ${eventsFirst} limit 10`,
    ),
  )}`,
  claimgraph: {
    query: `{
      events(first: 10) { nodes { id title claims { stats(by: [STANCE]) { buckets { stance count } } } } }
    }`,
  },
};

const ofProposition = `from claim where proposition_id = proposition.id and ${VISIBLE}`;

/** @type {import("./question.mjs").Question} */
export const table = {
  name: "table",
  asks: "a table of 20 propositions, each with the number of its claims, in all and by stance",
  kind: "small",
  grows: true,
  limit: `select ${concat(
    list(
      {
        ...all(quoted, "id kind"),
        text: value("text"),
        claimCount: ["coalesce(number, 0)"],
        claims: [object({ stats: [`concat('{"buckets":[', buckets, ']}')`] })],
      },
      `from proposition, lateral (
        select sum(number) as number, string_agg(${object({ stance: quoted("stance"), count: ["number"] })}, ','
          order by number desc, stance::text collate "C") as buckets
        from (select stance, count(*) as number ${ofProposition} group by stance) bucket) counted
      order by text, id limit 20`,
    ),
  )}`,
  claimgraph: {
    query: `{
      propositions(first: 20) { nodes {
        id kind text claimCount claims { stats(by: [STANCE]) { buckets { stance count } } }
      } }
    }`,
  },
};
