import type { ComponentChildren } from "preact";
import type { PublishedFragment, WhenFragment } from "../../generated/pages/graphql.js";
import { useLocale } from "../locale.js";
import type { Words } from "../messages/en.js";
import { SourceFacts } from "./cite.js";
import { Recorded, RecordLink, When } from "./text.js";

/** Facts of a record as names and values; what is not known is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren])[] }) {
  const known = facts.filter(
    ([, value]) => value !== null && value !== undefined && value !== "" && value !== false,
  );
  if (known.length === 0) return null;
  return (
    <dl class="about-record">
      {known.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

/** How a record is found elsewhere: its tags, and its names in other catalogues. As facts. */
export function catalogued(
  words: Words,
  {
    tags,
    externalIds,
  }: {
    tags: readonly string[];
    externalIds: readonly { readonly scheme: string; readonly value: string }[];
  },
): [string, ComponentChildren][] {
  return [
    [words.tags, tags.length > 0 && <bdi>{tags.join(", ")}</bdi>],
    [
      words.otherCatalogues,
      externalIds.length > 0 && (
        <ul>
          {externalIds.map(({ scheme, value }) => (
            <li key={`${scheme} ${value}`}>
              {scheme}: <bdi>{value}</bdi>
            </li>
          ))}
        </ul>
      ),
    ],
  ];
}

/** The events that a page belongs to, above its heading. */
export function Crumbs({ events }: { events: readonly { slug: string; title: string }[] }) {
  const { words } = useLocale();
  if (events.length === 0) return null;
  return (
    <nav aria-label={words.events}>
      <ul class="crumbs">
        {events.map(({ slug, title }) => (
          <li key={slug}>
            <RecordLink to={`/events/${slug}`} text={title} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Things in a row, with commas between them. */
export function Several({ items }: { items: readonly ComponentChildren[] }) {
  return (
    <>
      {items.map((item, n) => (
        <>
          {n > 0 && ", "}
          {item}
        </>
      ))}
    </>
  );
}

/** Events as lines: when, where, what. */
export function EventLines({
  events,
}: {
  events: readonly {
    slug: string;
    title: string;
    occurred: WhenFragment | null;
    place?: { name: string | null } | null;
  }[];
}) {
  const { words } = useLocale();
  if (events.length === 0) return <p class="note">{words.nothing}</p>;
  return (
    <ul class="feed">
      {events.map(({ slug, title, occurred, place }) => (
        <li key={slug}>
          <p class="facts">
            <When date={occurred} />
            {place?.name && (
              <>
                {" · "}
                <Recorded text={place.name} />
              </>
            )}
          </p>
          <RecordLink to={`/events/${slug}`} text={title} />
        </li>
      ))}
    </ul>
  );
}

/** Sources as lines. */
export function SourceLines({ sources }: { sources: readonly PublishedFragment[] }) {
  const { words } = useLocale();
  if (sources.length === 0) return <p class="note">{words.nothing}</p>;
  return (
    <ul class="feed">
      {sources.map((source) => (
        <li key={source.slug}>
          <RecordLink to={`/sources/${source.slug}`} text={source.title} language={source.language} />
          <span class="facts">
            <SourceFacts source={source} /> · {words.sourceKind[source.kind]}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Leads to the next page of a list, and back to its beginning. */
export function Pager({
  path,
  query,
  next,
}: {
  path: string;
  query: Readonly<Record<string, string | null | undefined>>;
  /** The cursor after which the next page begins; none on the last one. */
  next: string | null | undefined;
}) {
  const { words, href } = useLocale();
  if (!next && !query.after) return null;
  return (
    <p class="pager">
      {query.after && <a href={href(path, { ...query, after: undefined })}>{words.first}</a>}
      {next && (
        <a href={href(path, { ...query, after: next })} rel="next">
          {words.next}
        </a>
      )}
    </p>
  );
}
