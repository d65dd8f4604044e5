import { type TestDatabase, testDatabase } from "../support/database.js";

// One row of everything, each with as much filled in as the rules let stand side by side.
const VALID = `
  insert into actor (id, slug, name, kind, country_code, updated_at) values
    ('00000000-0000-7000-8000-00000000000a', 'state-1', 'State', 'STATE', 'KP', now()),
    ('00000000-0000-7000-8000-00000000000b', 'army', 'Army', 'MILITARY', null, now());
  insert into actor_name (id, actor_id, value)
    select '00000000-0000-7000-8000-00000000001a', id, 'Alias' from actor where slug = 'army';
  insert into affiliation (id, actor_id, with_actor_id, role, from_edtf, from_earliest, from_latest,
      until_edtf, until_earliest, until_latest)
    values ('00000000-0000-7000-8000-00000000002a', '00000000-0000-7000-8000-00000000000b',
      '00000000-0000-7000-8000-00000000000a', 'PART_OF', '2024', '2024-01-01', '2024-12-31',
      '2025', '2025-01-01', '2025-12-31');
  insert into event (id, slug, title, type, occurred_edtf, occurred_earliest, occurred_latest,
      place_country_code, place_latitude, place_longitude)
    values ('00000000-0000-7000-8000-00000000003a', 'event', 'Event', 'ASSAULT',
      '2024-06', '2024-06-01', '2024-06-30', 'RU', 90, -180);
  insert into source (id, slug, kind, title, text, content_sha256)
    values ('00000000-0000-7000-8000-00000000004a', 'source', 'ARTICLE', 'Source', 'words', repeat('0f', 32));
  insert into api_key (id, name, role, hash, created_by)
    values ('00000000-0000-7000-8000-00000000008a', 'Key', 'ANALYST', repeat('0f', 32), 'somebody');
  insert into revision (id, record_type, record_id, version, action, author_id, author_name, author_role, patch,
      inverse, public, concerns)
    values ('00000000-0000-7000-8000-00000000009a', 'ACTOR', '00000000-0000-7000-8000-00000000000a', 1, 'CREATED',
      'somebody', 'Somebody', 'EDITOR', '[]', '[]', true, '{}');
  insert into proposition (id, slug, text, kind, measure, unit) values
    ('00000000-0000-7000-8000-00000000005a', 'how-many', 'How many', 'QUANTITY', 'KILLED', 'persons'),
    ('00000000-0000-7000-8000-00000000005b', 'whether', 'Whether', 'YES_NO', null, null);
  insert into claim (id, statement, language, act, asserted_by_id, asserted_at_edtf, asserted_at_earliest,
      asserted_at_latest, credibility, figure_low, figure_best, figure_high, figure_approximator,
      figure_additional)
    values
    ('00000000-0000-7000-8000-00000000006a', 'A claim', 'en', 'ASSERT', '00000000-0000-7000-8000-00000000000a',
      '2025', '2025-01-01', '2025-12-31', 6, 1, 2, 3, 'ABOUT', false),
    ('00000000-0000-7000-8000-00000000006b', 'Another', 'en', 'DENY', '00000000-0000-7000-8000-00000000000b',
      null, null, null, 1, 5, null, 5, 'EXACT', true);
  insert into citation (id, claim_id, source_id, exact, start, "end", anchor) values
    ('00000000-0000-7000-8000-00000000007a', '00000000-0000-7000-8000-00000000006a',
      '00000000-0000-7000-8000-00000000004a', 'wo', 0, 2, 'EXACT'),
    ('00000000-0000-7000-8000-00000000007b', '00000000-0000-7000-8000-00000000006a',
      '00000000-0000-7000-8000-00000000004a', 'quoted', null, null, 'UNCHECKED'),
    ('00000000-0000-7000-8000-00000000007c', '00000000-0000-7000-8000-00000000006a',
      '00000000-0000-7000-8000-00000000004a', null, null, null, 'UNCHECKED'),
    ('00000000-0000-7000-8000-00000000007d', '00000000-0000-7000-8000-00000000006a',
      '00000000-0000-7000-8000-00000000004a', 'lost', null, null, 'ORPHANED');
  insert into claim_relation (id, from_id, to_id, type)
    values ('00000000-0000-7000-8000-00000000008a', '00000000-0000-7000-8000-00000000006b',
      '00000000-0000-7000-8000-00000000006a', 'DENIES')`;

const BROKEN: readonly (readonly [constraint: string, statement: string])[] = [
  ["actor_slug_is_kebab_case", "update actor set slug = 'State_1' where slug = 'army'"],
  ["actor_slug_is_kebab_case", "update actor set slug = 'state--1' where slug = 'army'"],
  ["actor_name_is_not_blank", "update actor set name = ' \t' where slug = 'army'"],
  ["actor_country_code_is_two_capitals", "update actor set country_code = 'kp'"],
  ["actor_name_value_is_not_blank", "update actor_name set value = ''"],
  ["affiliation_is_with_another_actor", "update affiliation set with_actor_id = actor_id"],
  ["affiliation_from_is_complete", "update affiliation set from_edtf = null"],
  ["affiliation_from_is_in_order", "update affiliation set from_latest = '2023-01-01'"],
  ["affiliation_until_is_complete", "update affiliation set until_latest = null"],
  ["affiliation_until_is_in_order", "update affiliation set until_earliest = '2026-01-01'"],
  ["event_slug_is_kebab_case", "update event set slug = '-event'"],
  ["event_title_is_not_blank", "update event set title = ''"],
  ["event_is_not_part_of_itself", "update event set part_of_id = id"],
  ["event_occurred_is_complete", "update event set occurred_earliest = null"],
  ["event_occurred_is_in_order", "update event set occurred_latest = '2024-05-31'"],
  ["event_country_code_is_two_capitals", "update event set place_country_code = 'R1'"],
  ["event_coordinates_are_a_pair", "update event set place_latitude = null"],
  ["event_latitude_is_on_earth", "update event set place_latitude = 90.1"],
  ["event_latitude_is_on_earth", "update event set place_latitude = 'NaN'"],
  ["event_longitude_is_on_earth", "update event set place_longitude = -180.1"],
  ["source_slug_is_kebab_case", "update source set slug = ''"],
  ["source_title_is_not_blank", "update source set title = E'\\n'"],
  ["source_text_is_not_blank", "update source set text = ''"],
  ["source_is_not_a_copy_of_itself", "update source set syndication_of_id = id"],
  ["source_is_no_version_of_itself", "update source set later_version_of_id = id"],
  ["source_published_on_is_complete", "update source set published_on_edtf = '2024'"],
  [
    "source_published_on_is_in_order",
    "update source set published_on_edtf = '2024', published_on_earliest = '2024-12-31', published_on_latest = '2024-01-01'",
  ],
  ["source_withdrawn_at_is_complete", "update source set withdrawn_at_earliest = '2024-01-01'"],
  [
    "source_withdrawn_at_is_in_order",
    "update source set withdrawn_at_edtf = '2024', withdrawn_at_earliest = '2024-12-31', withdrawn_at_latest = '2024-01-01'",
  ],
  [
    "external_id_is_of_one_record",
    "insert into external_id (id, scheme, value) values (gen_random_uuid(), 'wikidata', 'Q1')",
  ],
  ["source_sha256_is_hexadecimal", "update source set content_sha256 = repeat('0F', 32)"],
  ["source_sha256_is_hexadecimal", "update source set content_sha256 = 'abc'"],
  ["proposition_slug_is_kebab_case", "update proposition set slug = 'how many' where slug = 'how-many'"],
  ["proposition_text_is_not_blank", "update proposition set text = ' '"],
  ["proposition_quantity_has_a_measure", "update proposition set measure = null where kind = 'QUANTITY'"],
  ["proposition_yes_no_has_no_measure", "update proposition set unit = 'persons' where kind = 'YES_NO'"],
  [
    "proposition_yes_no_does_not_accumulate",
    "update proposition set accumulates = true where kind = 'YES_NO'",
  ],
  ["proposition_comparable_days_is_not_negative", "update proposition set comparable_days = -1"],
  ["claim_statement_is_not_blank", "update claim set statement = ''"],
  ["claim_asserted_at_is_complete", "update claim set asserted_at_latest = null"],
  ["claim_asserted_at_is_in_order", "update claim set asserted_at_latest = '2024-12-31'"],
  [
    "claim_figure_as_of_is_complete",
    "update claim set figure_as_of_edtf = '2025', figure_as_of_earliest = '2025-01-01', figure_as_of_latest = null",
  ],
  [
    "claim_figure_as_of_is_in_order",
    "update claim set figure_as_of_edtf = '2025', figure_as_of_earliest = '2025-01-02', figure_as_of_latest = '2025-01-01'",
  ],
  ["claim_credibility_is_1_to_6", "update claim set credibility = 0"],
  ["claim_credibility_is_1_to_6", "update claim set credibility = 7"],
  [
    "claim_figure_has_an_approximator",
    "update claim set figure_approximator = null, figure_additional = null",
  ],
  ["claim_figure_is_additional_or_not", "update claim set figure_additional = null"],
  ["claim_figure_low_is_not_above_high", "update claim set figure_low = 6 where figure_best is null"],
  ["claim_figure_low_is_not_above_best", "update claim set figure_low = 2.5 where figure_best is not null"],
  ["claim_figure_best_is_not_above_high", "update claim set figure_best = 3.5 where figure_best is not null"],
  ["citation_span_is_in_order", "update citation set start = 2 where anchor = 'EXACT'"],
  ["citation_span_is_in_order", "update citation set start = -1 where anchor = 'EXACT'"],
  ["citation_span_fits_anchor", "update citation set exact = null where anchor = 'EXACT'"],
  ["citation_span_fits_anchor", "update citation set anchor = 'FUZZY', start = null where anchor = 'EXACT'"],
  ["citation_span_fits_anchor", "update citation set exact = null where anchor = 'ORPHANED'"],
  ["citation_span_fits_anchor", "update citation set start = 0 where anchor = 'ORPHANED'"],
  ["citation_span_fits_anchor", `update citation set start = 0, "end" = 1 where anchor = 'UNCHECKED'`],
  ["api_key_name_is_not_blank", "update api_key set name = ' '"],
  ["api_key_hash_is_hexadecimal", "update api_key set hash = 'secret'"],
  ["api_key_is_revoked_by_somebody", "update api_key set revoked_at = now()"],
  ["api_key_is_revoked_for_a_reason", "update api_key set revocation_reason = 'lost'"],
  ["revision_version_counts_from_1", "update revision set version = 0"],
  ["claim_relation_is_between_two_claims", "update claim_relation set to_id = from_id"],
];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  for (const statement of VALID.split(";\n")) {
    await database.prisma.$executeRawUnsafe(statement);
  }
});
afterAll(() => database.close());

test.each(BROKEN)("%s refuses: %s", async (constraint, statement) => {
  await expect(database.prisma.$executeRawUnsafe(statement)).rejects.toThrow(`"${constraint}"`);
});

test("every check of the database is among the cases", async () => {
  const checks = await database.query<{ name: string }>(
    "select conname as name from pg_constraint where contype = 'c' and connamespace = current_schema()::regnamespace",
    [],
  );
  const tested = new Set(BROKEN.map(([constraint]) => constraint));
  expect(checks.map((check) => check.name).sort()).toEqual([...tested].sort());
});
