-- Searches ignore case by one rule, whatever the locale of the database.

-- Unicode's small letters. The two that depend on what stands beside them or have two characters are made like the plain ones.
create function folded(value text) returns text language sql immutable strict parallel safe
  return replace(replace(lower(value collate "und-x-icu"), U&'i\0307', 'i'), U&'\03C2', U&'\03C3') collate "C";

-- These indexes hold all rows: the planner uses the statistics of an expression only from such an index.
-- Trigrams are taken by the locale of the database, from the column and from the pattern alike, so no row is lost.
drop index actor_name_trigrams,
  actor_name_value_trigrams,
  event_title_trigrams,
  event_description_trigrams,
  source_title_trigrams,
  proposition_text_trigrams,
  claim_statement_trigrams,
  actor_slug_trigrams,
  event_slug_trigrams,
  source_slug_trigrams,
  proposition_slug_trigrams,
  actor_country_code_trigrams,
  external_id_scheme_trigrams,
  external_id_value_trigrams,
  event_place_country_code_trigrams,
  source_language_trigrams,
  source_url_trigrams,
  claim_language_trigrams;
create index actor_name_trigrams on actor using gin (folded(name) gin_trgm_ops);
create index actor_name_value_trigrams on actor_name using gin (folded(value) gin_trgm_ops);
create index event_title_trigrams on event using gin (folded(title) gin_trgm_ops);
create index event_description_trigrams on event using gin (folded(description) gin_trgm_ops);
create index source_title_trigrams on source using gin (folded(title) gin_trgm_ops);
create index proposition_text_trigrams on proposition using gin (folded(text) gin_trgm_ops);
create index claim_statement_trigrams on claim using gin (folded(statement) gin_trgm_ops);
create index actor_slug_trigrams on actor using gin (folded(slug) gin_trgm_ops);
create index event_slug_trigrams on event using gin (folded(slug) gin_trgm_ops);
create index source_slug_trigrams on source using gin (folded(slug) gin_trgm_ops);
create index proposition_slug_trigrams on proposition using gin (folded(slug) gin_trgm_ops);
create index actor_country_code_trigrams on actor using gin (folded(country_code) gin_trgm_ops);
create index external_id_scheme_trigrams on external_id using gin (folded(scheme) gin_trgm_ops);
create index external_id_value_trigrams on external_id using gin (folded(value) gin_trgm_ops);
create index event_place_country_code_trigrams on event using gin (folded(place_country_code) gin_trgm_ops);
create index source_language_trigrams on source using gin (folded(language) gin_trgm_ops);
create index source_url_trigrams on source using gin (folded(url) gin_trgm_ops);
create index claim_language_trigrams on claim using gin (folded(language) gin_trgm_ops);

-- The trigrams of the plain columns also served equality, where no other index did.
create index claim_statement_idx on claim using hash (statement);
create index event_description_idx on event using hash (description);
create index external_id_value_idx on external_id using hash (value);
