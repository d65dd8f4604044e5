import { CLAIMS_NEWEST, newestFirst, PAGE, VISIBLE } from "./question.mjs";

const TYPE = "AGREE";
const SINCE = "2018-01-01T00:00:00.000Z";
const UNTIL = "2023-12-31T23:59:59.999Z";

const earliest = "coalesce(claim.asserted_at_earliest, '-infinity'::timestamptz)";
const latest = "coalesce(claim.asserted_at_latest, '-infinity'::timestamptz)";

/** @param {string} beyond a further condition */
const rows = (beyond) => `
  from claim
  where claim.${VISIBLE} ${beyond}
    and asserted_by_id = any(array(
      with recursive part(id) as (
        select id from actor where slug = $1
        union
        select a.actor_id from affiliation a join part on a.with_actor_id = part.id
        where a.role = 'PART_OF'
          and coalesce(a.from_earliest <= now(), true) and coalesce(a.until_latest >= now(), true))
      select id from part))
    and exists (
      select from claim_event link join event on event.id = link.event_id
      where link.claim_id = claim.id and event.type = $2::event_type
        and event.occurred_earliest <= $3 and event.occurred_latest >= $4)
  order by ${newestFirst("claim")}`;

const columns = `
  id, statement, act, asserted_at_edtf as "assertedAt",
  (select to_json(o) from (select id, name from actor where id = claim.asserted_by_id) o) as "assertedBy"`;

/** @param {string} beyond */
const limit = (beyond) => `
  select json_build_object('nodes', coalesce(json_agg(row) filter (where place <= ${PAGE}), '[]'),
    'hasNextPage', count(*) > ${PAGE}, 'endCursor', (array_agg(keys))[${PAGE}])
  from (
    select row_number() over () as place, row, keys from (
      select (select to_json(o) from (select ${columns}) o) as row,
        json_build_array(${earliest}, ${latest}, id) as keys
      ${rows(beyond)} limit ${PAGE + 1}) page) numbered`;

const values = () => ["state-1", TYPE, UNTIL, SINCE];

const claimgraph = `query ($after: String) {
  claims(first: ${PAGE}, after: $after, where: {
    assertedBy: { within: { slug: "state-1" } }
    events: { some: { type: { eq: ${TYPE} }, occurred: { possiblyDuring: "2018/2023" } } }
  }) {
    nodes { id statement act assertedAt { edtf } assertedBy { id name } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const postgraphile = `query ($after: Cursor) {
  claims: allClaims(first: ${PAGE}, after: $after, ${CLAIMS_NEWEST},
    condition: { within: "state-1", about: "${TYPE} ${SINCE} ${UNTIL}" }) {
    nodes { id: rowId statement act assertedAt: assertedAtEdtf assertedBy: actorByAssertedById { id: rowId name } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const prisma = `query ($after: String) {
  claims(first: ${PAGE}, after: $after, within: "state-1", about: { type: "${TYPE}", since: "${SINCE}", until: "${UNTIL}" }) {
    nodes { id statement act assertedAt: assertedAtEdtf assertedBy { id name } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** @type {import("./question.mjs").Question} */
export const filtered = {
  name: "filtered",
  asks: "claims of a state and its parts, about events of one type within six years, page 1",
  kind: "filtered",
  limit: limit(""),
  values,
  claimgraph: { query: claimgraph },
  postgraphile: { query: postgraphile },
  prisma: { query: prisma },
};

const after = ({ after }) => ({ after });

/** @type {import("./question.mjs").Question} */
export const filteredFar = {
  name: "filteredFar",
  asks: "the same claims, page 1,000, or four fifths down a shorter list",
  kind: "filtered",
  page: 1000,
  // The keys of the row before the page; a page is found by them, never by counting. Not the end of a shorter list:
  // there the rows without a date begin, which PostGraphile passes over when it turns a page.
  parameters: `
    with matching as (
      select row_number() over (order by ${newestFirst("claim")}) as place, count(*) over () as total,
        ${earliest} as earliest, ${latest} as latest, id
      from (select claim.* ${rows("")}) claim)
    select earliest::text, latest::text, id, place / ${PAGE} + 1 as page from matching
    where place = least(999, total * 8 / 10 / ${PAGE}) * ${PAGE}`
    .replace("$1", "'state-1'")
    .replace("$2", `'${TYPE}'`)
    .replace("$3", `'${UNTIL}'`)
    .replace("$4", `'${SINCE}'`),
  limit: limit(`and (${earliest}, ${latest}, claim.id) < ($5::timestamptz, $6::timestamptz, $7::uuid)`),
  values: ({ earliest, latest, id }) => [...values(), earliest, latest, id],
  claimgraph: { query: claimgraph, variables: after },
  postgraphile: { query: postgraphile, variables: after },
  prisma: { query: prisma, variables: after },
};
