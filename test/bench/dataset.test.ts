import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type EmbeddedDatabase, openEmbedded } from "../../src/database/embedded.js";

const { fill } = await import(resolve("bench/dataset.mjs"));
const CLAIMS = 2000;

let database: EmbeddedDatabase;
let before: string[];

const rows = async <Row>(text: string) => (await database.pglite.query<Row>(text)).rows;
const count = async (from: string) =>
  Number((await rows<{ n: number }>(`select count(*) as n from ${from}`))[0]?.n);
const rules = async () =>
  (
    await rows<{ rule: string }>(`
      select indexdef as rule from pg_indexes where schemaname = current_schema()
      union all select conname || pg_get_constraintdef(oid) from pg_constraint where connamespace = current_schema()::regnamespace
      union all select tgname || tgenabled::text from pg_trigger where not tgisinternal
      order by 1`)
  ).map(({ rule }) => rule);

beforeAll(async () => {
  database = await openEmbedded({});
  before = await rules();
  await fill(async (text: string) => (await database.pglite.exec(text)).at(-1)?.rows ?? [], CLAIMS);
}, 120_000);

afterAll(() => database.close());

test("has as many claims as asked for, and leaves every index, constraint and trigger as it was", async () => {
  expect(await count("claim")).toBe(CLAIMS);
  expect(before.length).toBeGreaterThan(100);
  expect(await rules()).toEqual(before);
});

test("three events have a tenth of the claims each, and most actors have none", async () => {
  const hot = await rows<{ n: number }>(
    "select count(*)::int as n from claim_event group by event_id order by 1 desc limit 3",
  );
  expect(hot.map(({ n }) => n)).toEqual([CLAIMS / 10, CLAIMS / 10, CLAIMS / 10]);
  const silent = await count("actor where not exists (select from claim where asserted_by_id = actor.id)");
  expect(silent / (await count("actor"))).toBeGreaterThan(0.5);
});

test("twenty actors say more than half of everything", async () => {
  const loudest = "select count(*) as n from claim group by asserted_by_id order by n desc limit 20";
  const [said] = await rows<{ n: number }>(`select sum(n)::int as n from (${loudest}) loudest`);
  expect(said?.n).toBeGreaterThan(CLAIMS / 2);
});

test("every insert names its columns, so that a column which the database computes can be added", () => {
  const sql = ["rows.sql", "long-disputes.sql", "claims.sql"]
    .map((name) => readFileSync(`bench/dataset/${name}`, "utf8"))
    .join("");
  const inserts = sql.match(/insert into \w+.*/g) ?? [];
  expect(inserts.length).toBeGreaterThan(10);
  expect(inserts.filter((text) => !/^insert into \w+ \(id|^insert into \w+ \(claim_id/.test(text))).toEqual(
    [],
  );
});

test("what links carry is that of their claims and events", async () => {
  const columns = await rows<{ name: string }>(`
    select column_name as name from information_schema.columns
    where table_name = 'claim_event' and column_name not in ('claim_id', 'event_id')`);
  const ofEvent = ["type", "occurred_earliest", "occurred_latest"];
  expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(ofEvent));
  expect(columns.length).toBeGreaterThan(10);
  const of = (alias: string, own = alias) =>
    columns.map(({ name }) => `${ofEvent.includes(name) ? own : alias}.${name}`).join(", ");
  const links =
    "claim_event link join claim on claim.id = link.claim_id join event on event.id = link.event_id";
  expect(await count(`${links} where (${of("link")}) is distinct from (${of("claim", "event")})`)).toBe(0);
});

test("claims have missing dates, several languages, several citations and more than one event", async () => {
  expect(await count("claim where asserted_at_edtf is null")).toBeGreaterThan(0);
  expect(await count("(select distinct language from claim) languages")).toBeGreaterThan(3);
  expect(await count("(select from citation group by claim_id having count(*) > 1) several")).toBeGreaterThan(
    0,
  );
  expect(
    await count("(select from claim_event group by claim_id having count(*) > 1) several"),
  ).toBeGreaterThan(0);
  expect(await count("claim where status not in ('PUBLISHED', 'RETRACTED')")).toBeGreaterThan(0);
});

describe("two propositions about which very much is said", () => {
  const about = (slug: string) =>
    `claim join proposition on proposition.id = proposition_id join actor on actor.id = asserted_by_id where proposition.slug = '${slug}'`;
  const slugs = { YES_NO: "long-dispute", QUANTITY: "long-dispute-of-figures" };

  test.each(Object.entries(slugs))("%s: a hundred claims at least, of many actors", async (kind, slug) => {
    expect(await count(`${about(slug)} and proposition.kind = '${kind}'`)).toBeGreaterThanOrEqual(100);
    const actors = await count(`(select distinct actor.id from ${about(slug)}) speaking`);
    expect(actors).toBeGreaterThan(25);
    expect(actors).toBeLessThan(60);
    const ofState = await count(
      `${about(slug)} and (actor.slug = 'state-1' or actor.name like 'Office % of state 1')`,
    );
    expect(ofState / (await count(about(slug)))).toBeGreaterThan(0.5);
    for (const stance of ["AFFIRMS", "REJECTS", "NEUTRAL"]) {
      expect([stance, await count(`${about(slug)} and stance = '${stance}'`)]).not.toContain(0);
    }
  });

  test("figures are best ones, ranges and bounds, some of a day, some increments", async () => {
    const figures = `${about(slugs.QUANTITY)} and figure_approximator is not null`;
    const kinds = {
      some: figures,
      others: `${about(slugs.QUANTITY)} and figure_approximator is null`,
      best: `${figures} and figure_best is not null`,
      ranges: `${figures} and figure_low is not null and figure_high is not null`,
      least: `${figures} and figure_approximator = 'AT_LEAST' and figure_high is null`,
      most: `${figures} and figure_approximator = 'AT_MOST' and figure_low is null`,
      dated: `${figures} and figure_as_of_edtf is not null`,
      increments: `${figures} and figure_additional`,
    };
    for (const [name, from] of Object.entries(kinds)) {
      expect([name, await count(from)]).not.toEqual([name, 0]);
    }
    expect(await count(`${figures} and num_nonnulls(figure_low, figure_best, figure_high) = 0`)).toBe(0);
  });
});

test("figures answer quantities, and some of other propositions say of which day they are true as well", async () => {
  const figures =
    "claim left join proposition on proposition.id = proposition_id where figure_approximator is not null";
  expect(await count(`${figures} and kind = 'YES_NO'`)).toBe(0);
  expect(
    await count(`${figures} and slug not like 'long%' and figure_as_of_edtf is not null`),
  ).toBeGreaterThan(0);
});

test("what triggers keep is kept although they rested: sides, disputes and standings", async () => {
  const day = "claim_day(asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at)";
  expect(await count(`claim where side_id is distinct from side_of(asserted_by_id, ${day})`)).toBe(0);
  const kept = await rows<{ slug: string; status: string }>(
    "select slug, dispute_status as status from proposition where slug like 'long%' order by 1",
  );
  expect(kept).toEqual([
    { slug: "long-dispute", status: "CONTESTED" },
    { slug: "long-dispute-of-figures", status: "CONTESTED" },
  ]);
  expect(await count("proposition where dispute_status <> (dispute_of(id, null, 'POSSIBLY')).status")).toBe(
    0,
  );
  expect(await count("(select distinct dispute_status from proposition) statuses")).toBeGreaterThan(2);
  expect(await count("standing where standing = 'CURRENT'")).toBeGreaterThan(100);
});

test("a claim is retracted or superseded by a later one of its actor alone, others are linked as they come", async () => {
  const links =
    "claim_relation link join claim later on later.id = from_id join claim earlier on earlier.id = to_id";
  const own = "type in ('RETRACTS', 'SUPERSEDES')";
  expect(await count(`${links} where ${own}`)).toBeGreaterThan(10);
  expect(await count(`${links} where ${own} and later.asserted_by_id <> earlier.asserted_by_id`)).toBe(0);
  expect(await count(`${links} where later.recorded_at <= earlier.recorded_at`)).toBe(0);
  expect(
    await count(`${links} where not ${own} and later.asserted_by_id <> earlier.asserted_by_id`),
  ).toBeGreaterThan(0);
  expect(await count("(select distinct type from claim_relation) types")).toBe(8);
});
