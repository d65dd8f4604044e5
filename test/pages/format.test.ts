import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { NumberFragment, TurnedFragment, WhenFragment } from "../../src/generated/pages/graphql.js";
import { bibtex, plainReference } from "../../src/pages/claim/cite-claim.js";
import { comparable, groupsOf, type Point } from "../../src/pages/components/figures.js";
import { languageOf, nameFor } from "../../src/pages/components/text.js";
import { Timeline } from "../../src/pages/components/timeline.js";
import { figure, intervalOf, isVague, placeIn, when, whenAfter } from "../../src/pages/format.js";
import { LocaleProvider, localeOf } from "../../src/pages/locale.js";
import { withoutSlash } from "../../src/pages/pages.js";
import { fromHere, wayBack } from "../../src/pages/session.js";
import { piecesOf } from "../../src/pages/source/marked-text.js";
import { parseFuzzyDate } from "../../src/values/fuzzy-date.js";

const en = localeOf(new URLSearchParams("lang=en"));
const de = localeOf(new URLSearchParams("lang=de"));

const date = (edtf: string): WhenFragment => {
  const { earliest, latest, precision, approximate, uncertain } = parseFuzzyDate(edtf);
  return { edtf, earliest, latest, precision, approximate, uncertain } as WhenFragment;
};

test.each([
  ["2025-04-26", "26 Apr 2025", "26. Apr. 2025"],
  ["2025-04", "Apr 2025", "Apr. 2025"],
  ["2024", "2024", "2024"],
  ["2025-04-26/2025-04-29", "26–29 Apr 2025", "26.–29. Apr. 2025"],
  ["2024-10/2024-12", "Oct–Dec 2024", "Okt.–Dez. 2024"],
  ["2024-10/2025-04-27", "Oct 2024–27 Apr 2025", "Okt. 2024–27. Apr. 2025"],
  ["2024/2025-04", "2024–Apr 2025", "2024–Apr. 2025"],
  ["202X", "2020–2029", "2020–2029"],
  ["2025-XX", "2025", "2025"],
  ["2025-04-XX", "Apr 2025", "Apr. 2025"],
  ["2025-04-26T14:30:00Z", "26 Apr 2025, 14:30 UTC", "26. Apr. 2025, 14:30 UTC"],
  ["2025-04-26T23:30:00-02:00", "26 Apr 2025, 23:30 UTC-02:00", "26. Apr. 2025, 23:30 UTC-02:00"],
  ["2025-04-26T00:30+05:45", "26 Apr 2025, 00:30 UTC+05:45", "26. Apr. 2025, 00:30 UTC+05:45"],
  ["2025-04-26T23:30:00-02:00/2025-04-27T00:30:00-02:00", "26–27 Apr 2025", "26.–27. Apr. 2025"],
  ["2024/..", "since 2024", "seit 2024"],
  ["/2025-04", "by Apr 2025", "bis Apr. 2025"],
  ["2025-04-28~", "about 28 Apr 2025", "etwa 28. Apr. 2025"],
  ["2025-04-28?", "28 Apr 2025, uncertain", "28. Apr. 2025, unsicher"],
])("%s is written as precisely as it was recorded", (edtf, english, german) => {
  const plain = (text: string) => text.replace(/[\u2009\u202f\u00a0]/g, "").replace(/\s*–\s*/g, "–");
  expect(plain(when(en, date(edtf)))).toBe(english);
  expect(plain(when(de, date(edtf)))).toBe(german);
});

test.each([
  ["t=65,122.05", "1:05–2:02"],
  ["t=npt:3723", "1:02:03"],
  ["t=,20", "0:00–0:20"],
  ["t=0:01:05", "0:01:05"],
  ["page=12", "page 12"],
  ["page=12&t=5", "page 12, 0:05"],
  ["xywh=160,120,320,240", "xywh=160,120,320,240"],
  ["t=clock:2011-10-14T11:19:01Z", "t=clock:2011-10-14T11:19:01Z"],
  ["t=1.2.3", "t=1.2.3"],
  ["page=xii", "page=xii"],
  ["chapter-2", "chapter-2"],
  [":~:text=said%20so", ":~:text=said%20so"],
])("the fragment %s leads to a place", (fragment, english) => {
  expect(placeIn(en, fragment)).toBe(english);
});

test.each([
  ["2025-04-26", "26 Apr 2025"],
  ["2024/..", "2024 or later"],
  ["/2025-04", "Apr 2025 or earlier"],
])("after a word such as “since”, %s says on which side it is open", (edtf, english) => {
  expect(whenAfter(en, date(edtf))).toBe(english);
});

test("only a known day is not vague", () => {
  expect(
    ["2025-04-26", "2025-04", "2025-04-26~", "2025-04-26/2025-04-27"].map((edtf) => isVague(date(edtf))),
  ).toEqual([false, true, true, true]);
});

const given = (parts: Partial<NumberFragment>): NumberFragment => ({
  low: null,
  best: null,
  high: null,
  approximator: "EXACT",
  additional: false,
  asOf: null,
  ...parts,
});

test.each([
  [{ best: 10_000 }, "10,000", [10_000, 10_000]],
  [{ low: 10_000, high: 12_000 }, "10,000–12,000", [10_000, 12_000]],
  [{ low: 10_000, best: 11_000, high: 12_000 }, "10,000–12,000, best estimate 11,000", [10_000, 12_000]],
  [{ best: 400, approximator: "AT_LEAST" }, "at least 400", [400, Number.POSITIVE_INFINITY]],
  [{ best: 3_500, approximator: "AT_MOST" }, "at most 3,500", [Number.NEGATIVE_INFINITY, 3_500]],
  [{ low: 5, best: 8 }, "at least 5, best estimate 8", [5, Number.POSITIVE_INFINITY]],
  [{ best: 8, high: 9 }, "at most 9, best estimate 8", [Number.NEGATIVE_INFINITY, 9]],
  [{ low: 5 }, "at least 5", [5, Number.POSITIVE_INFINITY]],
  [{ high: 5 }, "at most 5", [Number.NEGATIVE_INFINITY, 5]],
  [{ low: 100, approximator: "ABOUT" }, "at least about 100", [90, Number.POSITIVE_INFINITY]],
  [{ high: 100, approximator: "ABOUT" }, "at most about 100", [Number.NEGATIVE_INFINITY, 110]],
  [{ best: 250, approximator: "ABOUT" }, "about 250", [225, 275]],
  [{ best: -100, approximator: "ABOUT" }, "about -100", [-110, -90]],
  [{ best: 3_000, additional: true }, "+ 3,000", [3_000, 3_000]],
] as const)("the figure %o is told as %s", (parts, text, interval) => {
  const one = given(parts as Partial<NumberFragment>);
  expect(figure(en, one)).toBe(text);
  const [low, high] = intervalOf(one);
  expect([low, high].map((end) => Math.round(end * 100) / 100)).toEqual(interval);
});

const point = (on: string | null, asOf: string | null): Point =>
  ({ on: on && date(on), asOf: asOf && date(asOf) }) as unknown as Point;

test.each([
  ["dates of counting that overlap", point(null, "2024-10"), point(null, "2024-10-20"), true],
  ["dates of counting that do not", point(null, "2024-10"), point(null, "2024-11"), false],
  ["words within thirty days", point("2025-01-01", null), point("2025-01-31", null), true],
  ["words farther apart", point("2025-01-01", null), point("2025-02-01", null), false],
  ["a figure without any date", point(null, null), point("1999", null), true],
])("%s: comparable %#", (_name, one, other, expected) => {
  const comparing = { accumulates: true, comparableDays: 30 };
  const timed = { accumulates: false, comparableDays: 30 };
  // Of a number that can only grow, the day on which a figure was said is its time.
  expect(comparable(one, other, comparing)).toBe(expected);
  expect(comparable(other, one, comparing)).toBe(expected);
  expect(comparable(one, other, timed)).toBe(one.asOf && other.asOf ? expected : true);
});

test("figures that may not be compared stand in groups of their own", () => {
  const points = [point(null, "2024-10"), point(null, "2025-01"), point(null, "2024-10-20/2025-01-02")];
  expect(groupsOf(points.slice(0, 2), { accumulates: false, comparableDays: 30 })).toHaveLength(2);
  // What may be compared with both of them brings them no nearer to each other.
  expect(groupsOf(points, { accumulates: false, comparableDays: 30 }).map((group) => group.length)).toEqual([
    2, 1,
  ]);
  expect(groupsOf([point(null, null), ...points], { accumulates: false, comparableDays: 30 })).toHaveLength(
    2,
  );
});

test("quotes may overlap, touch and lie outside of a text", () => {
  const span = (start: number, end: number) => ({ start, end, claim: { id: `${start}`, statement: "" } });
  const pieces = piecesOf("abcdefghij", [span(2, 5), span(4, 7), span(7, 8), span(9, 40)]);
  expect(pieces.map(({ text, spans }) => [text, spans.length])).toEqual([
    ["ab", 0],
    ["cd", 1],
    ["e", 2],
    ["fg", 1],
    ["h", 1],
    ["ij", 0],
  ]);
  expect(piecesOf("", [])).toEqual([]);
});

describe("names", () => {
  const name = (language: string | null, value: string, kind = "SHORT") => ({
    language,
    value,
    kind: kind as "SHORT",
  });
  test("come in the reader's language where one is recorded", () => {
    const korea = {
      name: "North Korea",
      names: [name("en", "DPRK of Korea", "OFFICIAL"), name("de", "Nordkorea")],
    };
    expect(nameFor(en, korea).name).toBe("North Korea");
    expect(nameFor(de, korea)).toEqual({ name: "Nordkorea", language: "de" });
    expect(nameFor(de, { name: "Ukraine", names: [name("uk", "Україна")] }).name).toBe("Ukraine");
  });
  test("in other letters are in another language", () => {
    expect(nameFor(en, { name: "Россия", names: [name("en", "Russia")] }).name).toBe("Russia");
    // Whoever reads German is helped more by an English name than by letters that he may not read.
    expect(nameFor(de, { name: "Россия", names: [name("ru", "Россия"), name("en", "Russia")] })).toEqual({
      name: "Russia",
      language: "en",
    });
    expect(nameFor(en, { name: "Россия", names: [name("ru", "Россия")] })).toEqual({
      name: "Россия",
      language: "ru",
    });
  });
});

test.each([
  ["en", "The harbour is closed.", "en"],
  ["de", "Der Hafen ist zu – seit 2025.", "de"],
  ["en", "الميناء مغلق", undefined],
  ["uk", "Порт закрито.", "uk"],
  ["uk", "The harbour is closed.", undefined],
  ["ja", "港は閉鎖された。", "ja"],
  ["ko", "항구는 닫혔다", "ko"],
  ["ur-Aran", "بندرگاہ بند ہے", "ur-Aran"],
  ["en-Qaaa", "The harbour is closed.", "en-Qaaa"],
])("where records are usually in %s, %s is in %s", (usual, text, language) => {
  expect(languageOf({ usual }, text)).toBe(language);
});

test("the language is the address's, or the browser's, or English", () => {
  const language = (query: string, accepted?: string) =>
    localeOf(new URLSearchParams(query), accepted).language;
  expect(language("lang=de", "en")).toBe("de");
  expect(language("lang=xx", "de-AT,en;q=0.8")).toBe("de");
  expect(language("", "fr, en;q=0.5, de;q=0.7")).toBe("de");
  expect(language("", "de;q=0, en;q=0.1")).toBe("en");
  expect(language("", "tlh")).toBe("en");
  expect(localeOf(new URLSearchParams("lang=de")).href("/events", { q: "a b" })).toBe(
    "/events?q=a+b&lang=de",
  );
  // The place on a page comes last.
  expect(localeOf(new URLSearchParams("lang=de")).href("/sources/a#q=1-2")).toBe("/sources/a?lang=de#q=1-2");
  expect(localeOf(new URLSearchParams(""), "de").href("/events")).toBe("/events");
});

test("a reference survives what TeX takes for commands", () => {
  const citable = {
    id: "claim_01",
    statement: "50 % of {all} & more_\\",
    speaker: "A~B",
    said: "2024",
    standing: "superseded",
    year: "2026",
    url: "https://claims.example/claims/claim_01",
    version: 2,
  };
  expect(bibtex(en, citable, "2026-01-02")).toBe(`@misc{claim_01,
  author = {{Claimgraph}},
  title = {{50 \\% of \\{all\\} \\& more\\_\\textbackslash{}}},
  year = {2026},
  howpublished = {Claimgraph, \\url{https://claims.example/claims/claim_01}},
  note = {Said by A\\textasciitilde{}B, 2024; superseded. Record claim\\_01, version 2, 2026-01-02}
}`);
  // The wording is ours: nobody is quoted.
  expect(plainReference(en, citable, "2026-01-02")).toBe(
    `Claimgraph (2026): ${citable.statement} Said by A~B, 2024; superseded. Record claim_01, version 2. ${citable.url}, 2026-01-02.`,
  );
});

test.each([
  ["/claims/x?lang=de", "/claims/x?lang=de"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["/a\nb", "/ab"],
  ["/search?q=Курск", "/search?q=%D0%9A%D1%83%D1%80%D1%81%D0%BA"],
  ["/é한", "/%C3%A9%ED%95%9C"],
  ["/..//evil.example", "/"],
  [undefined, "/"],
])("signing in leads back to %s as %s", (to, expected) => {
  expect(wayBack(to)).toBe(expected);
});

test.each([
  ["/events/", "/events"],
  ["/events//?q=a/", "/events?q=a/"],
  ["/", undefined],
  ["/events", undefined],
  ["/events?to=/", undefined],
  ["//evil.example/", undefined],
  ["/\\evil.example/", undefined],
])("%s leads to %s", (url, to) => {
  expect(withoutSlash(url)).toBe(to);
});

test("forms of other sites are not those of the reader", () => {
  const from = (headers: Record<string, string>) => fromHere({ headers } as never);
  expect(from({ "sec-fetch-site": "same-origin" })).toBe(true);
  expect(from({ "sec-fetch-site": "cross-site" })).toBe(false);
  expect(from({ origin: "http://a.example", host: "a.example" })).toBe(true);
  expect(from({ origin: "http://b.example", host: "a.example" })).toBe(false);
  expect(from({ origin: "null", host: "a.example" })).toBe(false);
  expect(from({ host: "a.example" })).toBe(false);
});

describe("the chart of stances", () => {
  const stance = (which: string, edtf: string | null): TurnedFragment =>
    ({ stance: which, on: edtf && date(edtf), claim: { id: edtf, assertedBy: { id: "a" } } }) as never;
  const drawn = (...changes: TurnedFragment[]): string =>
    renderToString(
      h(LocaleProvider, {
        value: en,
        children: h(Timeline, {
          id: "t",
          until: new Date("2025-05-01"),
          end: "now",
          kind: "YES_NO",
          lanes: [{ actor: { id: "a", name: "A", names: [] } as never, ordered: true, changes }],
        }),
      }),
    );
  const numbers = (html: string, pattern: RegExp) =>
    pattern.exec(html)?.slice(1).map(Number.parseFloat) ?? [];

  test("hatches a vague date over its whole span, and begins the line where the word certainly stood", () => {
    const html = drawn(stance("AFFIRMS", "2025-04-01"), stance("REJECTS", "2025-04-10/2025-04-20"));
    const [from = 0, width = 0] = numbers(
      html,
      /<rect x="([\d.]+)%" y="\d+" width="([\d.]+)%"[^>]*class="span"/,
    );
    expect(width).toBeGreaterThan(10);
    const [begins] = numbers(html, /<line x1="([\d.]+)%"[^>]*class="line no"/);
    expect(begins).toBeCloseTo(from + width, 1);
    // What was said before ends where the next word may have begun.
    const [ends] = numbers(html, /<line x1="[\d.]+%" x2="([\d.]+)%"[^>]*class="line yes"/);
    expect(ends).toBeCloseTo(from, 1);
  });

  test("puts no mark on a vague date, and says so to whoever does not see it", () => {
    const html = drawn(stance("AFFIRMS", "2025-04-10/2025-04-20"));
    expect(html).not.toContain('height="14" class="ground"');
    expect(drawn(stance("AFFIRMS", "2025-04-10"))).toContain('height="14" class="ground"');
    expect(html).toMatch(/says yes, <span class="when vague">.*some time/);
  });
});
