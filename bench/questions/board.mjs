import { all, concat, list as listOf, nullable, one, quoted, value } from "./json.mjs";
import {
  actorOfClaim,
  CLAIMS_NEWEST,
  EVENTS_NEWEST,
  eventsFirst,
  eventsOfClaim,
  LINKS_NEWEST,
  newestFirst,
  PARENT,
  VISIBLE,
} from "./question.mjs";

const citations = listOf(
  {
    exact: nullable("exact"),
    source: one(
      { id: quoted("id"), title: value("title"), url: nullable("url") },
      "from source where id = citation.source_id",
    ),
  },
  "from citation where claim_id = claim.id order by position, id",
);

const claims = listOf(
  {
    id: quoted("claim.id"),
    statement: value("claim.statement"),
    act: quoted("claim.act"),
    stance: quoted("claim.stance"),
    assertedAt: nullable("claim.asserted_at_edtf"),
    assertedBy: actorOfClaim({ kind: quoted("kind"), parent: PARENT }),
    citations,
    events: eventsOfClaim({ id: quoted("id"), title: value("title") }),
  },
  `from claim_event about join claim on claim.id = about.claim_id
  where about.event_id = event.id and about.${VISIBLE} order by ${newestFirst("about", "claim_id")} limit 10`,
);

const limit = `select ${concat(
  listOf(
    { id: quoted("id"), title: value("title"), occurred: nullable("occurred_edtf"), claims },
    `from event order by ${eventsFirst} limit 20`,
  ),
)}`;

const postgraphile = `{
  events: allEvents(first: 20, ${EVENTS_NEWEST}) { nodes {
    id: rowId title occurred: occurredEdtf
    claims: claimEventsByEventId(first: 10, ${LINKS_NEWEST}) { nodes { link: claimByClaimId {
      id: rowId statement act stance assertedAt: assertedAtEdtf
      assertedBy: actorByAssertedById { id: rowId name kind parent { id: rowId name } }
      citations: citationsByClaimId { nodes { exact source: sourceBySourceId { id: rowId title url } } }
      events: claimEventsByClaimId(first: 5) { nodes { link: eventByEventId { id: rowId title } } }
    } } }
  } }
}`;

const prisma = `{
  events(first: 20) {
    id title occurred: occurredEdtf
    claims(first: 10) {
      id statement act stance assertedAt: assertedAtEdtf
      assertedBy { id name kind parent { id name } }
      citations { exact source { id title url } }
      events(first: 5) { id title }
    }
  }
}`;

/** @type {import("./question.mjs").Question} */
export const board = {
  name: "board",
  asks: "the event board: 20 events × 10 claims × actor with parent, sources with spans, up to 5 events",
  kind: "nested",
  limit,
  claimgraph: {
    query: `{
      events(first: 20) { nodes {
        id title occurred { edtf }
        claims(first: 10) { nodes {
          id statement act stance assertedAt { edtf }
          assertedBy { id name kind parent { id name } }
          citations { quote { exact } source { id title url } }
          events(first: 5) { nodes { id title } }
        } }
      } }
    }`,
  },
  postgraphile: { query: postgraphile },
  prisma: { query: prisma },
};

/** @type {import("./question.mjs").Question} */
export const boardByGet = {
  name: "boardByGet",
  asks: "the same board as a dashboard sends it: fragments, variables, GET, a persisted document",
  kind: "nested",
  limit,
  claimgraph: {
    method: "GET",
    query: `query Board($events: Int!, $claims: Int!, $about: Int!, $newest: [EventOrder!]) {
      events(first: $events, orderBy: $newest) { nodes { ...Card } }
    }
    fragment Card on Event { id title occurred { ...When } claims(first: $claims) { nodes { ...Row } } }
    fragment Row on Claim {
      id statement act stance assertedAt { ...When }
      assertedBy { ...Name kind parent { ...Name } }
      citations { quote { exact } source { ...Link } }
      events(first: $about) { nodes { id title } }
    }
    fragment When on FuzzyDate { edtf }
    fragment Name on Actor { id name }
    fragment Link on Source { id title url }`,
    variables: () => ({
      events: 20,
      claims: 10,
      about: 5,
      newest: [{ field: "OCCURRED", direction: "DESC" }],
    }),
  },
  postgraphile: {
    method: "GET",
    query: `query Board($events: Int!, $claims: Int!, $about: Int!, $newest: [EventOrderBy!]) {
      events: allEvents(first: $events, orderBy: $newest) { nodes { ...Card } }
    }
    fragment Card on Event {
      id: rowId title occurred: occurredEdtf
      claims: claimEventsByEventId(first: $claims, ${LINKS_NEWEST}) { nodes { link: claimByClaimId { ...Row } } }
    }
    fragment Row on Claim {
      id: rowId statement act stance assertedAt: assertedAtEdtf
      assertedBy: actorByAssertedById { ...Name kind parent { ...Name } }
      citations: citationsByClaimId { nodes { exact source: sourceBySourceId { ...Link } } }
      events: claimEventsByClaimId(first: $about) { nodes { link: eventByEventId { id: rowId title } } }
    }
    fragment Name on Actor { id: rowId name }
    fragment Link on Source { id: rowId title url }`,
    variables: () => ({
      events: 20,
      claims: 10,
      about: 5,
      newest: ["OCCURRED_EARLIEST_DESC", "OCCURRED_LATEST_DESC", "ROW_ID_DESC"],
    }),
  },
  prisma: {
    method: "GET",
    query: `query Board($events: Int!, $claims: Int!, $about: Int!) { events(first: $events) { ...Card } }
    fragment Card on Event { id title occurred: occurredEdtf claims(first: $claims) { ...Row } }
    fragment Row on Claim {
      id statement act stance assertedAt: assertedAtEdtf
      assertedBy { ...Name kind parent { ...Name } }
      citations { exact source { ...Link } }
      events(first: $about) { id title }
    }
    fragment Name on Actor { id name }
    fragment Link on Source { id title url }`,
    variables: () => ({ events: 20, claims: 10, about: 5 }),
  },
};

const flat =
  "id statement language act stance certainty attribution credibility rank status recordedAt version";

/** @type {import("./question.mjs").Question} */
export const list = {
  name: "list",
  asks: "the newest 100 claims, flat",
  kind: "nested",
  limit: `select ${concat(
    listOf(
      {
        ...all(quoted, "id act stance certainty attribution rank status"),
        ...all(value, "statement language recordedAt"),
        credibility: nullable("credibility"),
        version: ["version"],
        assertedAt: nullable("asserted_at_edtf"),
      },
      `from claim where ${VISIBLE} order by ${newestFirst("claim")} limit 100`,
    ),
  )}`,
  claimgraph: { query: `{ claims(first: 100) { nodes { ${flat} assertedAt { edtf } } } }` },
  postgraphile: {
    query: `{ claims: allClaims(first: 100, ${CLAIMS_NEWEST}) { nodes { ${flat.replace("id", "id: rowId")} assertedAt: assertedAtEdtf } } }`,
  },
  prisma: { query: `{ claims(first: 100) { nodes { ${flat} assertedAt: assertedAtEdtf } } }` },
};
