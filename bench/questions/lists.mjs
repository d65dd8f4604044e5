import { list, nullable, object, quoted, value } from "./json.mjs";
import {
  actorOfClaim,
  CLAIMS_NEWEST,
  eventsOfClaim,
  LINKS_NEWEST,
  newestFirst,
  VISIBLE,
} from "./question.mjs";

/** @type {import("./question.mjs").Question} */
export const actorNewest = {
  name: "actorNewest",
  asks: "an actor's newest 50 claims with their events",
  kind: "filtered",
  parameters: `
    select slug from claim join actor on actor.id = asserted_by_id
    where ${VISIBLE} group by slug having count(*) >= 60 order by count(*) desc limit 50`,
  limit: `
    select ${object({
      id: quoted("id"),
      name: value("name"),
      claims: list(
        {
          id: quoted("id"),
          statement: value("statement"),
          assertedAt: nullable("asserted_at_edtf"),
          events: eventsOfClaim({
            id: quoted("id"),
            title: value("title"),
            occurred: nullable("occurred_edtf"),
          }),
        },
        `from claim where asserted_by_id = actor.id and ${VISIBLE} order by ${newestFirst("claim")} limit 50`,
      ),
    })} from actor where slug = $1`,
  values: ({ slug }) => [slug],
  claimgraph: {
    query: `query ($slug: String!) {
      actor(slug: $slug) { id name claims(first: 50) { nodes {
        id statement assertedAt { edtf } events(first: 5) { nodes { id title occurred { edtf } } }
      } } }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
  postgraphile: {
    query: `query ($slug: String!) {
      actor: actorBySlug(slug: $slug) { id: rowId name claims: claimsByAssertedById(first: 50, ${CLAIMS_NEWEST}) { nodes {
        id: rowId statement assertedAt: assertedAtEdtf
        events: claimEventsByClaimId(first: 5) { nodes { link: eventByEventId { id: rowId title occurred: occurredEdtf } } }
      } } }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
  prisma: {
    query: `query ($slug: String!) {
      actor(slug: $slug) { id name claims(first: 50) { id statement assertedAt: assertedAtEdtf events(first: 5) { id title occurred: occurredEdtf } } }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
};

const visible = `where about.event_id = event.id and about.${VISIBLE}`;
const aboutEvent = `from claim_event about join claim on claim.id = about.claim_id ${visible}`;

/** The newest 20 claims of one event. @param {boolean} total */
const eventPage = (total) => ({
  limit: `
    select ${object({
      id: quoted("id"),
      title: value("title"),
      ...(total && { totalCount: [`(select count(*) from claim_event about ${visible})`] }),
      claims: list(
        {
          id: quoted("claim.id"),
          statement: value("claim.statement"),
          act: quoted("claim.act"),
          assertedAt: nullable("claim.asserted_at_edtf"),
          assertedBy: actorOfClaim(),
        },
        `${aboutEvent} order by ${newestFirst("about", "claim_id")} limit 20`,
      ),
    })} from event where slug = $1`,
  values: ({ slug }) => [slug],
  claimgraph: {
    query: `query ($slug: String!) {
      event(slug: $slug) { id title claims(first: 20) {
        ${total ? "totalCount" : ""} nodes { id statement act assertedAt { edtf } assertedBy { id name } }
      } }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
  postgraphile: {
    query: `query ($slug: String!) {
      event: eventBySlug(slug: $slug) { id: rowId title claims: claimEventsByEventId(first: 20, ${LINKS_NEWEST}) {
        ${total ? "totalCount" : ""}
        nodes { link: claimByClaimId {
          id: rowId statement act assertedAt: assertedAtEdtf assertedBy: actorByAssertedById { id: rowId name }
        } }
      } }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
  prisma: {
    query: `query ($slug: String!) {
      event(slug: $slug) { id title ${total ? "totalCount: claimCount" : ""}
        claims(first: 20) { id statement act assertedAt: assertedAtEdtf assertedBy { id name } }
      }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
});

/** @type {import("./question.mjs").Question} */
export const hotEvent = {
  name: "hotEvent",
  asks: "the newest 20 claims of one of the three events with the most claims, here a tenth of all each",
  kind: "filtered",
  against: { coldEvent: 1.3 },
  parameters: `
    select slug from event join claim_event on event_id = event.id
    group by slug order by count(*) desc, slug limit 3`,
  ...eventPage(false),
};

/** @type {import("./question.mjs").Question} */
export const coldEvent = {
  name: "coldEvent",
  asks: "the newest 20 claims of an event that has a few dozen",
  kind: "filtered",
  parameters: `
    select slug from event join claim_event on event_id = event.id
    where ${VISIBLE} group by slug having count(*) between 25 and 80 order by slug limit 100`,
  ...eventPage(false),
};

/** @type {import("./question.mjs").Question} */
export const total = {
  name: "total",
  asks: "totalCount beside a page: an event's newest 20 of about a thousand claims, and how many there are",
  kind: "small",
  parameters: `
    select slug from event join claim_event on event_id = event.id
    group by slug order by abs(count(*) - 1000), slug limit 1`,
  ...eventPage(true),
};
