import { SourcePageDocument, type SourcePageQuery } from "../../generated/pages/graphql.js";
import { Cite } from "../components/cite.js";
import { ClaimLines } from "../components/claim.js";
import { catalogued, Facts, SourceLines } from "../components/record.js";
import { Name, nameFor, Recorded, RecordLink, Section, When, Who } from "../components/text.js";
import { capital, isVague, moment, when } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, page } from "../page.js";
import { MarkedText, type Span } from "./marked-text.js";

type Source = NonNullable<SourcePageQuery["source"]>;

export const sourcePage = page({
  path: "/sources/:slug",
  document: SourcePageDocument,
  variables: ({ params }) => ({ slug: params.slug as string }),
  view({ source, laterVersions, copies, further, end }, asked) {
    if (!source) return undefined;
    const { words } = asked.locale;
    const publisher = source.publisher && nameFor(asked.locale, source.publisher).name;
    return {
      title: source.title,
      description: [
        words.sourceKind[source.kind],
        publisher,
        source.publishedOn && when(asked.locale, source.publishedOn),
        source.withdrawnAt && words.sourceWithdrawn,
      ]
        .filter(Boolean)
        .join(" · "),
      canonical: `/sources/${source.slug}`,
      live: { concerns: [source.id], after: end.pageInfo.endCursor },
      about: {
        "@type": source.kind === "ARTICLE" ? "NewsArticle" : "CreativeWork",
        headline: source.title,
        url: source.url ?? undefined,
        inLanguage: source.language ?? undefined,
        datePublished: dayOf(source.publishedOn),
        publisher: publisher ? { "@type": "Organization", name: publisher } : undefined,
      },
      body: (
        <SourceBody
          source={source}
          laterVersions={laterVersions.nodes}
          copies={copies.nodes}
          further={further.nodes}
          asked={asked}
        />
      ),
    };
  },
});

/** The quotes from a source: whose they are, and which is the first one of the same words. */
function quotesOf({ slug, claims }: Source) {
  const begun = new Set<string | undefined>();
  return claims.nodes.flatMap((claim) =>
    claim.citations.flatMap((citation) => {
      if (citation.source.slug !== slug || !citation.quote) return [];
      const { start, end } = citation.quote;
      const id = start != null && end != null ? `q=${start}-${end}` : undefined;
      const first = !begun.has(id);
      begun.add(id);
      return [{ claim, citation, id, first }];
    }),
  );
}

/** The spans of a text in which quotes stand. */
const spansOf = (quotes: ReturnType<typeof quotesOf>): Span[] =>
  quotes.flatMap(({ claim, citation: { quote } }) =>
    quote?.start != null && quote.end != null ? [{ start: quote.start, end: quote.end, claim }] : [],
  );

function SourceBody({
  source,
  laterVersions,
  copies,
  further,
  asked,
}: {
  source: Source;
  laterVersions: SourcePageQuery["laterVersions"]["nodes"];
  copies: SourcePageQuery["copies"]["nodes"];
  /** Copies of the copies. */
  further: SourcePageQuery["further"]["nodes"];
  asked: Asked;
}) {
  const locale = useLocale();
  const { words, href } = locale;
  const { claims, claimsAbout, laterVersionOf, origin, syndicationOf } = source;
  const kind = words.sourceKind[source.kind];
  const quotes = quotesOf(source);
  const spans = spansOf(quotes);
  return (
    <>
      <p class="status">{capital(kind)}</p>
      <Recorded as="h1" text={source.title} language={source.language} />
      <p class="facts spread">
        <span>{words.asOf(moment(locale, asked.now))}</span>
      </p>
      <Facts
        facts={[
          [words.publisher, source.publisher && <Who key="publisher" actor={source.publisher} />],
          [words.publishedAt, source.publishedOn && <When key="published" date={source.publishedOn} />],
          [words.withdrawnAt, source.withdrawnAt && <When key="withdrawn" date={source.withdrawnAt} />],
          [words.authors, source.authors.length > 0 && <bdi>{source.authors.join(", ")}</bdi>],
          [words.language, source.language && languageName(locale.tag, source.language)],
          [words.reliabilityLabel, source.reliability && words.reliability[source.reliability]],
          [words.original, source.url && <Outside key="url" url={source.url} />],
          [words.archived, source.archivedUrl && <Outside key="archived" url={source.archivedUrl} />],
          [words.laterVersionOf, laterVersionOf && <SourceLink key="earlier" source={laterVersionOf} />],
          [words.copyOf, syndicationOf && <SourceLink key="copy" source={syndicationOf} />],
          [
            words.copiedFrom,
            syndicationOf && syndicationOf.slug !== origin.slug && (
              <SourceLink key="origin" source={origin} />
            ),
          ],
          ...catalogued(words, source),
        ]}
      />
      {laterVersions.length > 0 && (
        <Section id="later-versions" title={words.laterVersions}>
          <SourceLines sources={laterVersions} />
        </Section>
      )}
      {copies.length > 0 && (
        <Section id="copies" title={words.copies}>
          <SourceLines sources={copies} />
        </Section>
      )}
      {further.length > 0 && (
        <Section id="further-copies" title={words.copiesOfCopies}>
          <SourceLines sources={further} />
        </Section>
      )}
      {source.text ? (
        <Section
          id="text"
          title={words.text}
          note={
            claims.totalCount > claims.nodes.length ? words.textNoteOf(claims.nodes.length) : words.textNote
          }
        >
          <MarkedText text={source.text} spans={spans} language={source.language} />
        </Section>
      ) : (
        <Section
          id="text"
          title={words.text}
          note={
            source.textAccess !== "ANALYST"
              ? words.noText
              : spans.length > 0
                ? words.textForAnalysts
                : words.noTextOrForAnalysts
          }
        >
          {quotes.map(({ claim, citation, id, first }) => (
            <div key={citation.id} class="quoted">
              <p class="whose">
                <Name actor={claim.assertedBy} /> · {words.actNoun[claim.act]}
              </p>
              <Cite citation={citation} language={claim.language} id={first ? id : undefined} />
            </div>
          ))}
        </Section>
      )}
      {claimsAbout.totalCount > 0 && (
        <Section id="claims-about" title={words.claimsAboutIt} count={claimsAbout.totalCount}>
          <ClaimLines claims={claimsAbout.nodes} />
        </Section>
      )}
      <Section id="claims" title={words.claimsFromIt} count={claims.totalCount}>
        <ClaimLines claims={claims.nodes} />
        {claims.totalCount > claims.nodes.length && (
          <p>
            <a href={href("/claims", { source: source.slug })}>{words.all(claims.totalCount)}</a>
          </p>
        )}
      </Section>
    </>
  );
}

/** A day that is known, as a day; a vague date has none. */
const dayOf = (date: Source["publishedOn"]): string | undefined =>
  date && !isVague(date) ? (date.earliest ?? undefined) : undefined;

const SourceLink = ({ source: { slug, title, language } }: { source: Source["origin"] }) => (
  <RecordLink to={`/sources/${slug}`} text={title} language={language} />
);

/** A link to another site: no page here loads anything from there. */
const Outside = ({ url }: { url: string }) => (
  <a href={url} rel="noopener noreferrer external">
    {url}
  </a>
);

/** A language by its name; the tag itself where `Intl` knows none, and nothing where nobody knows which it is. */
function languageName(tag: string, language: string): string | undefined {
  if (/^und(?:-|$)/.test(language)) return undefined;
  try {
    return new Intl.DisplayNames(tag, { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}
