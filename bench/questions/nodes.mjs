import { nullable, object, quoted, value } from "./json.mjs";
import { actorOfClaim, VISIBLE } from "./question.mjs";

/** What is asked of each type, in the words of the hand-written SQL. */
const MEMBERS = {
  claim: { act: quoted("act"), statement: value("statement"), assertedBy: actorOfClaim() },
  event: { title: value("title"), occurred: nullable("occurred_edtf") },
  actor: { name: value("name"), countryCode: nullable("country_code") },
  source: { title: value("title"), url: nullable("url"), publishedAt: nullable("published_at") },
  proposition: { text: value("text"), kind: quoted("kind") },
};

/** One row of a type by `asked.key`. @param {keyof typeof MEMBERS} type */
const rowOf = (type) => {
  const typename = `${type[0]?.toUpperCase()}${type.slice(1)}`;
  const members = { __typename: [`'"${typename}"'`], id: quoted("id"), ...MEMBERS[type] };
  const visible = type === "claim" ? `and ${VISIBLE}` : "";
  return `when '${type}' then (select ${object(members)} from ${type} where id = asked.key ${visible})`;
};

const types = /** @type {(keyof typeof MEMBERS)[]} */ (Object.keys(MEMBERS));

/** Some rows of a type, in an order that means nothing. @param {keyof typeof MEMBERS} type */
const pickedOf = (type) => `
  select '${type}' as type, id, public_id, row_number() over () - 1 as place, count(*) over () as number
  from (
    select id, public_id from ${type} where ${type === "claim" ? VISIBLE : "true"}
    order by hashtext(id::text), id limit 1000) picked`;

/** @type {import("./question.mjs").Question} */
export const nodes = {
  name: "nodes",
  asks: "100 records by their ids, twenty of each type in no order, with a few fields of each",
  kind: "small",
  // Each request asks for the next twenty of each type; of types with few rows it begins again.
  parameters: `
    with picked as (${types.map(pickedOf).join(" union all ")})
    select array_agg(type order by hashtext(id::text), id) as types, array_agg(id order by hashtext(id::text), id) as keys,
      array_agg(public_id order by hashtext(id::text), id) as ids
    from generate_series(0, 49) request cross join generate_series(0, 19) n
    join picked on place = (request * 20 + n) % number
    group by request order by request`,
  limit: `
    select concat('[', string_agg(coalesce(json, 'null'), ',' order by place), ']') from (
      select place, case type ${types.map(rowOf).join(" ")} end as json
      from unnest($1::text[], $2::uuid[]) with ordinality asked(type, key, place)) rows`,
  values: ({ types, keys }) => [types, keys],
  claimgraph: {
    query: `query ($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename id
        ... on Claim { act statement assertedBy { id name } }
        ... on Event { title occurred { edtf } }
        ... on Actor { name countryCode }
        ... on Source { title url publishedAt }
        ... on Proposition { text kind }
      }
    }`,
    variables: ({ ids }) => ({ ids }),
  },
};
