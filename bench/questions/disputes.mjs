// Who disagrees. What the database works out here follows many rules, so most of it is not written again by hand: the goal
// is a time. See sides.mjs and figures.mjs for what is.
import { object, quoted, value } from "./json.mjs";
import { PAGE, VISIBLE } from "./question.mjs";

/** Propositions of a kind, those about which most is said first. @param {string} kind */
export const longest = (kind) => `
  select slug from proposition join claim on claim.proposition_id = proposition.id
  where proposition.kind = '${kind}' and claim.${VISIBLE}
  group by slug order by slug like 'long-dispute%' desc, count(*) desc, slug limit 1`;

/** Some propositions with about twenty claims. */
export const common = `
  select slug from proposition join claim on claim.proposition_id = proposition.id
  where claim.${VISIBLE}
  group by slug having count(*) between 18 and 22 order by hashtext(slug), slug limit 200`;

/** A claim as it is quoted beside a side: its words, and where they stand. */
export const QUOTED = "id statement citations { quote { exact } source { id title } }";

const sides = `sides { stance since { edtf } actor { id name } decidingClaim { ${QUOTED} } }`;
const summary = "status rule stance divided voices origins sideCount since { edtf }";

/** @param {string} content of the dispute */
const ofProposition = (content) => ({
  query: `query ($slug: String!) { proposition(slug: $slug) { id text dispute { ${content} } } }`,
  variables: (/** @type {import("./question.mjs").Parameters} */ { slug }) => ({ slug }),
});

/** One reader asks at a time: eight who let the database work out ten thousand claims each would wait for each other. */
const alone = { kind: /** @type {const} */ ("disputes"), connections: 1 };

/** @type {import("./question.mjs").Question} */
export const dispute = {
  ...alone,
  name: "dispute",
  asks: "the dispute of a proposition with about 20 claims: its status and rule, and every side with its deciding claim and quotes",
  most: 8,
  parameters: common,
  claimgraph: ofProposition(`${summary} ${sides}`),
};

/** @type {import("./question.mjs").Question} */
export const disputeLong = {
  ...alone,
  name: "disputeLong",
  asks: "the same of the YES_NO proposition with the most claims, here one in a hundred",
  grows: true,
  most: 150,
  parameters: longest("YES_NO"),
  claimgraph: dispute.claimgraph,
};

/** @type {import("./question.mjs").Question} */
export const disputeLongOfFigures = {
  ...alone,
  name: "disputeLongOfFigures",
  asks: "the same of the QUANTITY with the most claims, with every side's figure, and how far apart they are",
  grows: true,
  most: 150,
  parameters: longest("QUANTITY"),
  claimgraph: ofProposition(`${summary} envelope { low high } overlap { low high } spread
    sides { stance since { edtf } figure { low best high approximator } actor { id name } decidingClaim { ${QUOTED} } }`),
};

/** @type {import("./question.mjs").Question} */
export const contested = {
  ...alone,
  name: "contested",
  asks: "a page of 50 contested propositions, each with its rule, and every side with its deciding claim and quotes",
  most: 60,
  claimgraph: {
    query: `{
      propositions(first: 50, where: { dispute: { status: { eq: CONTESTED } } }) { nodes {
        id text dispute { status rule ${sides} }
      } }
    }`,
  },
};

/** @type {import("./question.mjs").Question} */
export const timelineLong = {
  ...alone,
  name: "timelineLong",
  asks: "the days on which the dispute of the YES_NO proposition with the most claims changed, with the sides that did",
  grows: true,
  most: 150,
  parameters: longest("YES_NO"),
  claimgraph: {
    query: `query ($slug: String!) {
      proposition(slug: $slug) { id timeline { on status sides { stance actor { id name } } claims { id statement } } }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
};

const since = `coalesce(dispute_since_earliest, '-infinity'::timestamptz)`;
const sinceLatest = `coalesce(dispute_since_latest, '-infinity'::timestamptz)`;

/** @type {import("./question.mjs").Question} */
export const disputed = {
  name: "disputed",
  asks: `the ${PAGE} propositions that have been contested for the shortest time`,
  kind: "filtered",
  limit: `
    select concat('{"nodes":[', string_agg(row, ',') filter (where place <= ${PAGE}), '],"hasNextPage":',
      (count(*) > ${PAGE})::text, ',"endCursor":', coalesce((array_agg(keys))[${PAGE}], 'null'), '}')
    from (
      select row_number() over () as place, row, keys from (
        select ${object({ id: quoted("id"), kind: quoted("kind"), text: value("text") })} as row,
          concat('["', ${since}, '","', ${sinceLatest}, '","', id, '"]') as keys
        from proposition where dispute_status = 'CONTESTED'
        order by ${since} desc, ${sinceLatest} desc, id desc limit ${PAGE + 1}) page) numbered`,
  claimgraph: {
    query: `{
      propositions(
        first: ${PAGE}
        where: { dispute: { status: { eq: CONTESTED } } }
        orderBy: [{ field: DISPUTED_SINCE, direction: DESC }]
      ) { nodes { id kind text } pageInfo { hasNextPage endCursor } }
    }`,
  },
};
