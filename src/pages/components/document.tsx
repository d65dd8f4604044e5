import type { Assets } from "../assets.js";
import { address, LANGUAGES, type Locale, useLocale } from "../locale.js";
import type { View } from "../page.js";

/** What the server knows of all pages. */
export interface Site {
  /** Where this site is found by others, without a slash at the end. */
  readonly origin: string;
  /** Whether there is a playground to lead to. */
  readonly playground: boolean;
  /** The language of records that name none: a BCP 47 tag. */
  readonly language: string;
  /** Whether search engines are welcome. */
  readonly listed: boolean;
  /** The addresses of what the build has made. */
  readonly assets: Assets;
}

/** What a page knows of the request that it answers. */
export interface Occasion {
  readonly site: Site;
  /** The address as it was asked for: path and query. */
  readonly url: string;
  /** The role of the key with which the reader has signed in. */
  readonly role?: string;
  /** The query that made the page, for the playground. */
  readonly asked?: { readonly query: string; readonly variables: unknown };
}

/** The words in the search box. */
const searched = (url: string): string =>
  url.startsWith("/search?") ? (new URLSearchParams(url.slice(url.indexOf("?"))).get("q") ?? "") : "";

/** The same address in another language. */
const inLanguage = (path: string, language: string): string => {
  const { pathname, searchParams } = new URL(path, "http://here.invalid");
  return address(pathname, { ...Object.fromEntries(searchParams), lang: language });
};

/** Where the playground opens with an operation: its hash, which browsers send to no server. */
const playgroundWith = ({ query, variables }: NonNullable<Occasion["asked"]>): string =>
  `/playground#${new URLSearchParams({ query, variables: JSON.stringify(variables, null, 2) })}`;

/** A whole page of HTML. */
export function Document({ view, occasion }: { view: View; occasion: Occasion }) {
  const { words, href, language, tag, named } = useLocale();
  const { site } = occasion;
  const { assets, origin } = site;
  const { canonical } = view;
  // Each language is a page of its own where the address names it.
  const own = canonical && `${origin}${named ? inLanguage(canonical, language) : canonical}`;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${view.title} · ${words.site}`}</title>
        <meta name="description" content={view.description} />
        <meta property="og:title" content={view.title} />
        <meta property="og:description" content={view.description} />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content={words.site} />
        <meta property="og:locale" content={tag.replace("-", "_")} />
        {own && <meta property="og:url" content={own} />}
        {(view.unlisted || !site.listed) && <meta name="robots" content="noindex" />}
        {own && <link rel="canonical" href={own} />}
        {canonical &&
          LANGUAGES.map((one) => (
            <link key={one} rel="alternate" hreflang={one} href={`${origin}${inLanguage(canonical, one)}`} />
          ))}
        {canonical && <link rel="alternate" hreflang="x-default" href={`${origin}${canonical}`} />}
        {assets.icon && <link rel="icon" href={assets.icon} type="image/svg+xml" />}
        {assets.fonts.map((font) => (
          <link key={font} rel="preload" href={font} as="font" type="font/woff2" crossOrigin="anonymous" />
        ))}
        {assets.style && <link rel="stylesheet" href={assets.style} />}
        {assets.script && <script type="module" src={assets.script} />}
        {view.about && <Markup about={{ ...(own && { url: own }), ...view.about }} />}
      </head>
      <body>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <Head occasion={occasion} />
        <main id="content" tabIndex={-1}>
          {occasion.role && (
            <form class="signed-in" method="post" action={href("/sign-out")}>
              <p>
                {words.signedIn(occasion.role !== "READER")} <button type="submit">{words.signOut}</button>
              </p>
            </form>
          )}
          {view.body}
          {own && <p class="address facts">{own}</p>}
          {view.live && (
            <p
              class="live"
              aria-live="polite"
              data-concerns={view.live.concerns?.join(" ")}
              data-after={view.live.after ?? ""}
              data-one={words.newClaims(1)}
              data-more={words.newClaims(999)}
              data-changed={words.newChanges(999)}
              data-changed-one={words.newChanges(1)}
              data-shown={words.newShown}
            />
          )}
        </main>
        <Foot occasion={occasion} />
      </body>
    </html>
  );
}

/** schema.org markup. It stands in an element that browsers do not run, and cannot end it. */
const Markup = ({ about }: { about: object }) => (
  <script
    type="application/ld+json"
    dangerouslySetInnerHTML={{
      __html: JSON.stringify({ "@context": "https://schema.org", ...about }).replaceAll("<", "\\u003c"),
    }}
  />
);

function Head({ occasion: { site, url } }: { occasion: Occasion }) {
  const { words, href } = useLocale();
  return (
    <header class="head">
      <div class="within">
        <a class="home" href={href("/")}>
          {words.site}
        </a>
        <form
          class="search"
          role="search"
          action="/search"
          data-found={words.suggestions(999)}
          data-none={words.noSuggestions}
        >
          <label class="unseen" for="q">
            {words.searchLabel}
          </label>
          <input
            id="q"
            name="q"
            type="search"
            placeholder={words.searchHint}
            value={searched(url)}
            autocomplete="off"
          />
          <Language />
          <button type="submit">{words.searchButton}</button>
        </form>
        <nav aria-label={words.navigation}>
          <a href={href("/propositions")}>{words.propositions}</a>
          <a href={href("/events")}>{words.events}</a>
          <a href={href("/actors")}>{words.actors}</a>
          <a href={href("/statistics")}>{words.statistics}</a>
          {site.playground && <a href="/playground">{words.playground}</a>}
        </nav>
      </div>
    </header>
  );
}

/** A form leads to an address of its own: it takes the language along, if the address names one. */
export function Language() {
  const { language, named } = useLocale();
  return named ? <input type="hidden" name="lang" value={language} /> : null;
}

function Foot({ occasion: { site, url, asked, role } }: { occasion: Occasion }) {
  const { words, href, language } = useLocale();
  return (
    <footer class="foot">
      <div class="within">
        <p>
          {words.motto} <a href={href("/about/status")}>{words.howStatus}</a>
        </p>
        <nav aria-label={words.furtherNavigation}>
          {site.playground && asked && <a href={playgroundWith(asked)}>{words.query}</a>}
          <a href={href("/sources")}>{words.sources}</a>
          {!role && (
            <a href={href("/sign-in", { to: url.startsWith("/sign-in") ? undefined : url })}>
              {words.signIn}
            </a>
          )}
          {LANGUAGES.filter((one) => one !== language).map((one) => (
            <a key={one} href={inLanguage(url, one)} hreflang={one} lang={one}>
              {OWN_NAMES[one]}
            </a>
          ))}
        </nav>
      </div>
    </footer>
  );
}

/** Each language under its own name. */
const OWN_NAMES: Readonly<Record<Locale["language"], string>> = { en: "English", de: "Deutsch" };
