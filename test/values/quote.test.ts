import fc from "fast-check";
import { contextOf, locateQuote, QuoteError, QuoteErrorCode, reanchor } from "../../src/values/quote.js";

const TEXT =
  "The mayor said no.\nThe council said yes. 市長は「いいえ」と言った。😀 The mayor said no, again.";

/** The error that a quote is refused with. */
function refusal(text: string, quote: Parameters<typeof locateQuote>[1]): QuoteError {
  try {
    locateQuote(text, quote);
  } catch (error) {
    if (error instanceof QuoteError) return error;
    throw error;
  }
  throw new Error("the quote was located");
}

test.each(["The council said yes.", "no.\nThe", "「いいえ」", "😀", TEXT])(
  "%j is located where it stands",
  (exact) => {
    const { start, end } = locateQuote(TEXT, { exact });
    expect(TEXT.slice(start, end)).toBe(exact);
  },
);

test("prefix and suffix tell several places apart", () => {
  expect(locateQuote(TEXT, { exact: "mayor", suffix: " said no." })).toEqual({
    start: 4,
    end: 9,
    exact: "mayor",
    anchor: "EXACT",
  });
  expect(locateQuote(TEXT, { exact: "mayor", prefix: "😀 The " }).start).toBe(TEXT.lastIndexOf("mayor"));
  expect(locateQuote(TEXT, { exact: "said", prefix: "mayor ", suffix: " no," }).start).toBe(
    TEXT.lastIndexOf("said"),
  );
});

test("an absent quote says so, and how to mend it", () => {
  const error = refusal(TEXT, { exact: "the Council said yes" });
  expect(error.code).toBe(QuoteErrorCode.NOT_FOUND);
  expect(error.message).toMatch(/"the Council said yes" is not in the text; copy the words/);
  for (const exact of ["", " \n", "\u200B"])
    expect(refusal(TEXT, { exact }).message).toMatch("the quote is empty");
});

test("wrong surroundings are told from an absent quote", () => {
  const error = refusal(TEXT, { exact: "council", prefix: "mayor " });
  expect(error.code).toBe(QuoteErrorCode.NOT_FOUND);
  expect(error.message).toMatch(/in the text once, but never with this prefix/);
});

test("an ambiguous quote says how often it was found", () => {
  const error = refusal(TEXT, { exact: "The mayor said no" });
  expect(error.code).toBe(QuoteErrorCode.AMBIGUOUS);
  expect(error.message).toMatch(/2 times; give more of the text directly before it as prefix/);
  expect(refusal(TEXT, { exact: "said", suffix: " no" }).message).toMatch(
    /2 times with this prefix and suffix/,
  );
  expect(refusal("aaa", { exact: "aa" }).code).toBe(QuoteErrorCode.AMBIGUOUS);
});

test.each([
  ["German quotation marks", "Sie sagte: „Nein, ‚nie‘!“ Dann", `"Nein, 'nie'!"`, "„Nein, ‚nie‘!“"],
  [
    "French ones with no-break spaces",
    "Il a dit\u00A0: «\u00A0non\u202F!\u00A0».",
    '" non ! "',
    "«\u00A0non\u202F!\u00A0»",
  ],
  ["an apostrophe", "They don’t know.", "don't know", "don’t know"],
  ["words broken across lines", "some 12\r\n  million", "some 12 million", "some 12\r\n  million"],
  ["a line break in the quote only", "some 12 million", "\tsome\n12 million\r\n", "some 12 million"],
  ["soft hyphens", "Die Kriegs\u00ADge\u200Bfangenen", "Kriegsgefangenen", "Kriegs\u00ADge\u200Bfangenen"],
  ["pasted marks of direction", "قال \u200Fنعم اليوم", "قال نعم", "قال \u200Fنعم"],
  ["emoji before and within", "😀 👩‍👩‍👧\u00A0“yes” 👍🏽!", '👩‍👩‍👧 "yes" 👍🏽', "👩‍👩‍👧\u00A0“yes” 👍🏽"],
  ["combining marks", "in Zu\u0308rich\nHbf.", "Zu\u0308rich Hbf", "Zu\u0308rich\nHbf"],
])("%s may differ, and the text's own words are the answer", (_, text, exact, found) => {
  const start = text.indexOf(found);
  const span = { start, end: start + found.length };
  expect(locateQuote(text, { exact })).toEqual({ ...span, exact: found, anchor: "FUZZY" });
});

test.each([
  ["case", "said No", "said no"],
  ["accents", "Zürich", "Zurich"],
  ["punctuation", "no, never", "no never"],
  ["a missing space", "no one", "noone"],
  ["an added space", "noone", "no one"],
  ["a quotation mark", "he said no", 'he said "no"'],
  ["one quotation mark of two", "he said “‘no’”", 'he said "no"'],
  ["an apostrophe", "its", "it's"],
  ["a comma", "1, 2", "1 2"],
  ["a comma alone", "1,2", "1'2"],
  ["a sign alone", "1<2", '1"2'],
  ["a ligature", "ﬁnal", "final"],
  ["a fraction", "½ of it", "1/2 of it"],
  ["wide letters", "ＮＯ way", "NO way"],
  ["a letter and its compatible jamo", "한국", "ㅎㅏㄴ국"],
  ["marks in an order that is seen", "a\u0301\u0302", "a\u0302\u0301"],
  ["dashes", "1–2", "1-2"],
  ["joiners", "👩‍👧", "👩👧"],
])("%s always counts", (_, text, exact) => {
  expect(refusal(text, { exact }).code).toBe(QuoteErrorCode.NOT_FOUND);
});

test.each([
  ["a surrogate pair", "😀", "\uD83D"],
  ["a surrogate pair, from its middle", "😀!", "\uDE00!"],
  ["CR and LF", "no\r\nyes", "no\r"],
  ["CR and LF, from their middle", "no\r\nyes", "\nyes"],
  ["a letter and its mark", "e\u0301t", "e"],
  ["a joined emoji", "👩‍👧", "👧"],
  ["a flag", "🇩🇪🇫🇷", "🇪🇫"],
])("a place never splits %s", (_, text, exact) => {
  const trimmed = exact.trim();
  if (trimmed === exact) expect(refusal(text, { exact }).code).toBe(QuoteErrorCode.NOT_FOUND);
  else expect(locateQuote(text, { exact })).toMatchObject({ exact: trimmed, anchor: "FUZZY" });
});

test("the words themselves come before words that are only similar", () => {
  const text = `„no“ "no" “no”`;
  expect(locateQuote(text, { exact: '"no"' })).toEqual({ start: 5, end: 9, exact: '"no"', anchor: "EXACT" });
  expect(locateQuote(text, { exact: "“no”" })).toMatchObject({ start: 10, anchor: "EXACT" });
  expect(refusal(text, { exact: "«no»" }).message).toMatch(
    /"«no»" is in the text 3 times, white space, quotation marks and normal form aside; give more/,
  );
});

test("prefix and suffix may differ likewise, and exact words stay exact", () => {
  const text = "He said:\r\n„No“ and she\u00A0said: „No“.";
  expect(locateQuote(text, { exact: "No", prefix: 'said: "', suffix: '" and' })).toEqual({
    start: 11,
    end: 13,
    exact: "No",
    anchor: "EXACT",
  });
  expect(locateQuote(text, { exact: ' "No" ', prefix: "she said:" })).toMatchObject({
    start: text.lastIndexOf("„"),
    exact: "„No“",
    anchor: "FUZZY",
  });
  expect(refusal(text, { exact: '"No"', prefix: "it said: " }).message).toMatch(
    /in the text 2 times, but never with this prefix/,
  );
  expect(refusal(text, { exact: '"No"', prefix: "said: " }).message).toMatch(
    /2 times with this prefix and suffix, white space, quotation marks and normal form aside; give/,
  );
});

test("white space at the ends of a quote is kept where the text has the very same", () => {
  const text = "He said\n“no”, she said “no” again.";
  const exact = " “no” ";
  const span = locateQuote(text, { exact, suffix: "again" });
  expect(span).toMatchObject({ exact, anchor: "EXACT" });
  expect(reanchor(text, { exact, ...contextOf(text, span) })).toMatchObject(span);
  expect(locateQuote(text, { exact, prefix: "she\u00A0said" })).toEqual(span);
  expect(locateQuote(text, { exact: '"no"\t', suffix: "again" })).toMatchObject({ exact: "“no”", start: 23 });
  expect(locateQuote(text, { exact: "\t“no”", prefix: "He said" })).toMatchObject({
    start: 8,
    anchor: "FUZZY",
  });
});

test("a replaced text keeps a quote where it can be told, and nowhere else", () => {
  const text = "The mayor said no.\nThe council said yes.";
  const span = locateQuote(text, { exact: "council said" });
  const quote = { exact: span.exact, ...contextOf(text, span) };
  expect(reanchor(text, quote)).toEqual({ ...quote, ...span });

  const reflowed = "News. The mayor said no. The council\nsaid yes.";
  expect(reanchor(reflowed, quote)).toEqual({
    start: 29,
    end: 41,
    exact: "council\nsaid",
    anchor: "FUZZY",
    prefix: "News. The mayor said no. The ",
    suffix: " yes.",
  });
  const repeated = `Today the council said nothing. ${text}`;
  expect(reanchor(repeated, quote)).toMatchObject({ start: 32 + span.start, anchor: "EXACT" });
  expect(reanchor(repeated.replace("yes", "no"), quote)).toBeNull();
  expect(reanchor(`${text}\n${text}`, { exact: quote.exact })).toBeNull();
  expect(reanchor("The mayor said no.", quote)).toBeNull();
  expect(reanchor(text, { exact: " " })).toBeNull();
});

test.each([
  ["one letter", "a".repeat(1e6), "a", "many times"],
  ["one letter, repeated", "a".repeat(1e6), "a".repeat(5e5), "many times"],
  ["a repeated letter after another", "a".repeat(1e6), `b${"a".repeat(5e5)}`, "is not in the text"],
  ["a repeated letter before another", "a".repeat(1e6), `${"a".repeat(5e5)}b`, "is not in the text"],
  ["white space only similar", " \n".repeat(5e5), `x${" ".repeat(5e5)}x`, "is not in the text"],
  ["letters that all have a mark", "e\u0301".repeat(5e5), "e", "is not in the text"],
  ["letters that all have a mark, composed", "e\u0301".repeat(5e5), "é".repeat(2e5), "many times"],
  ["syllables in parts", "\u1112\u1161".repeat(5e5), "\u1112", "is not in the text"],
  ["syllables without their last part", "\uAC00\u11A8".repeat(5e5), "\uAC00", "is not in the text"],
  ["quotation marks", '" '.repeat(5e5), `${"«".repeat(5e5)}x`, "is not in the text"],
  ["a heap of marks", `a${"\u0301".repeat(3e5)}${"\u0323".repeat(3e5)}`, "a\u0323", "is not in the text"],
  // Steps that grow with the square of the length would take hours, and the runner ends them.
])("a search in a long text and %s ends", (_, text, exact, message) => {
  expect(refusal(text, { exact }).message).toMatch(message);
  expect(reanchor(text, { exact, prefix: exact, suffix: exact })).toBeNull();
});

test("the context of a span stands around it and holds whole characters", () => {
  const text = `${"😀".repeat(40)}x${"é😀".repeat(40)}`;
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(3), (start, length) => {
      const span = { start, end: Math.min(text.length, start + length) };
      const { prefix, suffix } = contextOf(text, span);
      expect(text.slice(0, span.start).endsWith(prefix)).toBe(true);
      expect(text.startsWith(suffix, span.end)).toBe(true);
      expect(prefix.length).toBeLessThanOrEqual(32);
      if (span.start >= 32) expect(prefix.length).toBeGreaterThanOrEqual(31);
    }),
  );
  const { start, end } = locateQuote(text, { exact: "x" });
  expect(contextOf(text, { start, end }).prefix).toBe("😀".repeat(16));
  const marked = "e\u0301".repeat(40);
  expect(contextOf(`${marked}xy`, { start: 81, end: 82 }).prefix).toBe(`${marked.slice(0, 30)}x`);
  expect(contextOf(`xy${marked}`, { start: 0, end: 1 }).suffix).toBe(`y${marked.slice(0, 30)}`);
});

/** Pieces of texts, each a whole character, that repeat themselves soon. */
const LETTERS = ["a", "b", "ab", "e\u0301", "é", "市", "😀", "👍🏽", "👩‍👧", "🇩🇪", "𝒳", "."];
const MARKS = ['"', "„", "“", "”", "«", "»", "'", "‚", "‘", "’", "`", "´", "''", "``", ",,", "‘‘", "´´"];
const SPACES = [" ", "  ", "\n", "\r\n", "\t", "\u00A0", " \r\n\u200B "];
const UNSEEN = ["\u00AD", "\u200B", "\uFEFF", "\u202A", "\u2069"];

const letter = fc.constantFrom(...LETTERS);
const piece = fc.oneof(
  { weight: 5, arbitrary: letter },
  { weight: 2, arbitrary: fc.constantFrom(...SPACES) },
  { weight: 1, arbitrary: fc.constantFrom(",", ...MARKS) },
  { weight: 1, arbitrary: fc.constantFrom(...UNSEEN) },
);
const pieces = (maxLength: number) => fc.array(piece, { maxLength });

/** A text in five parts: words that begin and end with a letter, what stands around them, and the rest. */
const parted = fc.record({
  far: pieces(12),
  before: pieces(5),
  words: fc
    .tuple(letter, pieces(6), fc.option(letter))
    .map(([first, middle, last]) => (last === null ? [first] : [first, ...middle, last])),
  after: pieces(5),
  rest: pieces(12),
});

const joined = (...parts: readonly (readonly string[])[]): string => parts.flat().join("");

/** The same pieces with other white space, quotation marks and unseen characters. */
function varied(parts: readonly string[], pick: (from: readonly string[]) => string): string {
  return parts
    .map((one) => {
      if (UNSEEN.includes(one)) return pick(["", ...UNSEEN]);
      return pick([SPACES, MARKS].find((alike) => alike.includes(one)) ?? [one, one + pick(UNSEEN)]);
    })
    .join("");
}

/** What may differ taken away: the comparison that is to be had, written another way. */
const compared = (words: string): string =>
  words
    .replace(/[\u00AD\u200B\uFEFF\u202A\u2069]/g, "")
    .replace(/\s*(?:([,'‚‘’`´])\1|[„“”«»"'‚‘’`´])\s*/g, '"')
    .replace(/\s+/g, " ")
    .trim()
    .normalize();

/** The place of a quote, or null where several places are its. Anything else fails. */
function located(text: string, quote: Parameters<typeof locateQuote>[1]) {
  try {
    const found = locateQuote(text, quote);
    expect(found).toEqual(locateQuote(text, quote));
    expect(text.slice(found.start, found.end)).toBe(found.exact);
    expect(found.anchor).toBe(found.exact === quote.exact ? "EXACT" : "FUZZY");
    return found;
  } catch (error) {
    if (error instanceof QuoteError && error.code === QuoteErrorCode.AMBIGUOUS) return null;
    throw error;
  }
}

const RUNS = { numRuns: 500 };

test("any slice of any text is found where it was cut, or in several places", () => {
  const anyText = fc.oneof(
    fc.array(fc.oneof(piece, fc.constantFrom("\u0301", "\r", "\u200D"))),
    fc.array(fc.string({ unit: "binary" })),
  );
  fc.assert(
    fc.property(anyText, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (parts, cuts) => {
      const text = joined(parts);
      const bounds = Array.from(new Intl.Segmenter().segment(text), ({ index }) => index).concat(text.length);
      const [from, start, end, to] = cuts.map((cut) => bounds[cut % bounds.length]!).sort((a, b) => a - b);
      const exact = text.slice(start, end);
      fc.pre(compared(exact) !== "");
      const found = located(text, { exact, prefix: text.slice(from, start), suffix: text.slice(end, to) });
      if (found) expect(found).toEqual({ start, end, exact, anchor: "EXACT" });
    }),
    RUNS,
  );
});

test("any slice is found when its white space and quotation marks were varied", () => {
  fc.assert(
    fc.property(parted, fc.boolean(), fc.infiniteStream(fc.nat()), (parts, alone, choices) => {
      const pick = (from: readonly string[]) => from[choices.next().value! % from.length]!;
      const { far, before, words, after, rest } = parts;
      const text = joined(far, before, words, after, rest);
      const start = joined(far, before).length;
      const exact = pick(["", ...SPACES]) + varied(words, pick) + pick(["", ...SPACES]);
      fc.pre(alone || exact === exact.trim());
      // Two marks that came together by chance may count as one.
      const [prefix, suffix] = alone ? ["", ""] : [varied(before, pick), varied(after, pick)];
      const context = alone ? words : [before, words, after].flat();
      fc.pre(compared(prefix + exact + suffix) === compared(joined(context)));
      const quote = { exact, prefix, suffix };
      const found = located(text, quote);
      if (found?.anchor === "FUZZY") expect([found.start, found.exact]).toEqual([start, joined(words)]);
    }),
    RUNS,
  );
});

test("a quote with any other character is not found", () => {
  fc.assert(
    fc.property(
      parted,
      fc.nat(),
      fc.constantFrom("A", "B", "á", "e", "-", "…", "😃", "\u0301"),
      (parts, at, other) => {
        const { far, before, words, after, rest } = parts;
        const text = joined(far, before, words, after, rest);
        const place = at % words.length;
        const exact = joined(
          words.slice(0, place),
          [other],
          words.slice(place + (other === "\u0301" ? 0 : 1)),
        );
        fc.pre(other !== "\u0301" || place > 0);
        expect(refusal(text, { exact }).code).toBe(QuoteErrorCode.NOT_FOUND);
      },
    ),
    RUNS,
  );
});

test("a quote in a replaced text is the same words, or none", () => {
  fc.assert(
    fc.property(parted, pieces(12), pieces(12), fc.boolean(), (parts, more, still, around) => {
      const { far, before, words, after, rest } = parts;
      const exact = joined(words);
      const text = joined(far, before, words, after, rest);
      const start = joined(far, before).length;
      const quote = { exact, ...contextOf(text, { start, end: start + exact.length }) };
      const same = reanchor(text, quote);
      if (same) expect(same).toEqual({ ...quote, start, end: start + exact.length, anchor: "EXACT" });

      const edited = around ? joined(more, words, still) : joined(more, before, words, after, still);
      const found = reanchor(edited, quote);
      expect(found).toEqual(reanchor(edited, quote));
      if (!found) return;
      expect(edited.slice(found.start, found.end)).toBe(found.exact);
      expect(compared(found.exact)).toBe(compared(exact));
      expect(found).toMatchObject(contextOf(edited, found));
    }),
    RUNS,
  );
});
