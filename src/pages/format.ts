import type { NumberFragment, SideStance, Stance, WhenFragment } from "../generated/pages/graphql.js";
import { parseFuzzyDate } from "../values/fuzzy-date.js";
import type { Locale } from "./locale.js";

/** In milliseconds. */
export const DAY = 86_400_000;

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

/** Of "202X" the year is not known, of "2025-XX" the month: https://www.loc.gov/standards/datetime/, "Unspecified digit". */
function partsOf(edtf: string): keyof typeof PARTS {
  const [, , month, day] =
    /^([\dX]+)(?:-(\d\d|XX))?(?:-(\d\d|XX))?/.exec(edtf.replaceAll(/[?~%]/g, "")) ?? [];
  if (!month || month === "XX") return "year";
  return !day || day === "XX" ? "month" : "day";
}

/** A calendar date: "26 Apr 2025". */
export const day = ({ tag }: Locale, date: string): string => dates(tag, PARTS.day).format(instantOf(date));

/** A moment: "28 Nov 2026, 13:22 UTC". @param offset of the clock that shows it: "+01:00" */
export const moment = ({ tag }: Locale, clock: Date, offset = ""): string =>
  `${dates(tag, { ...PARTS.day, hour: "2-digit", minute: "2-digit" }).format(clock)} UTC${offset}`;

/** What a date in EDTF means; undefined where it is none. */
export function dateFrom(edtf: string): WhenFragment | undefined {
  try {
    const { earliest, latest, precision, approximate, uncertain } = parseFuzzyDate(edtf);
    return { edtf, earliest, latest, precision, approximate, uncertain } as WhenFragment;
  } catch {
    return undefined;
  }
}

/** Whether the day of a date is not known. */
export const isVague = ({ precision, approximate, uncertain }: WhenFragment): boolean =>
  (precision !== "DAY" && precision !== "INSTANT") || approximate || uncertain;

/**
 * A vague date in words, as precise as it was written: "26–29 Apr 2025", "Oct–Dec 2024", "by Apr 2025". The rule of what
 * can be read from its text is EDTF's: https://www.loc.gov/standards/datetime/
 */
export function when(locale: Locale, date: WhenFragment): string {
  return hedged(locale, date, date.precision === "INSTANT" ? instant(locale, date) : span(locale, date));
}

/** The same after a word such as "since": an open end says itself on which side it is open. */
export function whenAfter(locale: Locale, date: WhenFragment): string {
  const { words } = locale;
  if (date.earliest && date.latest) return when(locale, date);
  const { earliest: orLater, latest: orEarlier } = words;
  return hedged(
    locale,
    date,
    span({ ...locale, words: { ...words, from: orLater, until: orEarlier } }, date),
  );
}

/** How sure a date is, in words. */
function hedged({ words }: Locale, date: WhenFragment, text: string): string {
  const about = date.approximate ? words.about(text) : text;
  return date.uncertain ? words.uncertain(about) : about;
}

/** A moment as the clock showed it where it was told, as far as it is told: a time without a zone is none. */
function instant(locale: Locale, date: WhenFragment): string {
  const [, clock, zone] = /^(.{10}T\d\d:\d\d).*?(Z|[+-][\d:]+)$/.exec(date.edtf) ?? [];
  const at = new Date(`${clock}Z`);
  if (Number.isNaN(at.getTime())) return span(locale, date);
  return moment(locale, at, zone === "Z" ? "" : zone);
}

/** From the first to the last day that a date may mean, each end as precise as it was written. */
function span(locale: Locale, { edtf, earliest, latest }: WhenFragment): string {
  const { tag, words } = locale;
  const [from = "", to = from] = edtf.split("/");
  const [first, last] = [partsOf(from), partsOf(to)].map((parts) => dates(tag, PARTS[parts]));
  const [start, end] = [earliest ? instantOf(earliest) : undefined, latest ? instantOf(latest) : undefined];
  if (start === undefined || end === undefined || !first || !last) {
    if (start !== undefined) return words.from(first?.format(start) ?? earliest ?? "");
    return end === undefined ? words.dateUnknown : words.until(last?.format(end) ?? latest ?? "");
  }
  // Years before year 1, and what lies beyond the range of the formatter, are written as they are.
  if (Number.isNaN(start) || Number.isNaN(end)) return `${earliest} – ${latest}`;
  return first === last
    ? first.formatRange(start, end).replaceAll("\u2009", "")
    : `${first.format(start)} – ${last.format(end)}`;
}

/** The last day of a month, of a year of four digits. */
export function lastDayOf(year: number, month: number): string {
  const day = new Date(0);
  // Date.UTC takes the years before 100 for others.
  day.setUTCFullYear(year, month, 0);
  return dateOf(day.getTime());
}

/** A number: "10,000". */
export function number({ tag }: Locale, value: number): string {
  const key = `number ${tag}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(tag, { maximumSignificantDigits: 15 });
  formats.set(key, known);
  return (known as Intl.NumberFormat).format(value);
}

/** A number as an axis writes it: "10M" for ten million. */
export function shortNumber(locale: Locale, value: number): string {
  if (Math.abs(value) < 1_000_000) return number(locale, value);
  const key = `short ${locale.tag}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(locale.tag, { notation: "compact" });
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
    const one = low ?? high ?? best;
    return one === null ? words.noNumber : say(one);
  };
  // An end that is not given is open.
  const open = (low === null) !== (high === null) && (low === null ? "AT_MOST" : "AT_LEAST");
  const meant = approximator === "EXACT" && open ? open : approximator;
  const hedge =
    approximator === "ABOUT" && open ? (text: string) => meanings[open](words.about(text)) : undefined;
  const meanings = {
    EXACT: (text: string) => text,
    ABOUT: words.about,
    AT_LEAST: words.atLeast,
    AT_MOST: words.atMost,
  };
  const told = (hedge ?? meanings[meant])(given());
  const text = open && best !== null ? words.bestOf(told, say(best)) : told;
  return additional ? words.more(text) : text;
}

/** What a figure says of whoever holds it: who rejects a number does not give it. */
export function figureHeld(
  locale: Locale,
  given: Omit<NumberFragment, "asOf">,
  stance: SideStance | Stance,
): string {
  const text = figure(locale, given);
  return stance === "REJECTS" ? locale.words.not(text) : text;
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

/** So many seconds as a time in a recording: 1:05, 1:02:03. */
function clock(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A time of a media fragment, in seconds or as hours and minutes, with or without its end. */
const MEDIA_TIME = /^(?:npt:)?([\d:.]*)(?:,([\d:.]+))?$/;

/**
 * A place in a source in words: the page of a document, the time of a recording; the fragment itself where it is another
 * thing. https://www.w3.org/TR/media-frags/
 */
export function placeIn({ words }: Locale, fragment: string): string {
  const parts = [...new URLSearchParams(fragment)].map(([name, value]) => {
    if (name === "page" && /^\d+$/.test(value)) return words.pageOf(value);
    const [, from, to] = (name === "t" && value && MEDIA_TIME.exec(value)) || [];
    const ends = [from || "0", to].filter((end) => end !== undefined);
    const times = ends.map((end) => (end.includes(":") ? end : clock(Number(end))));
    return from !== undefined && !times.some((time) => time.includes("NaN")) ? times.join("–") : undefined;
  });
  return parts.includes(undefined) ? fragment : parts.join(", ");
}

/** Several names as one phrase: "A, B and C". */
export const list = ({ tag }: Locale, items: readonly string[]): string =>
  new Intl.ListFormat(tag, { style: "long", type: "conjunction" }).format(items);

/** A text that begins with a capital letter. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
