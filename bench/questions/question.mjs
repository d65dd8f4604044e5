// What a question is: the same thing asked in four languages, and what makes its answers comparable.

/**
 * @typedef {Record<string, any>} Parameters one row of `parameters`: what this request asks for
 *
 * @typedef {object} Dialect
 * @property {string} query the GraphQL document
 * @property {(asked: Parameters) => Record<string, unknown>} [variables]
 * @property {"GET"} [method] POST unless said
 *
 * @typedef {object} Question
 * @property {string} name
 * @property {string} asks in words
 * @property {"nested" | "small" | "filtered" | "count"} kind which goal it stands under
 * @property {string} [parameters] SQL: one row for each request to rotate through; without it every request is the same
 * @property {string} limit the hand-written SQL: one row with one column of JSON text
 * @property {(asked: Parameters) => unknown[]} [values] its parameters
 * @property {Dialect} claimgraph
 * @property {Dialect} postgraphile
 * @property {Dialect} [prisma] for the two TypeGraphQL servers
 * @property {number} [page] asks for a page this far down, found by turning pages; the parameters then say which `page` it is
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

/** The first five events of `claim`, as a column. @param {string} columns */
export const eventsOfClaim = (columns) => `(
  select coalesce(json_agg(e), '[]') from (
    select ${columns} from claim_event link join event on event.id = link.event_id
    where link.claim_id = claim.id order by ${eventsFirst} limit 5) e) as events`;

/** PostGraphile's ways to say "newest first". */
export const CLAIMS_NEWEST = "orderBy: [ASSERTED_AT_EARLIEST_DESC, ASSERTED_AT_LATEST_DESC, ROW_ID_DESC]";
export const LINKS_NEWEST =
  "condition: {visible: true}, orderBy: [ASSERTED_AT_EARLIEST_DESC, ASSERTED_AT_LATEST_DESC, CLAIM_ID_DESC]";
export const EVENTS_NEWEST = "orderBy: [OCCURRED_EARLIEST_DESC, OCCURRED_LATEST_DESC, ROW_ID_DESC]";
