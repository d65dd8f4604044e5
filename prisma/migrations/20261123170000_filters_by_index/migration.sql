-- Comparisons of texts go by code point. Columns that are filtered go by it themselves, so that the indexes they
-- already have serve "less than" as well as "equals".
alter table actor alter column country_code type text collate "C";
alter table event alter column place_country_code type text collate "C";
alter table source
  alter column language type text collate "C",
  alter column url type text collate "C",
  alter column content_sha256 type text collate "C";
alter table claim alter column language type text collate "C";

-- "Contains" and "starts with" of the remaining texts that are filtered, apart from a checksum: that is looked up whole.
create index actor_country_code_trigrams on actor using gin (country_code collate "default" gin_trgm_ops) where country_code is not null;
create index external_id_scheme_trigrams on external_id using gin (scheme collate "default" gin_trgm_ops) where scheme is not null;
create index external_id_value_trigrams on external_id using gin (value collate "default" gin_trgm_ops) where value is not null;
create index event_place_country_code_trigrams on event using gin (place_country_code collate "default" gin_trgm_ops) where place_country_code is not null;
create index source_language_trigrams on source using gin (language collate "default" gin_trgm_ops) where language is not null;
create index source_url_trigrams on source using gin (url collate "default" gin_trgm_ops) where url is not null;
create index claim_language_trigrams on claim using gin (language collate "default" gin_trgm_ops) where language is not null;
