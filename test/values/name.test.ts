import fc from "fast-check";
import { type Canonical } from "../../src/values/canonical.js";
import { canonicalLine, canonicalProse, LINE, nameKey } from "../../src/values/name.js";
import { line, prose } from "../../src/values/rules.js";

/** Any text, with the characters that make names hard. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    fc.constantFrom(..."iİıßẞσςΣ\u0307\u0301'’. -"),
  ),
});

test.each([
  ["white space at the ends", " \t North Korea\r\n", "North Korea"],
  ["white space within", "North \u00A0\n\u2003 Korea", "North Korea"],
  ["lines", "North\vKorea\fand\x85South\u2028Korea", "North Korea and South Korea"],
  ["ideographic space", "海星\u3000化学", "海星 化学"],
  ["decomposed letters", "Zu\u0308rich", "Z\u00FCrich"],
  ["decomposed syllables", "\u1112\u1161\u11AB", "한"],
])("%s have one form in a line", (_, written, value) => {
  expect(canonicalLine(written)).toEqual({ value });
  expect(line.parse(written)).toBe(value);
});

test.each([
  ["a Persian word", "می\u200Cخواهم"],
  ["a family", "👩\u200D👩\u200D👧"],
  ["a flag of its own", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}"],
  ["Hebrew beside digits", "קטע \u200E12\u200F"],
  ["Arabic beside Latin", "رويترز\u061C (Reuters)"],
  ["a compatible form", "ＡＢＣ ﬁn Ⅳ"],
])("%s is left as it is", (_, value) => {
  expect(canonicalLine(value)).toEqual({ value });
  expect(canonicalProse(value)).toEqual({ value });
});

const REFUSED: [string, string][] = [
  ["a\0", "the control character U+0000, which is character 2"],
  ["\u0007a", "the control character U+0007, which is character 1"],
  ["a b\x1b[1m", "the control character U+001B, which is character 4"],
  ["😀a\x9f", "the control character U+009F, which is character 3"],
  ["abc\u202Edef", "the direction control U+202E, which is character 4"],
  ["\u202Aa\u202C", "the direction control U+202A, which is character 1"],
  ["a\u2066b\u2069", "the direction control U+2066, which is character 2"],
  ["a\ud83d", "the unpaired surrogate U+D83D, which is character 2"],
  ["\ude00a", "the unpaired surrogate U+DE00, which is character 1"],
  ["a\uFFFE", "the noncharacter U+FFFE, which is character 2"],
  ["a\uFDD0", "the noncharacter U+FDD0, which is character 2"],
  ["a\u{1FFFF}", "the noncharacter U+1FFFF, which is character 2"],
];

test.each(REFUSED)("%j is refused in lines and prose: %s", (written, what) => {
  const problem = `remove ${what} of the text`;
  for (const canonical of [canonicalLine, canonicalProse]) expect(canonical(written)).toEqual({ problem });
  for (const rule of [line, prose]) expect(rule.safeParse(written).error?.issues[0]?.message).toBe(problem);
});

test.each(["", " \n\u00A0", "\u200D", "\u200E \u200F", "\u200B\uFEFF\u2060", "\u00AD", "\u3164", "\u2800"])(
  "%j is blank",
  (written) => {
    const problem = "write a text that is not blank";
    for (const canonical of [canonicalLine, canonicalProse]) expect(canonical(written)).toEqual({ problem });
  },
);

test("prose keeps its lines and spaces, and is trimmed", () => {
  const written = "\n One.\r\n\r\n\tTwo \u00A0 words.\u2028Three \n";
  expect(canonicalProse(written)).toEqual({ value: written.trim() });
  expect(prose.parse(written)).toBe(written.trim());
  for (const mark of ["\v", "\f", "\x85"]) {
    expect(canonicalProse(`a${mark}`)).toEqual({ problem: expect.stringMatching(/^remove the control/) });
  }
});

test("a line is limited as it is kept", () => {
  expect(line.safeParse(`${" ".repeat(3_000)}${"a".repeat(2_000)}`).success).toBe(true);
  expect(line.safeParse("a".repeat(2_001)).error?.issues[0]?.message).toMatch(/write at most 2000 bytes/);
});

test("what is kept stays as it is", () => {
  const value = (form: Canonical) => ("value" in form ? form.value : undefined);
  fc.assert(
    fc.property(anyText, (text) => {
      for (const canonical of [canonicalLine, canonicalProse]) {
        const kept = value(canonical(text));
        if (kept !== undefined) expect(canonical(kept)).toEqual({ value: kept });
      }
    }),
  );
});

test.each([
  ["case", "Reuters", "REUTERS"],
  ["ß and ss", "Straße", "STRASSE"],
  ["ẞ and ss", "GROẞE", "grosse"],
  ["the final sigma", "Σίσυφος", "ΣΊΣΥΦΟΣ"],
  ["the dotted İ", "İstanbul", "istanbul"],
  ["the dotless ı", "DIŞIŞLERI", "dışışleri"],
  ["Georgian capitals", "საქართველო", "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ"],
  ["Cherokee", "ᏣᎳᎩ", "ꮳꮃꭹ"],
  ["white space", " North\u00A0 Korea", "North\nKorea"],
  ["composition", "Zu\u0308rich", "Z\u00FCrich"],
  ["width", "ＡＢＣ", "abc"],
  ["ligatures", "ﬁn", "FIN"],
  ["apostrophes", "O’Neill", "O'Neill"],
  ["letters for apostrophes", "обʼєкт", "об'єкт"],
  ["an acute for an apostrophe", "O´Neill", "O'Neill"],
  ["quotation marks", "„Bild“", '"Bild"'],
  ["corner brackets", "「東京」新聞", "東京新聞"],
  ["gershayim", "צה״ל", 'צה"ל'],
  ["full stops", "U.S. Army", "US Army"],
  ["hyphens", "Al-Jazeera", "Al Jazeera"],
  ["commas", "Korea, South", "Korea South"],
  ["joiners", "می\u200Cخواهم", "میخواهم"],
  ["marks of direction", "قال\u200F", "قال"],
])("%s: %j and %j count as the same name", (_, one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

test.each([
  ["accents", "Pena", "Peña"],
  ["spaces within", "Al Jazeera", "Aljazeera"],
  ["letters", "KPA", "KPR"],
  ["scripts", "A", "А"],
  ["symbols", "A+", "A"],
  ["names of nothing but punctuation", "!!!", "???"],
])("%s: %j and %j are different names", (_, one, other) => {
  expect(nameKey(one)).not.toBe(nameKey(other));
});

test("any name in capitals has its key, and the key of a key is itself", () => {
  fc.assert(
    fc.property(anyText, (name) => {
      expect(nameKey(nameKey(name))).toBe(nameKey(name));
      expect(nameKey(name.toUpperCase())).toBe(nameKey(name));
    }),
    { numRuns: 1_000 },
  );
});

test("a filter takes any text as a line, in its form if it has one", () => {
  expect(LINE.whole(" Minist\u00A0 e\u0301 ")).toEqual({ value: "Minist é" });
  expect(LINE.whole(" ")).toEqual({ value: " " });
  expect(LINE.whole("a  \u202E")).toEqual({ value: "a  \u202E" });
  expect(LINE.parts?.(" a\u00A0\n b  ", "contains")).toEqual([" a b "]);
});
