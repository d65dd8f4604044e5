-- What the models cannot say. Prisma's comparison of models and database overlooks checks, triggers and
-- indexes that are partial or on an expression, so none of this shows up as a difference. No schema is
-- named anywhere: the connection's search path decides.

-- Trigrams, so that "contains" on a name or a title is an index scan.
create extension if not exists pg_trgm;

-- ---------------------------------------------------------------------------------------------------
-- Texts that lists are ordered by, and looked up by, go by code point: the same on every machine, whatever the
-- locale of its database, and safe from an upgrade of the system's collations, which corrupts indexes.
-- ---------------------------------------------------------------------------------------------------

alter table actor alter column slug type text collate "C", alter column name type text collate "C";
alter table actor_name alter column value type text collate "C";
alter table external_id alter column scheme type text collate "C", alter column value type text collate "C";
alter table event alter column slug type text collate "C", alter column title type text collate "C";
alter table source alter column slug type text collate "C", alter column title type text collate "C";
alter table proposition alter column slug type text collate "C", alter column text type text collate "C";

-- Prisma has no list that is null, but leaves the column free to be.
alter table source alter column authors set default '{}', alter column authors set not null;

-- ---------------------------------------------------------------------------------------------------
-- Checks. Each is named after the rule it keeps, because the name is all that an error shows.
-- ---------------------------------------------------------------------------------------------------

alter table actor
  add constraint actor_slug_is_kebab_case check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  add constraint actor_name_is_not_blank check (name ~ '\S'),
  add constraint actor_country_code_is_two_capitals check (country_code ~ '^[A-Z]{2}$');

alter table actor_name
  add constraint actor_name_value_is_not_blank check (value ~ '\S');

-- A fuzzy date is one text and its two ends: all of them or none.
alter table affiliation
  add constraint affiliation_is_with_another_actor check (actor_id <> with_actor_id),
  add constraint affiliation_from_is_complete
    check (num_nulls(from_edtf, from_earliest, from_latest) in (0, 3)),
  add constraint affiliation_from_is_in_order check (from_earliest <= from_latest),
  add constraint affiliation_until_is_complete
    check (num_nulls(until_edtf, until_earliest, until_latest) in (0, 3)),
  add constraint affiliation_until_is_in_order check (until_earliest <= until_latest);

alter table event
  add constraint event_slug_is_kebab_case check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  add constraint event_title_is_not_blank check (title ~ '\S'),
  add constraint event_is_not_part_of_itself check (part_of_id <> id),
  add constraint event_occurred_is_complete
    check (num_nulls(occurred_edtf, occurred_earliest, occurred_latest) in (0, 3)),
  add constraint event_occurred_is_in_order check (occurred_earliest <= occurred_latest),
  add constraint event_country_code_is_two_capitals check (place_country_code ~ '^[A-Z]{2}$'),
  add constraint event_coordinates_are_a_pair check (num_nulls(place_latitude, place_longitude) in (0, 2)),
  add constraint event_latitude_is_on_earth check (place_latitude between -90 and 90),
  add constraint event_longitude_is_on_earth check (place_longitude between -180 and 180);

alter table source
  add constraint source_slug_is_kebab_case check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  add constraint source_title_is_not_blank check (title ~ '\S'),
  add constraint source_text_is_not_blank check (text ~ '\S'),
  add constraint source_is_not_a_copy_of_itself check (syndication_of_id <> id),
  add constraint source_sha256_is_hexadecimal check (content_sha256 ~ '^[0-9a-f]{64}$');

-- A quantity is comparable only with its measure; a yes-or-no question has nothing to measure.
alter table proposition
  add constraint proposition_slug_is_kebab_case check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  add constraint proposition_text_is_not_blank check (text ~ '\S'),
  add constraint proposition_quantity_has_a_measure check (kind <> 'QUANTITY' or measure is not null),
  add constraint proposition_yes_no_has_no_measure
    check (kind <> 'YES_NO' or num_nonnulls(measure, unit, population, basis) = 0);

-- Without an approximator nobody could tell the interval that a figure stands for.
alter table claim
  add constraint claim_statement_is_not_blank check (statement ~ '\S'),
  add constraint claim_asserted_at_is_complete
    check (num_nulls(asserted_at_edtf, asserted_at_earliest, asserted_at_latest) in (0, 3)),
  add constraint claim_asserted_at_is_in_order check (asserted_at_earliest <= asserted_at_latest),
  add constraint claim_credibility_is_1_to_6 check (credibility between 1 and 6),
  add constraint claim_figure_has_an_approximator
    check (num_nonnulls(figure_low, figure_best, figure_high) = 0 or figure_approximator is not null),
  add constraint claim_figure_is_additional_or_not
    check (num_nulls(figure_approximator, figure_additional) in (0, 2)),
  add constraint claim_figure_low_is_not_above_high check (figure_low <= figure_high),
  add constraint claim_figure_low_is_not_above_best check (figure_low <= figure_best),
  add constraint claim_figure_best_is_not_above_high check (figure_best <= figure_high);

-- A source without stored text (UNCHECKED) has nothing to count offsets in. A span that was found has all
-- of its parts; one that was lost (ORPHANED) keeps at least its words.
alter table citation
  add constraint citation_span_is_in_order check (start >= 0 and start < "end"),
  add constraint citation_span_fits_anchor check (
    case anchor
      when 'UNCHECKED' then num_nonnulls(start, "end") = 0
      when 'ORPHANED' then exact is not null and num_nulls(start, "end") in (0, 2)
      else num_nulls(exact, start, "end") = 0
    end
  );

alter table claim_relation
  add constraint claim_relation_is_between_two_claims check (from_id <> to_id);

-- ---------------------------------------------------------------------------------------------------
-- A claim's sort keys stand on claim_event as well, so that an event's claims are one range of one index.
-- Only these two triggers write them.
-- ---------------------------------------------------------------------------------------------------

-- The share lock waits for a transaction that is changing the claim, and makes such a one wait: otherwise
-- each would miss the other's row and the keys would differ from then on. A claim that does not exist is
-- left to the foreign key to refuse.
create function claim_event_copies_sort_keys() returns trigger language plpgsql as $$
begin
  select asserted_at_earliest, asserted_at_latest, recorded_at
    into new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at
    from claim
    where id = new.claim_id
    for share;
  new.recorded_at := coalesce(new.recorded_at, now());
  return new;
end
$$;

create trigger claim_event_copies_sort_keys
  before insert or update of claim_id on claim_event
  for each row execute function claim_event_copies_sort_keys();

create function claim_passes_on_sort_keys() returns trigger language plpgsql as $$
begin
  update claim_event
    set asserted_at_earliest = new.asserted_at_earliest,
        asserted_at_latest = new.asserted_at_latest,
        recorded_at = new.recorded_at
    where claim_id = new.id;
  return null;
end
$$;

create trigger claim_passes_on_sort_keys
  after update of asserted_at_earliest, asserted_at_latest, recorded_at on claim
  for each row
  when ((old.asserted_at_earliest, old.asserted_at_latest, old.recorded_at)
    is distinct from (new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at))
  execute function claim_passes_on_sort_keys();

-- ---------------------------------------------------------------------------------------------------
-- Keyset paging over keys that may be null. A row comparison with null is null, so a missing time counts as
-- the end of time where times ascend and as its beginning where they descend: last both ways. Either index
-- is read in both directions, as pages go forward and backward.
-- ---------------------------------------------------------------------------------------------------

create index claim_asserted_asc on claim (
  coalesce(asserted_at_earliest, 'infinity'::timestamptz),
  coalesce(asserted_at_latest, 'infinity'::timestamptz), id);
create index claim_asserted_desc on claim (
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);
create index claim_by_actor_asserted_asc on claim (
  asserted_by_id,
  coalesce(asserted_at_earliest, 'infinity'::timestamptz),
  coalesce(asserted_at_latest, 'infinity'::timestamptz), id);
create index claim_by_actor_asserted_desc on claim (
  asserted_by_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);
create index claim_by_proposition_asserted_asc on claim (
  proposition_id,
  coalesce(asserted_at_earliest, 'infinity'::timestamptz),
  coalesce(asserted_at_latest, 'infinity'::timestamptz), id);
create index claim_by_proposition_asserted_desc on claim (
  proposition_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);

-- A page of one kind of claim is mostly asked for with the latest first; the other way round costs a sort.
create index claim_by_act_asserted_desc on claim (
  act,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);
create index claim_by_stance_asserted_desc on claim (
  stance,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);
create index claim_by_certainty_asserted_desc on claim (
  certainty,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);
create index claim_by_attribution_asserted_desc on claim (
  attribution,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);
create index claim_by_status_asserted_desc on claim (
  status,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);
create index claim_by_rank_asserted_desc on claim (
  rank,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);
create index claim_by_credibility_asserted_desc on claim (
  credibility,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);
create index claim_by_language_asserted_desc on claim (
  language,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);

create index claim_event_by_event_asserted_asc on claim_event (
  event_id,
  coalesce(asserted_at_earliest, 'infinity'::timestamptz),
  coalesce(asserted_at_latest, 'infinity'::timestamptz), claim_id);
create index claim_event_by_event_asserted_desc on claim_event (
  event_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id);

create index event_occurred_asc on event (
  coalesce(occurred_earliest, 'infinity'::timestamptz),
  coalesce(occurred_latest, 'infinity'::timestamptz), id);
create index event_occurred_desc on event (
  coalesce(occurred_earliest, '-infinity'::timestamptz),
  coalesce(occurred_latest, '-infinity'::timestamptz), id);
create index event_by_whole_occurred_asc on event (
  part_of_id,
  coalesce(occurred_earliest, 'infinity'::timestamptz),
  coalesce(occurred_latest, 'infinity'::timestamptz), id);
create index event_by_whole_occurred_desc on event (
  part_of_id,
  coalesce(occurred_earliest, '-infinity'::timestamptz),
  coalesce(occurred_latest, '-infinity'::timestamptz), id);
create index event_by_type_occurred_desc on event (
  type,
  coalesce(occurred_earliest, '-infinity'::timestamptz),
  coalesce(occurred_latest, '-infinity'::timestamptz), id);
create index event_by_country_occurred_desc on event (
  place_country_code,
  coalesce(occurred_earliest, '-infinity'::timestamptz),
  coalesce(occurred_latest, '-infinity'::timestamptz), id);

create index source_published_asc on source (
  coalesce(published_at, 'infinity'::timestamptz), id);
create index source_published_desc on source (
  coalesce(published_at, '-infinity'::timestamptz), id);
create index source_by_publisher_published_asc on source (
  publisher_id,
  coalesce(published_at, 'infinity'::timestamptz), id);
create index source_by_publisher_published_desc on source (
  publisher_id,
  coalesce(published_at, '-infinity'::timestamptz), id);
create index source_by_kind_published_desc on source (
  kind,
  coalesce(published_at, '-infinity'::timestamptz), id);
create index source_by_language_published_desc on source (
  language,
  coalesce(published_at, '-infinity'::timestamptz), id);
create index source_by_reliability_published_desc on source (
  reliability,
  coalesce(published_at, '-infinity'::timestamptz), id);

-- "Before" a moment is asked of the latest possible one. A null is never before anything.
create index claim_asserted_at_latest on claim (asserted_at_latest) where asserted_at_latest is not null;
create index event_occurred_latest on event (occurred_latest) where occurred_latest is not null;

-- The tree of what is part of what, up and down.
create index affiliation_part_of on affiliation (actor_id) where role = 'PART_OF';
create index affiliation_parts on affiliation (with_actor_id) where role = 'PART_OF';

-- "Contains", "starts with". The condition holds for every row that a comparison can match; without it
-- Prisma's comparison would see these indexes, miss them in the models and drop them. Case is folded by the
-- locale of the database, also where the column itself goes by code point.
create index actor_name_trigrams on actor using gin (name collate "default" gin_trgm_ops) where name is not null;
create index actor_name_value_trigrams on actor_name using gin (value collate "default" gin_trgm_ops) where value is not null;
create index event_title_trigrams on event using gin (title collate "default" gin_trgm_ops) where title is not null;
create index event_description_trigrams on event using gin (description collate "default" gin_trgm_ops) where description is not null;
create index source_title_trigrams on source using gin (title collate "default" gin_trgm_ops) where title is not null;
create index proposition_text_trigrams on proposition using gin (text collate "default" gin_trgm_ops) where text is not null;
create index claim_statement_trigrams on claim using gin (statement collate "default" gin_trgm_ops) where statement is not null;
create index actor_slug_trigrams on actor using gin (slug collate "default" gin_trgm_ops) where slug is not null;
create index event_slug_trigrams on event using gin (slug collate "default" gin_trgm_ops) where slug is not null;
create index source_slug_trigrams on source using gin (slug collate "default" gin_trgm_ops) where slug is not null;
create index proposition_slug_trigrams on proposition using gin (slug collate "default" gin_trgm_ops) where slug is not null;
