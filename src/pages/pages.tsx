import type { ServerResponse } from "node:http";
import formbody from "@fastify/formbody";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { renderToString } from "preact-render-to-string";
import { LivePageDocument, SuggestionsDocument } from "../generated/pages/graphql.js";
import { aboutStatusPage } from "./about/about.page.js";
import { actorPage } from "./actor/actor.page.js";
import { textOf } from "./address.js";
import { ask, NotAnswered } from "./ask.js";
import { claimPage } from "./claim/claim.page.js";
import { Document, type Occasion, type Site } from "./components/document.js";
import { eventPage } from "./event/event.page.js";
import { actorsPage, claimsPage, eventsPage, propositionsPage, sourcesPage } from "./lists/lists.page.js";
import { type Locale, LocaleProvider, localeOf } from "./locale.js";
import { type AnyPage, BadAddress, type View } from "./page.js";
import { propositionPage } from "./proposition/proposition.page.js";
import { filtersFor, searchPage, suggestionsOf } from "./search/search.page.js";
import { fromHere, keeping, keyOf, wayBack } from "./session.js";
import { sitemaps } from "./sitemap/sitemap.js";
import { sourcePage } from "./source/source.page.js";
import { startPage } from "./start/start.page.js";
import { statisticsPage } from "./statistics/statistics.page.js";
import { signInView, type Trouble, troubleView } from "./system/system.js";

const PAGES: readonly AnyPage[] = [
  startPage,
  propositionPage,
  eventPage,
  actorPage,
  sourcePage,
  claimPage,
  propositionsPage,
  eventsPage,
  actorsPage,
  sourcesPage,
  claimsPage,
  searchPage,
  statisticsPage,
  aboutStatusPage,
];

// Nothing but this server's own files may load or be asked, and no page may frame these.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** What {@link pages} is made for. */
export interface PagesOptions {
  readonly site: Omit<Site, "origin"> & {
    /** Where the site is found by others, if that is not where it is asked. */
    readonly origin?: string;
  };
  /** Finds the role of whoever has a key. @throws when the key is not known */
  readonly roleOf: (key: string) => Promise<string>;
  /** Answers with the events of a subscription. */
  readonly stream: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
}

/** Fastify plugin: pages for readers, each at an address of its own, made of one answer of the API. */
export async function pages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  await app.register(formbody);
  const answers = new Pages(app, options);
  // One address for each page: what ends with a slash leads to what does not.
  app.addHook("onRequest", async ({ method, url }, reply) => {
    const place = method === "GET" || method === "HEAD" ? withoutSlash(url) : undefined;
    if (place) return reply.redirect(place, 308);
  });
  for (const page of PAGES) {
    app.get(page.path, { compress: {} }, (request, reply) => answers.page(page, request, reply));
  }
  app.get("/sign-in", async (request, reply) =>
    answers.show(
      request,
      reply,
      200,
      (locale) => signInView(locale, { to: wayBack((request.query as { to?: unknown }).to) }),
      await answers.roleOf(request),
    ),
  );
  app.post("/sign-in", (request, reply) => answers.signIn(request, reply));
  app.post("/sign-out", (request, reply) => {
    if (!fromHere(request)) return answers.refuse(request, reply);
    return reply
      .header("set-cookie", keeping("", answers.isSecure(request)))
      .redirect(answers.locale(request).href("/"), 303);
  });
  app.get("/search/suggestions", async (request, reply) => {
    const query = queryOf(request);
    const locale = answers.locale(request);
    const { propositions, actors, events } = filtersFor(textOf({ query, locale }) ?? "");
    const variables = { propositions, actors, events };
    const data = await ask(app, request, SuggestionsDocument, variables, answers.keyOf(request));
    return reply.send(suggestionsOf(locale, data));
  });
  sitemaps(app, (request) => answers.site(request));
  const followers = new Followers();
  app.get("/live", (request, reply) => {
    const query = queryOf(request);
    const [after, concerns] = [query.get("after"), query.get("concerns")];
    const key = answers.keyOf(request);
    if (key && fromHere(request)) request.headers.authorization = `Bearer ${key}`;
    if (!followers.admit(request.ip, reply.raw)) {
      return reply.code(503).header("retry-after", "60").send("Too many pages are open from here.");
    }
    const where = concerns ? { concerns: concerns.split(" ") } : { recordType: { eq: "CLAIM" } };
    request.query = {
      query: LivePageDocument.toString(),
      variables: JSON.stringify({ where, after: after || undefined }),
    };
    return options.stream(request, reply);
  });
  // Whoever asks for no page is told as everywhere else that there is nothing.
  app.get("/*", async (request, reply) =>
    wantsPage(request)
      ? answers.show(
          request,
          reply,
          404,
          ({ words }) => troubleView(words, "notFound"),
          await answers.roleOf(request),
        )
      : reply.callNotFound(),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => answers.trouble(error, request, reply));
}

/** The address without the slashes at its end; undefined where it has none, or would lead to another host. */
export function withoutSlash(url: string): string | undefined {
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  let end = path.length;
  while (path[end - 1] === "/") end--;
  if (end === path.length || end < 2 || /^\/[/\\]/.test(path)) return undefined;
  return path.slice(0, end) + url.slice(path.length);
}

const wantsPage = ({ headers }: FastifyRequest): boolean => headers.accept?.includes("text/html") ?? false;

/** Counts who follows: each holds a connection. A page that cannot follow works all the same. */
class Followers {
  /** So many follow at once, and so many from one address. */
  static readonly #MOST = 2_000;
  static readonly #MOST_FROM_ONE = 100;
  readonly #from = new Map<string, number>();
  #all = 0;

  /** Whether one more may follow. He counts until his connection closes. */
  admit(address: string, response: ServerResponse): boolean {
    const from = this.#from.get(address) ?? 0;
    if (this.#all >= Followers.#MOST || from >= Followers.#MOST_FROM_ONE) return false;
    this.#all++;
    this.#from.set(address, from + 1);
    response.once("close", () => {
      this.#all--;
      const left = (this.#from.get(address) ?? 1) - 1;
      if (left > 0) this.#from.set(address, left);
      else this.#from.delete(address);
    });
    return true;
  }
}

class Pages {
  constructor(
    private readonly app: FastifyInstance,
    private readonly options: PagesOptions,
  ) {}

  /** Answers with a page of the API's answer. */
  async page(page: AnyPage, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const query = queryOf(request);
    const locale = this.locale(request);
    const asked = {
      params: request.params as Record<string, string>,
      query,
      locale,
      origin: this.site(request).origin,
      now: new Date(),
    };
    const key = this.keyOf(request);
    const [variables, role] = [page.variables(asked), key && (await this.options.roleOf(key))];
    const data = await ask(this.app, request, page.document, variables, key);
    const view = await page.view(data, asked);
    if (!view) return this.show(request, reply, 404, ({ words }) => troubleView(words, "notFound"), role);
    return this.show(request, reply, 200, () => view, role, {
      query: page.document.toString().trim(),
      variables,
    });
  }

  /** Answers with a view. Who has signed in may see what others may not: nobody keeps his pages. */
  show(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    viewIn: (locale: Locale) => View,
    role?: string,
    asked?: Occasion["asked"],
  ): FastifyReply {
    const locale = this.locale(request);
    // What a form was sent to is no page.
    const url = request.method === "POST" ? locale.href("/sign-in") : request.url;
    const occasion = { site: this.site(request), url, role, asked };
    const html = renderToString(
      <LocaleProvider value={locale}>
        <Document view={viewIn(locale)} occasion={occasion} />
      </LocaleProvider>,
    );
    return reply
      .code(status)
      .headers({
        "content-type": "text/html; charset=utf-8",
        "content-language": locale.language,
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "cache-control": role || status >= 400 ? "no-store" : "no-cache",
        // Forms say where they come from, by which other sites' are refused; other sites hear nothing.
        "referrer-policy": "same-origin",
        vary: "accept-language, cookie",
      })
      .send(`<!doctype html>${html}`);
  }

  /** Keeps a key that is known, and leads on. */
  async signIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { key, to } = Object(request.body) as { key?: unknown; to?: unknown };
    if (!fromHere(request)) return this.refuse(request, reply);
    const given = typeof key === "string" ? key.trim() : "";
    const known = given !== "" && (await this.options.roleOf(given).catch(wrongKey));
    if (!known) {
      return this.show(request, reply, 401, (locale) => signInView(locale, { to: wayBack(to), wrong: true }));
    }
    return reply.header("set-cookie", keeping(given, this.isSecure(request))).redirect(wayBack(to), 303);
  }

  /** Refuses a form that another site has sent, or that does not say where it comes from. */
  refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return this.show(request, reply, 403, ({ words }) => troubleView(words, "notFromHere"));
  }

  /** The key with which the reader has signed in, if any. */
  keyOf(request: FastifyRequest): string | undefined {
    return keyOf(request, this.isSecure(request));
  }

  /** The role of whoever has signed in; none where that cannot be found out just now. */
  async roleOf(request: FastifyRequest): Promise<string | undefined> {
    const key = this.keyOf(request);
    return key && (await this.options.roleOf(key).catch(() => undefined));
  }

  /** Answers with a page that says what is wrong and how to go on. */
  async trouble(error: FastifyError, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const [status, trouble, detail] = troubleOf(error, request);
    if (status === 401) return this.#askForKey(request, reply);
    if (status === 503) reply.header("retry-after", "5");
    if (status === 500) request.log.error({ err: error, requestId: request.id }, "a page could not be made");
    const role = await this.roleOf(request);
    return this.show(request, reply, status, ({ words }) => troubleView(words, trouble, detail), role);
  }

  /** Asks for a key. One that does not hold is forgotten. */
  #askForKey(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const wrong = this.keyOf(request) !== undefined;
    if (wrong) reply.header("set-cookie", keeping("", this.isSecure(request)));
    const parts = { to: wayBack(request.url), wrong, required: !wrong };
    return this.show(request, reply, 401, (locale) => signInView(locale, parts));
  }

  locale(request: FastifyRequest): Locale {
    return localeOf(queryOf(request), request.headers["accept-language"], this.options.site.language);
  }

  isSecure(request: FastifyRequest): boolean {
    return this.site(request).origin.startsWith("https:");
  }

  site({ protocol, host }: FastifyRequest): Site {
    const { site } = this.options;
    return { ...site, origin: site.origin ?? `${protocol}://${host}` };
  }
}

const statusOf = (error: FastifyError): number =>
  error.statusCode ?? (Object(Object(error).extensions?.http) as { status?: number }).status ?? 500;

/** What a reader is told of an error: the status of the page, the page, and what it says of it. */
function troubleOf(error: FastifyError, { id, params }: FastifyRequest): [number, Trouble, string?] {
  if (error instanceof BadAddress) return [400, "badAddress", error.message];
  if (error instanceof NotAnswered) {
    switch (error.code) {
      case "UNAUTHENTICATED":
      case "FORBIDDEN":
        return [401, "notFound"];
      case "UNAVAILABLE":
      case "TOO_MANY_REQUESTS":
        return [503, "unavailable"];
      case "STATEMENT_TIMEOUT":
      case "ANSWER_TOO_LARGE":
      case "COST_LIMIT_EXCEEDED":
        return [503, "tooMuch", error.message];
      case "BAD_USER_INPUT":
        // What no record can be called is called so by none.
        return Object.keys(Object(params)).length > 0
          ? [404, "notFound"]
          : [400, "badQuestion", error.message];
      default:
        return [500, "broken", id];
    }
  }
  const status = statusOf(error);
  if (status === 401 || status === 503) return [status, "unavailable"];
  if (status === 413 || status === 415) return [status, "badForm"];
  return status < 500 ? [404, "notFound"] : [500, "broken", id];
}

/** A key that does not hold is no error of the server's. */
function wrongKey(error: FastifyError): undefined {
  if (statusOf(error) !== 401) throw error;
}

const queryOf = ({ url }: FastifyRequest): URLSearchParams => {
  const start = url.indexOf("?");
  return new URLSearchParams(start < 0 ? "" : url.slice(start));
};
