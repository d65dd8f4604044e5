import { longest } from "./disputes.mjs";
import { nullable, object, one, quoted, value } from "./json.mjs";
import { counted } from "./sides.mjs";

const ROWS = 100;

const earliest = "coalesce(claim.asserted_at_earliest, 'infinity'::timestamptz)";
const latest = "coalesce(claim.asserted_at_latest, 'infinity'::timestamptz)";
const given = `figure_approximator is not null and ${counted("claim")}`;

const actor = (/** @type {string} */ key) =>
  one({ id: quoted("id"), name: value("name") }, `from actor where id = ${key}`);
const shown = object({
  claim: [object({ id: quoted("claim.id"), statement: value("claim.statement") })],
  actor: actor("claim.asserted_by_id"),
  side: actor("claim.side_id"),
  on: nullable("claim.asserted_at_edtf"),
  asOf: nullable("claim.figure_as_of_edtf"),
  ...Object.fromEntries(["low", "best", "high"].map((end) => [end, nullable(`claim.figure_${end}`)])),
  approximator: quoted("claim.figure_approximator"),
  additional: value("claim.figure_additional"),
});

/** @param {string} beyond a further condition */
const limit = (beyond) => `
  select ${object({
    id: quoted("proposition.id"),
    figures: [
      `(select concat('{"nodes":[', string_agg(row, ',' order by place) filter (where place <= ${ROWS}), '],"hasNextPage":',
        (count(*) > ${ROWS})::text, ',"endCursor":', coalesce((array_agg(keys order by place))[${ROWS}], 'null'), '}')
      from (
        select row_number() over (order by ${earliest}, ${latest}, claim.id) as place, row, keys from (
          select claim.*, ${shown} as row, concat('["', ${earliest}, '","', ${latest}, '","', claim.id, '"]') as keys
          from claim where proposition_id = proposition.id and ${given} ${beyond}
          order by ${earliest}, ${latest}, claim.id limit ${ROWS + 1}) claim) numbered)`,
    ],
  })} from proposition where slug = $1`;

const cursor = "pageInfo { endCursor }";
const point = `claim { id statement } actor { id name } side { id name } on { edtf } asOf { edtf }
  low best high approximator additional`;

/** @param {string} first @param {string} content */
const inClaimgraph = (first, content) => `
  query ($slug: String!, $after: String${first === "$first" ? ", $first: Int!" : ""}) {
    proposition(slug: $slug) { id figures(first: ${first}, after: $after) { ${content} } }
  }`;

const claimgraph = {
  query: inClaimgraph(String(ROWS), `nodes { ${point} } pageInfo { hasNextPage endCursor }`),
  turn: {
    query: inClaimgraph("$first", cursor),
    most: ROWS,
    list: (/** @type {any} */ data) => data.proposition.figures,
  },
  variables: (/** @type {import("./question.mjs").Parameters} */ { slug, first, after }) => ({
    slug,
    first,
    after,
  }),
};

/** @type {import("./question.mjs").Question} */
export const figures = {
  name: "figures",
  asks: `the first ${ROWS} figures of the QUANTITY with the most claims, each with its claim, actor and side`,
  kind: "disputes",
  connections: 1,
  grows: true,
  most: 150,
  parameters: longest("QUANTITY"),
  limit: limit(""),
  values: ({ slug }) => [slug],
  claimgraph,
};

/** @type {import("./question.mjs").Question} */
export const figuresByPages = {
  ...figures,
  name: "figuresByPages",
  asks: "all of these figures: every page in turn, one request each",
  further: true,
  far: true,
  rows: ROWS,
  // Each page is asked for by the keys of the row before it.
  parameters: `
    with ordered as (
      select slug, ${earliest} as earliest, ${latest} as latest, claim.id,
        row_number() over (order by ${earliest}, ${latest}, claim.id) as place
      from claim join proposition on proposition.id = proposition_id
      where slug = (${longest("QUANTITY")}) and ${given}
    ), before as (
      select *, lag(earliest, 1, '-infinity') over w as e, lag(latest, 1, '-infinity') over w as l,
        lag(id, 1, '00000000-0000-0000-0000-000000000000') over w as i
      from ordered window w as (order by place))
    select slug, e::text as earliest, l::text as latest, i as id, ((place + ${ROWS - 1}) / ${ROWS})::int as page
    from before where place % ${ROWS} = 1 order by place`,
  limit: limit(`and (${earliest}, ${latest}, claim.id) > ($2::timestamptz, $3::timestamptz, $4::uuid)`),
  values: ({ slug, earliest, latest, id }) => [slug, earliest, latest, id],
};
