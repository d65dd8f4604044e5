import type { NumberFragment, WhenFragment } from "../generated/pages/graphql.js";
import type { Locale } from "./locale.js";

const DAY = 86_400_000;

/** The first instant of a calendar date, in milliseconds: pages know days in UTC alone. */
export const instantOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** The calendar date of an instant, as the API writes it. */
export const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Formats are dear to make. */
const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function dates(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = tag + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC" });
  formats.set(key, known);
  return known as Intl.DateTimeFormat;
}

/** Which parts of a date are known, by how it is written. */
const PARTS: Readonly<Record<"year" | "month" | "day", Intl.DateTimeFormatOptions>> = {
  year: { year: "numeric" },
  month: { year: "numeric", month: "short" },
  day: { year: "numeric", month: "short", day: "numeric" },
};

const partsOf = (edtf: string): keyof typeof PARTS =>
  edtf.startsWith("-") || /^[\d?~%]{4,5}$/.test(edtf)
    ? "year"
    : /^\d{4}-(\d\d)[?~%]?$/.test(edtf)
      ? "month"
      : "day";

/** A calendar date: "26 Apr 2025". */
export const day = ({ tag }: Locale, date: string): string => dates(tag, PARTS.day).format(instantOf(date));

/** A moment: "28 Nov 2026, 13:22 UTC". */
export const moment = ({ tag }: Locale, instant: Date): string =>
  `${dates(tag, { ...PARTS.day, hour: "2-digit", minute: "2-digit" }).format(instant)} UTC`;

/** Whether the day of a date is not known. */
export const isVague = ({ precision, approximate, uncertain }: WhenFragment): boolean =>
  (precision !== "DAY" && precision !== "INSTANT") || approximate || uncertain;

/**
 * A vague date in words, as precise as it was written: "26–29 Apr 2025", "Oct–Dec 2024", "by Apr 2025". The rule of what
 * can be read from its text is EDTF's: https://www.loc.gov/standards/datetime/
 */
export function when(
  locale: Locale,
  { edtf, earliest, latest, approximate, uncertain }: WhenFragment,
): string {
  const { words } = locale;
  const [from = "", to = from] = edtf.split("/");
  const finest = partsOf(to === ".." || to === "" ? from : to);
  const text = span(locale, earliest, latest, finest, words);
  const about = approximate ? words.about(text) : text;
  return uncertain ? words.uncertain(about) : about;
}

function span(
  { tag }: Locale,
  earliest: string | null,
  latest: string | null,
  parts: keyof typeof PARTS,
  words: Locale["words"],
): string {
  const format = dates(tag, PARTS[parts]);
  if (earliest && latest) {
    // Years before year 1, and what lies beyond the range of the formatter, are written as they are.
    const [first, last] = [instantOf(earliest), instantOf(latest)];
    if (Number.isNaN(first) || Number.isNaN(last)) return `${earliest} – ${latest}`;
    return format.formatRange(first, last).replaceAll("\u2009", "");
  }
  if (earliest) return words.from(format.format(instantOf(earliest)));
  if (latest) return words.until(format.format(instantOf(latest)));
  return words.dateUnknown;
}

/** How many days a date spans, both ends included; undefined where an end is open. */
export const daysOf = ({ earliest, latest }: WhenFragment): number | undefined =>
  earliest && latest ? (instantOf(latest) - instantOf(earliest)) / DAY + 1 : undefined;

/** A number: "10,000". */
export function number({ tag }: Locale, value: number): string {
  const key = `number ${tag}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(tag, { maximumSignificantDigits: 15 });
  formats.set(key, known);
  return (known as Intl.NumberFormat).format(value);
}

/** What a figure says, in words: "10,000–12,000", "about 250", "at least 400". */
export function figure(
  locale: Locale,
  { low, best, high, approximator, additional }: Omit<NumberFragment, "asOf">,
): string {
  const { words } = locale;
  const say = (value: number) => number(locale, value);
  const given = () => {
    if (low !== null && high !== null && low !== high)
      return words.between(say(low), say(high), best === null ? undefined : say(best));
    const one = best ?? low ?? high;
    return one === null ? words.noNumber : say(one);
  };
  // An end that is not given is open.
  const open = best === null && (low === null) !== (high === null) && (low === null ? "AT_MOST" : "AT_LEAST");
  const meant = approximator === "EXACT" && open ? open : approximator;
  const meanings = {
    EXACT: (text: string) => text,
    ABOUT: words.about,
    AT_LEAST: words.atLeast,
    AT_MOST: words.atMost,
  };
  const text = meanings[meant](given());
  return additional ? words.more(text) : text;
}

/**
 * The numbers that a figure allows, with infinite ends where it is open: docs/disputes.md, "Figures".
 */
export function intervalOf({
  low,
  best,
  high,
  approximator,
}: Omit<NumberFragment, "asOf" | "additional">): [number, number] {
  const ends = low === null && high === null ? [best, best] : [low, high];
  const [from, to] = [ends[0] ?? Number.NEGATIVE_INFINITY, ends[1] ?? Number.POSITIVE_INFINITY];
  const margin = approximator === "ABOUT" ? 0.1 : 0;
  return [
    approximator === "AT_MOST" ? Number.NEGATIVE_INFINITY : from - Math.abs(from) * margin || from,
    approximator === "AT_LEAST" ? Number.POSITIVE_INFINITY : to + Math.abs(to) * margin || to,
  ];
}

/** Several names as one phrase: "A, B and C". */
export const list = ({ tag }: Locale, items: readonly string[]): string =>
  new Intl.ListFormat(tag, { style: "long", type: "conjunction" }).format(items);

/** A text that begins with a capital letter. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
