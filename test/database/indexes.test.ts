import { type TestDatabase, testDatabase } from "../support/database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const someId = "'00000000-0000-7000-8000-000000000000'::uuid";
const last = "coalesce(asserted_at_earliest, '-infinity'), coalesce(asserted_at_latest, '-infinity')";

// The tables are empty, so the planner is told to avoid every other way: what counts is that it can use the index.
test.each([
  ["claim_asserted_desc", `select id from claim order by ${last}, id limit 20`],
  [
    "claim_by_actor_asserted_desc",
    `select id from claim where asserted_by_id = ${someId}
      and (${last}, id) < (now(), now(), ${someId}) order by ${last}, id limit 20`,
  ],
  ["claim_asserted_at_latest", "select id from claim where asserted_at_latest < now()"],
  [
    "claim_event_by_event_asserted_desc",
    `select claim_id from claim_event where event_id = ${someId} order by ${last}, claim_id limit 20`,
  ],
  [
    "claim_event_by_actor_event_asserted_desc",
    `select claim_id from claim_event where event_id = ${someId} and asserted_by_id = ${someId}
      order by ${last}, claim_id limit 20`,
  ],
  [
    "claim_event_by_asserted_desc",
    `select claim_id from claim_event where status = 'PUBLISHED' order by ${last}, claim_id limit 20`,
  ],
  [
    "claim_event_by_event_proposition_asserted_desc",
    `select true from claim_event where event_id = ${someId} and proposition_id = ${someId} and status = 'PUBLISHED'`,
  ],
  ["event_type_and_time_by_id", `select from event where id = ${someId} and type = 'OTHER'`],
  [
    "source_published_asc",
    "select id from source order by coalesce(published_on_earliest, 'infinity'), coalesce(published_on_latest, 'infinity'), id limit 20",
  ],
  ["claim_tags_idx", "select id from claim where tags @> array['some']"],
  [
    "external_id_of_one_claim",
    "select claim_id from external_id where scheme = 'some' and value = 'one' and claim_id is not null",
  ],
  ["affiliation_part_of", "select with_actor_id from affiliation where role = 'PART_OF' order by actor_id"],
  ["actor_name_value_trigrams", "select id from actor_name where folded(value) like folded('%some%')"],
  [
    "actor_name_by_key",
    "select id from actor where name_key(name) = any(array(select name_key(given) from unnest(array['some']) given))",
  ],
  [
    "actor_name_value_by_key",
    "select id from actor_name where name_key(value) = any(array(select name_key(given) from unnest(array['some']) given))",
  ],
  [
    "proposition_text_by_key",
    "select id from proposition where name_key(text) = any(array(select name_key(given) from unnest(array['some']) given))",
  ],
  [
    "claim_statement_folded",
    `select id from claim where proposition_id is null and folded(statement) =
      (select folded(statement) from claim where id = ${someId})`,
  ],
  ["claim_statement_trigrams", "select id from claim where folded(statement) like folded('%some%')"],
  ["claim_by_language_asserted_desc", "select id from claim where language collate \"C\" < 'e'"],
  ["source_url_trigrams", "select id from source where folded(url) like folded('%example.org%')"],
])("%s serves: %s", async (index, statement) => {
  const plan = await database.prisma.$transaction(async (transaction) => {
    await transaction.$executeRawUnsafe("set local enable_seqscan = off");
    await transaction.$executeRawUnsafe("set local enable_sort = off");
    return transaction.$queryRawUnsafe<Record<string, string>[]>(`explain (costs off) ${statement}`);
  });
  expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toMatch(new RegExp(`\\b${index}\\b`));
});
