import fc from "fast-check";
import { contextOf, locateQuote, reanchor } from "../../src/values/quote.js";

const FORMS = ["NFC", "NFD"];

test.each([
  ["Korean", "그는 북한군이 ", "쿠르스크에 있다", "고 했다."],
  ["Vietnamese", "Ông nói: ", "Việt Nam tưởng nhớ", " mọi nạn nhân."],
  ["French", "Il a dit que ", "l’été dernier ça n’était", " pas vrai."],
  ["Ukrainian", "За даними ", "її воїнів, бій тривав", " й досі."],
  ["Arabic", "قال إن ", "القرآن الآن مُؤَكَّد", " أمس."],
  ["Japanese", "市長は", "バグダッドが", "危ないと言った。"],
  ["Greek", "Είπε ", "ᾧ τινι ὄχι", " χθες."],
])("%s is found in the other normal form", (_, before, words, after) => {
  for (const [form, other] of [FORMS, FORMS.toReversed()]) {
    const found = words.normalize(form);
    const text = `😀 ${before}${words}${after}`.normalize(form);
    const start = text.indexOf(found);
    const place = { start, end: start + found.length, exact: found, anchor: "FUZZY" };
    const exact = words.normalize(other);
    expect(exact).not.toBe(found);
    expect(locateQuote(text, { exact })).toEqual(place);
    const quote = { exact, prefix: before.normalize(other), suffix: after.normalize(other) };
    expect(locateQuote(`${text} – ${found}`, quote)).toEqual(place);
    expect(locateQuote(text, { ...quote, exact: found })).toEqual({ ...place, anchor: "EXACT" });

    const former = text.normalize(other);
    const span = locateQuote(former, { exact });
    const moved = reanchor(`${found} – ${text}`, { exact, ...contextOf(former, span) });
    expect(moved).toMatchObject({ exact: found, start: start + found.length + 3, anchor: "FUZZY" });
  }
});

test.each([
  ["shadda and fatha", "قال مُؤَك\u0651\u064Eد", "مُؤَك\u064E\u0651د", "مُؤَك\u0651\u064Eد"],
  ["the sign of the angstrom", "5 \u212B wide", "5 \u00C5", "5 \u212B"],
  ["the sign of kelvin", "300 K", "300 \u212A", "300 K"],
  ["a letter that is always composed of two", "उसने \u0958लम कहा", "\u0915\u093Cलम", "\u0958लम"],
  ["points of Hebrew", "הוא אמר ש\u05C1\u05B8לום", "ש\u05B8\u05C1לום", "ש\u05C1\u05B8לום"],
  ["letters of Hebrew with their points", "אמר \uFB2Cלום", "ש\u05BC\u05C1לום", "\uFB2Cלום"],
  ["marks above and below", "x\u0323\u0307 y", "x\u0307\u0323", "x\u0323\u0307"],
])("%s may be written otherwise", (_, text, exact, found) => {
  const start = text.indexOf(found);
  const place = { start, end: start + found.length, exact: found, anchor: "FUZZY" };
  expect(locateQuote(text, { exact })).toEqual(place);
});

test.each([
  ["a consonant of a syllable", "각", "ᄀ"],
  ["a syllable without its last consonant", "각", "가"],
  ["a letter without its mark", "й", "и"],
  ["a letter without its second mark", "ệ", "ẹ"],
  ["a mark alone", "\u0958", "\u093C"],
])("%s is not found, in either form", (_, text, exact) => {
  for (const form of FORMS)
    for (const other of FORMS)
      expect(reanchor(text.normalize(form), { exact: exact.normalize(other) })).toBeNull();
});

/** Words in quotation marks of the world. */
const QUOTED = [
  ...['"x"', "＂x＂", "“x”", "„x“", "”x”", "〝x〞", "〝x〟", "⹂x”", "″x″", "‶x″", "\u05F4x\u05F4", "ʺxʺ"],
  ...["«x»", "»x«", "« x »", "«\u00A0x\u00A0»", "«\u202Fx\u202F»", "‹x›", "‹ x ›", "<<x>>", "‹‹x››"],
  ...[
    "「x」",
    "『x』",
    "｢x｣",
    "﹁x﹂",
    "﹃x﹄",
    "〈x〉",
    "《x》",
    "︿x﹀",
    "︽x︾",
    "\u2329x\u232A",
    "⟪x⟫",
    "⟨x⟩",
  ],
  ...["❝x❞", "❠x❞", "❮x❯", "🙶x🙷", "🙸x🙷"],
  ...["'x'", "＇x＇", "‘x’", "‚x‘", "‚x’", "‛x’", "❛x❜", "❟x❛", "`x´", "`x'", "′x′", "‵x′", "ʼxʼ", "ʻxʼ"],
  ...["\u05F3x\u05F3", "‘ x ’", "‘\u00A0x\u00A0’", "'\u202Fx\u202F'", "՚x՚", "\u202B“x”\u202C"],
  ...["''x''", "‘‘x’’", "‚‚x‘‘", ",,x''", ",,x“", "``x''", "``x´´", "``x``", "′′x′′", "´´x´´", "'' x ''"],
];

test.each(QUOTED)("%s has quotation marks like any other, blanks beside them or not", (quoted) => {
  const unseen = /[\u202B\u202C]/g;
  const text = `He said, ${quoted}: no.`;
  const exact = quoted.replace(unseen, "");
  for (const other of QUOTED) {
    const [prefix, suffix] = other.split("x");
    const words = text.includes(other) ? other : exact;
    expect(locateQuote(text, { exact: other }).exact.replace(unseen, "")).toBe(words.replace(unseen, ""));
    expect(locateQuote(text, { exact: "x", prefix, suffix })).toMatchObject({ start: text.indexOf("x") });
  }
});

test("every quotation mark of Unicode is like that of the keyboard", () => {
  for (let point = 0; point < 0x110000; point++) {
    const mark = String.fromCodePoint(point);
    if (!/[\p{Quotation_Mark}\p{Pi}\p{Pf}]/u.test(mark)) continue;
    expect([mark, reanchor(`${mark}x`, { exact: '"x' })]).toEqual([mark, expect.anything()]);
  }
});

test("an apostrophe within a word is found in every spelling", () => {
  const spellings = ["'", "’", "ʼ", "‘", "`", "´", "′", "＇", "ʹ", "՚", "᾽", "\u05F3", "ʻ"];
  for (const word of ["don't", "l'audio", "O'Neill", "Сім'я", "rock 'n' roll", "the boys' toys", "'Tis so"])
    for (const there of spellings)
      for (const here of spellings) {
        const [found, exact] = [there, here].map((mark) => word.replaceAll("'", mark));
        const text = `They say: ${found}, and “no”; it's dont, laudio.`;
        expect(locateQuote(text, { exact: exact as string })).toMatchObject({ start: 10, exact: found });
      }
});

test.each([
  ["a quote that begins within", "He said “‘No’, he said”.", "'No\"", "‘No’"],
  ["quotes in quotes", "“He said ‘no’” today", "'He said 'no'' to", "“He said ‘no’” to"],
  ["quotes in quotes, of one kind", "'He said 'no'' today", "“He said ‘no’”", "'He said 'no''"],
  [
    "an apostrophe before the end",
    "‘It was the boys’’, they say",
    "“It was the boys'”",
    "‘It was the boys’’",
  ],
  ["an apostrophe after the beginning", "''Tis so' he said", "“’Tis so”", "''Tis so'"],
  ["a cell that is empty", "1,,é", ",e\u0301", ",é"],
  ["three in a row", "say '''no''' now", "“‘no’”", "'''no'''"],
])("two marks side by side: %s", (_, text, exact, found) => {
  expect(locateQuote(text, { exact })).toMatchObject({ exact: found, start: text.indexOf(found) });
});

test("of words in several marks, those are meant that have single and double ones where the quote has", () => {
  const text = "5′ tall, 5″ tall. “No”, ‘no’, ''no'' and «yes», ‹yes›.";
  const found = (exact: string) => locateQuote(text, { exact }).exact;
  expect(['5" tall', "5' tall", "«No»", "`no´", "“yes”", "'yes'"].map(found)).toEqual([
    ...["5″ tall", "5′ tall", "“No”", "‘no’", "«yes»", "‹yes›"],
  ]);
  expect(() => found("“no")).not.toThrow();
  expect(() => locateQuote("“no”, „no“, ‘no’", { exact: "«no»" })).toThrow("in the text 2 times");
  expect(locateQuote("“no”, „no“, ‘no’", { exact: "'no'" }).exact).toBe("‘no’");
});

test("what only steers the direction of letters is passed over", () => {
  const text = "قال \u2067نعم\u2069 ثم \u202Bلا\u202C: \u202A5\u202C %";
  expect(locateQuote(text, { exact: "نعم ثم لا: 5 %" })).toMatchObject({ start: 5, end: text.length });
  expect(locateQuote("نعم ثم لا", { exact: "\u2067نعم\u2069 ثم" })).toMatchObject({ exact: "نعم ثم" });
});

test.each([
  ["Korean", "그는 《평양》은 「아니다」라고 했다.", '"아니다"라고', "「아니다」라고"],
  ["Ukrainian", "Він сказав: «Об’єкт ‹Їжак› цілий».", '“Об\'єкт "Їжак" цілий”', "«Об’єкт ‹Їжак› цілий»"],
  ["Hebrew", "דובר צה״ל אמר: ״לא״.", 'צה"ל אמר: "לא"', "צה״ל אמר: ״לא״"],
  ["Arabic", "قال: « لا » ثم", '"لا" ثم', "« لا » ثم"],
  ["French", "Il a dit «\u202Fnon\u202F», « l’été ».", '"non", "l\'été"', "«\u202Fnon\u202F», « l’été »"],
  ["Japanese", "市長は「『いいえ』と聞いた」と言った。", '""いいえ"と聞いた"', "「『いいえ』と聞いた」"],
  ["Chinese", "他说：《红楼梦》是“好书”。", "〈红楼梦〉是 「好书」", "《红楼梦》是“好书”"],
])("%s: marks and blanks together, in either normal form", (_, original, given, words) => {
  for (const form of FORMS)
    for (const other of FORMS) {
      const [text, found] = [original.normalize(form), words.normalize(form)];
      const start = text.indexOf(found);
      const place = { start, end: start + found.length, exact: found, anchor: "FUZZY" };
      expect(locateQuote(text, { exact: given.normalize(other) })).toEqual(place);
    }
});

test.each([29, 30, 31])("a context of %d letters may begin and end beside a mark", (letters) => {
  const text = `no " no " ${"x".repeat(letters)} no ${"y".repeat(letters)} " no`;
  const start = text.indexOf("x no y") + 2;
  const context = contextOf(text, { start, end: start + 2 });
  expect(context.prefix).toBe(`" ${"x".repeat(letters)} `.slice(-32));
  expect(context.suffix).toBe(` ${"y".repeat(letters)} "`.slice(0, 32));
  for (const replaced of [text, text.replaceAll(/ ?" ?/g, "»"), text.replaceAll('"', "  « ")])
    expect(reanchor(replaced, { exact: "no", ...context })).toMatchObject({
      start: replaced.indexOf("x no y") + 2,
    });
});

/** Graphemes whose normal forms differ, and some whose forms are one. */
const GRAPHEMES = [
  ...[
    "é",
    "ệ",
    "й",
    "ї",
    "آ",
    "ك\u0651\u064E",
    "한",
    "가",
    "각",
    "が",
    "ש\u05C1\u05B8",
    "ᾧ",
    "x\u0307\u0323",
  ],
  ...[
    "\u0958",
    "\u212B",
    "\uFB2C",
    "\uF900",
    "e",
    "и",
    "ㅎ",
    "か",
    "市",
    "😀",
    "👩‍👧",
    "🇩🇪",
    "n’a",
    "ﬁ",
    "½",
  ],
];

/** Characters of a text, each as it is written there and as it is in the quote. */
const written = fc.array(
  fc.constantFrom(...GRAPHEMES).chain((one) => {
    const form = fc.constantFrom(one, one.normalize("NFC"), one.normalize("NFD"));
    return fc.record({ there: form, here: form });
  }),
  { maxLength: 8 },
);

test("any words in any normal forms are found from character to character, or in several places", () => {
  fc.assert(
    fc.property(written, written, written, (before, words, after) => {
      const here = (part: typeof words) => part.map((one) => one.here).join("");
      const there = (part: typeof words) => part.map((one) => one.there).join("");
      const exact = here(words);
      const found = there(words);
      fc.pre(exact !== "");
      const text = there([...before, ...words, ...after]);
      const start = there(before).length;
      expect(found.normalize()).toBe(exact.normalize());
      expect(reanchor(text, { exact }) ?? { start, exact: found }).toMatchObject({ start, exact: found });
      const edges = { prefix: `“ ${here(before)}`, suffix: `${here(after)} ”` };
      const place = { start: start + 1, end: start + 1 + found.length, exact: found };
      expect(locateQuote(`"${text}" ${text}`, { exact, ...edges })).toMatchObject(place);
    }),
    { numRuns: 500 },
  );
});
