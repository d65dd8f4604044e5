import { eventsOfClaim, VISIBLE } from "./question.mjs";

/** @type {import("./question.mjs").Question} */
export const claim = {
  name: "claim",
  asks: "one claim by id, with actor, events, source and span",
  kind: "small",
  parameters: `select id from claim where ${VISIBLE} order by hashtext(id::text), id limit 500`,
  limit: `
    select to_json(o) from (
      select id, statement, language, act, stance, asserted_at_edtf as "assertedAt",
        (select to_json(o) from (select id, name, kind from actor where id = claim.asserted_by_id) o) as "assertedBy",
        ${eventsOfClaim("id, title")},
        (select coalesce(json_agg(o), '[]') from (
          select exact, start, "end",
            (select to_json(o) from (select id, title, url from source where id = citation.source_id) o) as source
          from citation where claim_id = claim.id order by position, id) o) as citations
      from claim where id = $1 and ${VISIBLE}) o`,
  values: ({ id }) => [id],
  claimgraph: {
    query: `query ($id: ID!) {
      claim(id: $id) {
        id statement language act stance assertedAt { edtf }
        assertedBy { id name kind }
        events(first: 5) { nodes { id title } }
        citations { quote { exact start end } source { id title url } }
      }
    }`,
    variables: ({ typeId }) => ({ id: typeId("claim") }),
  },
  postgraphile: {
    query: `query ($id: UUID!) {
      claim: claimByRowId(rowId: $id) {
        id: rowId statement language act stance assertedAt: assertedAtEdtf
        assertedBy: actorByAssertedById { id: rowId name kind }
        events: claimEventsByClaimId(first: 5) { nodes { link: eventByEventId { id: rowId title } } }
        citations: citationsByClaimId { nodes { exact start end source: sourceBySourceId { id: rowId title url } } }
      }
    }`,
    variables: ({ id }) => ({ id }),
  },
  prisma: {
    query: `query ($id: String!) {
      claim(id: $id) {
        id statement language act stance assertedAt: assertedAtEdtf
        assertedBy { id name kind }
        events(first: 5) { id title }
        citations { exact start end source { id title url } }
      }
    }`,
    variables: ({ id }) => ({ id }),
  },
};
