import { all, nullable, object, quoted, value } from "./json.mjs";
import { actorOfClaim, CLAIMS_NEWEST, newestFirst, PAGE, VISIBLE } from "./question.mjs";

/** The state with the most claims, the most frequent type, and the years that hold most of the events. */
const asked = `
  select
    (select slug from actor where kind = 'STATE'
      order by (select count(*) from claim where asserted_by_id = actor.id) desc, slug limit 1) as state,
    (select type::text from event group by type order by count(*) desc, type limit 1) as type,
    (select extract(year from percentile_disc(0.1) within group (order by occurred_earliest))::int from event) as since,
    (select extract(year from percentile_disc(0.7) within group (order by occurred_earliest))::int from event) as until`;

const start = (/** @type {number} */ year) => `${year}-01-01T00:00:00.000Z`;
const end = (/** @type {number} */ year) => `${year}-12-31T23:59:59.999Z`;

const earliest = "coalesce(claim.asserted_at_earliest, '-infinity'::timestamptz)";
const latest = "coalesce(claim.asserted_at_latest, '-infinity'::timestamptz)";

/** The keys of an actor and its parts. */
const parts = `array(
    with recursive part(id) as (
      select id from actor where slug = $1
      union
      select a.actor_id from affiliation a join part on a.with_actor_id = part.id
      where a.role = 'PART_OF'
        and coalesce(a.from_earliest <= now(), true) and coalesce(a.until_latest >= now(), true))
    select id from part)`;

/** Which keys count: found where they are needed, or first, so that what is asked for is planned for just these. */
const WITHIN = { together: parts, first: "$1::uuid[]" };

/** @param {string} beyond a further condition @param {string} [keys] */
const rows = (beyond, keys = WITHIN.together) => `
  from claim
  where claim.${VISIBLE} ${beyond}
    and asserted_by_id = any(${keys})
    and exists (
      select from claim_event link join event on event.id = link.event_id
      where link.claim_id = claim.id and event.type = $2::event_type
        and event.occurred_earliest <= $3 and event.occurred_latest >= $4)
  order by ${newestFirst("claim")}`;

const shown = object({
  ...all(quoted, "id act"),
  statement: value("statement"),
  assertedAt: nullable("asserted_at_edtf"),
  assertedBy: actorOfClaim(),
});

/** @param {string} beyond @param {string} [keys] */
const limit = (beyond, keys) => `
  select concat('{"nodes":[', string_agg(row, ',') filter (where place <= ${PAGE}), '],"hasNextPage":',
    (count(*) > ${PAGE})::text, ',"endCursor":', coalesce((array_agg(keys))[${PAGE}], 'null'), '}')
  from (
    select row_number() over () as place, row, keys from (
      select ${shown} as row, concat('["', ${earliest}, '","', ${latest}, '","', id, '"]') as keys
      ${rows(beyond, keys)} limit ${PAGE + 1}) page) numbered`;

const values = ({ state, type, since, until }) => [state, type, end(until), start(since)];

const row = {
  claimgraph: "id statement act assertedAt { edtf } assertedBy { id name }",
  postgraphile:
    "id: rowId statement act assertedAt: assertedAtEdtf assertedBy: actorByAssertedById { id: rowId name }",
  prisma: "id statement act assertedAt: assertedAtEdtf assertedBy { id name }",
};
const page = (/** @type {string} */ row) => `nodes { ${row} } pageInfo { hasNextPage endCursor }`;
const cursor = "pageInfo { endCursor }";

/** @param {string} first @param {string} content */
const inClaimgraph = (first, content) => `
  query ($state: String!, $type: EventType!, $years: EDTF!, $after: String${first === "$first" ? ", $first: Int!" : ""}) {
    claims(first: ${first}, after: $after, where: {
      assertedBy: { within: { slug: $state } }
      events: { some: { type: { eq: $type }, occurred: { possiblyDuring: $years } } }
    }) { ${content} }
  }`;

/** @param {string} first @param {string} content */
const inPostgraphile = (first, content) => `
  query ($state: String!, $about: String!, $after: Cursor${first === "$first" ? ", $first: Int!" : ""}) {
    claims: allClaims(first: ${first}, after: $after, ${CLAIMS_NEWEST}, condition: { within: $state, about: $about }) {
      ${content}
    }
  }`;

/** @param {string} first @param {string} content */
const inPrisma = (first, content) => `
  query ($state: String!, $about: About!, $after: String${first === "$first" ? ", $first: Int!" : ""}) {
    claims(first: ${first}, after: $after, within: $state, about: $about) { ${content} }
  }`;

/** Neither server but Claimgraph bounds a page, so they find a cursor in one step. */
const UNBOUNDED = 1_000_000;

const dialects = {
  claimgraph: {
    query: inClaimgraph(String(PAGE), page(row.claimgraph)),
    turn: { query: inClaimgraph("$first", cursor), most: 100 },
    variables: ({ state, type, since, until, first, after }) => ({
      state,
      type,
      years: `${since}/${until}`,
      first,
      after,
    }),
  },
  postgraphile: {
    query: inPostgraphile(String(PAGE), page(row.postgraphile)),
    turn: { query: inPostgraphile("$first", cursor), most: UNBOUNDED },
    variables: ({ state, type, since, until, first, after }) => ({
      state,
      about: `${type} ${start(since)} ${end(until)}`,
      first,
      after,
    }),
  },
  prisma: {
    query: inPrisma(String(PAGE), page(row.prisma)),
    turn: { query: inPrisma("$first", cursor), most: UNBOUNDED },
    variables: ({ state, type, since, until, first, after }) => ({
      state,
      about: { type, since: start(since), until: end(until) },
      first,
      after,
    }),
  },
};

/** @type {import("./question.mjs").Question} */
export const filtered = {
  name: "filtered",
  asks: "claims of a state and its parts, about events of one type within some years, page 1",
  kind: "filtered",
  parameters: asked,
  limit: limit(""),
  values,
  replan: true,
  ...dialects,
};

/** @type {import("./question.mjs").Question} */
export const filteredVaried = {
  ...filtered,
  name: "filteredVaried",
  limit: limit("", WITHIN.first),
  first: `select ${parts}`,
  asks: "the same with other values each time: every type, within spans of six years",
  further: true,
  parameters: `
    with asked as (${asked})
    select asked.state, every.type::text, began.since, began.since + 5 as until
    from asked, (select distinct type from event) every, generate_series(asked.since - 4, asked.since + 3) began (since)
    order by md5(concat(every.type, began.since))`,
};

/**
 * What to ask for ten pages that follow one another: the keys of the row before each; a page is found by them, never by
 * counting. Ten, because how many rows have to be passed over for those of one is chance.
 *
 * @param {string} last how many pages lie before the last of them
 */
const tenPages = (last) =>
  `with asked as (${asked}),
    matching as (
      select row_number() over (order by ${newestFirst("claim")}) as place, count(*) over () as total,
        ${earliest} as earliest, ${latest} as latest, id
      from (select claim.* ${rows("")}) claim)
    select asked.*, earliest::text, latest::text, id, (place / ${PAGE} + 1)::int as page from matching, asked
    where place % ${PAGE} = 0 and place / ${PAGE} between ${last} - 9 and ${last}
    order by place desc`
    .replace("$1", "(select state from asked)")
    .replace("$2::event_type", "(select type::event_type from asked)")
    .replace("$3", "(select make_timestamptz(until, 12, 31, 23, 59, 59.999, 'UTC') from asked)")
    .replace("$4", "(select make_timestamptz(since, 1, 1, 0, 0, 0, 'UTC') from asked)");

/** @type {import("./question.mjs").Question} */
export const filteredFar = {
  name: "filteredFar",
  asks: "the same claims, page 1,000 and the nine before it, or four fifths down a shorter list",
  kind: "filtered",
  far: true,
  // The first page is one, and in the processor's caches each time; ten are like for like.
  against: { filtered: 1.2, filteredNear: 1.2 },
  // Not the end of a shorter list: there the rows without a date begin, which PostGraphile passes over when it turns a
  // page.
  parameters: tenPages(`least(999, total * 8 / 10 / ${PAGE})`),
  limit: limit(`and (${earliest}, ${latest}, claim.id) < ($5::timestamptz, $6::timestamptz, $7::uuid)`),
  values: ({ earliest, latest, id, ...filter }) => [...values(filter), earliest, latest, id],
  replan: true,
  ...dialects,
};

/** @type {import("./question.mjs").Question} */
export const filteredNear = {
  ...filteredFar,
  name: "filteredNear",
  asks: "the same claims, the ten pages after the first",
  further: true,
  against: undefined,
  parameters: tenPages("10"),
};
