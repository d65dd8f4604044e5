import { all, nullable, object, quoted, value } from "./json.mjs";
import { CLAIMS_NEWEST, newestFirst, VISIBLE } from "./question.mjs";

const PAGE = 50;
const info = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

/** @type {import("./question.mjs").Question} */
export const cursors = {
  name: "cursors",
  asks: "the newest 50 claims as edges, each with its cursor, and all of pageInfo",
  kind: "filtered",
  further: true,
  limit: `
    select concat('{"edges":[', string_agg(concat('{"cursor":', keys, ',"node":', node, '}'), ',') filter (where place <= ${PAGE}),
      '],"hasNextPage":', (count(*) > ${PAGE})::text, ',"hasPreviousPage":false,"startCursor":', (array_agg(keys))[1],
      ',"endCursor":', (array_agg(keys))[${PAGE}], '}')
    from (
      select row_number() over () as place, keys, node from (
        select concat('["', asserted_at_earliest, '","', asserted_at_latest, '","', id, '"]') as keys,
          ${object({ ...all(quoted, "id stance"), statement: value("statement"), assertedAt: nullable("asserted_at_edtf") })} as node
        from claim where ${VISIBLE} order by ${newestFirst("claim")} limit ${PAGE + 1}) page) numbered`,
  claimgraph: {
    query: `{ claims(first: ${PAGE}) { edges { cursor node { id statement stance assertedAt { edtf } } } ${info} } }`,
  },
  postgraphile: {
    query: `{ claims: allClaims(first: ${PAGE}, ${CLAIMS_NEWEST}) {
      edges { cursor node { id: rowId statement stance assertedAt: assertedAtEdtf } } ${info}
    } }`,
  },
  prisma: {
    query: `{ claims(first: ${PAGE}) { edges { cursor node { id statement stance assertedAt: assertedAtEdtf } } ${info} } }`,
  },
};
