import type { ComponentChildren } from "preact";
import {
  ActorsPageDocument,
  ClaimsPageDocument,
  type DisputeStatus,
  EventsPageDocument,
  PropositionsPageDocument,
  SourcesPageDocument,
} from "../../generated/pages/graphql.js";
import { ClaimLines } from "../components/claim.js";
import { Language } from "../components/document.js";
import { EventLines, Pager, SourceLines } from "../components/record.js";
import { DisputeRow } from "../components/rows.js";
import { Name } from "../components/text.js";
import { moment } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, BadAddress, page, type View } from "../page.js";

const STATUSES: readonly DisputeStatus[] = [
  "CONTESTED",
  "CONCEDED",
  "CORROBORATED",
  "NOT_COMPARABLE",
  "SINGLE_SOURCED",
  "RETRACTED",
  "NO_POSITION",
];

/** What an address says of a list, as far as the list takes it. */
const given = ({ query }: Asked, names: readonly string[]): Record<string, string | undefined> =>
  Object.fromEntries(names.map((name) => [name, query.get(name)?.trim() || undefined]));

/** One of some values, written in small letters in addresses. */
function oneOf<T extends string>(asked: Asked, name: string, allowed: readonly T[]): T | undefined {
  const value = asked.query.get(name)?.trim();
  if (!value) return undefined;
  const known = allowed.find((one) => one.toLowerCase() === value.toLowerCase());
  if (known) return known;
  const all = allowed.map((one) => one.toLowerCase()).join(", ");
  throw new BadAddress(asked.locale.words.badValue(name, value, all));
}

const slugIs = (slug: string | undefined) => (slug ? { slug: { eq: slug } } : undefined);
const someSlug = (slug: string | undefined) => (slug ? { some: { slug: { eq: slug } } } : undefined);
const contains = (text: string | undefined) => (text ? { contains: text } : undefined);

/** A page of a list: its title, a filter, the rows, and where it goes on. */
function listView(
  asked: Asked,
  path: string,
  title: string,
  query: Record<string, string | undefined>,
  rows: ComponentChildren,
  { endCursor, hasNextPage }: { endCursor: string | null; hasNextPage: boolean },
  filter: ComponentChildren = <TextFilter path={path} text={query.q} />,
): View {
  const { q: _q, after, ...narrowed } = query;
  return {
    title,
    description: title,
    canonical: path,
    unlisted: Boolean(after) || Object.values(narrowed).some(Boolean),
    body: (
      <>
        <h1>{title}</h1>
        <p class="facts">{asked.locale.words.asOf(moment(asked.locale, asked.now))}</p>
        {filter}
        {rows}
        <Pager path={path} query={query} next={hasNextPage ? endCursor : undefined} />
      </>
    ),
  };
}

function TextFilter({ path, text, children }: { path: string; text?: string; children?: ComponentChildren }) {
  const { words } = useLocale();
  return (
    <form class="filters" action={path}>
      <label>
        {words.withText} <input type="search" name="q" value={text} />
      </label>
      {children}
      <Language />
      <button type="submit">{words.show}</button>
    </form>
  );
}

function StatusFilter({ chosen }: { chosen: string | undefined }) {
  const { words } = useLocale();
  return (
    <label>
      {words.statusLabel}{" "}
      <select name="status">
        <option value="">{words.allOf}</option>
        {STATUSES.map((status) => (
          <option
            key={status}
            value={status.toLowerCase()}
            selected={status.toLowerCase() === chosen?.toLowerCase()}
          >
            {words.status[status]}
          </option>
        ))}
      </select>
    </label>
  );
}

const PROPOSITIONS = ["q", "status", "event", "actor", "after"];

export const propositionsPage = page({
  path: "/propositions",
  document: PropositionsPageDocument,
  variables(asked) {
    const { q, event, actor, after } = given(asked, PROPOSITIONS);
    const status = oneOf(asked, "status", STATUSES);
    return {
      after,
      where: {
        text: contains(q),
        dispute: status && { status: { eq: status } },
        claims:
          event || actor
            ? { some: { events: someSlug(event), assertedBy: actor ? { slug: { eq: actor } } : undefined } }
            : undefined,
      },
    };
  },
  view({ propositions: { nodes, pageInfo } }, asked) {
    const { words } = asked.locale;
    const query = given(asked, PROPOSITIONS);
    const rows =
      nodes.length > 0 ? (
        nodes.map((row) => <DisputeRow key={row.id} proposition={row} level="h2" />)
      ) : (
        <Nothing />
      );
    const filter = (
      <TextFilter path="/propositions" text={query.q}>
        <StatusFilter chosen={query.status} />
        <Kept name="event" value={query.event} />
        <Kept name="actor" value={query.actor} />
      </TextFilter>
    );
    return listView(asked, "/propositions", words.propositions, query, rows, pageInfo, filter);
  },
});

/** A part of the address that a form keeps. */
const Kept = ({ name, value }: { name: string; value: string | undefined }) =>
  value ? <input type="hidden" name={name} value={value} /> : null;

function Nothing() {
  const { words } = useLocale();
  return <p class="note">{words.nothing}</p>;
}

export const eventsPage = page({
  path: "/events",
  document: EventsPageDocument,
  variables(asked) {
    const { q, after } = given(asked, ["q", "after"]);
    return { after, where: { title: contains(q) } };
  },
  view: ({ events: { nodes, pageInfo } }, asked) =>
    listView(
      asked,
      "/events",
      asked.locale.words.eventsTitle,
      given(asked, ["q", "after"]),
      <EventLines events={nodes} />,
      pageInfo,
    ),
});

export const actorsPage = page({
  path: "/actors",
  document: ActorsPageDocument,
  variables(asked) {
    const { q, after } = given(asked, ["q", "after"]);
    return {
      after,
      where: q
        ? { or: [{ name: { contains: q } }, { names: { some: { value: { contains: q } } } }] }
        : undefined,
    };
  },
  view({ actors: { nodes, pageInfo } }, asked) {
    const rows = nodes.length > 0 ? <ActorLines actors={nodes} /> : <Nothing />;
    return listView(
      asked,
      "/actors",
      asked.locale.words.actorsTitle,
      given(asked, ["q", "after"]),
      rows,
      pageInfo,
    );
  },
});

/** Actors as lines, with what tells namesakes apart. */
export function ActorLines({
  actors,
}: {
  actors: readonly (Parameters<typeof Name>[0]["actor"] & {
    slug: string;
    kind: keyof ReturnType<typeof useLocale>["words"]["actorKind"];
    description: string | null;
  })[];
}) {
  const { words, href } = useLocale();
  return (
    <ul class="feed">
      {actors.map((actor) => (
        <li key={actor.slug}>
          <a href={href(`/actors/${actor.slug}`)}>
            <Name actor={actor} />
          </a>
          <span class="facts">
            , {words.actorKind[actor.kind]}
            {actor.description && <bdi>. {actor.description}</bdi>}
          </span>
        </li>
      ))}
    </ul>
  );
}

export const sourcesPage = page({
  path: "/sources",
  document: SourcesPageDocument,
  variables(asked) {
    const { q, publisher, after } = given(asked, ["q", "publisher", "after"]);
    return { after, where: { title: contains(q), publisher: slugIs(publisher) } };
  },
  view: ({ sources: { nodes, pageInfo } }, asked) =>
    listView(
      asked,
      "/sources",
      asked.locale.words.sourcesTitle,
      given(asked, ["q", "publisher", "after"]),
      <SourceLines sources={nodes} />,
      pageInfo,
    ),
});

const CLAIMS = ["q", "proposition", "event", "actor", "source", "after"];

export const claimsPage = page({
  path: "/claims",
  document: ClaimsPageDocument,
  variables(asked) {
    const { q, proposition, event, actor, source, after } = given(asked, CLAIMS);
    return {
      after,
      where: {
        statement: contains(q),
        proposition: slugIs(proposition),
        events: someSlug(event),
        assertedBy: slugIs(actor),
        citations: source ? { some: { source: { slug: { eq: source } } } } : undefined,
      },
    };
  },
  view({ claims: { nodes, pageInfo } }, asked) {
    const query = given(asked, CLAIMS);
    const filter = (
      <TextFilter path="/claims" text={query.q}>
        {CLAIMS.slice(1, -1).map((name) => (
          <Kept key={name} name={name} value={query[name]} />
        ))}
      </TextFilter>
    );
    return listView(
      asked,
      "/claims",
      asked.locale.words.claimsTitle,
      query,
      <ClaimLines claims={nodes} />,
      pageInfo,
      filter,
    );
  },
});
