/** The words to be found in a text, with the words around them where they occur more than once. */
export interface QuoteSelector {
  /** The quoted words, as they stand in the text. */
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

/** No more places than this are collected: two are too many already, the rest is for the message. */
export const MANY_PLACES = 100;

/** Code units that are compared as another, as nothing or as a space; every other counts as itself. */
const PLAIN = new Map(
  Object.entries({
    '"': "“”„‟«»″〝〞〟＂",
    "'": "‘’‚‛‹›′`´ʼ＇",
    " ": "\t\n\v\f\r\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000",
    // They have no width, so that nobody can see them in what is quoted. The zero-width joiners are not among
    // them: these belong to the letters and emoji that they join.
    "": "\u00AD\u061C\u200B\u200E\u200F\u2060\uFEFF",
  }).flatMap(([plain, variants]) => Array.from(variants, (variant) => [variant, plain] as const)),
);

const plain = (unit: string): string => PLAIN.get(unit) ?? unit;
const isSpace = (unit: string): boolean => plain(unit).trim() === "";

/** Whether words hold nothing that counts in a comparison. */
export const isBlank = (words: string): boolean => Array.from(words).every(isSpace);

/** The places of a quote, character for character, with its prefix and suffix directly around it. */
export function exactPlaces(text: string, { exact, prefix, suffix }: QuoteSelector): Span[] {
  const before = prefix ?? "";
  return wholePlaces(text, occurrences(text, before + exact + (suffix ?? "")), (at) => ({
    start: at + before.length,
    end: at + before.length + exact.length,
  }));
}

/**
 * The places of a quote but for white space and quotation marks; every exact place is among them. White space
 * at the ends of the quote does not count, but belongs to the place where the text has the very same.
 */
export function similarPlaces(text: string, { exact, prefix, suffix }: QuoteSelector): Span[] {
  let [first, last] = [0, exact.length];
  while (first < last && isSpace(exact.charAt(first))) first++;
  while (first < last && isSpace(exact.charAt(last - 1))) last--;
  if (first === last) return [];

  // White space between the words and their surroundings may have been given with either.
  const before = prefix ? fold(prefix + exact.slice(0, first)).text : "";
  const after = suffix ? fold(exact.slice(last) + suffix).text : "";
  const words = fold(exact.slice(first, last)).text;
  const folded = fold(text);
  const offset = (at: number): number => folded.offsets[at] as number;
  const places = wholePlaces(text, occurrences(folded.text, before + words + after), (at) => ({
    start: offset(at + before.length),
    end: offset(at + before.length + words.length - 1) + 1,
  }));
  return places.map((place) => {
    const wide = { start: place.start - first, end: place.end + exact.length - last };
    return text.startsWith(exact, wide.start) && isWhole(text, wide) ? wide : place;
  });
}

/**
 * Whether an offset lies within a character as a reader sees it (a grapheme cluster): a surrogate pair, CR and
 * LF, a letter with its combining marks, a joined emoji. An "e" is not found in a decomposed "é".
 */
export function splitsCharacter(text: string, offset: number): boolean {
  // The segmenter is slow to ask, and a text may have a million letters with a mark.
  if (MARKED_LETTER.test(text.slice(offset - 1, offset + 2))) return true;
  // A window, because finding a boundary takes time that grows with the text it is looked for in.
  const from = Math.max(0, offset - 32);
  const character = characters.segment(text.slice(from, offset + 2)).containing(offset - from);
  return character !== undefined && from + character.index < offset;
}

const MARKED_LETTER = /^[\p{L}\p{M}]\p{Mn}/u;
const characters = new Intl.Segmenter("und", { granularity: "grapheme" });

const isWhole = (text: string, { start, end }: Span): boolean =>
  !splitsCharacter(text, end) && !splitsCharacter(text, start);

function wholePlaces(text: string, found: Iterable<number>, spanOf: (at: number) => Span): Span[] {
  const places: Span[] = [];
  for (const at of found) {
    const place = spanOf(at);
    if (isWhole(text, place)) places.push(place);
    if (places.length === MANY_PLACES) break;
  }
  return places;
}

/** A text in the form in which it is compared, and where each of its code units stands in the original. */
function fold(original: string): { text: string; offsets: Int32Array } {
  const offsets = new Int32Array(original.length);
  let text = "";
  let length = 0;
  let previous = "";
  for (let offset = 0; offset < original.length; offset++) {
    const unit = plain(original.charAt(offset));
    if (unit === "" || (unit === " " && previous === " ")) continue;
    text += unit;
    offsets[length++] = offset;
    previous = unit;
  }
  return { text, offsets };
}

/**
 * Where a pattern stands in a text, overlapping places included (Knuth, Morris and Pratt). `indexOf` would take
 * time that grows with the product of the lengths where both repeat themselves.
 */
function* occurrences(text: string, pattern: string): Generator<number> {
  const borders = new Int32Array(pattern.length);
  for (let at = 1; at < pattern.length; at++) borders[at] = grown(borders[at - 1] as number, pattern, at);
  let matched = 0;
  for (let at = 0; at < text.length; at++) {
    matched = grown(matched, text, at);
    if (matched === pattern.length) yield at + 1 - matched;
  }

  /** How much of the pattern ends with a code unit, given how much of it ended just before. */
  function grown(before: number, within: string, at: number): number {
    let length = before;
    while (length > 0 && pattern.charCodeAt(length) !== within.charCodeAt(at))
      length = borders[length - 1] as number;
    return pattern.charCodeAt(length) === within.charCodeAt(at) ? length + 1 : length;
  }
}
