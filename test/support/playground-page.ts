import type { Browser, Locator, Page } from "playwright-core";

// Long, since it only ends what hangs: a busy machine is no failure.
const LONGEST = 60_000;
const USUAL = { width: 1360, height: 850 };

/** The playground in a browser, handled as a person handles it: by what is seen, and as soon as it is seen. */
export class PlaygroundPage {
  /** What the browser has complained of since the page was opened, or went on. */
  complaints: string[] = [];
  /** The addresses that were asked for since. */
  requested: string[] = [];
  /** The names of the operations that were sent since; the page's own question about the schema is none. */
  asked: (string | undefined)[] = [];

  private constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    const context = page.context();
    context.on("request", (request) => {
      if (!request.url().startsWith("data:")) this.requested.push(request.url());
      if (request.method() !== "POST") return;
      const { operationName } = request.postDataJSON();
      if (operationName !== "IntrospectionQuery") this.asked.push(operationName);
    });
    context.on("requestfailed", (request) => this.complaints.push(`failed: ${request.url()}`));
    context.on("weberror", (error) => this.complaints.push(error.error().message));
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text());
    });
  }

  /** A page that has loaded nothing yet. */
  static async in(browser: Browser, url: string): Promise<PlaygroundPage> {
    const context = await browser.newContext({
      viewport: USUAL,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    context.setDefaultTimeout(LONGEST);
    return new PlaygroundPage(await context.newPage(), url);
  }

  /** Opens it as if for the first time, and waits for its first answer. */
  async openAfresh({ hash = "", viewport = USUAL } = {}): Promise<void> {
    // The page itself would keep its tabs once more when it is left.
    await this.page.goto(`${this.url}/healthz`);
    await this.page.evaluate("localStorage.clear(); sessionStorage.clear()");
    await this.page.setViewportSize(viewport);
    this.#forget();
    await this.page.goto(`${this.url}/playground${hash}`);
    await this.response();
    // The schema has come.
    await this.page.locator(".cost b").waitFor({ state: "attached" });
  }

  /** Goes on in its first tab, without a key: quicker than to load everything again. */
  async goOn(): Promise<void> {
    await this.page.getByRole("tab").first().click();
    await this.shown("WhoDisagrees");
    await this.page.getByLabel("Your key").fill("");
    this.#forget();
  }

  #forget(): void {
    this.complaints = [];
    this.requested = [];
    this.asked = [];
  }

  /**
   * Waits until the tab in front holds an operation of this name, and GraphiQL has read it: that takes it a moment, and
   * whoever is quicker than people are changes tabs under the name of the operation before.
   */
  async shown(name: string): Promise<void> {
    await this.page.getByRole("tab", { name, selected: true }).waitFor();
    // Where the editor is narrow, the name may stand in another line than what comes before it.
    await this.seen(this.#editor.locator(".view-line", { hasText: name }));
    // It is estimated from then on.
    await this.seen(this.page.locator(".cost b"));
  }

  /** Puts an operation with a name into a new tab. */
  async write(operation: string): Promise<void> {
    const [, name] = /^\w+ (\w+)/.exec(operation)!;
    await this.page.getByRole("button", { name: "New tab" }).click();
    await this.type(operation);
    await this.shown(name!);
  }

  /** Puts any text into the editor. */
  type(text: string): Promise<void> {
    return this.#replace(this.#editor, text);
  }

  /** Puts a text into the editor of variables. */
  typeVariables(text: string): Promise<void> {
    return this.#replace(this.page.getByRole("region", { name: "Variables" }), text);
  }

  async #replace(editor: Locator, text: string): Promise<void> {
    await editor.locator(".view-line").first().click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(text);
  }

  /** Addresses outside of the server. */
  strangers(): string[] {
    return this.requested.filter((address) => new URL(address).origin !== this.url);
  }

  run(): Promise<void> {
    return this.page.getByRole("button", { name: "Execute query" }).click();
  }

  /** The text in the result pane, once there is one. The editor writes blanks as non-breaking spaces. */
  async response(): Promise<string> {
    const pane = this.page.locator(".graphiql-response .view-lines");
    await this.seen(pane.getByText(/"(data|errors)"/));
    return ((await pane.textContent()) ?? "").replaceAll("\u00a0", " ");
  }

  /** What a tool of the toolbar copies. That it says so is seen for a moment only, so the clipboard itself is asked. */
  async copied(tool: string, item?: string): Promise<string> {
    await this.page.evaluate("navigator.clipboard.writeText('')");
    await this.page.getByRole("button", { name: tool }).click();
    if (item) await this.page.getByRole("menuitem", { name: item }).click();
    let text = "";
    await this.eventually(async () => {
      text = await this.page.evaluate<string>("navigator.clipboard.readText()");
      return text !== "";
    });
    return text;
  }

  seen(what: Locator): Promise<void> {
    return what.first().waitFor();
  }

  /** Tries until it holds, or a while has passed. */
  async eventually(holds: () => boolean | undefined | Promise<boolean | undefined>): Promise<boolean> {
    const end = Date.now() + LONGEST;
    while (Date.now() < end) {
      if (await holds()) return true;
      await this.page.waitForTimeout(50);
    }
    return false;
  }

  get #editor(): Locator {
    return this.page.locator(".graphiql-query-editor");
  }
}
