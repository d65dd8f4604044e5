import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { startTestApp, type TestApp } from "../support/app.js";
import { buildPages } from "../support/built.js";
import { describeInBrowser, launchChromium } from "../support/chromium.js";
import { serverUrl } from "../support/database.js";
import { recordHostile } from "./hostile.js";
import { recordWorld } from "./world.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Long, since it only ends what hangs: a busy machine is no failure.
const LONGEST = 60_000;

/** How many claims the page with many has; 10,000 with PAGES_CLAIMS. */
const MANY = Number(process.env.PAGES_CLAIMS ?? 60);

/** At a desk, every so many pages are looked at: PAGES_EVERY=1 looks at all. */
const EVERY = Number(process.env.PAGES_EVERY ?? 3);

/** A phone and a desk. */
const PHONE = { viewport: { width: 360, height: 740 } };
const DESK = { viewport: { width: 1440, height: 900 } };

// A browser cannot tell which database answers: its tests run with the embedded one only.
const describePages = serverUrl === undefined ? describeInBrowser : describe.skip;

describePages("pages in a browser", () => {
  let app: TestApp;
  let browser: Browser;
  let paths: string[];

  beforeAll(async () => {
    buildPages();
    app = await startTestApp({ env: { PAGES: "on", PLAYGROUND: "on", EXAMPLES: "on" } });
    const { claim } = await recordHostile(app.as("EDITOR"), MANY);
    await recordWorld(app.as("EDITOR"));
    browser = await launchChromium();
    paths = [
      "/",
      "/propositions/kursk-fully-retaken",
      "/propositions/dprk-troops-sent",
      "/propositions/ahrenfurt-leak-at-plant?on=2023-05-12",
      "/propositions/hostile",
      "/propositions/dead",
      "/propositions/vague",
      "/propositions/closed?on=2025-04-27",
      "/claims?actor=veltara&act=admit",
      "/events/kursk-campaign",
      "/events/hostile-event",
      "/actors/north-korea",
      "/actors/hostile-long",
      "/sources/kursk-brief",
      "/sources/hostile-source",
      `/claims/${claim}`,
      "/propositions",
      "/events",
      "/actors",
      "/sources",
      "/claims",
      "/search?q=kursk",
      "/statistics?by=actor",
      "/about/status",
      "/sign-in",
      "/nowhere",
    ];
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  /** Opens pages one after the other in one window. @returns what was complained of and asked for elsewhere */
  async function through(
    options: BrowserContextOptions,
    see: (page: Page, path: string) => Promise<void>,
    every = 1,
  ) {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(LONGEST);
    const wrong: string[] = [];
    context.on("request", (request) => {
      if (!request.url().startsWith(app.url) && !request.url().startsWith("data:")) wrong.push(request.url());
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => {
      // The page of a missing record is itself answered with 404.
      if (message.type() === "error" && !message.text().includes("404"))
        wrong.push(`${page.url()}: ${message.text()}`);
    });
    try {
      for (const path of paths.filter((_, n) => n % every === 0)) {
        await page.goto(app.url + path, { waitUntil: "load" });
        await see(page, path);
      }
    } finally {
      await context.close();
    }
    return wrong;
  }

  const widest = (page: Page) =>
    page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

  test.each([
    ["a phone, light", { ...PHONE, colorScheme: "light" as const }, 1],
    ["a desk, dark", { ...DESK, colorScheme: "dark" as const }, EVERY],
  ])(
    "on %s: axe finds nothing, nothing scrolls sideways, nothing comes from elsewhere",
    async (_name, options, every) => {
      const found: unknown[] = [];
      const wrong = await through(
        options,
        async (page, path) => {
          expect([path, await widest(page)]).toEqual([path, 0]);
          // As the browser's own code: the page itself would not let it run.
          await page.evaluate(AXE);
          const violations = await page.evaluate(async () => {
            const { axe } = globalThis as unknown as {
              axe: { run(): Promise<{ violations: AxeViolation[] }> };
            };
            return (await axe.run()).violations.map(({ id, nodes }) => ({
              id,
              at: nodes.slice(0, 3).map(({ html }) => html),
            }));
          });
          found.push(...violations.map((violation) => ({ path, ...violation })));
          expect(await page.evaluate("globalThis.broken")).toBeUndefined();
        },
        every,
      );
      expect(found).toEqual([]);
      expect(wrong).toEqual([]);
    },
  );

  test("without JavaScript, as narrow as a desk at four times its size, everything stands in its place", async () => {
    const narrow = { viewport: { width: 320, height: 600 }, javaScriptEnabled: false };
    const wrong = await through(narrow, async (page, path) => {
      expect([path, await page.locator("h1").count()]).toEqual([path, 1]);
      const { width = 0 } = (await page.locator("main").boundingBox()) ?? {};
      expect([path, width <= 320]).toEqual([path, true]);
    });
    expect(wrong).toEqual([]);
  });

  test("with text of twice its size, nothing scrolls sideways on a phone", async () => {
    const wide: string[] = [];
    const wrong = await through(
      PHONE,
      async (page, path) => {
        await page.evaluate(() => {
          const style = new CSSStyleSheet();
          style.replaceSync("html { font-size: 200% }");
          document.adoptedStyleSheets.push(style);
        });
        if (await widest(page)) wide.push(path);
      },
      EVERY,
    );
    expect(wide).toEqual([]);
    expect(wrong).toEqual([]);
  });

  test("by keyboard: to the content, to a name that is suggested, to what is folded", async () => {
    const context = await browser.newContext(DESK);
    context.setDefaultTimeout(LONGEST);
    const page = await context.newPage();
    await page.goto(app.url);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent.trim()")).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("content");

    await page.getByRole("combobox").fill("north kor");
    await page.getByRole("option", { name: /North Korean military/ }).waitFor();
    expect(await page.getByRole("status").textContent()).toMatch(/^\d+ suggestions/);
    await page.keyboard.press("Escape");
    expect(await page.getByRole("option").count()).toBe(0);
    expect(await page.getByRole("combobox").inputValue()).toBe("north kor");
    await page.keyboard.type("e");
    await page.getByRole("option", { name: /North Korean military/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    expect(await page.getByRole("combobox").getAttribute("aria-activedescendant")).toBe("suggestion-0");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/actors\/[^?]+$/);

    await page.goto(`${app.url}/propositions/kursk-fully-retaken`);
    const why = page.locator("details.why summary");
    await why.focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("details.why").getAttribute("open")).not.toBeNull();
    await page.getByText("See another day").press("Enter");
    await page.getByLabel("Day", { exact: true }).fill("2025-04-26");
    await page.getByRole("button", { name: "Show" }).press("Enter");
    await page.waitForURL(/on=2025-04-26/);
    expect(await page.locator("main").textContent()).toContain("said by the end of 26 Apr 2025");
    await context.close();
  });

  test("what changes is offered, and moves nothing until the reader asks for it", async () => {
    const context = await browser.newContext(DESK);
    context.setDefaultTimeout(LONGEST);
    const page = await context.newPage();
    await page.goto(`${app.url}/propositions/ukraine-still-fighting-in-kursk`, { waitUntil: "load" });
    const shown = async () => (await page.locator("main").textContent())?.replace("1 new claim, show", "");
    const before = await shown();
    const place = await page.locator("h1").boundingBox();
    await app.as(
      "EDITOR",
    )(`mutation { recordClaim(input: { claim: { statement: "A new word on it.", language: "en", act: DENY,
      stance: REJECTS, assertedBy: { slug: "russia" }, proposition: { slug: "ukraine-still-fighting-in-kursk" }, status: PUBLISHED,
      events: [{ slug: "kursk-campaign" }], citations: [{ source: { slug: "kursk-brief" }, quote: { exact: "while Pyongyang kept quiet" } }] } }) { errors { message } } }`);
    const offer = page.locator(".live a");
    await offer.waitFor();
    expect(await offer.textContent()).toBe("1 new claim, show");
    expect(await shown()).toBe(before);
    expect(await page.locator("h1").boundingBox()).toEqual(place);
    await offer.click();
    await page.getByText("A new word on it.").first().waitFor();
    expect(await page.locator("p.status").textContent()).toContain("Contested");
    // What is new is marked, and led to where the reader asks for that too.
    await page.getByRole("link", { name: "These are new: go to the first" }).click();
    expect(await page.evaluate("document.activeElement.textContent")).toContain("A new word on it.");
    expect(await page.locator(".new").count()).toBeGreaterThan(0);
    await context.close();
  });

  test("a stream that is cut again and again is opened anew each time, after the same pause", async () => {
    const context = await browser.newContext(DESK);
    context.setDefaultTimeout(LONGEST);
    const page = await context.newPage();
    await page.clock.install();
    // A proxy that cuts what is idle: the connection is made, and ends without a word.
    await page.addInitScript(() => {
      const opened = { times: 0 };
      Object.assign(globalThis, {
        opened,
        EventSource: class extends EventTarget {
          constructor() {
            super();
            opened.times++;
            queueMicrotask(() => {
              this.dispatchEvent(new Event("open"));
              this.dispatchEvent(new Event("error"));
            });
          }
          close() {}
        },
      });
    });
    await page.goto(app.url, { waitUntil: "load" });
    for (let n = 0; n < 6; n++) await page.clock.runFor(3_100);
    expect(await page.evaluate("opened.times")).toBeGreaterThanOrEqual(6);
    await context.close();
  });

  test("the first view takes at most 80 kB, compressed and with fonts", async () => {
    const context = await browser.newContext(DESK);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    let bytes = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(`${app.url}/propositions/kursk-fully-retaken`, { waitUntil: "load" });
    await page.evaluate("document.fonts.ready.then(() => undefined)");
    expect(bytes).toBeGreaterThan(40_000);
    expect(bytes).toBeLessThan(80_000);
    await context.close();
  });

  test("leads to the playground with the query that made the page, which answers there", async () => {
    const context = await browser.newContext(DESK);
    context.setDefaultTimeout(LONGEST);
    const page = await context.newPage();
    await page.goto(`${app.url}/actors/ukraine`);
    const address = await page.getByRole("link", { name: "The query of this page" }).getAttribute("href");
    const parameters = new URLSearchParams(address?.split("#")[1]);
    const answer = await app.ask(
      parameters.get("query") as string,
      JSON.parse(parameters.get("variables") as string),
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.actor).toMatchObject({ name: "Ukraine" });
    await context.close();
  });
});

interface AxeViolation {
  id: string;
  nodes: { html: string }[];
}
