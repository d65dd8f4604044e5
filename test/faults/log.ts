import { query } from "./system.js";

/** The ids of all revisions behind the first so many, in the order of the log. */
export async function revisions(url: string, { skip = 0, onlyPublic = false } = {}): Promise<string[]> {
  const rows = await query<{ id: string; public: boolean }>(
    url,
    "select public_id as id, public from revision order by seq offset $1",
    [skip],
  );
  return rows.filter((row) => row.public || !onlyPublic).map(({ id }) => id);
}

export async function countOfRevisions(url: string): Promise<number> {
  const [row] = await query<{ count: number }>(url, "select count(*)::int as count from revision");
  return row?.count ?? 0;
}

// Each finds what must never be there, whatever was killed when.
const HALVES: Record<string, string> = {
  "a claim without its citations":
    "select id from claim c where not exists (select from citation where claim_id = c.id)",
  "a claim without its events":
    "select id from claim c where not exists (select from claim_event where claim_id = c.id)",
  "a record without its revision": `select id from (
      select id, version from claim union all select id, version from actor union all
      select id, version from event union all select id, version from source) r
    where not exists (select from revision where record_id = r.id and version = r.version)`,
  "a revision without its record": `select record_id from revision where not exists (
      select from claim where id = record_id union all select from actor where id = record_id union all
      select from event where id = record_id union all select from source where id = record_id)`,
  "a gap in versions": "select record_id from revision group by record_id having max(version) <> count(*)",
  "a history that does not end in what stands there": `select record_id from (
      select distinct on (record_id) * from revision order by record_id, version desc) last
    where rows is distinct from record_rows(record_type, record_id)`,
  "a key that was taken and has no answer": "select key from idempotency_key where answer is null",
};

/** Nothing is half-written. */
export async function expectWhole(url: string): Promise<void> {
  const found: Record<string, number> = {};
  for (const [what, text] of Object.entries(HALVES)) {
    const rows = await query(url, text);
    if (rows.length > 0) found[what] = rows.length;
  }
  expect(found).toEqual({});
}
