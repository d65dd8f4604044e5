// Makes the data sets: the project's own migrations, then set-based SQL inside the database.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

const here = import.meta.dirname;
const read = (name) => readFileSync(join(here, name), "utf8");
const ROWS = read("dataset/rows.sql");
const LONG_DISPUTES = read("dataset/long-disputes.sql");
const CLAIMS = read("dataset/claims.sql");
const PEERS = read("contenders/peers.sql");

/** What the names of the databases begin with. */
export const DATABASES = "claimgraph_bench_";

/**
 * A database with this many claims, migrated by the server's own migrations. One that an earlier run left on
 * the server of BENCH_DATABASE_URL is used again as long as nothing it was made of has changed.
 *
 * @param {string} server URL of any database of the server
 * @param {number} claims
 * @param {string} app folder of the built server
 * @returns {Promise<string>} its URL
 */
export async function databaseOf(server, claims, app) {
  const name = `${DATABASES}${claims}`;
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const origin = fingerprint(app);
  const kept = await withClient(server, async (client) => {
    const { rows } = await client.query(
      "select shobj_description(oid, 'pg_database') as origin from pg_database where datname = $1",
      [name],
    );
    if (rows[0]?.origin === origin) return true;
    await client.query(`drop database if exists ${name}`);
    await client.query(`create database ${name}`);
    return false;
  });
  if (kept) return url;
  migrate(app, { DATABASE_URL: url });
  await withClient(url, async (client) => {
    await fill((text) => client.query(text).then(({ rows }) => rows), claims);
    await peersAddTo(client);
    await client.query(`comment on database ${name} is '${origin}'`);
  });
  return url;
}

/**
 * Gives a migrated database what the peers need beside its tables, unless it has it.
 *
 * @param {pg.Client} client
 */
export async function peersAddTo(client) {
  const { rows } = await client.query("select to_regnamespace('peers') is not null as given");
  if (!rows[0].given) await client.query(PEERS);
}

/** Runs the server's migrations. @param {string} app @param {Record<string, string>} settings */
export function migrate(app, settings) {
  execFileSync(process.execPath, [join(app, "database/migrate.main.js")], {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/**
 * Fills a migrated, empty database. Indexes, foreign keys and triggers are taken away meanwhile and put back
 * as they were: the SQL keeps what they keep, and a bulk load past them takes a tenth of the time.
 *
 * @param {(text: string) => Promise<any[]>} query one session
 * @param {number} claims
 */
export async function fill(query, claims) {
  const [{ drop, create, without, with: again }] = await query(`
    with foreign_key as (
      select format('alter table %I drop constraint %I', conrelid::regclass, conname) as drop,
        format('alter table %I add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
      from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace
    ), loose_index as (
      select format('drop index %I', indexname) as drop, indexdef as make
      from pg_indexes
      where schemaname = current_schema()
        and not exists (select from pg_constraint where conindid = to_regclass(quote_ident(indexname)))
    )
    select coalesce(string_agg(drop, ';'), '') as drop,
      coalesce(string_agg(make, ';' order by make like 'alter%'), '') as create,
      ${triggers("disable")} as without, ${triggers("enable")} as with
    from (select * from foreign_key union all select * from loose_index) both_kinds`);
  await query(drop);
  await query(without);
  await query(`set bench.claims = ${claims}`);
  await query(ROWS);
  await query(LONG_DISPUTES);
  await query(CLAIMS);
  await query(again);
  await query(create);
  await settle(query);
  await query("vacuum analyze");
}

/** Works out what the database keeps about disputes. Migrations that keep nothing about them do not have it. */
const SETTLE = "settle_all_disputes()";
const READ_TO_SETTLE = "actor, affiliation, source, proposition, claim, claim_relation, citation";
const settles = `to_regprocedure('${SETTLE}') is not null`;

/**
 * Statements that switch triggers off or on: those of links, whose columns the SQL fills, and those of every table where what
 * they keep is worked out afterwards.
 *
 * @param {"disable" | "enable"} how
 */
const triggers = (how) => `(
  select string_agg(distinct format('alter table %I ${how} trigger user', relname), ';')
  from pg_trigger join pg_class on pg_class.oid = tgrelid
  where not tgisinternal and relnamespace = current_schema()::regnamespace and (relname = 'claim_event' or ${settles}))`;

/**
 * What the database keeps about disputes is worked out at once, after the load and with the indexes in place: triggers that
 * do it row by row would take much longer. The table that it fills is left out of the statistics: plans for a table that is
 * known to be empty would read all of it for each row.
 *
 * @param {(text: string) => Promise<any[]>} query
 */
async function settle(query) {
  const [{ kept }] = await query(`select ${settles} as kept`);
  if (kept) await query(`analyze ${READ_TO_SETTLE}; select ${SETTLE}`);
}

/** @template T @param {string} url @param {(client: pg.Client) => Promise<T>} work @returns {Promise<T>} */
export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What a data set is made of. @param {string} app */
export function fingerprint(app) {
  const migrations = join(app, "../prisma/migrations");
  const files = readdirSync(migrations, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => readFileSync(join(migrations, name), "utf8"));
  return createHash("sha256")
    .update([...files, ROWS, LONG_DISPUTES, CLAIMS, PEERS].join("\0"))
    .digest("hex");
}
