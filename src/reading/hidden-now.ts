import sql, { type Sql } from "sql-template-tag";

/**
 * The condition that readers saw a record once and may not see it now: it was deleted, came back hidden, and was not shown
 * since. Only what comes back can be so, because no change hides what readers see. That is rare, and an index has it; so
 * what came later is looked up for each of these, which is what the offset asks for, and not gathered from the whole log.
 *
 * @param record the record's key
 */
export const hiddenNow = (record: Sql): Sql =>
  sql`exists (
    select from revision back
    where back.record_id = ${record} and not back.public and back.version > 1 and back.action in ('CREATED', 'RESTORED')
      and not exists (
        select from revision later
        where later.record_id = back.record_id and later.seq > back.seq and later.public offset 0))`;
