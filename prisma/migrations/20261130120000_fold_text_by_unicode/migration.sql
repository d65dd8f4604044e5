-- Searches compare texts by Unicode's full case folding (CaseFolding.txt of Unicode 17, status C and F), and as equal what
-- Unicode calls equal: characters composed or not, and marks in any order. In the end texts are composed, so that an e is not
-- found in an é.

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

-- A text of ASCII alone, and one of letters that fold to their small one, take a short way. In the others, which the pattern
-- names, characters are taken apart: an iota below a letter becomes a letter, a form of a letter becomes that letter, and some
-- letters become several. Σ is among them, because its small letter depends on what follows.
-- It is not strict, so that the planner can write it out where it is used; null still gives null.
create or replace function folded(value text) returns text language sql immutable called on null input parallel safe
  return case
    when octet_length(value) = length(value) then lower(value collate "C")
    when value collate "C" !~ '[µßŉſ\u0345Σςϐϑϕϖϰϱϵև\u1C80-\u1C88\u1E9A-\u1E9E\u1F80-\u1FFC\uFB00-\uFB17'
      '\u1C89\u2C2F\uA7C0-\uA7DC\U00010570-\U00010595\U00010D50-\U00010D65\U00016EA0-\U00016EB8]'
      then normalize(lower(value collate "und-x-icu"), nfc) collate "C"
    else normalize(
      replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        translate(
          lower(
            -- The capitals since Unicode 13: the server's library of small letters (ICU) may be older than they are.
            normalize(
              case when value collate "C" ~ '[\u1C89\u2C2F\uA7C0-\uA7DC\U00010570-\U00010595\U00010D50-\U00010D65\U00016EA0-\U00016EB8]'
              then translate(value,
                'ᲉⰯꟀꟋꟌ꟎Ꟑ꟒꟔ꟖꟘꟚꟜ𐕰𐕱𐕲𐕳𐕴𐕵𐕶𐕷𐕸𐕹𐕺𐕼𐕽𐕾𐕿𐖀𐖁𐖂𐖃𐖄𐖅𐖆𐖇𐖈𐖉𐖊𐖌𐖍𐖎𐖏𐖐𐖑𐖒𐖔𐖕𐵐𐵑𐵒𐵓𐵔𐵕𐵖𐵗𐵘𐵙𐵚𐵛𐵜𐵝𐵞𐵟𐵠𐵡𐵢𐵣𐵤𐵥𖺠𖺡𖺢𖺣𖺤𖺥𖺦𖺧𖺨𖺩𖺪𖺫𖺬𖺭𖺮𖺯𖺰𖺱𖺲𖺳𖺴𖺵𖺶𖺷𖺸',
                'ᲊⱟꟁɤꟍ꟏ꟑꟓꟕꟗꟙꟛƛ𐖗𐖘𐖙𐖚𐖛𐖜𐖝𐖞𐖟𐖠𐖡𐖣𐖤𐖥𐖦𐖧𐖨𐖩𐖪𐖫𐖬𐖭𐖮𐖯𐖰𐖱𐖳𐖴𐖵𐖶𐖷𐖸𐖹𐖻𐖼𐵰𐵱𐵲𐵳𐵴𐵵𐵶𐵷𐵸𐵹𐵺𐵻𐵼𐵽𐵾𐵿𐶀𐶁𐶂𐶃𐶄𐶅𖺻𖺼𖺽𖺾𖺿𖻀𖻁𖻂𖻃𖻄𖻅𖻆𖻇𖻈𖻉𖻊𖻋𖻌𖻍𖻎𖻏𖻐𖻑𖻒𖻓')
              else value end, nfd) collate "und-x-icu"),
          U&'µſ\0345ςϐϑϕϖϰϱϵᲀᲁᲂᲃᲄᲅᲆᲇᲈﬅ', 'μsισβθφπκρεвдосттъѣꙋﬆ'),
        'ß', 'ss'), 'ŉ', 'ʼn'), 'ẚ', 'aʾ'), 'ﬀ', 'ff'), 'ﬁ', 'fi'), 'ﬂ', 'fl'), 'ﬃ', 'ffi'), 'ﬄ', 'ffl'), 'ﬆ', 'st'),
        'և', 'եւ'), 'ﬓ', 'մն'), 'ﬔ', 'մե'), 'ﬕ', 'մի'), 'ﬖ', 'վն'), 'ﬗ', 'մխ'), nfc) collate "C"
  end;

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
