/** @type {import("./question.mjs").Question} */
export const actorCard = {
  name: "actorCard",
  asks: "one actor with its names, identifiers, affiliations",
  kind: "small",
  further: true,
  parameters: "select slug from actor order by hashtext(slug), slug limit 500",
  limit: `
    select to_json(o) from (
      select id, name, kind, description, country_code as "countryCode",
        (select coalesce(json_agg(o), '[]') from (
          select value, language, kind from actor_name where actor_id = actor.id order by id) o) as names,
        (select coalesce(json_agg(o), '[]') from (
          select scheme, value from external_id where actor_id = actor.id order by scheme, value, id) o) as "externalIds",
        (select coalesce(json_agg(o), '[]') from (
          select role, title, from_edtf as "from", until_edtf as "to",
            (select to_json(o) from (select id, name from actor whole where whole.id = a.with_actor_id) o) as actor
          from affiliation a where actor_id = actor.id order by from_earliest, from_latest, id) o) as affiliations
      from actor where slug = $1) o`,
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
