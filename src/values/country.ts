import { iso31661 } from "iso-3166/1.js";
import { iso31663 } from "iso-3166/3.js";
import type { Canonical, Form } from "./canonical.js";
import { nameKey } from "./name.js";

const ASSIGNED = new Set(iso31661.map(({ alpha2 }) => alpha2));
/** Kosovo has no code of ISO; this one, which anybody may use as they please, is used for it nearly everywhere. */
const KOSOVO = "XK";
/** Countries that older news speaks of, unless another country has their code today. */
const FORMER = iso31663
  .map(({ alpha4, from }) => ({ ...from, alpha4 }))
  .filter(({ alpha2 }) => !ASSIGNED.has(alpha2));
const CODES = new Set([...ASSIGNED, KOSOVO, ...FORMER.map(({ alpha2 }) => alpha2)]);

/** What many write, and neither ISO nor Unicode's names of countries know. */
const ALSO_WRITTEN: Readonly<Record<string, readonly string[]>> = {
  AE: ["UAE"],
  CD: ["DRC", "DR Congo"],
  CG: ["Republic of the Congo"],
  CI: ["Ivory Coast"],
  CN: ["People's Republic of China"],
  CZ: ["Czech Republic"],
  DD: ["East Germany", "GDR"],
  GB: ["UK", "Britain", "Great Britain", "England", "Northern Ireland", "Scotland", "Wales"],
  // The European Union writes EL for Greece.
  GR: ["EL"],
  MK: ["Macedonia"],
  MO: ["Macau"],
  NL: ["Holland"],
  SU: ["Soviet Union"],
  SZ: ["Swaziland"],
  TL: ["East Timor"],
  TR: ["Turkey"],
  US: ["America"],
  VA: ["Vatican"],
};

const SHAPE = "write two capitals of ISO 3166-1, such as KR";

/**
 * The code of a country: alpha-2 of ISO 3166-1 as it is assigned, XK for Kosovo, or a code that ISO 3166-3 keeps of a country
 * that is no more, such as SU. In capitals. The problem of anything else proposes the code that may be meant.
 */
export function canonicalCountry(text: string): Canonical {
  const written = text.trim();
  const isPair = /^[a-z]{2}$/i.test(written);
  const code = written.toUpperCase();
  if (isPair && CODES.has(code)) return { value: code };
  const meant = meantBy(written);
  if (meant) return { problem: `write ${meant} (${nameOf(meant)})` };
  return { problem: isPair ? `no country has this code; ${SHAPE}` : SHAPE };
}

/** Codes of countries in filters. */
export const COUNTRY: Form = { whole: canonicalCountry };

const LONGEST_NAME = 100;
let meanings: ReadonlyMap<string, string> | undefined;

/** The code of the country that a name, or a code of another kind, stands for. */
function meantBy(written: string): string | undefined {
  if (written.length > LONGEST_NAME) return undefined;
  meanings ??= allMeanings();
  return meanings.get(keyOf(/^\d{1,3}$/.test(written) ? written.padStart(3, "0") : written));
}

function allMeanings(): ReadonlyMap<string, string> {
  const meanings = new Map<string, string>();
  const add = (code: string, ...words: readonly (string | undefined)[]): void => {
    for (const word of words) {
      const key = keyOf(word ?? "");
      if (key && !meanings.has(key)) meanings.set(key, code);
    }
  };
  for (const code of [...ASSIGNED, KOSOVO])
    add(code, code, ...unicodeNames(code), ...(ALSO_WRITTEN[code] ?? []));
  for (const { alpha2, alpha3, numeric, name } of iso31661)
    add(alpha2, alpha3, numeric, name, uninverted(name));
  for (const { alpha2, alpha3, alpha4, numeric, name } of FORMER) {
    add(alpha2, alpha3, alpha4, numeric, name, ...(ALSO_WRITTEN[alpha2] ?? []));
  }
  return meanings;
}

const NAMES = (["long", "short"] as const).map(
  (style) => new Intl.DisplayNames("en", { type: "region", style, fallback: "none" }),
);

/** `Myanmar (Burma)` is both. */
const unicodeNames = (code: string): string[] =>
  NAMES.flatMap((names) => {
    const name = names.of(code) ?? "";
    return [name, ...name.split(/ \(|\)/)];
  });

/** `Korea, Republic of` the way it is said. */
const uninverted = (name: string): string => name.split(", ").toReversed().join(" ");

/** Accents and the article do not count here: few write the ones of Türkiye or of the Gambia. */
const keyOf = (words: string): string =>
  nameKey(words.normalize("NFD").replace(/[\u0300-\u036F]/g, "")).replace(/^the /, "");

const nameOf = (code: string): string =>
  FORMER.find(({ alpha2 }) => alpha2 === code)?.name ?? NAMES[0]?.of(code) ?? code;
