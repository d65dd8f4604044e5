import pg from "pg";
import { connectionOf as embeddedConnection, emptyPGlite } from "../../src/database/embedded.js";
import { migrate } from "../../src/database/migrate.js";
import { readMigrations } from "../../src/database/migrations.js";
import type { MigrationConnection } from "../../src/database/schema-engine.js";
import { connectionOf as serverConnection } from "../../src/database/server.js";
import { createThrowAway, serverUrl } from "../support/database.js";

const known = readMigrations();

let connection: MigrationConnection;
let close: () => Promise<void>;

beforeEach(async () => {
  if (serverUrl === undefined) {
    const pglite = await emptyPGlite();
    connection = embeddedConnection(pglite);
    close = () => pglite.close();
  } else {
    const throwAway = await createThrowAway(serverUrl);
    const pool = new pg.Pool({ connectionString: throwAway.url, max: 1, idleTimeoutMillis: 0 });
    connection = serverConnection(pool, "public");
    close = () => pool.end().then(() => throwAway.drop());
  }
});
afterEach(() => close());

/** Brings the database to what it was before a migration. */
async function upTo(name: string): Promise<void> {
  const index = known.findIndex((migration) => migration.name.endsWith(name));
  expect(index).toBeGreaterThan(0);
  await migrate(connection, "it", known.slice(0, index));
}

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;

test("links and versions of claims from before anything but sort keys was carried have that of their claim and event", async () => {
  await upTo("_status_of_links");
  await connection.execute(`
    insert into actor (id, slug, name, kind, updated_at) values ('${id(1)}', 'town', 'Town', 'GOVERNMENT', now());
    insert into event (id, slug, title, type, occurred_edtf, occurred_earliest, occurred_latest, updated_at) values
      ('${id(2)}', 'flood', 'Flood', 'AID', '2025', '2025-01-01', '2025-12-31', now());
    insert into proposition (id, slug, text, kind, updated_at) values ('${id(5)}', 'holds', 'It holds.', 'YES_NO', now());
    insert into claim (id, statement, language, act, asserted_by_id, status, proposition_id, updated_at) values
      ('${id(3)}', 'The dam holds.', 'en', 'ASSERT', '${id(1)}', 'PUBLISHED', '${id(5)}', now()),
      ('${id(4)}', 'The dam broke.', 'en', 'DENY', '${id(1)}', 'REJECTED', null, now());
    update claim set stance = 'REJECTS' where act = 'DENY';
    insert into claim_event (claim_id, event_id) values ('${id(3)}', '${id(2)}'), ('${id(4)}', '${id(2)}');
    insert into revision (id, record_type, record_id, version, action, author_id, author_name, author_role, patch, inverse, public, concerns, rows)
      select gen_random_uuid(), 'CLAIM', key, version, 'CREATED', 'a', 'A', 'ANALYST', '[]', '[]', false, '{}', rows
      from (
        select id as key, 1 as version, record_rows('CLAIM', id) as rows from claim
        union all
        select '${id(3)}', 2, null
        union all
        select '${id(4)}', 2, jsonb_set(record_rows('CLAIM', '${id(4)}'), '{claim_event}', '[]')) versions`);
  await migrate(connection, "it", known);
  const event = { type: "AID", since: "2025-01-01", until: "2025-12-31" };
  expect(
    await connection.query(
      "select claim_id::text as id, status::text, asserted_by_id::text as by, proposition_id::text as what, act::text, stance::text, type::text, occurred_earliest::date::text as since, occurred_latest::date::text as until from claim_event order by 1",
    ),
  ).toEqual([
    { id: id(3), status: "PUBLISHED", by: id(1), what: id(5), act: "ASSERT", stance: "NEUTRAL", ...event },
    { id: id(4), status: "REJECTED", by: id(1), what: null, act: "DENY", stance: "REJECTS", ...event },
  ]);
  const read = `select record_id::text as id, version, (
      select array_agg(concat_ws(' ', link.event_id, link.status, link.asserted_by_id, link.proposition_id, link.act, link.stance))
      from jsonb_populate_recordset(null::claim_event, rows -> 'claim_event') link) as links
    from revision order by 1, 2`;
  expect(await connection.query(read)).toEqual([
    { id: id(3), version: 1, links: [[id(2), "PUBLISHED", id(1), id(5), "ASSERT", "NEUTRAL"].join(" ")] },
    { id: id(3), version: 2, links: null },
    { id: id(4), version: 1, links: [[id(2), "REJECTED", id(1), "DENY", "REJECTS"].join(" ")] },
    { id: id(4), version: 2, links: null },
  ]);
});

test("relations and circles of affiliations from before they were refused stay", async () => {
  await upTo("_relations_and_circles");
  await connection.execute(`
    insert into actor (id, slug, name, kind, updated_at) values
      ('${id(1)}', 'town', 'Town', 'GOVERNMENT', now()), ('${id(2)}', 'club', 'Club', 'OTHER', now());
    insert into affiliation (id, actor_id, with_actor_id, role, until_edtf, until_earliest, until_latest) values
      ('${id(3)}', '${id(1)}', '${id(2)}', 'PART_OF', '2000', '2000-01-01', '2000-12-31'),
      ('${id(4)}', '${id(2)}', '${id(1)}', 'PART_OF', '2001', '2001-01-01', '2001-12-31');
    insert into claim (id, statement, language, act, asserted_by_id, updated_at) values
      ('${id(5)}', 'The dam holds.', 'en', 'ASSERT', '${id(1)}', now()),
      ('${id(6)}', 'The dam broke.', 'en', 'DENY', '${id(2)}', now());
    insert into claim_relation (id, from_id, to_id, type) values
      ('${id(7)}', '${id(5)}', '${id(6)}', 'RETRACTS'), ('${id(8)}', '${id(6)}', '${id(5)}', 'RETRACTS')`);
  await migrate(connection, "it", known);
  const count = (table: string) => connection.query(`select count(*)::int as count from ${table}`);
  expect([await count("affiliation"), await count("claim_relation")]).toEqual([
    [{ count: 2 }],
    [{ count: 2 }],
  ]);
  await connection.execute(
    "update claim set statement = 'Who knows.'; update affiliation set title = 'Member'",
  );
  for (const [change, rule] of [
    ["update claim_relation set type = 'SUPERSEDES'", "claim_relation_is_within_a_side"],
    [
      "update claim set asserted_at_edtf = null, recorded_at = '1999-01-01'",
      "claim_relation_is_within_a_side",
    ],
    ["update affiliation set until_latest = '2001-12-30'", "affiliation_is_in_no_circle"],
  ] as const) {
    await expect(connection.execute(change)).rejects.toThrow(rule);
  }
});

test("texts from before case was folded by Unicode are found by their index", async () => {
  await upTo("_fold_text_by_unicode");
  await connection.execute(`
    insert into actor (id, slug, name, kind, updated_at) values
      ('${id(1)}', 'street', 'Hohe Straße', 'OTHER', now()), ('${id(2)}', 'kyiv', '${"Київ".normalize("NFD")}', 'OTHER', now())`);
  await migrate(connection, "it", known);
  await connection.execute("set enable_seqscan = off");
  for (const [part, slug] of [
    ["STRASSE", "street"],
    ["КИЇВ", "kyiv"],
  ]) {
    const read = `select slug from actor where folded(name) like folded('%${part}%')`;
    expect(await connection.query(read)).toEqual([{ slug }]);
    const plan = await connection.query<Record<string, string>>(`explain (costs off) ${read}`);
    expect(JSON.stringify(plan)).toContain("actor_name_trigrams");
  }
});

test("times with an offset from before they had their own day are on it, with all that goes by days", async () => {
  await upTo("_days_of_their_zones");
  await connection.execute(`
    insert into actor (id, slug, name, kind, updated_at) values
      ('${id(1)}', 'union', 'Union', 'OTHER', now()), ('${id(2)}', 'member', 'Member', 'OTHER', now());
    insert into affiliation (id, actor_id, with_actor_id, role, from_edtf, from_earliest, from_latest) values
      ('${id(3)}', '${id(2)}', '${id(1)}', 'PART_OF', '2026-03-11', '2026-03-11', '2026-03-11 23:59:59.999');
    insert into event (id, slug, title, type, updated_at) values ('${id(4)}', 'flood', 'Flood', 'AID', now());
    insert into proposition (id, slug, text, kind, updated_at) values ('${id(5)}', 'holds', 'It holds.', 'YES_NO', now());
    insert into claim (id, statement, language, act, stance, asserted_by_id, status, proposition_id, updated_at,
        asserted_at_edtf, asserted_at_earliest, asserted_at_latest) values
      ('${id(6)}', 'It holds.', 'en', 'ASSERT', 'AFFIRMS', '${id(2)}', 'PUBLISHED', '${id(5)}', now(),
        '2026-03-11T00:30:00+0100', '2026-03-10 23:30:00', '2026-03-10 23:30:00.999');
    insert into claim_event (claim_id, event_id) values ('${id(6)}', '${id(4)}');
    insert into revision (id, record_type, record_id, version, action, author_id, author_name, author_role, patch, inverse, public, concerns, rows)
      values (gen_random_uuid(), 'CLAIM', '${id(6)}', 1, 'CREATED', 'a', 'A', 'ANALYST', '[]', '[]', false, '{}',
        record_rows('CLAIM', '${id(6)}'))`);
  const kept = `select c.side_id::text as side, p.dispute_latest_claim::date::text as day
    from claim c join proposition p on p.id = c.proposition_id`;
  expect(await connection.query(kept)).toEqual([{ side: id(2), day: "2026-03-10" }]);
  await migrate(connection, "it", known);
  expect(await connection.query(kept)).toEqual([{ side: id(1), day: "2026-03-11" }]);
  const told = "2026-03-11T00:30:00+0100";
  expect(await connection.query("select asserted_at_edtf as told from claim_event")).toEqual([{ told }]);
  expect(
    await connection.query("select rows #>> '{claim_event,0,asserted_at_edtf}' as told from revision"),
  ).toEqual([{ told }]);
});
