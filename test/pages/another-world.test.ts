import { startTestApp, type TestApp } from "../support/app.js";
import { openPage, textOf } from "./reader.js";
import { recordWorld } from "./world.js";

// What pages say of records that are not the examples', where a careless page would say more, or something else.

let app: TestApp;
let ids: ReadonlyMap<string, string>;

beforeAll(async () => {
  app = await startTestApp({ env: { PAGES: "on" } });
  ids = await recordWorld(app.as("EDITOR"));
});
afterAll(() => app?.stop());

const open = (path: string, headers: Record<string, string> = {}) => openPage(app, path, headers);
const titleOf = (html: string) => /<title>(.*?) · Claimgraph<\/title>/.exec(html)?.[1];
/** The part of a page under a heading. */
const part = (html: string, id: string) =>
  new RegExp(`<section aria-labelledby="${id}".*?</section>`, "s").exec(html)?.[0] ?? fail(`no part ${id}`);
const fail = (reason: string): never => {
  throw new Error(reason);
};
/** How marks look: a yes is filled, a no is open with a slash, all else is a ring. */
const YES = 'class="fill yes"';
const NO = 'd="M4 10 L10 4"';

describe("a status says what the voices say", () => {
  test("when all of them say no", async () => {
    const { html, text } = await open("/propositions/closed");
    expect(titleOf(html)).toBe("Several say no: The harbour is closed.");
    expect(text).toContain("Veltara and Orsan say no.");
    const conceded = await open("/propositions/drill");
    expect(titleOf(conceded.html)).toBe("Conceded, all say no: A drill was announced.");
    expect(conceded.text).toContain("Veltara had affirmed it.");
    const [marks = ""] = /<p class="status" aria-hidden.*?<\/p>/s.exec(conceded.html) ?? [];
    expect(marks.indexOf(YES)).toBeGreaterThan(0);
    expect(marks.indexOf(NO)).toBeGreaterThan(marks.indexOf(YES));
  });

  test("and is heard with every heading and suggestion", async () => {
    const { html } = await open("/propositions?q=harbour%20is");
    expect(html).toContain('<span class="unseen">Several say no: </span>');
    const offered = await (await app.fetch("/search/suggestions?q=harbour")).json();
    expect(offered).toContainEqual(
      expect.objectContaining({ text: "Several say no: The harbour is closed." }),
    );
  });

  test("and who denied something conceded out of a denial, whatever else its voices did", async () => {
    const { html } = await open("/propositions?status=conceded");
    const [, ...rows] = html.split('<article class="row">');
    const drill = rows.find((row) => row.includes("/propositions/drill")) ?? "";
    expect(drill.indexOf(YES)).toBeLessThan(drill.indexOf(NO));
    const warned = rows.find((row) => row.includes("/propositions/warned")) ?? "";
    expect(warned.indexOf("dotted")).toBeLessThan(warned.indexOf(YES));
  });

  test("and why two sides are in conflict that both say yes", async () => {
    const { html, text } = await open("/propositions/wreck");
    expect(part(html, "conflicts")).toContain("One claim speaks against the other");
    expect(text).toContain("≠");
    expect((await open("/propositions/closed")).html).not.toContain('id="conflicts"');
  });

  test("and who withdrew what", async () => {
    const mistake = await open("/propositions/mistake");
    expect(mistake.text).toContain("taken back, or withdrawn by the editors");
    expect(mistake.text).not.toContain("Nobody has taken a stance");
    const drunk = await open("/propositions/drunk");
    expect(drunk.text).toMatch(/Takes back .* Words k1\. .* struck by a later claim/);
  });
});

describe("words stand at their time", () => {
  test("what a voice of a divided side says now is not what was said before", async () => {
    const { html, text } = await open("/propositions/open-soon");
    expect(text).toContain("Contradicts itself: its own voices disagree.");
    expect(part(html, "sides")).not.toContain("What each said before");
    expect((await open("/propositions")).text).toContain("The voices of one side disagree.");
  });

  test("the first words of a stance are led to, and the present ones are shown", async () => {
    const { text } = await open("/propositions/drill");
    expect(text).toMatch(/Veltara since 20 Apr 2025 Words d4\. .* First said: Words d3\./);
    expect(text).toMatch(/What each said before says yes, 2 Apr 2025 : Words d2\./);
  });

  test("whoever is followed by another voice of its side took nothing back", async () => {
    const { text } = await open("/propositions/warned");
    expect(text).toMatch(
      /says nothing, 2 Jul 2025 ; replaced by a statement of Veltaran Ministry, 3 Jul 2025 ;/,
    );
    const start = await open("/");
    expect(start.text).toMatch(/→ Veltaran Ministry : says yes · The crew was warned\./);
    // Whoever takes back its word does leave a stance; nobody else does.
    const left = textOf(part(start.html, "moved")).match(/\S+ \S+ : no longer holds this/g);
    expect(left).toEqual(["Veltaran Ministry : no longer holds this"]);
  });

  test("an order that is not known is not told as one that is", async () => {
    const { text } = await open("/propositions/vague");
    expect(text).toContain("In which order these words were said is not certain");
    expect(text).toMatch(/Harbour Agency order not certain/);
  });

  test("an open date ends nowhere, and a time of day is told", async () => {
    const { html, text } = await open("/propositions/vague");
    expect(text).toContain("since /// May 2025 or later");
    expect(text).toContain("1 May 2025, 08:00 UTC");
    const [, orsan = ""] =
      /Orsan<\/bdi>.*?<svg(.*?)<\/svg><\/span><\/div>/s.exec(part(html, "timeline")) ?? [];
    expect(orsan).toContain('class="span"');
  });

  test("a past day says how it was counted, and what may have been said later", async () => {
    const possibly = await open("/propositions/closed?on=2025-04-27");
    expect(titleOf(possibly.html)).toContain("said or possibly said by the end of 27 Apr 2025");
    expect(possibly.text).toContain("A date here is vague, open or unknown: it may have been said later.");
    expect(part(possibly.html, "timeline")).not.toMatch(/>now</);
    const surely = await open("/propositions/closed?on=2025-04-27&dates=definitely");
    expect(titleOf(surely.html)).toContain("certainly said by the end of 27 Apr 2025");
    expect(surely.html).toMatch(/rel="canonical" href="[^"]*\?on=2025-04-27&amp;dates=definitely"/);
    expect(surely.html).toContain('content="noindex"');
    expect((await open("/propositions/closed?on=2025-04-27&dates=rubbish")).status).toBe(400);
    expect((await open("/propositions/closed?on=0000-01-01")).status).toBe(400);
  });

  test("machines are told no vague date as a sure one", async () => {
    const { html } = await open(`/claims/${ids.get("c1")}`);
    expect(html).not.toContain("datePublished");
    expect((await open("/events/crisis")).html).not.toContain("startDate");
  });
});

describe("figures", () => {
  test("that are rejected are not given by who rejects them", async () => {
    expect((await open("/propositions/dead")).text).toMatch(/Red Wave: not 90 persons/);
    expect((await open("/propositions")).text).toMatch(/Red Wave : not 90/);
    expect((await open("/claims?actor=wave&act=deny")).text).toContain("not 90");
  });

  test("with an open end keep it, and say how far they lie apart", async () => {
    expect((await open("/propositions/dead")).text).toContain("at least 5, best estimate 8");
    expect((await open("/propositions/oil")).text).toContain("The highest figure is 100 times the lowest.");
  });

  test("that may not be compared stand in tables of their own, each with a name", async () => {
    const { html } = await open("/propositions/dead");
    const names = [...html.matchAll(/class="chart figures" role="table" aria-label="([^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual([
      "The figures, by claimant: group 1 of 2",
      "The figures, by claimant: group 2 of 2",
    ]);
  });
});

describe("quotes", () => {
  test("are shown as they are, with whose words they are", async () => {
    const { html } = await open(`/claims/${ids.get("c1")}`);
    const [quote = ""] = /<blockquote.*?<\/blockquote>/s.exec(html) ?? [];
    // The source's own quotation marks are enough; an abbreviation ends no sentence.
    expect(quote).toContain("… Smith of the U.S. Army said  “</span>no shot fell<span");
    const other = await open(`/claims/${ids.get("v4")}`);
    expect(other.html).toContain("津波はない<span");
  });

  test("and a reference to a claim quotes nobody", async () => {
    const { text } = await open(`/claims/${ids.get("k1")}`);
    expect(text).toMatch(
      /Claimgraph \(\d{4}\): Words k1\. Said by Veltaran Ministry, 30 Apr 2025; struck by a later claim\./,
    );
    expect(text).toMatch(/author = \{\{Claimgraph\}\}/);
  });
});

describe("claims that no longer stand say so", () => {
  test.each([
    ["k1", "struck by a later claim"],
    ["k3", "set aside by the editors"],
    ["m1", "Withdrawn by the editors"],
  ])("%s: %s", async (key, words) => {
    const claim = await open(`/claims/${ids.get(key)}`);
    expect(titleOf(claim.html)).toMatch(new RegExp(`^${words} · `));
    const list = await open("/claims");
    expect(list.text).toMatch(new RegExp(`Words ${key}\\. [^.]*${words}`));
  });
});

describe("an actor", () => {
  test("is shown with what its parts say, and a list says by what it is narrowed", async () => {
    expect((await open("/actors/veltara")).text).toMatch(/Veltaran Ministry · Admission .* Words w3\./);
    const { text, html } = await open("/claims?actor=veltara&stance=rejects&from=2025-06");
    expect(text).toMatch(/Actor: Veltara remove/);
    expect(text).toContain("Words o1.");
    expect(text).not.toContain("Words c1.");
    expect(html).toContain('name="from" value="2025-06-01"');
    expect(html).toContain('href="/statistics?actor=veltara&amp;stance=rejects&amp;from=2025-06"');
    expect((await open("/claims?actor=nobody")).text).toContain("nobody (no record has this name)");
  });

  test("is named in letters that the reader may know", async () => {
    expect((await open("/actors/wave", { "accept-language": "de" })).text).toContain("Red Wave");
  });
});

describe("addresses", () => {
  test.each([
    ["/claims?from=2025-05&to=2025-04", "2025-04 lies before 2025-05."],
    ["/claims?from=soon", "not a day, a month or a year"],
    [`/propositions?q=${"x".repeat(201)}`, "more than 200 characters"],
    [`/search?q=${"x".repeat(5_000)}`, "more than 200 characters"],
    ["/search?q=a%00b", "a character that no text can have"],
    ["/propositions?after=rubbish", "The API says:"],
  ])("%s is answered with a page that helps", async (path, words) => {
    const { status, text } = await open(path);
    expect([status, text]).toEqual([400, expect.stringContaining(words)]);
  });

  test("with a slash at the end lead to the page", async () => {
    const { status, headers } = await open("/propositions/closed/?lang=de");
    expect([status, headers.get("location")]).toEqual([308, "/propositions/closed?lang=de"]);
  });

  test("keep what they ask for in another language, and name a page of that language", async () => {
    const { html } = await open("/search?q=harbour");
    expect(html).toContain('href="/search?q=harbour&amp;lang=de"');
    expect((await open("/nowhere?a=b")).html).toContain('href="/nowhere?a=b&amp;lang=de"');
    expect((await open("/nowhere")).html).not.toContain("canonical");
    expect((await open("/?lang=de")).html).toMatch(/rel="canonical" href="[^"]*\/\?lang=de"/);
  });
});

test("statistics add up, and say which claims are in no bar", async () => {
  const { data } = await app.ask("{ claims { totalCount } }");
  const { html, text } = await open("/statistics?by=stance&per=month");
  const rows = [...html.matchAll(/<div role="row" class="lane">.*?<\/div>/gs)].map(([row]) =>
    textOf(row.replaceAll(/<svg.*?<\/svg>/gs, "")),
  );
  const numbers = rows.map((row) =>
    [...row.matchAll(/: (\d+)| (\d+) $/g)].map(([, one, all]) => Number(one ?? all)),
  );
  const totals = numbers.map((row) => row.at(-1) ?? 0);
  expect(numbers.map((row) => row.slice(0, -1).reduce((sum, one) => sum + one, 0))).toEqual(totals);
  expect(totals.reduce((sum, one) => sum + one, 0)).toBe(Object(data).claims.totalCount);
  expect(text).toMatch(/2 claims without a date, or with an open start: in the totals, but in no bar/);
});
