// The last word of each side, for the plain case: what SUPERSEDES does to the order is left out.
import { common, QUOTED } from "./disputes.mjs";
import { list, nullable, object, one, quoted, value } from "./json.mjs";

/** Whether a claim counts. @param {string} alias */
const counts = (alias) => `${alias}.status = 'PUBLISHED' and ${alias}.rank <> 'DEPRECATED'`;

/** A claim that is retracted by another that counts holds nothing. @param {string} alias */
export const counted = (alias) => `${counts(alias)} and not exists (
  select from claim_relation link join claim later on later.id = link.from_id
  where link.to_id = ${alias}.id and link.type = 'RETRACTS' and ${counts("later")})`;

const limit = `
  with said as (
    select claim.id, asserted_by_id as actor, side_id as side,
      row_number() over (order by claim.asserted_at_earliest nulls first, claim.asserted_at_latest, claim.recorded_at, claim.id) as place,
      case
        when act = 'RETRACT' or retracting then 'WITHDRAWN'
        when additional then null
        when stance <> 'NEUTRAL' then stance::text
        when act in ('NO_STATEMENT', 'DECLINE_COMMENT') then 'SILENT'
        when figure and proposition.kind = 'QUANTITY' and act <> 'DENY' then 'AFFIRMS'
        else 'NEUTRAL'
      end as word
    from proposition join claim on proposition_id = proposition.id
    cross join lateral (
      select figure_approximator is not null as figure, coalesce(figure_additional, false) as additional,
        stance = 'NEUTRAL' and figure_approximator is null and exists (
          select from claim_relation where from_id = claim.id and type = 'RETRACTS') as retracting offset 0) about
    where proposition.slug = $1 and ${counted("claim")}
  ), deciding as (
    select side, actor, max(held) as held, bool_or(place = held and word = 'WITHDRAWN') as withdrawn,
      min(place) filter (where word = 'SILENT' and place > coalesce(held, 0)) as silent, min(place) as first
    from (
      select *, max(place) filter (where word in ('AFFIRMS', 'REJECTS', 'WITHDRAWN')) over (partition by side, actor) as held
      from said where word is not null) claims
    group by side, actor
  ), position as (
    select distinct on (side) side as actor_id, said.id as claim_id, word as stance
    from deciding join said using (side)
    where said.place = case when held is not null and (not withdrawn or silent is null) then held else coalesce(silent, first) end
    order by side, array_position('{SILENT,WITHDRAWN,NEUTRAL}', word) nulls first, place desc
  )
  select ${object({
    id: quoted("id"),
    dispute: [
      object({
        sides: list(
          {
            stance: quoted("stance"),
            actor: one({ id: quoted("id"), name: value("name") }, "from actor where id = position.actor_id"),
            decidingClaim: one(
              {
                id: quoted("id"),
                statement: value("statement"),
                citations: list(
                  {
                    exact: nullable("exact"),
                    source: one(
                      { id: quoted("id"), title: value("title") },
                      "from source where id = citation.source_id",
                    ),
                  },
                  "from citation where claim_id = claim.id order by position, id",
                ),
              },
              "from claim where id = position.claim_id",
            ),
          },
          "from position",
        ),
      }),
    ],
  })} from proposition where slug = $1`;

/** @type {import("./question.mjs").Question} */
export const sides = {
  name: "sides",
  asks: "where each side of a proposition with about 20 claims stands, with its deciding claim and quotes; nobody superseded a claim",
  kind: "disputes",
  further: true,
  connections: 1,
  parameters: `
    select slug from (${common.replace("limit 200", "limit 1000")}) common
    where not exists (
      select from proposition join claim on claim.proposition_id = proposition.id join claim_relation link on from_id = claim.id
      where proposition.slug = common.slug and link.type = 'SUPERSEDES')
    limit 200`,
  limit,
  values: ({ slug }) => [slug],
  claimgraph: {
    query: `query ($slug: String!) {
      proposition(slug: $slug) { id dispute { sides { stance actor { id name } decidingClaim { ${QUOTED} } } } }
    }`,
    variables: ({ slug }) => ({ slug }),
  },
};
