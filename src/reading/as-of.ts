import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { seesEverything, type Viewer } from "../graphql/viewer.js";
import { type Entity, recordTables } from "./entity.js";
import { hiddenNow } from "./hidden-now.js";
import { at, identifier } from "./names.js";

/** The rows of a former version. Texts of sources are kept apart: what was replaced in a table of its own. */
function rowsOf(table: string, viewer: Viewer): Sql {
  if (table !== "source") return raw(`was.rows -> '${table}'`);
  return seesEverything(viewer)
    ? raw(WITH_TEXT)
    : raw(`case when was.record_id in (select id from readable) then ${WITH_TEXT} else ${WITHOUT_TEXT} end`);
}

const WITH_TEXT = `(
  select jsonb_agg(row || jsonb_build_object('text', coalesce(
      (select kept.text from source_text kept where kept.sha256 = row ->> 'content_sha256'),
      (select own.text from source own where own.id = was.record_id and own.content_sha256 = row ->> 'content_sha256'))))
    from jsonb_array_elements(was.rows -> 'source') row)`;

const WITHOUT_TEXT = `(
  select jsonb_agg(row - 'content_sha256') from jsonb_array_elements(was.rows -> 'source') row)`;

// Sources whose former texts readers may read: their texts are public now, and were in every version since.
const READABLE = sql`readable as materialized (
      select now.id from source now join was on was.record_id = now.id
      where now.text_access = 'PUBLIC' and not exists (
        select from revision since
        where since.record_id = now.id and since.seq > was.seq and since.rows #>> '{source,0,text_access}' <> 'PUBLIC')),`;

/** One record at a moment, and who asks for it. */
interface Then {
  readonly entity: Entity;
  /** By which the record is looked up, `id` or `slug`. */
  readonly column: string;
  /** Its value. */
  readonly value: Sql;
  readonly moment: Date;
  /** What he may not see now, he is not shown as it was. */
  readonly viewer: Viewer;
}

/**
 * Lets a statement read the database as it is, but one record as it was recorded at a moment, with the parts that it
 * owned then; and what was deleted since, so that nothing it referred to is missing. The names of the tables then stand
 * for queries, and the statement needs not know.
 */
export function asOf({ entity, column, value, moment, viewer }: Then, statement: Sql): Sql {
  const subject = sql`select id from ${identifier(entity.table)} where ${at(entity.table, column)} = ${value}`;
  const key = column === "id" ? sql`select ${value} as id` : subject;
  const records = recordTables();
  const tables = [...new Set(records.map(({ table }) => table))].map((table) => {
    const held = records.filter((one) => one.table === table);
    const others = held.map(({ owner }) => sql`${at("t", owner)} is distinct from (select id from subject)`);
    const unsaid = JSON.stringify(Object.assign({}, ...held.map(({ unsaid }) => unsaid)));
    return sql`${raw(table)} as not materialized (
      select t.* from ${raw(table)} t where ${join(others, " and ")}
      union all select t.* from was cross join lateral jsonb_populate_recordset(
        jsonb_populate_record(null::${raw(table)}, ${unsaid}::jsonb), ${rowsOf(table, viewer)}) t)`;
  });
  const all = seesEverything(viewer);
  const shown = all ? empty : sql`not ${hiddenNow(sql`r.record_id`)} and `;
  // A record without a history is what it is.
  return sql`with subject as materialized (
      select key.id from (${key}) key where exists (select from revision where record_id = key.id)),
    was as materialized (
      select distinct on (r.record_id) r.record_id, r.seq, r.rows from revision r
      where ${shown}r.recorded_at <= ${moment} and r.record_id = any(array(
        select id from subject
        union all
        select gone.record_id from revision gone
          where gone.action = 'DELETED' and gone.recorded_at > ${moment}
            and not exists (select from revision later where later.record_id = gone.record_id and later.seq > gone.seq)))
      order by r.record_id, r.seq desc),
    ${all ? empty : READABLE} ${join(tables, ", ")} ${statement}`;
}
