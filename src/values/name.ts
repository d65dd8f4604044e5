import type { Canonical, Form } from "./canonical.js";

const WHITE_SPACE = /[\s\x85]+/gu;

/** Characters without a shape of their own, which alone are no text; the last is the blank pattern of Braille. */
const BLANK = /^[\s\x85\p{Default_Ignorable_Code_Point}\u2800]*$/u;

// What no text may hold. Controls of direction can show a text in another order than it is stored in
// (https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing). The marks LRM, RLM and ALM and the zero-width
// joiners are not among them: Hebrew, Arabic, Persian and emoji are not written rightly without.
const KINDS = {
  "control character": /\p{Cc}/u,
  "direction control": /[\u202A-\u202E\u2066-\u2069]/u,
  "unpaired surrogate": /\p{Surrogate}/u,
  noncharacter: /\p{Noncharacter_Code_Point}/u,
};
const refusedBut = (allowed: string): RegExp =>
  new RegExp(
    `(?!${allowed})(?:${Object.values(KINDS)
      .map(({ source }) => source)
      .join("|")})`,
    "u",
  );
const REFUSED_IN_LINE = refusedBut(WHITE_SPACE.source);
const REFUSED_IN_PROSE = refusedBut("[\\t\\n\\r]");

/** A text of one line, such as a name or a title: trimmed, single spaced, in Unicode's form NFC. */
export const canonicalLine = (text: string): Canonical => {
  const problem = textProblem(text, REFUSED_IN_LINE);
  return problem ? { problem } : { value: text.replace(WHITE_SPACE, " ").trim().normalize("NFC") };
};

/**
 * Texts of one line in filters, which take any text: what is refused as a name is in no row. A part may begin and end with a
 * blank, which parts words.
 */
export const LINE: Form = {
  whole(text) {
    const made = canonicalLine(text);
    return "value" in made ? made : { value: text };
  },
  parts: (part) => [part.replace(WHITE_SPACE, " ")],
};

/** A text of several lines: trimmed at its ends, and as it was written between them. */
export const canonicalProse = (text: string): Canonical => {
  const problem = textProblem(text, REFUSED_IN_PROSE);
  return problem ? { problem } : { value: text.trim() };
};

/** What is wrong with the characters of a text of several lines, which may be blank. */
export const charactersProblem = (text: string): string | undefined => refusedIn(text, REFUSED_IN_PROSE);

/**
 * A text without the sign at the start of a file that says how it is encoded. The embedded database drops it when it
 * reads a text, so that offsets would count it no longer.
 */
export const withoutByteOrderMark = (text: string): string => text.replace(/^\uFEFF+/, "");

const textProblem = (text: string, refused: RegExp): string | undefined =>
  refusedIn(text, refused) ?? (BLANK.test(text) ? "write a text that is not blank" : undefined);

function refusedIn(text: string, refused: RegExp): string | undefined {
  const found = refused.exec(text);
  if (!found) return undefined;
  const [kind] = Object.entries(KINDS).find(([, one]) => one.test(found[0])) ?? [];
  const code = found[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  const place = Array.from(text.slice(0, found.index)).length + 1;
  return `remove the ${kind} U+${code}, which is character ${place} of the text`;
}

// Apostrophes, quotation marks and full stops stand within words: O’Neill, U.S., צה״ל.
const WITHIN_WORDS = /[\p{Pi}\p{Pf}'"`´ʹʺʻʼ′″„‚‟‛〝〞〟＂＇「」『』״׳.．…]/gu;
const IGNORED = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The key that two names share when they count as the same: letters in their compatible form (NFKC) without case, single
 * spaced, without punctuation. Accents count. It serves warnings only: two names with one key may still name two things.
 */
export function nameKey(name: string): string {
  const written = withoutCase(name.replace(IGNORED, ""));
  const words = withoutCase(name.replace(IGNORED, "").replace(WITHIN_WORDS, "")).replace(/\p{P}/gu, " ");
  // A name of nothing but punctuation is told by it.
  return singleSpaced(words) || singleSpaced(written);
}

const singleSpaced = (text: string): string => text.replace(WHITE_SPACE, " ").trim();

/** Unicode's full case folding, but for the dotless ı, which counts as i, as the İ does. */
const withoutCase = (text: string): string =>
  // Letter by letter, since a Σ at the end of a word would become ς. To upper case in between, for ß has two letters there.
  Array.from(text.normalize("NFKC"), (letter) =>
    Array.from(letter.toLowerCase().toUpperCase(), lower).join(""),
  )
    .join("")
    .replace(/i\u0307+/g, "i")
    .normalize("NFKC");

const lower = (letter: string): string => letter.toLowerCase();
