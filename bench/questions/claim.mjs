import { all, list, nullable, object, one, quoted, value } from "./json.mjs";
import { actorOfClaim, eventsOfClaim, VISIBLE } from "./question.mjs";

/** @type {import("./question.mjs").Question} */
export const claim = {
  name: "claim",
  asks: "one claim by id, with actor, events, source and span",
  kind: "small",
  parameters: `select id from claim where ${VISIBLE} order by hashtext(id::text), id limit 500`,
  limit: `
    select ${object({
      ...all(quoted, "id act stance"),
      ...all(value, "statement language"),
      assertedAt: nullable("asserted_at_edtf"),
      assertedBy: actorOfClaim({ kind: quoted("kind") }),
      events: eventsOfClaim({ id: quoted("id"), title: value("title") }),
      citations: list(
        {
          ...all(nullable, "exact start end"),
          source: one(
            { id: quoted("id"), title: value("title"), url: nullable("url") },
            "from source where id = citation.source_id",
          ),
        },
        "from citation where claim_id = claim.id order by position, id",
      ),
    })} from claim where id = $1 and ${VISIBLE}`,
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
