import grandfathered from "language-subtag-registry/data/json/grandfathered.json" with { type: "json" };
import languages from "language-subtag-registry/data/json/language.json" with { type: "json" };
import { canonicalLanguage, LANGUAGE } from "../../src/values/language-tag.js";
import { language } from "../../src/values/rules.js";

/** The tag that a text is kept as. */
const kept = (written: string) => Object.assign({ value: undefined }, canonicalLanguage(written)).value;

test.each([
  ["en", "en"],
  ["EN-us", "en-US"],
  ["en_US", "en-US"],
  [" uk ", "uk"],
  ["ZH-HANT-TW", "zh-Hant-TW"],
  ["ko-kp", "ko-KP"],
  ["es-419", "es-419"],
  ["de-ch-1901", "de-CH-1901"],
  ["sl-rozaj-biske", "sl-biske-rozaj"],
  ["en-u-ca-gregory", "en-u-ca-gregory"],
  ["en-t-de", "en-t-de"],
])("%j is kept as %s", (written, tag) => {
  expect(canonicalLanguage(written)).toEqual({ value: tag });
  expect(language.parse(written)).toBe(tag);
});

test.each([
  ["iw", "he"],
  ["in", "id"],
  ["eng", "en"],
  ["ger", "de"],
  ["deu", "de"],
  ["sh", "sr-Latn"],
  ["zh-cmn-Hant", "zh-Hant"],
  ["zh-yue", "yue"],
  ["ar-arz-EG", "arz-EG"],
  ["en-UK", "en-GB"],
])("%s is another way to write %s", (written, tag) => {
  expect(canonicalLanguage(written)).toEqual({ value: tag });
});

test.each([
  ["i-klingon", "tlh"],
  ["I-Klingon", "tlh"],
  ["en-GB-oed", "en-GB-oxendict"],
  ["no_bok", "nb"],
  ["sgn-BE-FR", "sfb"],
  ["zh-min-nan", "nan"],
  ["zh-guoyu", "zh"],
  ["art-lojban", "jbo"],
  ["i-default", "en-x-i-default"],
])("%s was registered as a whole, and is %s today", (written, tag) => {
  expect(canonicalLanguage(written)).toEqual({ value: tag });
  expect(canonicalLanguage(tag)).toEqual({ value: tag });
});

test("every tag that was registered as a whole is kept", () => {
  const tags = Object.keys(grandfathered);
  expect(tags.filter((tag) => kept(tag) === undefined || kept(tag) === tag)).toEqual([]);
});

test.each(["rue", "gag", "xnr", "ckb", "yue", "tlh", "cu", "kr", "tw"])(
  "%s is registered, however few speak it, and whatever country has it for a code",
  (value) => {
    expect(canonicalLanguage(value)).toEqual({ value });
  },
);

test.each(["und", "mul", "zxx", "mis", "qaa", "qtz-Qaaa-XA", "art-x-foo", "en-x-a-b", "und-x-foo"])(
  "%s says that it is no language of a people",
  (value) => {
    expect(canonicalLanguage(value)).toEqual({ value });
  },
);

test("a tag of nothing but private use is kept in the form that Unicode has for it, which Intl reads too", () => {
  expect(canonicalLanguage("X-Foo")).toEqual({ value: "und-x-foo" });
  expect(() => new Intl.Locale("x-foo")).toThrow(RangeError);
  expect(String(new Intl.Locale("und-x-foo"))).toBe("und-x-foo");
});

test("every language that is registered is kept, and what it is kept as stays", () => {
  const codes = Object.keys(languages).filter((code) => !code.includes("."));
  expect(codes.length).toBeGreaterThan(8_000);
  expect(codes.filter((code) => kept(code) === undefined || kept(kept(code) ?? "") !== kept(code))).toEqual(
    [],
  );
});

test.each([
  ["ua", "uk (Ukrainian)"],
  ["UA", "uk (Ukrainian)"],
  ["ua-UA", "uk-UA (Ukrainian)"],
  ["jp", "ja (Japanese)"],
  ["jp_JP", "ja-JP (Japanese)"],
  ["gr", "el (Greek)"],
  ["cz", "cs (Czech)"],
  ["cn", "zh (Chinese)"],
  ["dk", "da (Danish)"],
  ["us", "en (English)"],
  ["by", "be (Belarusian)"],
  ["by-BY", "be-BY (Belarusian)"],
  ["kz", "kk (Kazakh)"],
  ["ge", "ka (Georgian)"],
  ["al", "sq (Albanian)"],
  ["il", "he (Hebrew)"],
  ["ir", "fa (Persian)"],
  ["gb", "en (English)"],
  ["at", "de (German)"],
  ["mx", "es (Spanish)"],
  ["iq", "ar (Arabic)"],
  ["md", "ro (Romanian)"],
  ["Farsi", "fa (Persian)"],
  ["Mandarin", "zh (Chinese)"],
  ["Serbo-Croatian", "sr-Latn (Serbian)"],
  ["française", "fr (French)"],
  ["english", "en (English)"],
  ["English!", "en (English)"],
  ["Ukrainian", "uk (Ukrainian)"],
  ["Norwegian", "no (Norwegian)"],
  ["Chinese", "zh (Chinese)"],
  ["українська", "uk (Ukrainian)"],
  ["Deutsch", "de (German)"],
  ["Francais", "fr (French)"],
  ["日本語", "ja (Japanese)"],
  ["한국어", "ko (Korean)"],
  ["हिन्दी", "hi (Hindi)"],
  ["العربية", "ar (Arabic)"],
])("%j is refused, and %s proposed", (written, meant) => {
  expect(canonicalLanguage(written)).toEqual({ problem: `write ${meant}` });
});

test.each([
  ["xyz", "xyz"],
  ["en-Cyrx", "Cyrx"],
  ["en-AB", "AB"],
  ["de-foobar", "foobar"],
  ["en-a-bbb", "a"],
  ["en-a-bbb-x-a", "a"],
  ["jp-JP-foobar", "jp"],
])("%s is refused, because %s is registered nowhere", (written, subtag) => {
  expect(canonicalLanguage(written)).toEqual({
    problem: `IANA has not registered the subtag ${subtag}; write a BCP-47 tag, such as en or zh-Hant`,
  });
});

test.each([
  "",
  "x",
  "en-",
  "en--US",
  "e n",
  "en-cmn",
  "en-USA",
  "de-1901-1901",
  "\0",
  "toString!",
  "constructor",
])("%j is no tag", (written) => {
  expect(canonicalLanguage(written)).toEqual({ problem: "write a BCP-47 tag, such as en or zh-Hant" });
});

test("the rule says the problem", () => {
  const said = (value: unknown) => language.safeParse(value).error?.issues.map(({ message }) => message);
  expect(said("ua")).toEqual(["write uk (Ukrainian)"]);
  expect(said(`en-x-${"a-".repeat(60)}a`)).toEqual(["write a BCP-47 tag of at most 100 characters"]);
  expect(said(null)).toEqual(["write a BCP-47 tag, such as en or zh-Hant"]);
});

test.each([
  ["eng", "en"],
  ["ENG_us", "en-US"],
  ["eng-", "en-"],
  ["eng-lat", "en-lat"],
  ["zh-han", "zh-han"],
  ["zh_Han", "zh-Han"],
  ["zh-yue-h", "yue-h"],
  ["e", "e"],
  ["", ""],
  ["-", "-"],
  ["english-la", "english-la"],
])("a filter takes %j as the beginning %j", (part, beginning) => {
  expect(LANGUAGE.parts?.(part, "startsWith")).toEqual([beginning]);
});
