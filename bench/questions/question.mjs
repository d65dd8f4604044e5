// What a question is: the same thing asked in four languages, and what makes its answers comparable.
import { list, one, oneOrNull, quoted, value } from "./json.mjs";

/**
 * @typedef {Record<string, any>} Parameters one row of `parameters`: what this request asks for
 *
 * @typedef {object} Dialect
 * @property {string} query the GraphQL document
 * @property {(asked: Parameters) => Record<string, unknown>} [variables]
 * @property {"GET"} [method] POST unless said; by GET the document is sent by its hash, where the contender keeps documents
 * @property {Turn} [turn] for a question with a `page`
 *
 * @typedef {object} Turn
 * @property {string} query the document that finds the cursor before the page, of which the variables are `first`, `after` and
 *   those of the question
 * @property {number} most rows that it may skip at once
 * @property {(data: any) => { pageInfo: { endCursor: string } }} [list] where the list is in its answer, if not at the top
 *
 * @typedef {object} Question
 * @property {string} name
 * @property {string} asks in words
 * @property {"nested" | "small" | "filtered" | "statistics" | "disputes"} kind which goal it stands under
 * @property {number} [most] the most milliseconds that Claimgraph may take by p50, at 1 M claims
 * @property {boolean} [further] no goal names it; left out of a quick run
 * @property {boolean} [grows] counts rows, which are more in a larger set: its cost grows with them, and how much is not measured
 * @property {number} [connections] how many requests are under way at any time, if fewer than usual
 * @property {string} [parameters] SQL: one row for each request to rotate through; without it every request is the same
 * @property {string} [limit] the hand-written SQL: one row with one column of JSON text; nothing where it would be a second
 *   product
 * @property {string} [first] SQL that is run before it, with the first of its parameters, and gives what takes its place
 * @property {(asked: Parameters) => unknown[]} [values] its parameters
 * @property {boolean} [replan] the SQL is planned anew for each request, because the best plan depends on the values
 * @property {Dialect} claimgraph
 * @property {Dialect} [postgraphile] for PostGraphile, if its presets can ask it
 * @property {Dialect} [prisma] for the two TypeGraphQL servers
 * @property {boolean} [far] asks for pages that are found by turning pages; the parameters then differ in the `page` alone
 * @property {number} [rows] of such a page, if not those of `PAGE`
 * @property {Readonly<Record<string, number>>} [against] other questions that it is measured together with, round by round,
 *   and the most times that it may take as long
 */

export const PAGE = 20;

/** The claims that a reader may see, in the order that the server has unless told. */
export const VISIBLE = "status in ('PUBLISHED', 'RETRACTED')";

/** @param {string} alias @param {string} [id] */
export const newestFirst = (alias, id = "id") =>
  `coalesce(${alias}.asserted_at_earliest, '-infinity'::timestamptz) desc,
   coalesce(${alias}.asserted_at_latest, '-infinity'::timestamptz) desc, ${alias}.${id} desc`;

export const eventsFirst = `coalesce(event.occurred_earliest, '-infinity'::timestamptz) desc,
   coalesce(event.occurred_latest, '-infinity'::timestamptz) desc, event.id desc`;

/** The first five events of `claim`. @param {Record<string, import("./json.mjs").Texts>} members */
export const eventsOfClaim = (members) =>
  list(
    members,
    `from claim_event link join event on event.id = link.event_id
    where link.claim_id = claim.id order by ${eventsFirst} limit 5`,
  );

const PARENT_ROW = `from actor whole where whole.id = (
  select a.with_actor_id from affiliation a
  where a.actor_id = actor.id and a.role = 'PART_OF'
    and coalesce(a.from_earliest <= now(), true) and coalesce(a.until_latest >= now(), true)
  order by a.from_latest desc nulls last, a.id limit 1)`;

/** What an `actor` is currently part of. */
export const PARENT = oneOrNull({ id: quoted("id"), name: value("name") }, PARENT_ROW);

/** The actor of a `claim`. @param {Record<string, import("./json.mjs").Texts>} [further] members */
export const actorOfClaim = (further) =>
  one({ id: quoted("id"), name: value("name"), ...further }, "from actor where id = claim.asserted_by_id");

/** PostGraphile's ways to say "newest first". */
export const CLAIMS_NEWEST = "orderBy: [ASSERTED_AT_EARLIEST_DESC, ASSERTED_AT_LATEST_DESC, ROW_ID_DESC]";
export const LINKS_NEWEST =
  "condition: {visible: true}, orderBy: [ASSERTED_AT_EARLIEST_DESC, ASSERTED_AT_LATEST_DESC, CLAIM_ID_DESC]";
export const EVENTS_NEWEST = "orderBy: [OCCURRED_EARLIEST_DESC, OCCURRED_LATEST_DESC, ROW_ID_DESC]";
