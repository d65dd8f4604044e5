const pointOf = (character: string): number => character.codePointAt(0) ?? NOTHING;

const NOTHING = -1;
const BLANK = 0x20;
const MARK = 0x22;

/**
 * Code points that are compared as another, as nothing or as a space; every other counts as itself.
 *
 * The quotation marks are those with Unicode's property Quotation_Mark (which has all delimiters of CLDR 48), the
 * ornaments named so, the angle brackets of Chinese and Korean, primes, and the gershayim and geresh of Hebrew.
 * Those that also are apostrophes or primes, and their partners, stay a class of their own: it is another thing to
 * be 5′ than 5″ tall, and what a mark is cannot be told from its surroundings, where a quote may have been cut.
 */
const PLAIN = new Map(
  Object.entries({
    '"': "“”„‟«»‹›「」『』｢｣﹁﹂﹃﹄〈〉《》︿﹀︽︾〝〞〟⹂＂❝❞❠❮❯🙶🙷🙸″‶\u05F4",
    "'": "‘’‚‛❛❜❟＇`´′‵ʼ\u05F3",
    " ": "\t\n\v\f\r\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000",
    // They have no width, so that nobody can see them in what is quoted. The zero-width joiners are not among
    // them: these belong to the letters and emoji that they join.
    "": "\u00AD\u061C\u200B\u200E\u200F\u2060\uFEFF",
  }).flatMap(([plain, variants]) =>
    Array.from(variants, (variant) => [pointOf(variant), pointOf(plain)] as const),
  ),
);

const plain = (point: number): number => PLAIN.get(point) ?? point;

/** Whether a character is white space, or has no width. */
export function isSpace(character: string): boolean {
  const point = plain(pointOf(character));
  return point === BLANK || point === NOTHING;
}

/**
 * A text in the form in which it is compared: by code point, each with the offsets between which it stands in the
 * original. An offset is -1 where the original has no such place: within a character that is composed there, or
 * around a blank that it does not have.
 */
export interface Folded {
  readonly points: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * Brings a text into the form in which it is compared: its characters composed (NFC), any run of white space one
 * blank, its quotation marks plain. Each double one gets a blank on either side, so that it does not count whether
 * the text has one there, as French has: the mark still stands between the words, none are joined or divided by it.
 * Every rule looks at a character and its neighbours alone, because a quote may be cut anywhere.
 */
export function fold(original: string): Folded {
  // Nothing grows to more: a mark with its blanks, or what composing makes of one code unit (UAX 15, section 12).
  const most = 3 * original.length;
  const points = new Int32Array(most);
  const starts = new Int32Array(most);
  const ends = new Int32Array(most);
  let length = 0;

  function add(point: number, start: number, end: number): void {
    if (point === BLANK && points[length - 1] === BLANK) return;
    points[length] = point;
    starts[length] = start;
    ends[length++] = end;
  }

  let offset = 0;
  for (const part of partsOf(original)) {
    const composed = part.normalize("NFC");
    const same = composed === part;
    for (let from = 0, to = 0; from < composed.length; from = to) {
      const point = composed.codePointAt(from) as number;
      to += point > 0xffff ? 2 : 1;
      const counted = plain(point);
      if (counted === NOTHING) continue;
      if (counted === MARK) add(BLANK, -1, -1);
      const start = same || from === 0 ? offset + from : -1;
      const end = same ? offset + to : to === composed.length ? offset + part.length : -1;
      add(counted, start, end);
      if (counted === MARK) add(BLANK, -1, -1);
    }
    offset += part.length;
  }
  return {
    points: points.subarray(0, length),
    starts: starts.subarray(0, length),
    ends: ends.subarray(0, length),
  };
}

/** The parts of a text that can be composed each by itself: one if it is composed already. */
function partsOf(text: string): readonly string[] {
  if (!HEAP_OF_MARKS.test(text) && text.normalize("NFC") === text) return [text];
  return text.match(COMPOSED_PARTS) ?? [];
}

/**
 * A character with all that may be composed with it: marks, the vowels and last consonants of Korean syllables, and
 * a vowel sign of Kirat Rai. No more than 30, as in the Stream-Safe Text Format (UAX 15, section 13): to bring marks
 * into their order takes time that grows with the square of their number.
 */
const COMPOSED_PARTS = /.[\p{M}\u1160-\u11FF\u{16D67}]{0,30}/gsu;
const HEAP_OF_MARKS = /\p{M}{31}/u;
