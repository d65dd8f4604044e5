import sql, { join, raw, type Sql } from "sql-template-tag";
import { at, identifier } from "./names.js";
import type { Noun } from "./noun.js";

/** The tables of records and of the parts that they own, each with the column that holds the record's key. */
const TABLES = {
  actor: "id",
  actor_name: "actor_id",
  external_id: "actor_id",
  affiliation: "actor_id",
  event: "id",
  participation: "event_id",
  source: "id",
  proposition: "id",
  claim: "id",
  claim_event: "claim_id",
  claim_relay: "claim_id",
  citation: "claim_id",
  claim_relation: "from_id",
} as const;

// Texts of sources are kept apart: what was replaced in a table of its own, what stands there still in the source.
const SOURCE_WITH_TEXT = raw(`(
  select jsonb_agg(row || jsonb_build_object('text', coalesce(
      (select kept.text from source_text kept where kept.sha256 = row ->> 'content_sha256'),
      (select own.text from source own where own.id = was.record_id and own.content_sha256 = row ->> 'content_sha256'))))
    from jsonb_array_elements(was.rows -> 'source') row)`);

/**
 * Lets a statement read the database as it is, but one record as it was recorded at a moment, with the parts that it
 * owned then; and what was deleted since, so that nothing it referred to is missing. The names of the tables then stand
 * for queries, and the statement needs not know.
 *
 * @param column by which the record is looked up, `id` or `slug` @param value that it has
 */
export function asOf(noun: Noun, column: string, value: Sql, moment: Date, statement: Sql): Sql {
  const subject = sql`select id from ${identifier(noun.table)} where ${at(noun.table, column)} = ${value}`;
  const key = column === "id" ? sql`select ${value} as id` : subject;
  const tables = Object.entries(TABLES).map(([table, owner]) => {
    const rows = table === "source" ? SOURCE_WITH_TEXT : raw(`was.rows -> '${table}'`);
    return sql`${raw(table)} as not materialized (
      select t.* from ${raw(table)} t where ${at("t", owner)} is distinct from (select id from subject)
      union all select t.* from was cross join lateral jsonb_populate_recordset(null::${raw(table)}, ${rows}) t)`;
  });
  // A record without a history is what it is.
  return sql`with subject as materialized (
      select key.id from (${key}) key where exists (select from revision where record_id = key.id)),
    was as materialized (
      select distinct on (r.record_id) r.record_id, r.rows from revision r
      where r.recorded_at <= ${moment} and (
        r.record_id = (select id from subject)
        or r.record_id in (
          select gone.record_id from revision gone
          where gone.action = 'DELETED' and gone.recorded_at > ${moment}
            and not exists (select from revision later where later.record_id = gone.record_id and later.seq > gone.seq)))
      order by r.record_id, r.seq desc),
    ${join(tables, ", ")} ${statement}`;
}
