import { all, list, nullable, object, oneOrNull, quoted, value } from "./json.mjs";

const limit = `
  select ${object({
    ...all(quoted, "id kind"),
    name: value("name"),
    ...all(nullable, "description countryCode"),
    names: list(
      { value: value("value"), language: nullable("language"), kind: quoted("kind") },
      "from actor_name where actor_id = actor.id order by id",
    ),
    externalIds: list(
      all(value, "scheme value"),
      "from external_id where actor_id = actor.id order by scheme, value, id",
    ),
    affiliations: list(
      {
        role: quoted("role"),
        title: nullable("title"),
        from: nullable("from_edtf"),
        to: nullable("until_edtf"),
        actor: oneOrNull(
          { id: quoted("id"), name: value("name") },
          "from actor whole where whole.id = a.with_actor_id",
        ),
      },
      "from affiliation a where actor_id = actor.id order by from_earliest, from_latest, id",
    ),
  })} from actor where slug = $1`;

/** @type {import("./question.mjs").Question} */
export const actorCard = {
  name: "actorCard",
  asks: "one actor with its names, identifiers, affiliations",
  kind: "small",
  further: true,
  parameters: "select slug from actor order by hashtext(slug), slug limit 500",
  limit,
  values: ({ slug }) => [slug],
  claimgraph: {
    query: `query ($slug: String!) {
      actor(slug: $slug) {
        id name kind description countryCode
        names { value language kind } externalIds { scheme value }
        affiliations { role title from { edtf } to { edtf } actor { id name } }
      }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
  postgraphile: {
    query: `query ($slug: String!) {
      actor: actorBySlug(slug: $slug) {
        id: rowId name kind description countryCode
        names: actorNamesByActorId { nodes { value language kind } }
        externalIds: externalIdsByActorId(orderBy: [SCHEME_ASC, VALUE_ASC]) { nodes { scheme value } }
        affiliations: affiliationsByActorId(orderBy: [FROM_EARLIEST_ASC, FROM_LATEST_ASC]) { nodes {
          role title from: fromEdtf to: untilEdtf actor: actorByWithActorId { id: rowId name }
        } }
      }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
  prisma: {
    query: `query ($slug: String!) {
      actor(slug: $slug) {
        id name kind description countryCode
        names { value language kind } externalIds { scheme value }
        affiliations { role title from: fromEdtf to: untilEdtf actor { id name } }
      }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
};
