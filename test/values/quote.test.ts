import fc from "fast-check";
import { contextOf, locateQuote, QuoteError, QuoteErrorCode } from "../../src/values/quote.js";

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
  expect(locateQuote(TEXT, { exact: "mayor", suffix: " said no." })).toEqual({ start: 4, end: 9 });
  expect(locateQuote(TEXT, { exact: "mayor", prefix: "😀 The " }).start).toBe(TEXT.lastIndexOf("mayor"));
  expect(locateQuote(TEXT, { exact: "said", prefix: "mayor ", suffix: " no," }).start).toBe(
    TEXT.lastIndexOf("said"),
  );
});

test("an absent quote says so, and how to mend it", () => {
  const error = refusal(TEXT, { exact: "the Council said yes" });
  expect(error.code).toBe(QuoteErrorCode.NOT_FOUND);
  expect(error.message).toMatch(/"the Council said yes" is not in the text; copy the words/);
  expect(refusal(TEXT, { exact: "" }).code).toBe(QuoteErrorCode.NOT_FOUND);
  expect(refusal("Zu\u0308rich", { exact: "Z\u00fcrich" }).code).toBe(QuoteErrorCode.NOT_FOUND);
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
});
