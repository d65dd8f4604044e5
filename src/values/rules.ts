import { z } from "zod";
import { canonicalUrl, urlProblem } from "./address.js";
import { canonical } from "./canonical.js";
import { canonicalCountry } from "./country.js";
import { dateBounds, FuzzyDateError, parseFuzzyDate } from "./fuzzy-date.js";
import { canonicalLanguage } from "./language-tag.js";
import { canonicalLine, canonicalProse, withoutByteOrderMark } from "./name.js";

export { urlProblem };

// The rules of single values, and of a few that stand together. Whoever takes something in, a mutation or a data set,
// checks by these; the database checks again. A message says what to write instead: it is all that a person sees.

export function oneOf<const Values extends Readonly<Record<string, string>>>(values: Values) {
  return z.enum(values, { error: `write one of ${Object.keys(values).join(", ")}` });
}

/** PostgreSQL stores neither NUL nor half a character. */
export const text = z
  .string({ error: "write a text" })
  .overwrite(withoutByteOrderMark)
  .regex(/\S/, { error: "write a text that is not blank" })
  .regex(/^[^\0\p{Surrogate}]*$/u, { error: "remove the NUL character or the unpaired surrogate" });

const utf8 = new TextEncoder();
/** What fits into a row of an index of PostgreSQL, beside the other columns. */
const LONGEST_LINE_BYTES = 2_000;
const fitsIndex = (value: string): boolean => utf8.encode(value).length <= LONGEST_LINE_BYTES;
const TOO_LONG = {
  error: `write at most ${LONGEST_LINE_BYTES} bytes of UTF-8: as many English letters, half as many Russian ones`,
};

/** A text by which records are looked up and ordered. */
export const line = canonical(canonicalLine, "write a text").refine(fitsIndex, TOO_LONG);

/** A text of several lines. */
export const prose = canonical(canonicalProse, "write a text");

/** Text around a quote may be nothing but a space. */
export const anyText = z
  .string({ error: "write a text" })
  .overwrite(withoutByteOrderMark)
  .regex(/^[^\0\p{Surrogate}]*$/u, { error: "remove the NUL character or the unpaired surrogate" });

export const slug = z
  .string({ error: "write a slug such as north-korea" })
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: "write lower-case letters, digits and single hyphens, such as north-korea",
  })
  .refine(fitsIndex, TOO_LONG);

/** The name of a register of identifiers, such as wikidata: capitals are made small. */
export const scheme = canonical((text) => {
  const value = text.trim().toLowerCase();
  if (slug.safeParse(value).success) return { value };
  return { problem: "write letters, digits and single hyphens, such as wikidata" };
}, "write the name of a register, such as wikidata");

const LONGEST_TAG = 100;
const tag = canonical(canonicalLine, "write a word or a few").refine((value) => value.length <= LONGEST_TAG, {
  error: `write at most ${LONGEST_TAG} characters`,
});
export const tags = z.array(tag, { error: "write a list" }).superRefine((all, context) => {
  for (const [at, one] of all.entries()) {
    if (all.indexOf(one) < at)
      context.addIssue({ code: "custom", message: "stands here twice; remove one", path: [at] });
  }
});

export const countryCode = canonical(canonicalCountry, "write two capitals of ISO 3166-1, such as KR");
export const language = canonical(canonicalLanguage, "write a BCP-47 tag, such as en or zh-Hant");

export const instant = z.iso.datetime({
  offset: true,
  error: "write a date, time and zone, such as 2025-04-29T08:00:00Z",
});

export const url = canonical(canonicalUrl, "write an address").refine(fitsIndex, TOO_LONG);

/** A bare year is a number to YAML. */
export const edtf = z
  .union([z.string(), z.int().transform((year) => String(year).padStart(4, "0"))], {
    error: "write an EDTF date, such as 2025-04-28, 2024-06 or 2024-10/2024-12",
  })
  .transform((value, context) => {
    try {
      return parseFuzzyDate(value).edtf;
    } catch (error) {
      if (!(error instanceof FuzzyDateError)) throw error;
      // Rules about several dates together take each of them for one.
      context.addIssue({ code: "custom", message: error.message, continue: false });
      return z.NEVER;
    }
  });

export const number = z.number({ error: "write a number, without separators or units" });
export const yesOrNo = z.boolean({ error: "write true or false" });

/** What a number may leave out. */
type Given = number | null | undefined;

interface Figure {
  readonly low?: Given;
  readonly best?: Given;
  readonly high?: Given;
  readonly approximator?: string | null;
}

/**
 * An interval has its ends in order, and a figure without a number is none. Of a figure that is AT_LEAST the upper end does
 * not count, of one that is AT_MOST the lower one: another number must be left.
 */
export function figureProblem({ low, best, high, approximator }: Figure): string | undefined {
  const given = [low, best, high].filter((value) => value != null);
  if (given.length === 0) return "write at least one of low, best and high";
  if (approximator === "AT_LEAST" && low == null && best == null) {
    return "AT_LEAST leaves no number of a figure that has only high; write the number as low or best, or write AT_MOST";
  }
  if (approximator === "AT_MOST" && best == null && high == null) {
    return "AT_MOST leaves no number of a figure that has only low; write the number as best or high, or write AT_LEAST";
  }
  const inOrder = given.every((value, index) => index === 0 || given[index - 1]! <= value);
  return inOrder ? undefined : "put the numbers in order: low, then best, then high";
}

/** The fragment of an address, after the `#`: RFC 3986, section 3.5. */
export const fragment = canonical((text) => {
  const value = text.trim().replace(/^#/, "");
  return /^[\w\-.~!$&'()*+,;=:@/?%]+$/.test(value)
    ? { value }
    : {
        problem:
          "write the fragment of an address, such as t=65,122.05 or page=12; encode other characters as %20 and the like",
      };
}, "write the fragment of an address, such as page=12");

/** A specification says how a fragment is read. */
export const fragmentProblem = ({
  fragment,
  conformsTo,
}: {
  fragment?: string | null;
  conformsTo?: string | null;
}) =>
  fragment == null && conformsTo != null
    ? [
        {
          at: "conformsTo",
          message: "it says how a fragment is read, and there is none; give the fragment, or leave it out",
        },
      ]
    : undefined;

interface Place {
  readonly name?: string | null;
  readonly countryCode?: string | null;
  readonly latitude?: Given;
  readonly longitude?: Given;
  readonly precision?: string | null;
}

/** Half a coordinate is no place, and a country alone is no spot. */
export function placeProblem({
  name,
  countryCode,
  latitude,
  longitude,
  precision,
}: Place): string | undefined {
  if ((latitude == null) !== (longitude == null)) return "write both latitude and longitude, or neither";
  return precision === "EXACT" && countryCode != null && name == null && latitude == null
    ? "EXACT means the very spot; give its name or its coordinates, or choose another precision"
    : undefined;
}

/** Nothing ends before it begins. */
export function affiliationProblem({ from, to }: { from?: string | null; to?: string | null }) {
  if (from == null || to == null) return undefined;
  return dateBounds(to).latest < dateBounds(from).earliest
    ? "it ends before it starts; change one of the dates"
    : undefined;
}

/** A quantity is comparable only with its measure; a yes-or-no question has nothing to measure. */
export function propositionProblem(proposition: {
  kind?: string;
  measure?: string | null;
  unit?: string | null;
  population?: string | null;
  basis?: string | null;
  accumulates?: boolean | null;
}) {
  const { kind, measure, unit, population, basis, accumulates } = proposition;
  if (kind === "QUANTITY" && measure == null) return "a QUANTITY needs a measure; add one";
  if (kind === "YES_NO" && accumulates) {
    return "a YES_NO has no number that could grow; set accumulates to false, or make it a QUANTITY";
  }
  return kind === "YES_NO" && (measure ?? unit ?? population ?? basis) != null
    ? "a YES_NO has nothing to measure; remove measure, unit, population and basis"
    : undefined;
}

/** @param kind of the proposition that a claim with a figure takes a stance on */
export const figureOfProposition = (kind: string | undefined) =>
  kind === "YES_NO"
    ? "a figure answers a QUANTITY, and this proposition is YES_NO; remove one of them"
    : undefined;

export const latitude = number.min(-90, { error: "write -90 to 90" }).max(90, { error: "write -90 to 90" });
export const longitude = number
  .min(-180, { error: "write -180 to 180" })
  .max(180, { error: "write -180 to 180" });
export const credibility = z
  .int({ error: "write a whole number from 1 to 6" })
  .min(1, { error: "write 1 to 6 (Admiralty code)" })
  .max(6, { error: "write 1 to 6 (Admiralty code)" });

const DAYS = { error: "write a whole number of days, from 0 to 36500" };
export const comparableDays = z.int(DAYS).min(0, DAYS).max(36_500, DAYS);

/** What is wrong with one field beside others. */
export interface Misfit {
  readonly at: string;
  readonly message: string;
}

/** Turns what a rule about several values together says into what zod wants. */
export const together =
  <Value>(problem: (value: Value) => string | readonly Misfit[] | undefined, ...path: string[]) =>
  (value: Value, context: z.RefinementCtx): void => {
    const found = problem(value);
    // zod adds to the path of an issue when the value stands in a list, so each has one of its own.
    if (typeof found === "string") context.addIssue({ code: "custom", message: found, path: [...path] });
    else for (const { at, message } of found ?? []) context.addIssue({ code: "custom", message, path: [at] });
  };
