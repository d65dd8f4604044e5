-- Fills an empty, migrated database with as many claims as the setting bench.claims says. Everything is drawn
-- from hashes of a row's number, so the same size gives the same rows everywhere, and a key can be named
-- without looking it up. The skew is that of news: see the comments at each table.

set time zone 'UTC';
-- Compiling these statements takes longer than running them on the smaller sets.
set jit = off;

-- How many rows each table gets.
create function pg_temp.claims() returns bigint stable language sql as
  $$ select current_setting('bench.claims')::bigint $$;
create function pg_temp.actors() returns bigint stable language sql as
  $$ select 500 + pg_temp.claims() / 100 $$;
create function pg_temp.events() returns bigint stable language sql as
  $$ select greatest(200, pg_temp.claims() / 50) $$;
create function pg_temp.sources() returns bigint stable language sql as
  $$ select pg_temp.claims() / 5 $$;
create function pg_temp.propositions() returns bigint stable language sql as
  $$ select pg_temp.claims() / 20 $$;

-- A number from 0 to below 1 that belongs to a row and a purpose.
create function pg_temp.dice(purpose int, i bigint) returns float8 immutable language sql as
  $$ select (hashint8extended(i, purpose) & 1073741823) / 1073741824.0::float8 $$;

-- An instant in the years 2018 to 2025 that belongs to a row, later for a larger number.
create function pg_temp.moment(i bigint, total bigint) returns timestamptz stable language sql as
  $$ select '2018-01-01T00:00:00Z'::timestamptz + (i * 252000000000 / total) * interval '1 ms' $$;

-- A key of the form of uuid v7: ordered by the row's instant. The hash is written twice because PostgreSQL inlines
-- a single expression, and calls anything else for each row.
create function pg_temp.key(kind int, i bigint, total bigint) returns uuid immutable language sql as $$
  select (lpad(to_hex(1514764800000 + i * 252000000000 / total), 12, '0') || '7'
    || substr(md5(kind::text || ':' || i::text), 1, 3) || 'a' || substr(md5(kind::text || ':' || i::text), 4, 15))::uuid $$;
create function pg_temp.actor_key(i bigint) returns uuid stable language sql as
  $$ select pg_temp.key(1, i, pg_temp.actors()) $$;
create function pg_temp.event_key(i bigint) returns uuid stable language sql as
  $$ select pg_temp.key(2, i, pg_temp.events()) $$;
create function pg_temp.source_key(i bigint) returns uuid stable language sql as
  $$ select pg_temp.key(3, i, pg_temp.sources()) $$;
create function pg_temp.proposition_key(i bigint) returns uuid stable language sql as
  $$ select pg_temp.key(4, i, pg_temp.propositions()) $$;
create function pg_temp.claim_key(i bigint) returns uuid stable language sql as
  $$ select pg_temp.key(5, i, pg_temp.claims()) $$;

-- A vague date around an instant: most name a day, some a month or a year, one in twenty is missing.
create type pg_temp.vague as (edtf text, earliest timestamptz, latest timestamptz);
create function pg_temp.vague_date(at timestamptz, chance float8) returns pg_temp.vague stable language sql as $$
  select case
    when chance < 0.05 then row(null, null, null)::pg_temp.vague
    when chance < 0.15 then row(to_char(at, 'YYYY'), date_trunc('year', at),
      date_trunc('year', at) + interval '1 year - 1 ms')::pg_temp.vague
    when chance < 0.30 then row(to_char(at, 'YYYY-MM'), date_trunc('month', at),
      date_trunc('month', at) + interval '1 month - 1 ms')::pg_temp.vague
    else row(to_char(at, 'YYYY-MM-DD'), date_trunc('day', at),
      date_trunc('day', at) + interval '1 day - 1 ms')::pg_temp.vague
  end $$;

create function pg_temp.one_of(choices text[], chance float8) returns text immutable language sql as
  $$ select choices[1 + floor(chance * array_length(choices, 1))::int] $$;

-- The values of each enum, which PostgreSQL would look up anew for each row.
create temporary table vocabulary as select
  enum_range(null::event_type)::text[] as event_types, enum_range(null::participant_role)::text[] as roles,
  enum_range(null::source_kind)::text[] as source_kinds, enum_range(null::reliability)::text[] as reliabilities,
  enum_range(null::measure)::text[] as measures, enum_range(null::speech_act)::text[] as acts,
  enum_range(null::certainty)::text[] as certainties, enum_range(null::attribution_mode)::text[] as attributions,
  enum_range(null::claim_relation_type)::text[] as relation_types;

-- Twenty states; then, five for each state, its military, ministries and officials; then everybody else.
insert into actor (id, slug, name, kind, description, country_code, recorded_at, updated_at)
select pg_temp.actor_key(i),
  case when i <= 20 then 'state-' else 'actor-' end || i,
  case when i <= 20 then 'State ' || i when i <= 120 then 'Office ' || i || ' of state ' || 1 + (i - 21) / 5
    else pg_temp.one_of('{Agency,Канал,وكالة,Zeitung,Observatory,Коалиция,Institute}', pg_temp.dice(1, i)) || ' ' || i end,
  (case when i <= 20 then 'STATE'
    when i <= 120 then pg_temp.one_of('{MILITARY,GOVERNMENT,INTELLIGENCE_AGENCY,PERSON}', pg_temp.dice(2, i))
    else pg_temp.one_of('{MEDIA,MEDIA,NGO,PERSON,PERSON,PERSON,ARMED_GROUP,COMPANY,UNNAMED_SOURCE}', pg_temp.dice(2, i))
  end)::actor_kind,
  case when pg_temp.dice(3, i) < 0.5 then repeat('Known from many reports of the region. ', 1 + (i % 5)::int) end,
  chr(65 + (i % 26)::int) || chr(65 + (i / 26 % 26)::int),
  pg_temp.moment(i, pg_temp.actors()), pg_temp.moment(i, pg_temp.actors())
from generate_series(1, pg_temp.actors()) i;

insert into actor_name (id, actor_id, value, language, kind)
select pg_temp.key(10 + kind, i, pg_temp.actors()), pg_temp.actor_key(i), name || ' ' || i, language, 'NATIVE'
from generate_series(1, pg_temp.actors()) i,
  (values (1, 'Название', 'ru'), (2, 'اسم', 'ar'), (3, 'Nom', 'fr')) v (kind, name, language)
where i % 3 <> 0;

insert into external_id (id, actor_id, scheme, value)
select pg_temp.key(20, i, pg_temp.actors()), pg_temp.actor_key(i), 'wikidata', 'Q' || 1000 + i
from generate_series(1, pg_temp.actors()) i
where i % 4 = 0;

-- The first two of a state's five offices are part of the state, the others of the first office. One in nine
-- of everybody else is part of an office; one office in ten had belonged elsewhere before.
insert into affiliation (id, actor_id, with_actor_id, role, from_edtf, from_earliest, from_latest)
select pg_temp.key(21, i, pg_temp.actors()), pg_temp.actor_key(i), pg_temp.actor_key(whole), 'PART_OF',
  '2010', '2010-01-01T00:00:00Z', '2010-12-31T23:59:59.999Z'
from generate_series(21, pg_temp.actors()) i
cross join lateral (select case
  when i > 120 then 21 + i % 100
  when (i - 21) % 5 < 2 then 1 + (i - 21) / 5
  else i - (i - 21) % 5 end as whole) w
where i <= 120 or i % 9 = 0;

insert into affiliation (id, actor_id, with_actor_id, role, from_edtf, from_earliest, from_latest,
  until_edtf, until_earliest, until_latest)
select pg_temp.key(22, i, pg_temp.actors()), pg_temp.actor_key(i), pg_temp.actor_key(1 + i % 20), 'PART_OF',
  '2001', '2001-01-01T00:00:00Z', '2001-12-31T23:59:59.999Z',
  '2005', '2005-01-01T00:00:00Z', '2005-12-31T23:59:59.999Z'
from generate_series(21, 120, 10) i;

insert into event (id, slug, title, description, type, occurred_edtf, occurred_earliest, occurred_latest,
  place_name, place_country_code, place_latitude, place_longitude, place_precision, part_of_id, recorded_at, updated_at)
select pg_temp.event_key(i), 'event-' || i,
  pg_temp.one_of('{Strike near the harbour,Talks on a ceasefire,"Обстрел города",مظاهرة في العاصمة,Convoy turned back,Sanktionen gegen Banken}',
    pg_temp.dice(11, i)) || ' ' || i,
  case when pg_temp.dice(12, i) < 0.7 then repeat('Several sides describe what happened there in different words. ', 1 + (i % 9)::int) end,
  pg_temp.one_of(event_types, power(pg_temp.dice(13, i), 2))::event_type,
  (date).edtf, (date).earliest, (date).latest,
  'Place ' || i % 300, chr(65 + (i % 26)::int) || chr(65 + (i / 26 % 26)::int),
  -80 + 160 * pg_temp.dice(14, i), -180 + 360 * pg_temp.dice(15, i), 'SETTLEMENT',
  case when i > 30 and i % 10 = 0 then pg_temp.event_key(1 + i % 30) end,
  pg_temp.moment(i, pg_temp.events()), pg_temp.moment(i, pg_temp.events())
from vocabulary, generate_series(1, pg_temp.events()) i
cross join lateral (select pg_temp.vague_date(pg_temp.moment(i, pg_temp.events()), pg_temp.dice(16, i)) as date) d;

insert into participation (id, event_id, actor_id, role)
select pg_temp.key(30 + n, i, pg_temp.events()), pg_temp.event_key(i), pg_temp.actor_key(1 + floor(power(pg_temp.dice(20 + n, i), 3) * 120)::bigint),
  roles[n]::participant_role
from vocabulary, generate_series(1, pg_temp.events()) i, generate_series(1, 3) n;

-- One source in five keeps a long text, two in five a short one, the others none.
insert into source (id, slug, kind, title, url, publisher_id, authors, published_on_edtf, published_on_earliest,
  published_on_latest, published_at, retrieved_at, language, tags, text, text_access, reliability, syndication_of_id, recorded_at, updated_at)
select pg_temp.source_key(i), 'source-' || i,
  pg_temp.one_of(source_kinds, pg_temp.dice(31, i))::source_kind,
  pg_temp.one_of('{Report from the ground,Statement of the ministry,"Сводка за день",بيان صحفي,Lagebericht}', pg_temp.dice(32, i)) || ' ' || i,
  'https://news.example/' || i,
  case when pg_temp.dice(33, i) < 0.9 then pg_temp.actor_key(121 + floor(power(pg_temp.dice(34, i), 3) * (pg_temp.actors() - 120))::bigint) end,
  array['Author ' || i % 700], (p.date).edtf, (p.date).earliest, (p.date).latest,
  case when pg_temp.dice(35, i) > 0.03 then pg_temp.moment(i, pg_temp.sources()) end,
  pg_temp.moment(i, pg_temp.sources()), pg_temp.one_of('{en,en,en,ru,ar,de,fr,uk}', pg_temp.dice(36, i)),
  case when i % 10 = 0 then array['topic-' || i % 400] else '{}' end,
  case when i % 5 = 0 then repeat('Witnesses and officials gave accounts that differ in number ' || i || ' and place. ', 40 + (i % 60)::int)
    when i % 5 < 3 then 'A short notice about what was said, number ' || i || '.' end,
  (case when i % 4 = 0 then 'PUBLIC' else 'ANALYST' end)::text_access,
  reliabilities[1 + i % 6]::reliability,
  case when i > 100 and i % 20 = 0 then pg_temp.source_key(i - 7) end,
  pg_temp.moment(i, pg_temp.sources()), pg_temp.moment(i, pg_temp.sources())
from vocabulary, generate_series(1, pg_temp.sources()) i
cross join lateral (select pg_temp.vague_date(pg_temp.moment(i, pg_temp.sources()), 0.5 + pg_temp.dice(37, i) / 2) as date) p;

insert into proposition (id, slug, text, kind, measure, unit, recorded_at, updated_at)
select pg_temp.proposition_key(i), 'proposition-' || i, 'Whether or how many, question number ' || i || '.',
  (case when i % 3 = 0 then 'QUANTITY' else 'YES_NO' end)::proposition_kind,
  case when i % 3 = 0 then measures[1 + i % 10]::measure end, case when i % 3 = 0 then 'persons' end,
  pg_temp.moment(i, pg_temp.propositions()), pg_temp.moment(i, pg_temp.propositions())
from vocabulary, generate_series(1, pg_temp.propositions()) i;
