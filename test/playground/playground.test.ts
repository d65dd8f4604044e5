import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import Fastify from "fastify";
import type { Browser } from "playwright-core";
import { playground } from "../../src/http/playground.js";
import { type Example, ROLES } from "../../web/example.js";
import { examplesOf } from "../docs/pages.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { buildPlayground } from "../support/built.js";
import { describeInBrowser, launchChromium } from "../support/chromium.js";
import { serverUrl } from "../support/database.js";
import { readExamples } from "../support/examples.js";
import { PlaygroundPage } from "../support/playground-page.js";
import { recordRevision } from "../support/revisions.js";

let app: TestApp;

beforeAll(async () => {
  buildPlayground();
  app = await startTestApp({ env: { PLAYGROUND: "on", EXAMPLES: "on", LOG_LEVEL: "info" } });
});
afterAll(() => app?.stop());

// A browser takes long, and cannot tell which database answers: its tests run with the embedded one only.
const describePage = serverUrl === undefined ? describeInBrowser : describe.skip;

describePage("the playground in a browser", () => {
  let browser: Browser;
  let on: PlaygroundPage;
  const button = (name: string) => on.page.getByRole("button", { name });
  const key = () => on.page.getByLabel("Your key");

  beforeAll(async () => {
    browser = await launchChromium();
    on = await PlaygroundPage.in(browser, app.url);
    await on.openAfresh();
  });
  afterAll(() => browser?.close());

  describe("as it opens", () => {
    test("loads by itself: nothing leaves the machine, nothing is complained of", async () => {
      // What the server has answered is known from its log: a browser does not report the end of every request of a worker.
      const loaded = () => {
        const answered = new Set(app.logged.filter(({ status }) => status === 200).map(({ path }) => path));
        return (
          on.requested.some((address) => address.includes("graphql.worker")) &&
          on.requested.every((address) => answered.has(new URL(address).pathname))
        );
      };
      await on.eventually(loaded);

      expect(on.strangers()).toEqual([]);
      expect(loaded()).toBe(true);
      expect(await on.page.title()).toBe("Claimgraph playground");
      expect(await on.page.locator("html").getAttribute("lang")).toBe("en");
      expect(await on.page.getByRole("heading", { level: 1 }).textContent()).toBe("Claimgraph");
      expect(on.complaints).toEqual([]);
    });

    test("offers the examples of each role under a heading, a reader's first", async () => {
      const panel = on.page.getByRole("region", { name: "Examples" });
      const offered = panel.getByRole("listitem").locator("strong");

      expect(await panel.getByRole("heading", { level: 3 }).allTextContents()).toEqual([
        "Ask, without a key",
        "Record, as an analyst",
        "Review and correct, as an editor",
        "Manage, as an administrator",
      ]);
      expect(await offered.allTextContents()).toEqual(
        ROLES.flatMap((role) => readExamples().filter((example) => example.role === role)).map(
          ({ title }) => title,
        ),
      );
    });

    test("answers its first example by itself, which shows a dispute", async () => {
      const answer = await on.response();

      expect(on.asked).toEqual([readExamples()[0]!.name]);
      expect(answer).toContain('"status": "CONTESTED"');
      expect(answer).toContain('"rule": "Contested: ');
      expect(answer).not.toContain('"errors"');
    });

    test("wraps long lines", async () => {
      const widths = await on.page
        .locator(".graphiql-response .view-lines")
        .evaluate((lines) => [lines.scrollWidth, lines.parentElement!.parentElement!.clientWidth]);

      expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
    });

    test("explains the schema in the documentation explorer, what readers use first", async () => {
      await button("Show Documentation Explorer").click();
      const docs = on.page.locator(".graphiql-doc-explorer");
      await on.seen(docs.getByRole("link", { name: "Query", exact: true }));
      const types = (await docs.getByRole("link").allTextContents()).filter((name) => /^[A-Z]/.test(name));
      const listed = types.slice(types.indexOf("Actor"));
      expect(listed.length).toBeGreaterThan(50);
      expect(listed).toEqual(listed.toSorted((one, other) => one.localeCompare(other)));
      await docs.getByRole("link", { name: "Query", exact: true }).first().click();
      await on.seen(docs.getByRole("link", { name: "claims", exact: true }));
      const fields = (await docs.getByRole("link").allTextContents()).filter((name) => /^[a-z]/.test(name));

      expect(fields.indexOf("claims")).toBeLessThan(fields.indexOf("actors"));
      expect(fields.at(-1)).toBe("apiKeys");
      expect(on.complaints).toEqual([]);
    });
  });

  describe("as it is used", () => {
    beforeAll(() => on.openAfresh());
    beforeEach(() => on.goOn());

    test("leaves alone what somebody wrote before he comes back", async () => {
      await on.write("query Mine { __typename }");
      await on.eventually(() =>
        on.page.evaluate<boolean>("localStorage['claimgraph:graphiql:tabState'].includes('Mine')"),
      );
      on.asked = [];
      await on.page.reload();
      await on.shown("Mine");
      await on.run();
      await on.response();

      // It would have been asked before.
      expect(on.asked).toEqual(["Mine"]);
    });

    test("runs by Ctrl-Enter without the editor having the focus", async () => {
      const [first, , example] = readExamples() as [Example, Example, Example];
      await on.page.keyboard.press("ControlOrMeta+Enter");
      await on.response();
      await button(example.title).click();
      await on.shown(example.name);
      await on.page.keyboard.press("ControlOrMeta+Enter");
      await on.response();

      expect(on.asked).toEqual([first.name, example.name]);
      expect(await on.page.getByRole("tab", { name: example.name, selected: true }).count()).toBe(1);
      expect(on.complaints).toEqual([]);
    });

    test("opens an example with its variables in a tab of its own, once", async () => {
      const example = readExamples().find(({ variables }) => variables)!;
      const choice = button(example.title);
      await choice.click();
      await on.shown(example.name);
      await on.page.getByRole("tab", { name: "WhoDisagrees" }).click();
      await on.shown("WhoDisagrees");
      await choice.click();
      await on.shown(example.name);
      await on.run();

      expect(await on.response()).not.toContain('"errors"');
      expect(await on.page.getByRole("tab", { name: example.name }).count()).toBe(1);
      expect(await choice.getAttribute("aria-current")).toBe("true");
      expect(on.complaints).toEqual([]);
    });

    test("tells the cost before it runs, and warns of what the server refuses", async () => {
      const query =
        "query Pages($n: Int! = 7) { claims(first: $n) { nodes { events(first: 100) { nodes { claims(first: 5) { nodes { id } } } } } } }";
      const cost = on.page.locator(".cost");
      await on.write(query);
      const affordable = await cost.textContent();
      await on.typeVariables('{ "n": 99 }');
      const warning = on.page.locator(".refusal");
      await on.seen(warning);
      const [refusal] = (await app.ask(query, { n: 99 })).errors ?? [];

      expect(affordable).toBe("cost 4,915 of 50,000");
      expect(refusal?.extensions).toMatchObject({ cost: 69_499, limit: 50_000 });
      expect(await cost.textContent()).toBe("cost 69,499 of 50,000");
      expect(await warning.textContent()).toContain(refusal?.message);
      await on.type("query Pages { claimz }");
      await cost.locator("b").waitFor({ state: "detached" });
      expect(await warning.count()).toBe(0);
      expect(on.complaints).toEqual([]);
    });

    test("records with a bare key, which holds for every tab and is kept nowhere else", async () => {
      const held = await app.keyOf("ANALYST");
      const example = readExamples().find(({ records }) => records)!;
      await key().fill(held);
      await button(example.title).click();
      await on.shown(example.name);
      await on.run();

      expect(await on.response()).toContain('"status": "DRAFT"');
      expect(on.complaints).toEqual([]);
      await on.page.reload();
      await on.shown(example.name);
      expect(await key().inputValue()).toBe(held);
      expect(await on.page.evaluate("JSON.stringify(localStorage)")).not.toContain(held);
      expect(on.page.url()).not.toContain(held);
    });

    test("takes the key to the WebSocket as well", async () => {
      const sent: string[] = [];
      on.page.once("websocket", (socket) =>
        socket.on("framesent", ({ payload }) => sent.push(String(payload))),
      );
      await key().fill(`Bearer  ${await app.keyOf("ANALYST")}`);
      await on.write("subscription Follow { changed { node { reason } } }");
      await on.run();
      await on.eventually(() => sent.length > 0);

      expect(JSON.parse(sent[0]!)).toEqual({
        type: "connection_init",
        payload: { authorization: `Bearer ${await app.keyOf("ANALYST")}` },
      });
      expect(on.complaints).toEqual([]);
    });

    test("follows the log over a WebSocket of its own origin", async () => {
      await on.write("subscription Follow { changed { node { reason } } }");
      await on.run();
      const heard = on.page.locator(".graphiql-response .view-lines").getByText("heard");
      const hears = on.eventually(async () => {
        await recordRevision(app.database, { reason: "heard" });
        return (await heard.count()) > 0;
      });

      await expect(hears).resolves.toBe(true);
      // It ends when something else is opened, and does not fill the answer of that.
      const example = readExamples().find(({ role }) => role === "EDITOR")!;
      await button(example.title).click();
      await on.shown(example.name);
      expect(await button("Execute query").count()).toBe(1);
      expect(on.strangers()).toEqual([]);
      expect(on.complaints).toEqual([]);
    });

    test("hands an operation on by a link, which holds no header and runs what only asks", async () => {
      const example = readExamples().find(({ variables, records }) => variables && !records)!;
      await key().fill(await app.keyOf("ANALYST"));
      await button(example.title).click();
      await on.shown(example.name);
      const link = await on.copied("Copy link");

      expect(link).toBe(
        `${app.url}/playground#${new URLSearchParams({ query: example.query, variables: example.variables! })}`,
      );
      await on.page.getByRole("tab", { name: "WhoDisagrees" }).click();
      await on.shown("WhoDisagrees");
      on.asked = [];
      await on.page.goto(link);
      await on.shown(example.name);
      expect(await on.response()).not.toContain('"errors"');
      expect(on.asked).toEqual([example.name]);
      expect(await on.page.getByRole("tab", { name: example.name }).count()).toBe(1);
      expect(on.complaints).toEqual([]);
    });

    test("opens a link that would record or wait, and does not run it", async () => {
      on.asked = [];
      for (const [query, name] of [
        ["mutation Link { __typename }", "Link"],
        ["query A { __typename } subscription Link { changed { cursor } }", "A"],
      ] as const) {
        await on.page.goto(`${app.url}/playground#${new URLSearchParams({ query })}`);
        await on.shown(name);
      }
      await on.write("query Last { __typename }");
      await on.run();
      await on.response();

      // They would have been asked before.
      expect(on.asked).toEqual(["Last"]);
    });

    test("runs the operation that a link names, in a page that opens with it", async () => {
      const query = "query One { __typename } query Two { two: __typename }";
      await on.openAfresh({ hash: `#${new URLSearchParams({ query, operationName: "Two" })}` });

      expect(await on.response()).toContain('"two"');
      expect(on.asked).toEqual(["Two"]);
      expect(on.page.url()).toBe(`${app.url}/playground`);
    });

    test("runs what a link to the endpoint holds: a browser that opens that comes here", async () => {
      const query = "query Here { here: __typename }";
      await on.page.goto("about:blank");
      on.asked = [];
      await on.page.goto(`${app.url}/graphql#${new URLSearchParams({ query })}`);
      await on.shown("Here");

      expect(await on.response()).toContain('"here"');
      expect(on.asked).toEqual(["Here"]);
      expect(on.page.url()).toBe(`${app.url}/playground`);
    });

    test("opens the examples of the docs by their links", async () => {
      const text = readFileSync("docs/recording.md", "utf8");
      const example = examplesOf("docs/recording.md").findIndex(({ variables }) => variables) + 1;
      const [, link] = new RegExp(`^\\[open-${example}\\]: (.*)$`, "m").exec(text)!;
      on.asked = [];
      await on.page.goto(link!.replace("http://127.0.0.1:4000", app.url));
      await on.shown("Several");

      expect(await on.page.getByRole("region", { name: "Variables" }).textContent()).toContain('"claims"');
      expect(on.asked).toEqual([]);
    });

    test("hands an operation on as command, program and document, without the key", async () => {
      const held = await app.keyOf("ANALYST");
      await key().fill(held);
      const curl = await on.copied("Copy as…", "Copy as curl");
      const program = await on.copied("Copy as…", "Copy as fetch");
      const document = await on.copied("Copy as…", "Copy as typed document");

      expect(curl).toContain('--header "authorization: Bearer $CLAIMGRAPH_KEY"');
      expect(document).toContain("export const WhoDisagrees = graphql(/* GraphQL */ `");
      expect([curl, program, document].join()).not.toContain(held);
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--input-type=module", "--eval", program],
        { env: { CLAIMGRAPH_KEY: held } },
      );
      expect(JSON.parse(stdout)).toEqual(await app.ask(readExamples()[0]!.query));
      expect(on.complaints).toEqual([]);
    });
  });

  test.each([390, 1024])(
    "is usable at a width of %d: nothing is cut off, the answer is at hand",
    async (width) => {
      await on.openAfresh({ viewport: { width, height: 800 } });
      const panes = on.page.getByRole("navigation", { name: "Panes" });
      const narrow = await panes.isVisible();
      const panel = on.page.getByRole("region", { name: "Examples" });
      if (narrow) await panes.getByRole("button", { name: "Examples" }).click();
      await button("Open settings dialog").click();
      const settings = on.page.getByRole("dialog", { name: "Settings" });
      const wide = await settings.evaluate((dialog) => [dialog.scrollWidth, dialog.clientWidth]);
      await on.page.keyboard.press("Escape");
      const example = readExamples().findLast(({ role }) => role === "READER")!;
      await panel.getByRole("button", { name: example.title }).click();
      await on.shown(example.name);
      const tab = await on.page.getByRole("tab", { name: example.name }).boundingBox();
      expect(tab!.x + tab!.width).toBeLessThanOrEqual(width);
      expect(await panel.isVisible()).toBe(!narrow);
      await on.run();

      expect(narrow).toBe(width === 390);
      expect(await on.response()).not.toContain('"errors"');
      expect(await on.page.locator(".graphiql-response").isVisible()).toBe(true);
      expect(await on.page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(wide[0]).toBe(wide[1]);
      expect(on.complaints).toEqual([]);
    },
  );
});

describe("the playground over HTTP", () => {
  test("is asked for anew each time, and may load nothing from elsewhere", async () => {
    const { status, headers } = await app.fetch("/playground");

    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("text/html");
    expect(headers.get("cache-control")).toBe("no-cache");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
  });

  test("is told the limits, and nothing else of the configuration", async () => {
    const html = await (await app.fetch("/playground")).text();

    expect(/<meta name="limits" content='(.*)' \/>/.exec(html)?.[1]).toBe(
      '{"maxDepth":20,"maxCost":50000,"maxAnswerBytes":20000000}',
    );
  });

  test("keeps its files for good, since their names tell their content", async () => {
    const html = await (await app.fetch("/playground")).text();
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!);

    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const { status, headers } = await app.fetch(file);
      expect([file, status, headers.get("cache-control")]).toEqual([
        file,
        200,
        "public, max-age=31536000, immutable",
      ]);
    }
  });

  test("takes no path but its own", async () => {
    const { status } = await app.fetch("/playground/assets/none.js");
    const graphql = await app.ask("{ __typename }");
    const health = await app.fetch("/healthz");

    expect(status).toBe(404);
    expect(graphql).toEqual({ data: { __typename: "Query" } });
    expect(health.status).toBe(200);
  });

  test("says how to build it where it has not been built", async () => {
    const bare = Fastify();
    await bare.register(playground, {
      bundle: "/nowhere",
      limits: { maxDepth: 1, maxCost: 1, maxAnswerBytes: 1 },
    });
    const answer = await fetch(`${await bare.listen({ host: "127.0.0.1", port: 0 })}/playground`);
    const text = await answer.text();
    await bare.close();

    expect(answer.status).toBe(503);
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect(text).toContain("npm run build");
  });
});
