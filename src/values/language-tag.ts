import extlangs from "language-subtag-registry/data/json/extlang.json" with { type: "json" };
import languages from "language-subtag-registry/data/json/language.json" with { type: "json" };
import regions from "language-subtag-registry/data/json/region.json" with { type: "json" };
import scripts from "language-subtag-registry/data/json/script.json" with { type: "json" };
import variants from "language-subtag-registry/data/json/variant.json" with { type: "json" };
import type { Canonical, Form } from "./canonical.js";
import { canonicalCountry } from "./country.js";
import { nameKey } from "./name.js";

const LONGEST = 100;
const SHAPE = "write a BCP-47 tag, such as en or zh-Hant";

/**
 * A tag of BCP 47 whose subtags IANA has registered, or that are for private use, in the canonical form of Unicode: `EN_us` is
 * en-US, `iw` is he, `eng` is en, `zh-yue` is yue. The problem of anything else proposes what may be meant.
 */
export function canonicalLanguage(text: string): Canonical {
  const written = hyphenated(text);
  if (written.length > LONGEST) return { problem: `write a BCP-47 tag of at most ${LONGEST} characters` };
  const tag = wellFormed(written);
  const unknown = tag && unregistered(tag);
  if (tag && unknown === undefined) return { value: tag };
  const meant = meantBy(written);
  if (meant) return { problem: `write ${meant} (${ENGLISH.of(meant.split("-", 1)[0] ?? meant)})` };
  return { problem: unknown ? `IANA has not registered the subtag ${unknown}; ${SHAPE}` : SHAPE };
}

const hyphenated = (text: string): string => text.trim().replaceAll("_", "-");

/** Tags of languages in filters. */
export const LANGUAGE: Form = { whole: canonicalLanguage, parts: (part) => [beginningOfTag(part)] };

/** A tag in canonical form as far as its subtags are whole, of which the last may be cut: `eng` is en, `eng_lat` en-lat. */
function beginningOfTag(part: string): string {
  const written = hyphenated(part);
  const whole = registered(written);
  if (whole) return whole;
  const cut = written.lastIndexOf("-");
  const begun = cut > 0 && registered(written.slice(0, cut));
  return begun ? `${begun}${written.slice(cut)}` : written;
}

/** The canonical form of a tag that is made of registered subtags. */
function registered(written: string): string | undefined {
  const tag = written.length <= LONGEST ? wellFormed(written) : undefined;
  return tag && unregistered(tag) === undefined ? tag : undefined;
}

/** Languages that others may be added to, as in `zh-yue`. */
const WITH_EXTLANGS = /^(?:ar|kok|lv|ms|sgn|sw|uz|zh)-([a-z]{3})(?=-|$)/i;

/**
 * Tags that were registered as a whole before subtags were, and that `Intl` does not take, by what is written instead:
 * https://www.rfc-editor.org/rfc/rfc5646#section-2.2.8 and, where that has nothing, the same chapter of Unicode as below.
 */
const GRANDFATHERED = new Map(
  Object.entries({
    "en-gb-oed": "en-GB-oxendict",
    "i-ami": "ami",
    "i-bnn": "bnn",
    "i-default": "en-x-i-default",
    "i-enochian": "und-x-i-enochian",
    "i-hak": "hak",
    "i-klingon": "tlh",
    "i-lux": "lb",
    "i-mingo": "see-x-i-mingo",
    "i-navajo": "nv",
    "i-pwn": "pwn",
    "i-tao": "tao",
    "i-tay": "tay",
    "i-tsu": "tsu",
    "no-bok": "nb",
    "no-nyn": "nn",
    "sgn-be-fr": "sfb",
    "sgn-be-nl": "vgt",
    "sgn-ch-de": "sgg",
    "zh-min": "nan-x-zh-min",
    "zh-min-nan": "nan",
  }),
);

function wellFormed(given: string): string | undefined {
  const tag = GRANDFATHERED.get(given.toLowerCase()) ?? given;
  try {
    // Intl takes neither of these forms. How to write them instead is said at
    // https://www.unicode.org/reports/tr35/#BCP_47_Language_Tag_Conversion
    const taken = tag
      .replace(/^x-/i, "und-x-")
      .replace(WITH_EXTLANGS, (pair, added) => (Object.hasOwn(extlangs, added.toLowerCase()) ? added : pair));
    return Intl.getCanonicalLocales(taken)[0];
  } catch {
    return undefined;
  }
}

type Registry = (subtag: string) => boolean;

/** Reads a list of subtags, in which a range such as `qaa..qtz` is for private use. */
function registry(subtags: Readonly<Record<string, number>>): Registry {
  const ranges = Object.keys(subtags).flatMap((key) => {
    const [first, last] = key.split("..");
    return first && last ? [{ first, last }] : [];
  });
  return (subtag) =>
    Object.hasOwn(subtags, subtag) ||
    ranges.some(({ first, last }) => subtag.length === first.length && first <= subtag && subtag <= last);
}

const isLanguage = registry(languages);
const isScript = registry(scripts);
const isRegion = registry(regions);
const isVariant = registry(variants);

/** The first subtag of a canonical tag that IANA does not know. */
function unregistered(tag: string): string | undefined {
  const [language = "", ...others] = tag.split("-");
  if (!isLanguage(language)) return language;
  const extended = others.findIndex(({ length }) => length === 1);
  const plain = extended < 0 ? others : others.slice(0, extended);
  return plain.find((subtag) => !kindOf(subtag)(subtag.toLowerCase())) ?? unknownExtension(others);
}

function kindOf(subtag: string): Registry {
  if (/^[a-z]{4}$/i.test(subtag)) return isScript;
  return /^([a-z]{2}|\d{3})$/i.test(subtag) ? isRegion : isVariant;
}

/** Two are registered, https://www.iana.org/assignments/language-tag-extensions-registry; after an `x` anything may stand. */
const unknownExtension = (subtags: readonly string[]): string | undefined => {
  const first = subtags.find((subtag) => subtag === "x" || (subtag.length === 1 && !"tu".includes(subtag)));
  return first === "x" ? undefined : first;
};

const ENGLISH = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** The tag that may be meant by the code of a country, alone or in place of a language, or by the name of a language. */
function meantBy(written: string): string | undefined {
  const [first = "", ...others] = written.split("-");
  const country = /^[a-z]{2}$/i.test(first) && !isLanguage(first.toLowerCase()) && canonicalCountry(first);
  const language = country && "value" in country && languageOf(country.value);
  if (!language || language === "und") return named(written);
  return registered([language, ...others].join("-"));
}

const COUNTRIES = new Intl.DisplayNames("en", { type: "region" });

/**
 * The language that most speak in a country. If it is at home elsewhere and another has the country's name, as Belarusian
 * has that of Belarus, whoever writes the country's code means that one.
 */
function languageOf(country: string): string {
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  if (isAtHome(language, country)) return language;
  const begun = COUNTRIES.of(country)?.slice(0, LIKE);
  const own = Object.keys(languages).find(
    (code) => code.length === 2 && ENGLISH.of(code)?.slice(0, LIKE) === begun && isAtHome(code, country),
  );
  return own ?? language;
}

const isAtHome = (language: string, country: string): boolean =>
  new Intl.Locale(language).maximize().region === country;

/** As many letters of its name a country has in common with its language: Kazakhstan and Kazakh, Belarus and Belarusian. */
const LIKE = 4;

let names: ReadonlyMap<string, string> | undefined;

function named(written: string): string | undefined {
  names ??= allNames();
  return names.get(keyOf(written));
}

/** What many write, and Unicode does not know. */
const ALSO_WRITTEN: Readonly<Record<string, readonly string[]>> = {
  el: ["Modern Greek"],
  fa: ["Farsi"],
  fr: ["française"],
  he: ["Ivrit"],
  "sr-Latn": ["Serbo-Croatian", "srpskohrvatski"],
  zh: ["Mandarin", "Putonghua"],
};

/** Names of languages in English and in themselves. To ask for them all takes a while, so it is done when one is needed. */
function allNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (code: string, of: Intl.DisplayNames): boolean => {
    const name = of.of(code);
    if (!name) return false;
    const key = keyOf(name);
    if (!names.has(key)) names.set(key, wellFormed(code) ?? code);
    return true;
  };
  const namesIn = (language: string) =>
    new Intl.DisplayNames(language, { type: "language", fallback: "none" });
  for (const [code, words] of Object.entries(ALSO_WRITTEN))
    for (const word of words) names.set(keyOf(word), code);
  const inEnglish = namesIn("en");
  const known = Object.keys(languages).filter((code) => !code.includes(".") && add(code, inEnglish));
  for (const code of Intl.DisplayNames.supportedLocalesOf(known)) add(code, namesIn(code));
  return names;
}

const keyOf = (name: string): string => nameKey(name.normalize("NFD").replace(/[\u0300-\u036F]/g, ""));
