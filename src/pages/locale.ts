import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { de } from "./messages/de.js";
import { en, type Words } from "./messages/en.js";

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

const CATALOGUE: Readonly<Record<Language, Words>> = { en, de };

/** How dates and numbers are written: day before month in English too. */
const TAGS: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

/** A reader's language, and what is written in it. */
export interface Locale {
  readonly language: Language;
  /** A BCP 47 tag for `Intl`. */
  readonly tag: string;
  readonly words: Words;
  /** The language of records that name none: a BCP 47 tag. */
  readonly usual: string;
  /** Whether the reader's own address names the language. */
  readonly named: boolean;
  /** An address of this site, in the language that the reader's own address names, if it names one. */
  href(path: string, query?: Readonly<Record<string, string | null | undefined>>): string;
}

/**
 * The language that the address names in `lang`, or else the first one of the browser's that there is, or English.
 *
 * @param accepted the header Accept-Language: https://www.rfc-editor.org/rfc/rfc9110#name-accept-language
 * @param usual the language of records that name none
 */
export function localeOf(query: URLSearchParams, accepted = "", usual = "en"): Locale {
  const named = LANGUAGES.find((language) => language === query.get("lang"));
  const language = named ?? preferred(accepted) ?? "en";
  return {
    language,
    tag: TAGS[language],
    words: CATALOGUE[language],
    usual,
    named: named !== undefined,
    href: (path, parameters = {}) => address(path, { ...parameters, lang: named }),
  };
}

function preferred(accepted: string): Language | undefined {
  const ranges = accepted.split(",").map((range) => {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return { tag: tag.toLowerCase(), quality: quality ? Number(quality.slice(2)) : 1 };
  });
  ranges.sort((one, other) => other.quality - one.quality);
  for (const { tag, quality } of ranges) {
    const language = LANGUAGES.find((known) => tag === known || tag.startsWith(`${known}-`));
    if (language && quality > 0) return language;
  }
  return undefined;
}

/** A path with its query, and a place on its page if the path names one; what is empty is left out. */
export function address(path: string, query: Readonly<Record<string, string | null | undefined>>): string {
  const parameters = new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  const text = parameters.toString();
  const [page, place] = path.split("#");
  return `${page}${text && `?${text}`}${place === undefined ? "" : `#${place}`}`;
}

const Reading = createContext<Locale | undefined>(undefined);

/** Gives all components below it the reader's language. */
export const LocaleProvider = Reading.Provider;

/** The reader's language, for a component. */
export function useLocale(): Locale {
  const locale = useContext(Reading);
  if (!locale) throw new Error("a component stands outside of LocaleProvider");
  return locale;
}
