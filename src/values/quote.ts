import { withoutByteOrderMark } from "./name.js";
import { marksOf } from "./quote-form.js";
import {
  exactPlaces,
  isBlank,
  MANY_PLACES,
  type QuoteSelector,
  type Span,
  similarPlaces,
  splitsCharacter,
} from "./quote-places.js";
import { shown } from "./shown.js";

export type { QuoteSelector, Span };

/** A quote in its place: `text.slice(start, end) === exact`. */
export interface LocatedQuote extends Span {
  /** The text's own words, which may differ from the quote's in white space, quotation marks and normal form. */
  exact: string;
  /** EXACT if they are the quote's, character for character. */
  anchor: "EXACT" | "FUZZY";
}

/** What stands directly around a quote. */
export interface QuoteContext {
  prefix: string;
  suffix: string;
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
 * Finds the one place where a quote stands in a text. Only where it stands nowhere character for character are
 * white space, the form of quotation marks and the normal form (NFC or NFD) overlooked; case, letters, accents and
 * other punctuation always count, so that the answer never points at other words. Of several such places, those are
 * meant whose marks are single and double where the quote's are, if there are any.
 *
 * @throws QuoteError when there is no such place, or more than one
 */
export function locateQuote(text: string, quote: QuoteSelector): LocatedQuote {
  if (isBlank(quote.exact))
    throw new QuoteError(QuoteErrorCode.NOT_FOUND, "the quote is empty; give the words that were quoted");
  const exactly = exactPlaces(text, quote);
  const places = exactly.length > 0 ? exactly : closest(text, similarPlaces(text, quote), quote);
  const [place] = places;
  if (place && places.length === 1) return located(text, place, quote);
  throw places.length === 0 ? notFound(text, quote) : ambiguous(quote, places.length, exactly.length > 0);
}

/**
 * Finds the place of a quote again after its text was replaced. Words that now stand in several places are
 * recognised by the whole of their stored context, white space, quotation marks and normal form aside.
 *
 * @returns null where the words are gone, or nothing tells which of their places was meant
 */
export function reanchor(text: string, quote: QuoteSelector): (LocatedQuote & QuoteContext) | null {
  const anywhere = similarPlaces(text, { exact: quote.exact });
  const places = anywhere.length > 1 ? similarPlaces(text, quote) : anywhere;
  const [place] = places;
  if (!place || places.length > 1) return null;
  return { ...located(text, place, quote), ...contextOf(text, place) };
}

/** The text directly around a span, about 32 characters on each side, never cutting a character in two, nor beginning with a byte order mark. */
export function contextOf(text: string, { start, end }: Span): QuoteContext {
  let from = Math.max(0, start - CONTEXT);
  let to = Math.min(text.length, end + CONTEXT);
  while (from < start && splitsCharacter(text, from)) from++;
  while (to > end && splitsCharacter(text, to)) to--;
  return {
    prefix: withoutByteOrderMark(text.slice(from, start)),
    suffix: withoutByteOrderMark(text.slice(end, to)),
  };
}

function closest(text: string, places: Span[], { exact }: QuoteSelector): Span[] {
  // To compare places that overlap takes time that grows with the square of their length.
  const apart = places.every(({ start }, at) => start >= (places[at - 1]?.end ?? 0));
  if (places.length < 2 || !apart) return places;
  const marks = marksOf(exact);
  const close = places.filter(({ start, end }) => marksOf(text.slice(start, end)) === marks);
  return close.length > 0 ? close : places;
}

function located(text: string, { start, end }: Span, quote: QuoteSelector): LocatedQuote {
  const exact = text.slice(start, end);
  return { start, end, exact, anchor: exact === quote.exact ? "EXACT" : "FUZZY" };
}

function notFound(text: string, { exact }: QuoteSelector): QuoteError {
  const anywhere = similarPlaces(text, { exact }).length;
  return new QuoteError(
    QuoteErrorCode.NOT_FOUND,
    anywhere === 0
      ? `${shown(exact)} is not in the text; copy the words as they stand there: only white space, quotation ` +
          "marks and the normal form (NFC, NFD) may differ"
      : `${shown(exact)} is in the text ${times(anywhere)}, but never with this prefix and suffix directly ` +
          "around it; copy them as they stand there, spaces included, or leave them out",
  );
}

function ambiguous({ exact, prefix, suffix }: QuoteSelector, count: number, exactly: boolean): QuoteError {
  return new QuoteError(
    QuoteErrorCode.AMBIGUOUS,
    `${shown(exact)} is in the text ${times(count)}${prefix || suffix ? " with this prefix and suffix" : ""}` +
      `${exactly ? "" : ", white space, quotation marks and normal form aside"}; ` +
      "give more of the text directly before it as prefix, or after it as suffix, to say which is meant",
  );
}

function times(count: number): string {
  if (count === 1) return "once";
  return count < MANY_PLACES ? `${count} times` : "many times";
}
