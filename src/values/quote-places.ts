import { fold, hasPair, isSpace } from "./quote-form.js";

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

/** Whether words hold nothing that counts in a comparison. */
export const isBlank = (words: string): boolean => Array.from(words).every(isSpace);

/** The places of a quote, character for character, with its prefix and suffix directly around it. */
export function exactPlaces(text: string, { exact, prefix, suffix }: QuoteSelector): Span[] {
  const before = prefix ?? "";
  return wholePlaces(text, occurrences(units(text), units(before + exact + (suffix ?? ""))), (at) => ({
    start: at + before.length,
    end: at + before.length + exact.length,
  }));
}

/**
 * The places of a quote but for white space, quotation marks and the normal form of its characters; every exact
 * place between whole characters is among them. White space at the ends of the quote does not count, but belongs to
 * the place where the text has the very same.
 *
 * Two like marks side by side are one: ''no'' is "no". Where the quote stands nowhere then, they are two: an apostrophe
 * before the end of a quote, or a quote within another.
 */
export function similarPlaces(text: string, quote: QuoteSelector): Span[] {
  const places = placesLike(text, quote, true);
  const pairs = [text, quote.prefix, quote.exact, quote.suffix].some((part) => part && hasPair(part));
  if (!pairs) return places;
  if (places.length === 0) return placesLike(text, quote, false);
  // An exact place may begin or end within a pair.
  const found = new Set(places.map(({ start, end }) => `${start} ${end}`));
  return [...places, ...exactPlaces(text, quote).filter(({ start, end }) => !found.has(`${start} ${end}`))];
}

function placesLike(text: string, { exact, prefix, suffix }: QuoteSelector, pairs: boolean): Span[] {
  let [first, last] = [0, exact.length];
  while (first < last && isSpace(exact.charAt(first))) first++;
  while (first < last && isSpace(exact.charAt(last - 1))) last--;
  if (first === last) return [];

  // White space between the words and their surroundings may have been given with either.
  const before = prefix ? prefix + exact.slice(0, first) : "";
  const words = exact.slice(first, last);
  const after = suffix ? exact.slice(last) + suffix : "";
  const pattern = fold(before + words + after, pairs);
  const start = pattern.starts.indexOf(before.length);
  const end = pattern.ends.indexOf(before.length + words.length);
  // The prefix or the suffix ends within a character, or within a pair.
  if (start < 0 || end < 0) return [];

  const folded = fold(text, pairs);
  const places = wholePlaces(text, occurrences(folded.points, pattern.points), (at) => ({
    start: folded.starts[at + start] as number,
    end: folded.ends[at + end] as number,
  }));
  return places.map((place) => {
    const wide = { start: place.start - first, end: place.end + exact.length - last };
    return text.startsWith(exact, wide.start) && isWhole(text, wide) ? wide : place;
  });
}

/**
 * Whether an offset lies within a character as a reader sees it (a grapheme cluster): a surrogate pair, CR and
 * LF, a letter with its combining marks, a Korean syllable, a joined emoji. An "e" is not found in a decomposed "é".
 */
export function splitsCharacter(text: string, offset: number): boolean {
  // The segmenter is slow to ask, and a text may have a million letters with a mark.
  if (GOES_ON.test(text.slice(offset - 1, offset + 2))) return true;
  // A window, because finding a boundary takes time that grows with the text it is looked for in.
  const from = Math.max(0, offset - 32);
  const character = characters.segment(text.slice(from, offset + 2)).containing(offset - from);
  return character !== undefined && from + character.index < offset;
}

/** A letter or a mark before a mark, and the vowel or last consonant of a Korean syllable after what may precede it. */
const GOES_ON =
  /^(?:[\p{L}\p{M}]\p{Mn}|[\u1100-\u11A7][\u1160-\u11A7]|[\u1160-\u11FF\uAC00-\uD7A3][\u11A8-\u11FF])/u;
const characters = new Intl.Segmenter("und", { granularity: "grapheme" });

const isWhole = (text: string, { start, end }: Span): boolean =>
  start >= 0 && end >= 0 && !splitsCharacter(text, end) && !splitsCharacter(text, start);

function wholePlaces(text: string, found: Iterable<number>, spanOf: (at: number) => Span): Span[] {
  const places: Span[] = [];
  for (const at of found) {
    const place = spanOf(at);
    if (isWhole(text, place)) places.push(place);
    if (places.length === MANY_PLACES) break;
  }
  return places;
}

/** Code units or code points. */
type Units = Uint16Array | Int32Array;

function units(text: string): Units {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at);
  return codes;
}

/**
 * Where a pattern stands in a text, overlapping places included (Knuth, Morris and Pratt). `indexOf` would take
 * time that grows with the product of the lengths where both repeat themselves.
 */
function* occurrences(text: Units, pattern: Units): Generator<number> {
  const borders = new Int32Array(pattern.length);
  for (let at = 1; at < pattern.length; at++) borders[at] = grown(borders[at - 1] as number, pattern, at);
  let matched = 0;
  for (let at = 0; at < text.length; at++) {
    matched = grown(matched, text, at);
    if (matched === pattern.length) yield at + 1 - matched;
  }

  /** How much of the pattern ends with a code unit, given how much of it ended just before. */
  function grown(before: number, within: Units, at: number): number {
    let length = before;
    while (length > 0 && pattern[length] !== within[at]) length = borders[length - 1] as number;
    return pattern[length] === within[at] ? length + 1 : length;
  }
}
