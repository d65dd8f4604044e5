import type { ComponentChildren } from "preact";
import {
  ActorsPageDocument,
  ClaimsPageDocument,
  EventsPageDocument,
  PropositionsPageDocument,
  SourcesPageDocument,
} from "../../generated/pages/graphql.js";
import {
  CLAIM_FILTERS,
  claimsMeant,
  contains,
  given,
  narrowing,
  oneOf,
  RECORDS,
  STATUSES,
  slugIs,
  someSlug,
  textOf,
  within,
} from "../address.js";
import { ClaimLines } from "../components/claim.js";
import { Choice, ClaimChoices, Kept, Narrowed } from "../components/filters.js";
import { EventLines, Pager, SourceLines } from "../components/record.js";
import { DisputeRow } from "../components/rows.js";
import { Name } from "../components/text.js";
import { moment } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, page, type View } from "../page.js";

/** A page of a list: its title, a filter, the rows, and where it goes on. */
function listView(
  asked: Asked,
  path: string,
  title: string,
  query: Record<string, string | undefined>,
  rows: ComponentChildren,
  { endCursor, hasNextPage }: { endCursor: string | null; hasNextPage: boolean },
  filter: ComponentChildren = <TextFilter path={path} query={query} />,
): View {
  return {
    title,
    description: asked.locale.words.listOf(title),
    canonical: path,
    unlisted: Object.keys(query).length > 0,
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

/** A form that narrows a list. What the address says besides, under the names in `kept`, stays. */
function TextFilter({
  path,
  query,
  kept = [],
  children,
}: {
  path: string;
  query: Record<string, string | undefined>;
  kept?: readonly string[];
  children?: ComponentChildren;
}) {
  const { words } = useLocale();
  return (
    <form class="filters" action={path}>
      <label>
        {words.withText} <input type="search" name="q" value={query.q} />
      </label>
      {children}
      <Kept query={query} names={kept} />
      <button type="submit">{words.show}</button>
    </form>
  );
}

const PROPOSITIONS = ["q", "status", "event", "actor", "after"] as const;

export const propositionsPage = page({
  path: "/propositions",
  document: PropositionsPageDocument,
  variables(asked) {
    const { event, actor, after } = given(asked, PROPOSITIONS);
    const q = textOf(asked);
    const status = oneOf(asked, "status", STATUSES);
    return {
      ...narrowing({ event, actor }),
      after,
      where: {
        text: contains(q),
        dispute: status && { status: { eq: status } },
        claims: event || actor ? { some: { events: someSlug(event), assertedBy: within(actor) } } : undefined,
      },
    };
  },
  view({ propositions: { nodes, pageInfo }, ...narrowed }, asked) {
    const { words } = asked.locale;
    const query = given(asked, PROPOSITIONS);
    const rows =
      nodes.length > 0 ? (
        nodes.map((row) => <DisputeRow key={row.id} proposition={row} level="h2" />)
      ) : (
        <Nothing />
      );
    const filter = (
      <>
        <Narrowed data={narrowed} path="/propositions" query={query} />
        <TextFilter path="/propositions" query={query} kept={RECORDS}>
          <Choice
            name="status"
            label={words.statusLabel}
            values={STATUSES.map((status) => [status, words.status[status]] as const)}
            chosen={query.status}
          />
        </TextFilter>
      </>
    );
    return listView(asked, "/propositions", words.propositions, query, rows, pageInfo, filter);
  },
});

function Nothing() {
  const { words } = useLocale();
  return <p class="note">{words.nothing}</p>;
}

export const eventsPage = page({
  path: "/events",
  document: EventsPageDocument,
  variables(asked) {
    const { after } = given(asked, ["after"]);
    const q = textOf(asked);
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
    const { after } = given(asked, ["after"]);
    const q = textOf(asked);
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

const SOURCES = ["q", "actor", "after"] as const;

export const sourcesPage = page({
  path: "/sources",
  document: SourcesPageDocument,
  variables(asked) {
    const { actor, after } = given(asked, SOURCES);
    const q = textOf(asked);
    return { ...narrowing({ actor }), after, where: { title: contains(q), publisher: slugIs(actor) } };
  },
  view({ sources: { nodes, pageInfo }, ...narrowed }, asked) {
    const query = given(asked, SOURCES);
    const filter = (
      <>
        <Narrowed data={narrowed} path="/sources" query={query} />
        <TextFilter path="/sources" query={query} kept={RECORDS} />
      </>
    );
    return listView(
      asked,
      "/sources",
      asked.locale.words.sourcesTitle,
      query,
      <SourceLines sources={nodes} />,
      pageInfo,
      filter,
    );
  },
});

const CLAIMS = ["q", ...CLAIM_FILTERS, "after"] as const;

export const claimsPage = page({
  path: "/claims",
  document: ClaimsPageDocument,
  variables(asked) {
    const { after, ...query } = given(asked, CLAIMS);
    const where = { ...claimsMeant(asked), statement: contains(textOf(asked)) };
    return { ...narrowing(query), after, where };
  },
  view({ claims: { nodes, pageInfo }, ...narrowed }, asked) {
    const { words, href } = asked.locale;
    const query = given(asked, CLAIMS);
    const { q: _q, after: _after, ...meant } = query;
    const filter = (
      <>
        <Narrowed data={narrowed} path="/claims" query={query} />
        <TextFilter path="/claims" query={query} kept={RECORDS}>
          <ClaimChoices query={query} />
        </TextFilter>
        <p>
          <a href={href("/statistics", meant)}>{words.theseOverTime}</a>
        </p>
      </>
    );
    return listView(
      asked,
      "/claims",
      words.claimsTitle,
      query,
      <ClaimLines claims={nodes} />,
      pageInfo,
      filter,
    );
  },
});
