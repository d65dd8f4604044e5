const pointOf = (character: string): number => character.codePointAt(0) ?? NOTHING;

const NOTHING = -1;
const BLANK = 0x20;
const MARK = 0x22;

/**
 * Quotation marks, apostrophes and primes: those with Unicode's property Quotation_Mark (which has all delimiters of
 * CLDR 48) or of its categories Pi and Pf, the ornaments named so, the angle brackets of Chinese, Korean and science,
 * primes, the gershayim and geresh of Hebrew, and the apostrophes of other scripts. They all are compared as one, since
 * people write the same quote with any of them; what is kept of a quote are the text's own, so that nothing is lost.
 */
const DOUBLE_MARKS = '"“”„‟«»「」『』｢｣﹁﹂﹃﹄《》⟪⟫︽︾〝〞〟⹂＂❝❞❠🙶🙷🙸″‴⁗‶‷ʺˮ˝˵˶\u05F4⸂⸃⸄⸅⸉⸊⸌⸍⸜⸝⸠⸡';
/** Two of them side by side may also be one double mark, as typewriters and TeX have it. */
const SINGLE_MARKS = "'‘’‚‛❛❜❟＇`´′‵ʹʻʼʽꞋꞌ՚\u05F3\u07F4\u07F5᾽᾿\u0384῾‹›❮❯〈〉\u2329\u232A⟨⟩❬❭❰❱⧼⧽︿﹀";
/** What is a mark only as a pair: ,,no'' and <<no>>. */
const HALF_MARKS = ",<>";

const pointsOf = (characters: string): number[] => Array.from(characters, pointOf);
const DOUBLED = new Set(pointsOf(SINGLE_MARKS + HALF_MARKS));

/** Code points that are compared as another, as nothing or as a space; every other counts as itself. */
const PLAIN = new Map(
  Object.entries({
    '"': DOUBLE_MARKS + SINGLE_MARKS,
    " ": "\t\n\v\f\r\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000",
    // They have no width, so that nobody can see them in what is quoted. The zero-width joiners are not among
    // them: these belong to the letters and emoji that they join.
    "": "\u00AD\u061C\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF",
  }).flatMap(([plain, variants]) => pointsOf(variants).map((variant) => [variant, pointOf(plain)] as const)),
);

const plain = (point: number): number => PLAIN.get(point) ?? point;

/** Whether a character is white space, or has no width. */
export function isSpace(character: string): boolean {
  const point = plain(pointOf(character));
  return point === BLANK || point === NOTHING;
}

const ANY_MARK = new RegExp(`([${SINGLE_MARKS}${HALF_MARKS}])\\1|[${DOUBLE_MARKS}${SINGLE_MARKS}]`, "gu");

/** The marks of words in their order: `'` for a single one, `"` for a double one or a pair. */
export const marksOf = (words: string): string =>
  words
    .match(ANY_MARK)
    ?.map((mark) => (SINGLE_MARKS.includes(mark) ? "'" : '"'))
    .join("") ?? "";

const PAIR = new RegExp(`([${SINGLE_MARKS}${HALF_MARKS}])\\1`, "u");

/** Whether a text has two marks side by side that may count as one. */
export const hasPair = (text: string): boolean => PAIR.test(text);

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
 * blank, its quotation marks plain. Each of these gets a blank on either side, so that it does not count whether the
 * text has one there, as French has: the mark still stands between the words, none are joined or divided by it.
 * Every rule looks at a character and its neighbours alone, because a quote may be cut anywhere.
 *
 * @param pairs whether two like single marks side by side count as one mark
 */
export function fold(original: string, pairs: boolean): Folded {
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

  function addMark(start: number, end: number): void {
    add(BLANK, -1, -1);
    add(MARK, start, end);
    add(BLANK, -1, -1);
  }

  /** The character that makes one mark with the next if that is the same, and where it stands. */
  let half = NOTHING;
  let halfAt = 0;
  let offset = 0;
  for (const part of partsOf(original)) {
    const composed = part.normalize("NFC");
    const same = composed === part;
    for (let from = 0, to = 0; from < composed.length; from = to) {
      const point = composed.codePointAt(from) as number;
      to += point > 0xffff ? 2 : 1;
      const counted = plain(point);
      if (counted === NOTHING) continue;
      const start = same || from === 0 ? offset + from : -1;
      const end = same ? offset + to : to === composed.length ? offset + part.length : -1;
      if (point === half) {
        length = halfAt;
        addMark(starts[halfAt] as number, end);
        half = NOTHING;
        continue;
      }
      if (counted === MARK) addMark(start, end);
      else add(counted, start, end);
      half = pairs && DOUBLED.has(point) ? point : NOTHING;
      halfAt = length - (counted === MARK ? 2 : 1);
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
