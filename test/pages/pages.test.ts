import { de } from "../../src/pages/messages/de.js";
import { en } from "../../src/pages/messages/en.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { ARABIC, LONG, recordHostile, SCRIPT } from "./hostile.js";
import { openPage } from "./reader.js";

let app: TestApp;
/** The same with a playground, and for search engines. */
let listed: TestApp;
let hostile: { claim: string };

beforeAll(async () => {
  app = await startTestApp({ env: { PAGES: "on", EXAMPLES: "on" } });
  hostile = await recordHostile(app.as("EDITOR"));
  listed = await startTestApp({
    database: app.database,
    env: { PAGES: "on", PLAYGROUND: "on", SEARCH_ENGINES: "on", PUBLIC_URL: "https://claims.example" },
  });
});
afterAll(async () => {
  await listed?.stop();
  await app?.stop();
});

const open = (path: string, headers: Record<string, string> = {}, from = app) =>
  openPage(from, path, headers);

const POST = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
const signIn = async (key: string, to = "/", headers: Record<string, string> = {}) =>
  app.fetch("/sign-in", {
    method: "POST",
    redirect: "manual",
    headers: { ...POST, ...headers },
    body: new URLSearchParams({ key, to }).toString(),
  });

describe("a reader without JavaScript", () => {
  test("sees at once what is contested, by whom, and what changed", async () => {
    const { status, text } = await open("/");
    expect(status).toBe(200);
    expect(text).toMatch(/Contested now 8 .* Russia has retaken the whole of the Kursk region\./);
    expect(text).toMatch(/Russia says yes .* Ukraine says no/);
    expect(text).toContain("City of Ahrenfurt : about 250");
    expect(text).toMatch(/Conceded .* Solvent leaked from the Halvora plant/);
    expect(text).toMatch(
      /Changed lately .* North Korean military : says yes · North Korean soldiers were deployed/,
    );
    expect(text).toMatch(/Recorded lately .* recorded/);
    expect(text).toMatch(/as of \d+ \w+ \d{4}, \d\d:\d\d UTC/);
  });

  test("finds who denied what, when and in which words", async () => {
    const { html, text } = await open("/propositions/kursk-fully-retaken");
    expect(html).toContain(
      "<title>Contested: Russia has retaken the whole of the Kursk region. · Claimgraph</title>",
    );
    expect(text).toContain("Russia says yes; Ukraine says no.");
    expect(text).toMatch(/Says no Ukraine since \/\/\/ some time 26–29 Apr 2025/);
    expect(text).toContain("“ its forces had not entirely pulled out ”".replaceAll(/(?<=“) | (?=”)/g, ""));
    expect(text).toContain("2 voices, heard through 1 source");
    expect(text).toContain("Contested: Russia affirms it since 26 Apr 2025");
    expect(html).toMatch(/href="\/sources\/kursk-brief#q=\d+-\d+"/);
  });

  test("sees what a side said before it conceded", async () => {
    const { text } = await open("/propositions/ahrenfurt-leak-at-plant");
    expect(text).toContain("Kaisei Kagaku had denied it.");
    expect(text).toMatch(/What each said before says no, \/\/\/ some time 10–11 May 2023 , Halvora Chemie :/);
  });

  test("sees how it stood on another day, which the address names", async () => {
    const { text, html } = await open("/propositions/dprk-troops-deployed-to-russia?on=2025-04-27");
    expect(text).toContain("said by the end of 27 Apr 2025");
    expect(text).toMatch(/Says nothing North Korea/);
    expect(html).toContain('value="2025-04-27"');
    const late = await open("/propositions/kursk-fully-retaken?on=2025-04-27&dates=definitely");
    expect(late.text).toContain("One voice only");
  });

  test("is told how to write a day", async () => {
    const { status, text } = await open("/propositions/kursk-fully-retaken?on=2025-02-30");
    expect(status).toBe(400);
    expect(text).toContain("“2025-02-30” is not a day. Write it as 2025-04-26.");
    expect((await open("/propositions?status=maybe")).text).toContain("contested, conceded");
  });

  test("never sees figures on one axis that may not be compared, nor increments among them", async () => {
    const blocks = (html: string) => html.match(/class="chart figures"/g)?.length;
    const fish = await open("/propositions/ahrenfurt-fish-collected");
    expect(blocks(fish.html)).toBe(2);
    expect(fish.text).toContain("too far apart, are not drawn on one axis");
    const soldiers = await open("/propositions/dprk-troops-sent");
    expect(blocks(soldiers.html)).toBe(2);
    expect(soldiers.text).toMatch(/Additions to an earlier number .* \+ 3,000/);
    expect(soldiers.text).toContain("All these figures are compatible with 10,000–12,000.");
    expect(soldiers.text).not.toContain("15,000 ");
  });

  test("finds events, actors, sources and claims at addresses of their own", async () => {
    const event = await open("/events/kursk-recapture-declared");
    expect(event.text).toMatch(
      /Initiator Russian military .* What is said about it .* Claims by side, in order of time/,
    );
    expect(event.html).toMatch(/<svg[^>]*role="img"[^>]*aria-label="Map: Moscow"/);
    const actor = await open("/actors/north-korea");
    expect(actor.text).toMatch(
      /replaced by a statement of North Korean military .* said before: .* says nothing/,
    );
    expect(actor.html).toContain('<bdi lang="ko-KP">조선민주주의인민공화국</bdi>');
    const source = await open("/sources/kursk-brief");
    expect(source.html).toMatch(/<mark id="q=\d+-\d+"><a href="\/claims\/claim_/);
    const [, claim = ""] = /href="(\/claims\/claim_[a-z0-9]+)"/.exec(source.html) ?? [];
    const { text } = await open(claim);
    expect(text).toMatch(/The words of the source .* History .* Cite this .* @misc\{claim_/);
  });

  test("sees who spoke for whom, where in a recording, and what became of a source", async () => {
    const video = await open("/sources/vaucendre-press-conference-video");
    expect(video.text).toMatch(/Published 10 Mar 2021 .* Tags video/);
    expect(video.text).toContain("Spoken by: Inès Delcambre");
    expect(video.html).toMatch(
      /<a href="https:\/\/talvenne-chimie.example\/videos\/20210310.mp4#t=65,122.05" rel="[^"]*">1:05–2:02<\/a>/,
    );
    expect((await open("/sources/vaucendre-press-conference-video?lang=de")).text).toContain(
      "Ausgesprochen von: Inès Delcambre",
    );
    const report = await open("/sources/vaucendre-wire-report");
    expect(report.text).toMatch(/Withdrawn 12 Mar 2021 .* Later versions of it .* \(corrected\)/);
    expect(report.text).toMatch(/Claims about this source 1 .* corrected/);
    expect((await open("/sources/vaucendre-wire-report-corrected")).text).toContain(
      "Later version of Acid cloud over French town: operator says that the valve worked",
    );
    expect((await open("/sources/vaucendre-survey-report")).html).toMatch(/>page 12</);
    expect((await open("/actors/ines-delcambre")).text).toMatch(/Spoken for others 4 Talvenne Chimie/);
  });

  test("sees claims that are about a source alone, and how the source calls who spoke", async () => {
    const email = await open("/sources/vaucendre-email");
    const about = email.html.slice(email.html.indexOf('id="claims-about"'));
    const { length } = about.match(/<li>/g) ?? [];
    expect(length).toBeGreaterThan(1);
    const [, first = ""] = /href="(\/claims\/claim_[a-z0-9]+)"/.exec(about) ?? [];
    const { text } = await open(first);
    expect(text).toMatch(/About the source .*/);
    expect(email.text).toContain("Called in the source: trois salariés qui disent l’avoir reçu");
  });

  test("searches names in any language, and is led to lists", async () => {
    expect((await open("/search?q=조선")).text).toContain("North Korea");
    expect((await open("/search?q=kursk")).text).toMatch(/Propositions .* Events .* Claims by their words/);
    expect((await open("/search?q=k")).text).toContain("at least two characters");
    expect((await open("/search?q=zzzzzz")).text).toContain("Nothing was found");
    expect((await open("/propositions?status=conceded&q=solvent")).text).toContain("Solvent leaked");
    expect((await open("/claims?proposition=kursk-fully-retaken")).text).toContain(
      "Ukraine's military rejected",
    );
    const first = await open("/claims");
    const [, next = ""] = /href="(\/claims\?after=[^"]+)"/.exec(first.html) ?? [];
    const second = await open(next.replaceAll("&amp;", "&"));
    expect(second.status).toBe(200);
    expect(second.text).toContain("First page");
  });

  test("sees counts over time that are those of the API", async () => {
    const { data } = await app.ask("{ claims { totalCount stats(by: [ACT]) { buckets { act count } } } }");
    const { totalCount, stats } = Object(data).claims as {
      totalCount: number;
      stats: { buckets: { act: string; count: number }[] };
    };
    const denials = stats.buckets.find(({ act }) => act === "DENY")?.count;
    const { text } = await open("/statistics");
    expect(text).toContain(`Per month ${totalCount} `);
    expect(text).toMatch(new RegExp(`Denial .*? ${denials} `));
    expect((await open("/statistics?by=actor&per=year&actor=north-korea&from=2025-01-01")).text).toContain(
      "North Korean military",
    );
    expect((await open("/statistics?by=colour")).status).toBe(400);
  });
});

test("every page says when, in which language, and can be read by machines", async () => {
  for (const path of [
    "/",
    "/propositions/dprk-troops-sent",
    "/events/kursk-campaign",
    "/actors/ukraine",
    "/about/status",
  ]) {
    const { html, headers } = await open(path, {}, listed);
    expect(headers.get("content-language")).toBe("en");
    expect(html).toContain(`<link rel="canonical" href="https://claims.example${path}"/>`);
    expect(html).toContain(`hreflang="de" href="https://claims.example${path}?lang=de"`);
    const [, markup = "{}"] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    if (path !== "/about/status") expect(JSON.parse(markup)["@context"]).toBe("https://schema.org");
    expect(html).not.toContain("ClaimReview");
    expect(html).toMatch(/href="\/playground#query=[^"]+"/);
  }
});

test("German is complete: no English text of the interface is left", async () => {
  const texts = (words: object): string[] =>
    Object.values(words).flatMap((value) =>
      typeof value === "string" ? [value] : typeof value === "object" ? texts(value) : [],
    );
  const german = new Set(texts(de));
  const english = new Set(texts(en).filter((text) => text.length > 1 && !german.has(text)));
  const paths = [
    "/",
    "/propositions/dprk-troops-sent",
    "/events/kursk-campaign",
    "/actors/north-korea",
    "/statistics",
    "/search?q=k",
    "/about/status",
    "/sign-in",
    "/nowhere",
  ];
  for (const path of paths) {
    const { html, headers } = await open(path, { "accept-language": "de-AT,de;q=0.9,en;q=0.5" });
    expect(headers.get("content-language")).toBe("de");
    expect(html).toContain('<html lang="de">');
    // What is marked as English is the API's.
    const ours = html.replaceAll(/<span lang="en">Corroborated.*?<\/p>/gs, "");
    const nodes = ours.split(/<[^>]*>/).map((text) => text.trim());
    expect([path, nodes.filter((text) => english.has(text))]).toEqual([path, []]);
  }
  const chosen = await open("/propositions?lang=de", { "accept-language": "en" });
  expect(chosen.html).toMatch(/href="\/propositions\/[^"?]+\?lang=de"/);
});

describe("what is hostile", () => {
  test("is shown as it is, and runs nowhere", async () => {
    const paths = [
      "/propositions/hostile",
      "/events/hostile-event",
      "/actors/hostile-long",
      "/sources/hostile-source",
      `/claims/${hostile.claim}`,
      "/",
      "/claims",
    ];
    for (const path of [...paths, `/search?q=${encodeURIComponent(SCRIPT)}`]) {
      const { status, html } = await open(path);
      expect(status).toBe(200);
      expect(html).not.toContain("<script>globalThis");
      expect(html).not.toContain("<img");
      expect(html).not.toContain(' style="');
    }
    const { text } = await open("/propositions/hostile");
    expect(text).toContain(`Is it so? ${SCRIPT} ${ARABIC}`);
    expect((await open("/actors/hostile-long")).text).toContain(LONG);
  });

  test("addresses are answered with a page that helps", async () => {
    const paths = [
      "/propositions/%00",
      "/claims/nothing",
      `/actors/${"a".repeat(3000)}`,
      "/nowhere",
      "/claims/claim_01jt0pp4g0ec8a49e6gprdak60",
      "/propositions/..%2f",
    ];
    for (const path of paths) {
      const { status, text, headers } = await open(path);
      expect([path, status, headers.get("content-type")]).toEqual([path, 404, "text/html; charset=utf-8"]);
      expect(text).toContain("There is nothing at this address");
    }
    const json = await app.fetch("/nowhere");
    expect(json.headers.get("content-type")).toContain("application/json");
    expect((await open("/propositions?after=rubbish")).status).toBe(400);
  });
});

describe("who has signed in with a key", () => {
  let cookie: string;
  beforeAll(async () => {
    const response = await signIn(await app.keyOf("ANALYST"), "/actors/ukraine?lang=de");
    expect([response.status, response.headers.get("location")]).toEqual([303, "/actors/ukraine?lang=de"]);
    const set = response.headers.get("set-cookie") ?? "";
    expect(set).toMatch(/; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    cookie = set.split(";")[0] as string;
    const recorded = await app.as(
      "ANALYST",
    )(`mutation { recordClaim(input: { claim: { statement: "A draft of mine.", language: "en", act: ASSERT,
      stance: AFFIRMS, assertedBy: { slug: "ukraine" }, proposition: { slug: "kursk-fully-retaken" }, events: [{ slug: "kursk-campaign" }], citations: [{ source: { slug: "kursk-brief" }, quote: { exact: "while Pyongyang kept quiet" } }] } }) { errors { message } } }`);
    expect(recorded).toEqual({ data: { recordClaim: { errors: [] } } });
  });

  test("sees drafts, marked as such, in pages that nobody keeps", async () => {
    const mine = await open("/propositions/kursk-fully-retaken", { cookie });
    expect(mine.text).toMatch(/A draft of mine\. .*? Draft/);
    expect(mine.text).toContain("Signed in with a key. Drafts and rejected claims are shown");
    expect(mine.headers.get("cache-control")).toBe("no-store");
    const others = await open("/propositions/kursk-fully-retaken");
    expect(others.text).not.toContain("A draft of mine");
    expect(others.headers.get("cache-control")).toBe("no-cache");
    expect(others.headers.get("vary")).toContain("cookie");
  });

  test("has no rights by the cookie elsewhere, and none once the key is gone", async () => {
    const api = await app.fetch("/graphql", {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body: JSON.stringify({ query: "{ claims(where: { status: { eq: DRAFT } }) { totalCount } }" }),
    });
    expect((await api.json()).data.claims.totalCount).toBe(0);
    const gone = await open("/", { cookie: "claimgraph-key=cgk_gone" });
    expect(gone.status).toBe(401);
    expect(gone.headers.get("set-cookie")).toContain("Max-Age=0");
    const out = await app.fetch("/sign-out", {
      method: "POST",
      redirect: "manual",
      headers: { ...POST, cookie },
    });
    expect(out.headers.get("set-cookie")).toContain("claimgraph-key=; Max-Age=0");
  });

  test("is told when a key is not known, and other sites cannot sign in for him", async () => {
    const wrong = await signIn("nonsense");
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).toContain("This key is not known here");
    expect((await signIn(await app.keyOf("ANALYST"), "/", { "sec-fetch-site": "cross-site" })).status).toBe(
      403,
    );
    const refused = await signIn("any", "/", { "sec-fetch-site": "cross-site" });
    expect(await refused.text()).toContain("This form did not come from this site");
    const away = await signIn(await app.keyOf("ANALYST"), "//evil.example");
    expect(away.headers.get("location")).toBe("/");
  });
});

test("where pages come by https, browsers send the key by nothing else, and take it from no other host", async () => {
  const key = await app.keyOf("ANALYST");
  const response = await listed.fetch("/sign-in", {
    method: "POST",
    redirect: "manual",
    headers: POST,
    body: new URLSearchParams({ key }).toString(),
  });
  const set = response.headers.get("set-cookie") ?? "";
  expect(set).toMatch(/^__Host-claimgraph-key=.*; Secure/);
  const signedIn = "Signed in with a key.";
  expect((await open("/", { cookie: set.split(";")[0] as string }, listed)).text).toContain(signedIn);
  expect((await open("/nowhere", { cookie: set.split(";")[0] as string }, listed)).text).toContain(signedIn);
  expect((await open("/", { cookie: `claimgraph-key=${key}` }, listed)).text).not.toContain(signedIn);
});

test("a page that follows changes has the reader's rights, unless another site asks", async () => {
  const closed = await startTestApp({ database: app.database, env: { PAGES: "on", ANONYMOUS: "none" } });
  try {
    const cookie = `claimgraph-key=${await app.keyOf("ANALYST")}`;
    const follow = async (headers: Record<string, string>) => {
      const stop = new AbortController();
      const { status } = await closed.fetch("/live", {
        headers: { cookie, ...headers },
        signal: stop.signal,
      });
      stop.abort();
      return status;
    };
    expect(await follow({ "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await follow({ "sec-fetch-site": "cross-site" })).toBe(401);
    expect(await follow({ origin: "http://evil.example" })).toBe(401);
  } finally {
    await closed.stop();
  }
});

test("no page loads anything from elsewhere, or runs what stands in it", async () => {
  const { headers, html } = await open("/");
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:/);
  for (const [, address = ""] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    expect(address).toMatch(new RegExp(`^(/|#|${app.url})`));
  }
});

test("search engines are told what they may list", async () => {
  expect(await (await app.fetch("/robots.txt")).text()).toBe("User-agent: *\nDisallow: /\n");
  expect((await app.fetch("/sitemap.xml")).status).toBe(404);
  expect((await open("/")).html).toContain('content="noindex"');
  expect(await (await listed.fetch("/robots.txt")).text()).toContain(
    "Sitemap: https://claims.example/sitemap.xml",
  );
  expect(await (await listed.fetch("/sitemap.xml")).text()).toContain(
    "https://claims.example/sitemap-events.xml",
  );
  const events = await (await listed.fetch("/sitemap-events.xml")).text();
  expect(events).toContain("<loc>https://claims.example/events/kursk-campaign</loc>");
  expect((await open("/", {}, listed)).html).not.toContain("noindex");
});

test("without a database the page says so, and that nothing is lost", async () => {
  const alone = await startTestApp({ env: { PAGES: "on" } });
  try {
    await alone.database.close();
    const { status, text, headers } = await open("/", {}, alone);
    expect([status, headers.get("retry-after")]).toEqual([503, "5"]);
    expect(text).toContain("Nothing is lost");
  } finally {
    await alone.stop().catch(() => undefined);
  }
});

test("where nobody reads without a key, a page asks for one", async () => {
  const closed = await startTestApp({ database: app.database, env: { PAGES: "on", ANONYMOUS: "none" } });
  try {
    const { status, text } = await open("/events", {}, closed);
    expect(status).toBe(401);
    expect(text).toContain("You need a key to read this site.");
  } finally {
    await closed.stop();
  }
});

test("an empty database has pages too", async () => {
  const empty = await startTestApp({ env: { PAGES: "on" } });
  try {
    for (const path of [
      "/",
      "/propositions",
      "/events",
      "/actors",
      "/sources",
      "/claims",
      "/statistics",
      "/search?q=aa",
      "/about/status",
    ]) {
      expect([path, (await open(path, {}, empty)).status]).toEqual([path, 200]);
    }
  } finally {
    await empty.stop();
  }
});
