// What PostGraphile cannot derive from the tables, given to it in its own way: conditions as SQL fragments, and
// unique indexes, of which it sees only those that are constraints.
import { TYPES } from "postgraphile/@dataplan/pg";
import { addPgTableCondition, jsonPgSmartTags } from "postgraphile/utils";

/** `within: "state-1"`: the claims of that state and of whatever is currently part of it. */
const within = addPgTableCondition(
  { schemaName: "public", tableName: "claim" },
  "within",
  ({ graphql }) => ({ type: graphql.GraphQLString }),
  (slug, { sql, sqlTableAlias, sqlValueWithCodec }) => sql`${sqlTableAlias}.asserted_by_id = any(array(
    with recursive part(id) as (
      select id from public.actor where slug = ${sqlValueWithCodec(slug, TYPES.text)}
      union
      select a.actor_id from public.affiliation a join part on a.with_actor_id = part.id
      where a.role = 'PART_OF'
        and coalesce(a.from_earliest <= now(), true) and coalesce(a.until_latest >= now(), true))
    select id from part))`,
);

/** `about: "ASSAULT 2024-01-01T00:00:00Z 2024-12-31T23:59:59.999Z"`: those about such an event in that time. */
const about = addPgTableCondition(
  { schemaName: "public", tableName: "claim" },
  "about",
  ({ graphql }) => ({ type: graphql.GraphQLString }),
  (asked, { sql, sqlTableAlias, sqlValueWithCodec }) => {
    const [type, since, until] = asked.split(" ");
    return sql`exists (
      select from public.claim_event link join public.event on event.id = link.event_id
      where link.claim_id = ${sqlTableAlias}.id
        and event.type = ${sqlValueWithCodec(type, TYPES.text)}::public.event_type
        and event.occurred_earliest <= ${sqlValueWithCodec(until, TYPES.timestamptz)}
        and event.occurred_latest >= ${sqlValueWithCodec(since, TYPES.timestamptz)})`;
  },
);

/** `visible: true` on the links of an event: those to claims that readers may see, of which they carry the status. */
const visible = addPgTableCondition(
  { schemaName: "public", tableName: "claim_event" },
  "visible",
  ({ graphql }) => ({ type: graphql.GraphQLBoolean }),
  (_asked, { sql, sqlTableAlias }) => sql`${sqlTableAlias}.status in ('PUBLISHED', 'RETRACTED')`,
);

const slugs = jsonPgSmartTags({
  version: 1,
  config: {
    class: Object.fromEntries(
      ["actor", "event", "source"].map((table) => [`public.${table}`, { tags: { unique: "slug" } }]),
    ),
  },
});

export const additions = [within, about, visible, slugs];
