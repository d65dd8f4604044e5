import { execFile } from "node:child_process";
import { promisify } from "node:util";
import Fastify from "fastify";
import type { Browser, ConsoleMessage, Page, Request } from "playwright-core";
import { playground } from "../../src/http/playground.js";
import { ROLES } from "../../web/example.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { describeInBrowser, launchChromium } from "../support/chromium.js";
import { readExamples } from "../support/examples.js";
import { buildPlayground } from "../support/playground-bundle.js";
import { recordRevision } from "../support/revisions.js";

// Long, since it only ends what hangs: a busy machine is no failure.
const WITHIN = { timeout: 60_000 };

let app: TestApp;

beforeAll(async () => {
  buildPlayground();
  app = await startTestApp({ env: { PLAYGROUND: "on", EXAMPLES: "on" } });
});
afterAll(() => app?.stop());

describeInBrowser("the playground in a browser", () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let strangers: string[];
  let unanswered: Set<Request>;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    complaints = [];
    strangers = [];
    unanswered = new Set();
    const context = await browser.newContext({
      viewport: { width: 1360, height: 850 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    context.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (origin !== app.url && protocol !== "data:") strangers.push(request.url());
      unanswered.add(request);
    });
    context.on("requestfinished", (request) => unanswered.delete(request));
    context.on("requestfailed", (request) => {
      unanswered.delete(request);
      complaints.push(`failed: ${request.url()}`);
    });
    context.on("console", (message: ConsoleMessage) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    context.on("weberror", (error) => complaints.push(error.error().message));
    page = await context.newPage();
    await page.goto(app.url);
    await page.locator(".graphiql-query-editor .view-line").first().waitFor(WITHIN);
  });
  afterEach(() => page?.context().close());

  test("loads by itself: nothing leaves the machine, nothing is complained of", async () => {
    await eventually(() => Promise.resolve(unanswered.size === 0));

    expect([...unanswered].map((request) => request.url())).toEqual([]);
    expect(await page.title()).toBe("Claimgraph playground");
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Claimgraph");
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("offers the examples of each role under a heading, a reader's first", async () => {
    const panel = page.getByRole("region", { name: "Examples" });
    const offered = panel.getByRole("listitem").locator("strong");

    expect(await panel.getByRole("heading", { level: 3 }).allTextContents()).toEqual([
      "Ask, without a key",
      "Record, as an analyst",
      "Review and correct, as an editor",
    ]);
    expect(await offered.allTextContents()).toEqual(
      ROLES.flatMap((role) => readExamples().filter((example) => example.role === role)).map(
        ({ title }) => title,
      ),
    );
  });

  test("answers its first example by itself, which shows a disagreement", async () => {
    const answer = await response();

    expect(answer).toContain('"affirmed": {');
    expect(answer).toContain('"rejected": {');
    expect(answer).not.toContain('"errors"');
    expect(complaints).toEqual([]);
  });

  test("leaves alone what somebody wrote before he comes back", async () => {
    await response();
    await write("{ __typename }");
    const asked = questions();
    await page.reload();
    await page.locator(".graphiql-query-editor .view-line", { hasText: "__typename" }).waitFor(WITHIN);
    await page.waitForTimeout(1_000);

    expect(asked).toEqual([]);
  });

  test("runs by Ctrl-Enter without the editor having the focus", async () => {
    await response();
    const asked = questions();
    await page.keyboard.press("ControlOrMeta+Enter");
    const example = readExamples()[2]!;
    await page.getByRole("button", { name: example.title }).click();
    await shown(example.name);
    await page.keyboard.press("ControlOrMeta+Enter");
    await response();

    expect(asked).toEqual([readExamples()[0]!.name, example.name]);
    expect(await page.getByRole("tab", { name: example.name }).getAttribute("aria-selected")).toBe("true");
    expect(complaints).toEqual([]);
  });

  test("wraps long lines", async () => {
    await response();
    const widths = await page
      .locator(".graphiql-response .view-lines")
      .evaluate((lines) => [lines.scrollWidth, lines.parentElement!.parentElement!.clientWidth]);

    expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
  });

  test("opens an example with its variables in a tab of its own, once", async () => {
    const example = readExamples().find(({ variables }) => variables)!;
    const choice = page.getByRole("button", { name: example.title });
    await choice.click();
    await shown(example.name);
    await page.getByRole("tab", { name: "WhoDisagrees" }).click();
    await shown("WhoDisagrees");
    await choice.click();
    await shown(example.name);
    await run();

    expect(await page.getByRole("tab", { name: example.name }).count()).toBe(1);
    expect(await choice.getAttribute("aria-current")).toBe("true");
    expect(await response()).not.toContain('"errors"');
    expect(complaints).toEqual([]);
  });

  test("records with a bare key, which holds for every tab and is kept nowhere else", async () => {
    const key = await app.keyOf("ANALYST");
    await page.getByLabel("Your key").fill(key);
    const example = readExamples().find(({ records }) => records)!;
    await page.getByRole("button", { name: example.title }).click();
    await shown(example.name, "mutation");
    await run();

    expect(await response()).toContain('"status": "DRAFT"');
    expect(complaints).toEqual([]);
    await page.reload();
    await page.locator(".graphiql-query-editor .view-line").first().waitFor(WITHIN);
    expect(await page.getByLabel("Your key").inputValue()).toBe(key);
    expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain(key);
    expect(page.url()).not.toContain(key);
  });

  test("takes the key to the WebSocket as well", async () => {
    const sent: string[] = [];
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
    await page.getByLabel("Your key").fill(`Bearer  ${await app.keyOf("ANALYST")}`);
    await write("subscription Follow { changed { node { reason } } }");
    await run();
    await eventually(() => Promise.resolve(sent.length > 0));

    expect(JSON.parse(sent[0]!)).toEqual({
      type: "connection_init",
      payload: { authorization: `Bearer ${await app.keyOf("ANALYST")}` },
    });
    expect(complaints).toEqual([]);
  });

  test("hands an operation on by a link, which holds no header and runs what only asks", async () => {
    const example = readExamples().find(({ variables, records }) => variables && !records)!;
    await page.getByLabel("Your key").fill(await app.keyOf("ANALYST"));
    await page.getByRole("button", { name: example.title }).click();
    await shown(example.name);
    const link = await copied("Copy link");

    expect(link).toBe(
      `${app.url}/#${new URLSearchParams({ query: example.query, variables: example.variables! })}`,
    );
    await page.getByRole("tab", { name: "WhoDisagrees" }).click();
    await shown("WhoDisagrees");
    const asked = questions();
    await page.goto(link);
    await shown(example.name);
    expect(asked).toEqual([example.name]);
    expect(await response()).not.toContain('"errors"');
    expect(await page.getByRole("tab", { name: example.name }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test("opens a link that would record or wait, and does not run it", async () => {
    await response();
    const asked = questions();
    for (const query of [
      "mutation Link { __typename }",
      "query A { __typename } subscription Link { changed { cursor } }",
    ]) {
      await page.goto(`${app.url}/#${new URLSearchParams({ query })}`);
      await page.locator(".graphiql-query-editor .view-line", { hasText: "Link" }).first().waitFor(WITHIN);
      await page.waitForTimeout(1_000);
    }

    expect(asked).toEqual([]);
  });

  test("runs the operation that a link names, in a page that opens with it", async () => {
    const query = "query One { __typename } query Two { two: __typename }";
    const other = await page.context().newPage();
    await other.goto(`${app.url}/#${new URLSearchParams({ query, operationName: "Two" })}`);

    await other.locator(".graphiql-response .view-lines", { hasText: '"two"' }).waitFor(WITHIN);
    expect(other.url()).toBe(`${app.url}/`);
  });

  test("hands an operation on as command, program and document, without the key", async () => {
    const key = await app.keyOf("ANALYST");
    await page.getByLabel("Your key").fill(key);
    const curl = await copied("Copy as…", "Copy as curl");
    const program = await copied("Copy as…", "Copy as fetch");
    const document = await copied("Copy as…", "Copy as typed document");

    expect(curl).toContain('--header "authorization: Bearer $CLAIMGRAPH_KEY"');
    expect(document).toContain("export const WhoDisagrees = graphql(/* GraphQL */ `");
    expect([curl, program, document].join()).not.toContain(key);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "--eval", program],
      {
        env: { CLAIMGRAPH_KEY: key },
      },
    );
    expect(JSON.parse(stdout)).toEqual(await app.ask(readExamples()[0]!.query));
    expect(complaints).toEqual([]);
  });

  test.each([390, 1024])(
    "is usable at a width of %d: nothing is cut off, the answer is at hand",
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      await response();
      const panes = page.getByRole("navigation", { name: "Panes" });
      const narrow = await panes.isVisible();
      const examples = page.getByRole("region", { name: "Examples" });
      if (narrow) await panes.getByRole("button", { name: "Examples" }).click();
      const example = readExamples()[1]!;
      await examples.getByRole("button", { name: example.title }).click();
      await shown(example.name);
      expect(await examples.isVisible()).toBe(!narrow);
      await run();

      expect(narrow).toBe(width === 390);
      expect(await response()).not.toContain('"errors"');
      expect(await page.locator(".graphiql-response").isVisible()).toBe(true);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(complaints).toEqual([]);
    },
  );

  /** Waits as a person would: until the editor shows an operation, and GraphiQL has read its name from there. */
  async function shown(name: string, kind = "query"): Promise<void> {
    await page
      .locator(".graphiql-query-editor .view-line", { hasText: `${kind} ${name}` })
      .first()
      .waitFor(WITHIN);
    await page.waitForTimeout(1_000);
  }

  test("explains the schema in the documentation explorer", async () => {
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    const docs = page.locator(".graphiql-doc-explorer");
    await docs.getByRole("link", { name: "Query", exact: true }).first().waitFor(WITHIN);
    const types = (await docs.getByRole("link").allTextContents()).filter((name) => /^[A-Z]/.test(name));
    const listed = types.slice(types.indexOf("Actor"));
    expect(listed.length).toBeGreaterThan(50);
    expect(listed).toEqual(listed.toSorted((one, other) => one.localeCompare(other)));
    await docs.getByRole("link", { name: "Query", exact: true }).first().click();

    await docs.getByRole("link", { name: "claims", exact: true }).waitFor(WITHIN);
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("follows the log over a WebSocket of its own origin", async () => {
    await page.getByRole("button", { name: "New tab" }).click();
    await write("subscription Follow { changed { node { reason } } }");
    await run();
    const pane = page.locator(".graphiql-response .view-lines");
    await expect(
      eventually(async () => {
        await recordRevision(app.database, { reason: "heard" });
        return (await pane.textContent())?.includes("heard");
      }),
    ).resolves.toBe(true);
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });

  /** Tries until it holds, or a while has passed. */
  async function eventually(holds: () => Promise<boolean | undefined>): Promise<boolean> {
    for (let i = 0; i < 120; i++) {
      await page.waitForTimeout(500);
      if (await holds()) return true;
    }
    return false;
  }

  /** The names of the operations that are sent from now on, the page's own about the schema left out. */
  function questions(): string[] {
    const names: string[] = [];
    page.on("request", (request) => {
      const { operationName } = request.method() === "POST" ? request.postDataJSON() : {};
      if (operationName !== "IntrospectionQuery" && request.url().endsWith("/graphql"))
        names.push(operationName);
    });
    return names;
  }

  /** What a tool of the toolbar copies. */
  async function copied(tool: string, item?: string): Promise<string> {
    await page.getByRole("button", { name: tool }).click();
    if (item) await page.getByRole("menuitem", { name: item }).click();
    await page.getByRole("status").getByText("copied").waitFor(WITHIN);
    await page.waitForTimeout(500);
    return page.evaluate<string>("navigator.clipboard.readText()");
  }

  /** Puts an operation into the editor, and waits until GraphiQL has read it. */
  async function write(operation: string): Promise<void> {
    await page.locator(".graphiql-query-editor .view-line").first().click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(operation);
    await page.waitForTimeout(1_000);
  }

  const run = () => page.getByRole("button", { name: "Execute query" }).click();

  /** The text in the result pane, once there is one. The editor writes blanks as non-breaking spaces. */
  async function response(): Promise<string> {
    const pane = page.locator(".graphiql-response .view-lines");
    await pane
      .getByText(/"(data|errors)"/)
      .first()
      .waitFor(WITHIN);
    return ((await pane.textContent()) ?? "").replaceAll("\u00a0", " ");
  }
});

describe("the playground over HTTP", () => {
  test("is asked for anew each time, and may load nothing from elsewhere", async () => {
    const { status, headers } = await app.fetch("/");

    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("text/html");
    expect(headers.get("cache-control")).toBe("no-cache");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
  });

  test("keeps its files for good, since their names tell their content", async () => {
    const html = await (await app.fetch("/")).text();
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
    const answer = await fetch(await bare.listen({ host: "127.0.0.1", port: 0 }));
    const text = await answer.text();
    await bare.close();

    expect(answer.status).toBe(503);
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect(text).toContain("npm run build");
  });
});
