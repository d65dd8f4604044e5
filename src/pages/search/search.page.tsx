import {
  SearchPageDocument,
  type SearchPageQuery,
  type SuggestionsQuery,
} from "../../generated/pages/graphql.js";
import { textOf } from "../address.js";
import { ClaimLines } from "../components/claim.js";
import { statusIn } from "../components/marks.js";
import { EventLines, SourceLines } from "../components/record.js";
import { DisputeRow } from "../components/rows.js";
import { nameFor, Section } from "../components/text.js";
import { moment } from "../format.js";
import { ActorLines } from "../lists/lists.page.js";
import { type Locale, useLocale } from "../locale.js";
import { type Asked, page } from "../page.js";

/** Fewer letters stand in nearly everything. */
const SHORTEST = 2;

/** Which records have these words in a name or text. With too few letters: none. */
export function filtersFor(text: string) {
  if (text.length < SHORTEST) {
    const none = { id: { in: [] as string[] } };
    return { propositions: none, actors: none, events: none, sources: none, claims: none };
  }
  const found = { contains: text };
  return {
    propositions: { text: found },
    actors: { or: [{ name: found }, { names: { some: { value: found } } }] },
    events: { title: found },
    sources: { title: found },
    claims: { statement: found },
  };
}

export const searchPage = page({
  path: "/search",
  document: SearchPageDocument,
  variables: (asked) => filtersFor(textOf(asked) ?? ""),
  view(data, asked) {
    const { words } = asked.locale;
    const text = textOf(asked) ?? "";
    const title = text ? words.resultsFor(text) : words.searchTitle;
    return {
      title,
      description: words.listOf(title),
      canonical: "/search",
      unlisted: true,
      body: <SearchBody data={data} asked={asked} />,
    };
  },
});

function SearchBody({ data, asked }: { data: SearchPageQuery; asked: Asked }) {
  const { words, href } = useLocale();
  const text = textOf(asked) ?? "";
  const { propositions, actors, events, sources, claims } = data;
  const found = [propositions, actors, events, sources, claims].some(({ nodes }) => nodes.length > 0);
  const all = (path: string) => (
    <p>
      <a href={href(path, { q: text })}>{words.allOf}</a>
    </p>
  );
  return (
    <>
      <h1>{text ? words.resultsFor(text) : words.searchTitle}</h1>
      <p class="facts">{words.asOf(moment(asked.locale, asked.now))}</p>
      {text.length < SHORTEST ? <p>{words.searchShort}</p> : !found && <p>{words.noResults}</p>}
      {propositions.nodes.length > 0 && (
        <Section id="propositions" title={words.propositions}>
          {propositions.nodes.map((proposition) => (
            <DisputeRow key={proposition.id} proposition={proposition} />
          ))}
          {propositions.pageInfo.hasNextPage && all("/propositions")}
        </Section>
      )}
      {actors.nodes.length > 0 && (
        <Section id="actors" title={words.actors}>
          <ActorLines actors={actors.nodes} />
          {actors.pageInfo.hasNextPage && all("/actors")}
        </Section>
      )}
      {events.nodes.length > 0 && (
        <Section id="events" title={words.events}>
          <EventLines events={events.nodes} />
          {events.pageInfo.hasNextPage && all("/events")}
        </Section>
      )}
      {claims.nodes.length > 0 && (
        <Section id="claims" title={words.quotesAndWords}>
          <ClaimLines claims={claims.nodes} />
          {claims.pageInfo.hasNextPage && all("/claims")}
        </Section>
      )}
      {sources.nodes.length > 0 && (
        <Section id="sources" title={words.sources}>
          <SourceLines sources={sources.nodes} />
          {sources.pageInfo.hasNextPage && all("/sources")}
        </Section>
      )}
    </>
  );
}

/** What a search box offers while somebody types. */
export function suggestionsOf(locale: Locale, { propositions, actors, events }: SuggestionsQuery) {
  const { words, href } = locale;
  return [
    ...actors.nodes.map((actor) => ({
      href: href(`/actors/${actor.slug}`),
      text: nameFor(locale, actor).name,
      kind: words.actorKind[actor.kind],
    })),
    ...events.nodes.map(({ slug, title, type }) => ({
      href: href(`/events/${slug}`),
      text: title,
      kind: words.eventType[type],
    })),
    ...propositions.nodes.map(({ slug, text, dispute }) => ({
      href: href(`/propositions/${slug}`),
      text: words.titled(statusIn(locale, dispute), text),
      kind: words.proposition,
    })),
  ];
}
