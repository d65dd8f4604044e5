-- Civil events, actors and quantities beside those of war. Values that are added stand in their order before OTHER.
alter type actor_kind add value 'POLITICAL_PARTY' before 'OTHER';
alter type actor_kind add value 'COURT' before 'OTHER';
alter type actor_kind add value 'POLICE' before 'OTHER';
alter type actor_kind add value 'LOCAL_GOVERNMENT' before 'OTHER';
alter type actor_kind add value 'UNION' before 'OTHER';
alter type actor_kind add value 'HOSPITAL' before 'OTHER';
alter type actor_kind add value 'RESEARCH' before 'OTHER';
alter type event_type add value 'ACCIDENT' before 'OTHER';
alter type event_type add value 'DISASTER' before 'OTHER';
alter type event_type add value 'CRIME' before 'OTHER';
alter type event_type add value 'INVESTIGATION' before 'OTHER';
alter type event_type add value 'TRIAL' before 'OTHER';
alter type event_type add value 'ELECTION' before 'OTHER';
alter type event_type add value 'PUBLICATION' before 'OTHER';
alter type event_type add value 'STATEMENT' before 'OTHER';
alter type event_type add value 'HEALTH' before 'OTHER';
alter type measure add value 'INJURED' before 'OTHER';
alter type measure add value 'ILL' before 'OTHER';
alter type measure add value 'AFFECTED' before 'OTHER';
alter type measure add value 'DETAINED' before 'OTHER';
alter type measure add value 'EVACUATED' before 'OTHER';
alter type measure add value 'MONEY' before 'OTHER';
alter type measure add value 'MASS' before 'OTHER';
alter type measure add value 'VOLUME' before 'OTHER';
alter type measure add value 'DURATION' before 'OTHER';
alter type measure add value 'SHARE' before 'OTHER';
alter type participant_role add value 'OPERATOR';
alter type participant_role add value 'RESPONDER';
alter type participant_role add value 'INVESTIGATOR';
alter type participant_role add value 'VICTIM';

-- ---------------------------------------------------------------------------------------------------
-- Identifiers of others on every kind of record: one record of a kind for each scheme and value.
-- ---------------------------------------------------------------------------------------------------

-- First the tables in the order in which whoever records locks them: a server of before may still run.
lock table actor, event, source, proposition, claim in share row exclusive mode;
lock table external_id in access exclusive mode;

drop index external_id_scheme_value_actor_id_key;

-- Actors might share an identifier until now. Of those that do, the first keeps it; of the others it is kept as a double.
with numbered as (
  select id, row_number() over (partition by scheme, value order by actor_id) as number from external_id)
update external_id set scheme = 'double-' || (number - 1) || '-of-' || scheme
  from numbered where numbered.id = external_id.id and number > 1;

alter table external_id
  alter column actor_id drop not null,
  add column event_id uuid references event (id) on update cascade on delete cascade,
  add column source_id uuid references source (id) on update cascade on delete cascade,
  add column proposition_id uuid references proposition (id) on update cascade on delete cascade,
  add column claim_id uuid references claim (id) on update cascade on delete cascade,
  add constraint external_id_is_of_one_record
    check (num_nonnulls(actor_id, event_id, source_id, proposition_id, claim_id) = 1);

create index external_id_event_id_idx on external_id (event_id);
create index external_id_source_id_idx on external_id (source_id);
create index external_id_proposition_id_idx on external_id (proposition_id);
create index external_id_claim_id_idx on external_id (claim_id);
create unique index external_id_of_one_actor on external_id (scheme, value) where actor_id is not null;
create unique index external_id_of_one_event on external_id (scheme, value) where event_id is not null;
create unique index external_id_of_one_source on external_id (scheme, value) where source_id is not null;
create unique index external_id_of_one_proposition on external_id (scheme, value) where proposition_id is not null;
create unique index external_id_of_one_claim on external_id (scheme, value) where claim_id is not null;

-- ---------------------------------------------------------------------------------------------------
-- Tags on every kind of record, compared by code point as all texts are.
-- ---------------------------------------------------------------------------------------------------

alter table actor add column tags text[] collate "C" not null default '{}';
create index actor_tags_idx on actor using gin (tags);
alter table event add column tags text[] collate "C" not null default '{}';
create index event_tags_idx on event using gin (tags);
alter table source add column tags text[] collate "C" not null default '{}';
create index source_tags_idx on source using gin (tags);
alter table proposition add column tags text[] collate "C" not null default '{}';
create index proposition_tags_idx on proposition using gin (tags);
alter table claim add column tags text[] collate "C" not null default '{}';
create index claim_tags_idx on claim using gin (tags);

-- ---------------------------------------------------------------------------------------------------
-- Sources: a day of publication that may be vague, when they were withdrawn, and which one they are a later version of.
-- ---------------------------------------------------------------------------------------------------

alter table source
  add column published_on_edtf text collate "C",
  add column published_on_earliest timestamptz(3),
  add column published_on_latest timestamptz(3),
  add column withdrawn_at_edtf text collate "C",
  add column withdrawn_at_earliest timestamptz(3),
  add column withdrawn_at_latest timestamptz(3),
  add column later_version_of_id uuid references source (id) on update cascade on delete restrict,
  add constraint source_published_on_is_complete
    check (num_nulls(published_on_edtf, published_on_earliest, published_on_latest) in (0, 3)),
  add constraint source_published_on_is_in_order check (published_on_earliest <= published_on_latest),
  add constraint source_withdrawn_at_is_complete
    check (num_nulls(withdrawn_at_edtf, withdrawn_at_earliest, withdrawn_at_latest) in (0, 3)),
  add constraint source_withdrawn_at_is_in_order check (withdrawn_at_earliest <= withdrawn_at_latest),
  add constraint source_is_no_version_of_itself check (later_version_of_id <> id);

-- What has an instant was published then.
update source
  set published_on_edtf = to_char(published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      published_on_earliest = date_trunc('second', published_at),
      published_on_latest = date_trunc('second', published_at) + interval '999 milliseconds'
  where published_at is not null;

create index source_later_version_of_id_idx on source (later_version_of_id);

-- Lists of sources go by the day of publication.
drop index source_published_asc, source_published_desc, source_by_publisher_published_asc,
  source_by_publisher_published_desc, source_by_kind_published_desc, source_by_language_published_desc,
  source_by_reliability_published_desc;
create index source_published_asc on source (
  coalesce(published_on_earliest, 'infinity'::timestamptz),
  coalesce(published_on_latest, 'infinity'::timestamptz), id);
create index source_published_desc on source (
  coalesce(published_on_earliest, '-infinity'::timestamptz),
  coalesce(published_on_latest, '-infinity'::timestamptz), id);
create index source_by_publisher_published_asc on source (
  publisher_id,
  coalesce(published_on_earliest, 'infinity'::timestamptz),
  coalesce(published_on_latest, 'infinity'::timestamptz), id);
create index source_by_publisher_published_desc on source (
  publisher_id,
  coalesce(published_on_earliest, '-infinity'::timestamptz),
  coalesce(published_on_latest, '-infinity'::timestamptz), id);
create index source_by_kind_published_desc on source (
  kind,
  coalesce(published_on_earliest, '-infinity'::timestamptz),
  coalesce(published_on_latest, '-infinity'::timestamptz), id);
create index source_by_language_published_desc on source (
  language,
  coalesce(published_on_earliest, '-infinity'::timestamptz),
  coalesce(published_on_latest, '-infinity'::timestamptz), id);
create index source_by_reliability_published_desc on source (
  reliability,
  coalesce(published_on_earliest, '-infinity'::timestamptz),
  coalesce(published_on_latest, '-infinity'::timestamptz), id);
create index source_published_at_idx on source (published_at);
create index source_published_on_latest on source (published_on_latest) where published_on_latest is not null;
create index source_withdrawn_at_earliest on source (withdrawn_at_earliest) where withdrawn_at_earliest is not null;

-- No source is a later version of itself, by way of others.
create function source_is_in_no_circle_of_versions() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7204611946);
  if exists (
    with recursive earlier(id) as (
      select new.later_version_of_id
      union select s.later_version_of_id from source s join earlier on s.id = earlier.id
        where s.later_version_of_id is not null)
    select from earlier where id = new.id)
  then
    raise exception 'source % violates "source_is_in_no_circle_of_versions"', new.id
      using errcode = '23514', constraint = 'source_is_in_no_circle_of_versions';
  end if;
  return null;
end
$$;
create constraint trigger source_is_in_no_circle_of_versions
  after insert or update of later_version_of_id on source
  for each row when (new.later_version_of_id is not null)
  execute function source_is_in_no_circle_of_versions();

-- ---------------------------------------------------------------------------------------------------
-- Claims: who spoke, how the source names them, and the sources that a claim is about.
-- ---------------------------------------------------------------------------------------------------

alter table claim
  add column speaker_id uuid references actor (id) on update cascade on delete restrict,
  add column attributed_as text collate "C";
create index claim_speaker_id_recorded_at_id_idx on claim (speaker_id, recorded_at, id);
create index claim_attributed_as_idx on claim using hash (attributed_as);
create index claim_attributed_as_trigrams on claim using gin (folded(attributed_as) gin_trgm_ops);

create table claim_source (
  claim_id uuid not null references claim (id) on update cascade on delete cascade,
  source_id uuid not null references source (id) on update cascade on delete restrict,
  constraint claim_source_pkey primary key (claim_id, source_id)
);
create index claim_source_source_id_claim_id_idx on claim_source (source_id, claim_id);

-- Where in a source that is no text: W3C Web Annotation, FragmentSelector.
alter table citation
  add column fragment text collate "C",
  add column conforms_to text collate "C";

-- What the history keeps of a record.
create or replace function record_rows(kind record_type, key uuid) returns jsonb language plpgsql stable as $$
begin
  case kind
    when 'ACTOR' then
      return jsonb_build_object(
        'actor', (select jsonb_agg(to_jsonb(t)) from actor t where t.id = key),
        'actor_name', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from actor_name t where t.actor_id = key),
        'external_id', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from external_id t where t.actor_id = key),
        'affiliation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from affiliation t where t.actor_id = key));
    when 'EVENT' then
      return jsonb_build_object(
        'event', (select jsonb_agg(to_jsonb(t)) from event t where t.id = key),
        'external_id', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from external_id t where t.event_id = key),
        'participation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from participation t where t.event_id = key));
    when 'SOURCE' then
      return jsonb_build_object(
        'source', (select jsonb_agg(to_jsonb(t) - 'text') from source t where t.id = key),
        'external_id', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from external_id t where t.source_id = key));
    when 'PROPOSITION' then
      return jsonb_build_object(
        'proposition', (
          select jsonb_agg(to_jsonb(t) - '{dispute_status,dispute_stance,dispute_divided,dispute_side_count,dispute_voices,dispute_kinds,dispute_since_edtf,dispute_since_earliest,dispute_since_latest,dispute_latest_claim}'::text[])
          from proposition t where t.id = key),
        'external_id', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from external_id t where t.proposition_id = key));
    when 'CLAIM' then
      return jsonb_build_object(
        'claim', (select jsonb_agg(to_jsonb(t) - 'side_id') from claim t where t.id = key),
        'claim_event', (
          select coalesce(jsonb_agg(to_jsonb(t) - '{type,occurred_earliest,occurred_latest}'::text[] order by t.event_id), '[]')
          from claim_event t where t.claim_id = key),
        'claim_relay', (select coalesce(jsonb_agg(to_jsonb(t) order by t.position, t.actor_id), '[]') from claim_relay t where t.claim_id = key),
        'claim_source', (select coalesce(jsonb_agg(to_jsonb(t) order by t.source_id), '[]') from claim_source t where t.claim_id = key),
        'external_id', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from external_id t where t.claim_id = key),
        'citation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.position, t.id), '[]') from citation t where t.claim_id = key),
        'claim_relation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from claim_relation t where t.from_id = key));
  end case;
end
$$;

-- What the schema says of it.
comment on column external_id.scheme is 'The register, in lower case: wikidata, acled, gdelt, ucdp, stix, …';
comment on column proposition.tags is 'Free keywords.';
comment on column event.tags is 'Free keywords.';
comment on column source.published_on_edtf is 'The day on which it was published, or what is known of it. Lists go by it. As it was written, in EDTF.';
comment on column source.published_on_earliest is 'The day on which it was published, or what is known of it. Lists go by it. The earliest reading of it.';
comment on column source.published_on_latest is 'The day on which it was published, or what is known of it. Lists go by it. The latest reading of it.';
comment on column source.published_at is 'The instant at which it was published, where it is known.';
comment on column source.later_version_of_id is 'The source of which this one is a later version.';
comment on column source.withdrawn_at_edtf is 'When it was withdrawn: taken offline, retracted, deleted; null while it stands. As it was written, in EDTF.';
comment on column source.withdrawn_at_earliest is 'When it was withdrawn: taken offline, retracted, deleted; null while it stands. The earliest reading of it.';
comment on column source.withdrawn_at_latest is 'When it was withdrawn: taken offline, retracted, deleted; null while it stands. The latest reading of it.';
comment on column source.tags is 'Free keywords.';
comment on column citation.fragment is 'The part of the source that says it, as a fragment of its address.';
comment on column citation.conforms_to is 'The specification by which the fragment is read.';
comment on column claim.speaker_id is 'Who spoke, where that is another than the one who is spoken for.';
comment on column claim.attributed_as is 'The source''s own words for who spoke.';
comment on column claim.tags is 'Free keywords.';
comment on column actor.tags is 'Free keywords.';
comment on table external_id is 'A record''s identifier in somebody else''s register.';
comment on column external_id.actor_id is 'The actor who is meant; exactly one of the five is.';
comment on column external_id.event_id is 'The event that is meant.';
comment on column external_id.source_id is 'The source that is meant.';
comment on column external_id.proposition_id is 'The proposition that is meant.';
comment on column external_id.claim_id is 'The claim that is meant.';
comment on table claim_source is 'A source that a claim is about: whether it is genuine, or what is wrong with it.';
comment on column claim_source.claim_id is 'The claim.';
comment on column claim_source.source_id is 'The source that it is about.';
