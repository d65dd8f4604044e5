/** The words to be found in a text, with the words around them where they occur more than once. */
export interface QuoteSelector {
  /** The quoted words, exactly as they stand in the text. */
  exact: string;
  /** What stands directly before them; only needed to tell several places apart. */
  prefix?: string | null;
  /** What stands directly after them; only needed to tell several places apart. */
  suffix?: string | null;
}

/** A span of a text in UTF-16 code units: `text.slice(start, end)` is the quoted words. */
export interface Span {
  start: number;
  end: number;
}

export enum QuoteErrorCode {
  NOT_FOUND = "NOT_FOUND",
  AMBIGUOUS = "AMBIGUOUS",
}

/** Why a quote has no single place in its text, and how to mend it. */
export class QuoteError extends Error {
  constructor(
    readonly code: QuoteErrorCode,
    message: string,
  ) {
    super(message);
    this.name = "QuoteError";
  }
}

/** The characters of text on either side of a quote that are kept, to recognise its place again. */
const CONTEXT = 32;

/**
 * Finds the one place where a quote stands in a text. Nothing is normalised and nothing is guessed: case,
 * spaces, line breaks and composed letters all count, so that the answer never points at other words.
 *
 * @throws QuoteError when there is no such place, or more than one
 */
export function locateQuote(text: string, quote: QuoteSelector): Span {
  const { exact } = quote;
  const before = quote.prefix ?? "";
  const after = quote.suffix ?? "";
  if (exact === "")
    throw new QuoteError(QuoteErrorCode.NOT_FOUND, "the quote is empty; give the words that were quoted");

  const anywhere = placesOf(text, exact);
  const places = anywhere.filter(
    (start) => text.slice(0, start).endsWith(before) && text.startsWith(after, start + exact.length),
  );
  const [start] = places;
  if (start !== undefined && places.length === 1) return { start, end: start + exact.length };

  const words = shown(exact);
  if (anywhere.length === 0)
    throw new QuoteError(
      QuoteErrorCode.NOT_FOUND,
      `${words} is not in the text; copy the words as they stand there, with case, spaces and line breaks`,
    );
  if (places.length === 0)
    throw new QuoteError(
      QuoteErrorCode.NOT_FOUND,
      `${words} is in the text ${times(anywhere.length)}, but never with this prefix and suffix directly ` +
        "around it; copy them as they stand there, spaces included, or leave them out",
    );
  throw new QuoteError(
    QuoteErrorCode.AMBIGUOUS,
    `${words} is in the text ${times(places.length)}${before || after ? " with this prefix and suffix" : ""}; ` +
      "give more of the text directly before it as prefix, or after it as suffix, to say which is meant",
  );
}

/** The text directly around a span, about 32 characters on each side, never cutting a character in two. */
export function contextOf(text: string, { start, end }: Span): { prefix: string; suffix: string } {
  const from = Math.max(0, start - CONTEXT);
  const to = Math.min(text.length, end + CONTEXT);
  return {
    prefix: text.slice(splitsPair(text, from) ? from + 1 : from, start),
    suffix: text.slice(end, splitsPair(text, to) ? to - 1 : to),
  };
}

/** Overlapping places count, since either of two could be meant. */
function placesOf(text: string, exact: string): number[] {
  const places: number[] = [];
  for (let start = text.indexOf(exact); start >= 0; start = text.indexOf(exact, start + 1))
    places.push(start);
  return places;
}

/** Whether an offset lies between the two halves of one character. */
function splitsPair(text: string, offset: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(offset - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(offset));
}

function shown(words: string): string {
  return JSON.stringify(words.length > 80 ? `${words.slice(0, 79)}…` : words);
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
