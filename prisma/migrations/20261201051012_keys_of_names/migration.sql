-- Warnings of likely doubles look for names and texts that people read alike: candidates share this key, and the program decides.
-- It is wider than what the program compares by: without case, width, blanks, punctuation, accents and characters without a shape.

-- A text without what may differ between two that are read alike. The characters are written out, since classes of characters
-- differ between servers and locales: blanks, punctuation, letters that serve as apostrophes, what has no shape, and accents, because
-- their order depends on how a text is composed.
create function without_marks(value text) returns text language sql immutable strict parallel safe
  return regexp_replace(value collate "C",
    '[\u0009-\u000D\u0020-\u0023\u0025-\u002A\u002C-\u002F\u003A\u003B\u003F\u0040\u005B-\u005D\u005F\u0060\u007B\u007D'
    '\u0085\u00A0\u00A1\u00A7\u00AB\u00AD\u00B4\u00B6\u00B7\u00BB\u00BF\u02B9-\u02BC\u0300-\u036F\u037E\u0387\u055A-\u055F'
    '\u0589\u058A\u05BE\u05C0\u05C3\u05C6\u05F3\u05F4\u0609\u060A\u060C\u060D\u061B-\u061F\u066A-\u066D\u06D4\u0700-\u070D'
    '\u07F7-\u07F9\u0830-\u083E\u085E\u0964\u0965\u0970\u09FD\u0A76\u0AF0\u0C77\u0C84\u0DF4\u0E4F\u0E5A\u0E5B\u0F04-\u0F12'
    '\u0F14\u0F3A-\u0F3D\u0F85\u0FD0-\u0FD4\u0FD9\u0FDA\u104A-\u104F\u10FB\u115F\u1160\u1360-\u1368\u1400\u166E\u1680'
    '\u169B\u169C\u16EB-\u16ED\u1735\u1736\u17B4\u17B5\u17D4-\u17D6\u17D8-\u17DA\u1800-\u180F\u1944\u1945\u1A1E\u1A1F'
    '\u1AA0-\u1AA6\u1AA8-\u1AAD\u1B4E\u1B4F\u1B5A-\u1B60\u1B7D-\u1B7F\u1BFC-\u1BFF\u1C3B-\u1C3F\u1C7E\u1C7F\u1CC0-\u1CC7'
    '\u1CD3\u2000-\u2043\u2045-\u2051\u2053-\u206F\u207D\u207E\u208D\u208E\u2308-\u230B\u2329\u232A\u2768-\u2775'
    '\u27C5\u27C6\u27E6-\u27EF\u2983-\u2998\u29D8-\u29DB\u29FC\u29FD\u2CF9-\u2CFC\u2CFE\u2CFF\u2D70\u2E00-\u2E2E'
    '\u2E30-\u2E4F\u2E52-\u2E5D\u3000-\u3003\u3008-\u3011\u3014-\u301F\u3030\u303D\u30A0\u30FB\u3164\uA4FE\uA4FF'
    '\uA60D-\uA60F\uA673\uA67E\uA6F2-\uA6F7\uA874-\uA877\uA8CE\uA8CF\uA8F8-\uA8FA\uA8FC\uA92E\uA92F\uA95F\uA9C1-\uA9CD'
    '\uA9DE\uA9DF\uAA5C-\uAA5F\uAADE\uAADF\uAAF0\uAAF1\uABEB\uFD3E\uFD3F\uFE00-\uFE19\uFE30-\uFE52\uFE54-\uFE61\uFE63\uFE68'
    '\uFE6A\uFE6B\uFEFF\uFF01-\uFF03\uFF05-\uFF0A\uFF0C-\uFF0F\uFF1A\uFF1B\uFF1F\uFF20\uFF3B-\uFF3D\uFF3F\uFF5B\uFF5D'
    '\uFF5F-\uFF65\uFFA0\uFFF0-\uFFF8\U00010100-\U00010102\U0001039F\U000103D0\U0001056F\U00010857\U0001091F\U0001093F'
    '\U00010A50-\U00010A58\U00010A7F\U00010AF0-\U00010AF6\U00010B39-\U00010B3F\U00010B99-\U00010B9C\U00010D6E\U00010EAD'
    '\U00010ED0\U00010F55-\U00010F59\U00010F86-\U00010F89\U00011047-\U0001104D\U000110BB\U000110BC\U000110BE-\U000110C1'
    '\U00011140-\U00011143\U00011174\U00011175\U000111C5-\U000111C8\U000111CD\U000111DB\U000111DD-\U000111DF'
    '\U00011238-\U0001123D\U000112A9\U000113D4\U000113D5\U000113D7\U000113D8\U0001144B-\U0001144F\U0001145A\U0001145B'
    '\U0001145D\U000114C6\U000115C1-\U000115D7\U00011641-\U00011643\U00011660-\U0001166C\U000116B9\U0001173C-\U0001173E'
    '\U0001183B\U00011944-\U00011946\U000119E2\U00011A3F-\U00011A46\U00011A9A-\U00011A9C\U00011A9E-\U00011AA2'
    '\U00011B00-\U00011B09\U00011BE1\U00011C41-\U00011C45\U00011C70\U00011C71\U00011EF7\U00011EF8\U00011F43-\U00011F4F'
    '\U00011FFF\U00012470-\U00012474\U00012FF1\U00012FF2\U00016A6E\U00016A6F\U00016AF5\U00016B37-\U00016B3B\U00016B44'
    '\U00016D6D-\U00016D6F\U00016E97-\U00016E9A\U00016FE2\U0001BC9F-\U0001BCA3\U0001D173-\U0001D17A\U0001DA87-\U0001DA8B'
    '\U0001E5FF\U0001E95E\U0001E95F\U000E0000-\U000E0FFF]',
    '', 'g');

-- The key of a text. Of ASCII alone it takes a short way. An ı is an i, and an iota, which may stand below a letter, is left out.
create function name_key(value text) returns text language sql immutable strict parallel safe
  return case
    when octet_length(value) = length(value)
      then translate(lower(value collate "C"), U&' !"#%&''()*,-./:;?@[\\]_`{}\0009\000A\000B\000C\000D', '')
    else translate(
      without_marks(normalize(folded(normalize(without_marks(value), nfkc)), nfkd)),
      'ıι', 'i') collate "C"
  end;

-- By hash: a text may be longer than what a tree takes.
create index actor_name_by_key on actor using hash (name_key(name));
create index actor_name_value_by_key on actor_name using hash (name_key(value));
create index proposition_text_by_key on proposition using hash (name_key(text));

-- Claims without a proposition are told apart by their statement.
create index claim_statement_folded on claim using hash (folded(statement)) where proposition_id is null;
