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

test("links and versions of claims from before status was carried have that of their claim", async () => {
  await upTo("_status_of_links");
  await connection.execute(`
    insert into actor (id, slug, name, kind, updated_at) values ('${id(1)}', 'town', 'Town', 'GOVERNMENT', now());
    insert into event (id, slug, title, type, updated_at) values ('${id(2)}', 'flood', 'Flood', 'OTHER', now());
    insert into claim (id, statement, language, act, asserted_by_id, status, updated_at) values
      ('${id(3)}', 'The dam holds.', 'en', 'ASSERT', '${id(1)}', 'PUBLISHED', now()),
      ('${id(4)}', 'The dam broke.', 'en', 'ASSERT', '${id(1)}', 'REJECTED', now());
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
  expect(
    await connection.query("select claim_id::text as id, status::text from claim_event order by 1"),
  ).toEqual([
    { id: id(3), status: "PUBLISHED" },
    { id: id(4), status: "REJECTED" },
  ]);
  const read = `select record_id::text as id, version, (
      select array_agg(link.event_id || ' ' || link.status)
      from jsonb_populate_recordset(null::claim_event, rows -> 'claim_event') link) as links
    from revision order by 1, 2`;
  expect(await connection.query(read)).toEqual([
    { id: id(3), version: 1, links: [`${id(2)} PUBLISHED`] },
    { id: id(3), version: 2, links: null },
    { id: id(4), version: 1, links: [`${id(2)} REJECTED`] },
    { id: id(4), version: 2, links: null },
  ]);
});
