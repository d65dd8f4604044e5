import { all, list, nullable, object, oneOrNull, quoted, value } from "./json.mjs";
import { actorOfClaim, newestFirst, VISIBLE } from "./question.mjs";

/** @type {import("./question.mjs").Question} */
export const sourceClaims = {
  name: "sourceClaims",
  asks: "one source with its publisher and the newest 20 claims that cite it, each with its actor",
  kind: "small",
  further: true,
  parameters: "select slug from source order by hashtext(slug), slug limit 500",
  limit: `
    select ${object({
      ...all(quoted, "id kind"),
      ...all(value, "title"),
      ...all(nullable, "url language publishedAt"),
      publisher: oneOrNull(
        { id: quoted("id"), name: value("name") },
        "from actor where id = source.publisher_id",
      ),
      claims: list(
        {
          ...all(quoted, "id act"),
          statement: value("statement"),
          assertedAt: nullable("asserted_at_edtf"),
          assertedBy: actorOfClaim(),
        },
        `from claim where ${VISIBLE} and id in (select claim_id from citation where source_id = source.id)
        order by ${newestFirst("claim")} limit 20`,
      ),
    })} from source where slug = $1`,
  values: ({ slug }) => [slug],
  claimgraph: {
    query: `query ($slug: String!) {
      source(slug: $slug) {
        id title kind url language publishedAt publisher { id name }
        claims(first: 20) { nodes { id statement act assertedAt { edtf } assertedBy { id name } } }
      }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
  postgraphile: {
    query: `query ($slug: String!) {
      source: sourceBySlug(slug: $slug) {
        id: rowId title kind url language publishedAt publisher: actorByPublisherId { id: rowId name }
        claims(first: 20) { nodes {
          id: rowId statement act assertedAt: assertedAtEdtf assertedBy: actorByAssertedById { id: rowId name }
        } }
      }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
  prisma: {
    query: `query ($slug: String!) {
      source(slug: $slug) {
        id title kind url language publishedAt publisher { id name }
        claims(first: 20) { id statement act assertedAt: assertedAtEdtf assertedBy { id name } }
      }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
};
