import { EventPageDocument, type EventPageQuery, type WhoFragment } from "../../generated/pages/graphql.js";
import { ClaimLines } from "../components/claim.js";
import { Crumbs, catalogued, EventLines, Facts } from "../components/record.js";
import { DisputeRow } from "../components/rows.js";
import { Recorded, Section, When, Who } from "../components/text.js";
import { capital, isVague, moment, when } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, page } from "../page.js";
import { mapOf } from "./event-map.js";

type Event = NonNullable<EventPageQuery["event"]>;

export const eventPage = page({
  path: "/events/:slug",
  document: EventPageDocument,
  variables: ({ params }) => ({ slug: params.slug as string }),
  async view({ event, end }, asked) {
    if (!event) return undefined;
    const { locale } = asked;
    const date = event.occurred ? when(locale, event.occurred) : locale.words.dateUnknown;
    return {
      title: event.title,
      description: [date, event.place?.name, event.description].filter(Boolean).join(" · "),
      canonical: `/events/${event.slug}`,
      live: { concerns: [event.id], after: end.pageInfo.endCursor },
      about: {
        "@type": "Event",
        name: event.title,
        description: event.description ?? undefined,
        // A machine would take a vague date for a sure one.
        startDate: event.occurred && !isVague(event.occurred) ? event.occurred.earliest : undefined,
        location: event.place?.name ? { "@type": "Place", name: event.place.name } : undefined,
      },
      body: <EventBody event={event} asked={asked} map={await mapOf(locale, event.place)} />,
    };
  },
});

function EventBody({ event, asked, map }: { event: Event; asked: Asked; map: string | undefined }) {
  const locale = useLocale();
  const { words, href } = locale;
  const { place, partOf, participants, subEvents, propositions, claims } = event;
  return (
    <>
      <Crumbs events={partOf ? [partOf] : []} />
      <p class="status">{capital(words.eventType[event.type])}</p>
      <Recorded as="h1" text={event.title} />
      {event.description && <Recorded as="p" class="lead" text={event.description} />}
      <p class="facts spread">
        <span>{words.asOf(moment(locale, asked.now))}</span>
      </p>
      <div class="with-map">
        <Facts
          facts={[
            [words.occurred, <When key="when" date={event.occurred} />],
            [words.place, place?.name && <bdi>{place.name}</bdi>],
            ...rolesOf(participants).map(
              ([role, actors]) =>
                [
                  words.participant[role],
                  <ul key={role}>
                    {actors.map((actor) => (
                      <li key={actor.id}>
                        <Who actor={actor} />
                      </li>
                    ))}
                  </ul>,
                ] as const,
            ),
            ...catalogued(words, event),
          ]}
        />
        {map && <div dangerouslySetInnerHTML={{ __html: map }} />}
      </div>
      {propositions.nodes.length > 0 && (
        <Section id="propositions" title={words.propositionsAbout} count={propositions.totalCount}>
          {propositions.nodes.map((proposition) => (
            <DisputeRow key={proposition.id} proposition={proposition} />
          ))}
          {propositions.totalCount > propositions.nodes.length && (
            <p>
              <a href={href("/propositions", { event: event.slug })}>{words.all(propositions.totalCount)}</a>
            </p>
          )}
        </Section>
      )}
      <Section
        id="claims"
        title={words.chronology}
        count={claims.totalCount}
        note={claims.totalCount > claims.nodes.length && words.onlyFirst(claims.nodes.length)}
      >
        {claims.nodes.length === 0 && <p class="note">{words.nothing}</p>}
        {bySide(claims.nodes).map(({ side, claims: said }) => (
          <div key={side.id} class="by-side">
            <h3>
              <Who actor={side} />
            </h3>
            <ClaimLines claims={said} />
          </div>
        ))}
        {claims.totalCount > claims.nodes.length && (
          <p>
            <a href={href("/claims", { event: event.slug })}>{words.all(claims.totalCount)}</a>
          </p>
        )}
        {claims.totalCount > 0 && (
          <p>
            <a href={href("/statistics", { event: event.slug })}>{words.theseOverTime}</a>
          </p>
        )}
      </Section>
      {subEvents.nodes.length > 0 && (
        <Section id="sub-events" title={words.subEvents} count={subEvents.totalCount}>
          <EventLines events={subEvents.nodes} />
        </Section>
      )}
    </>
  );
}

/** Who took part, by role, in the order in which roles come. */
function rolesOf(participants: Event["participants"]) {
  const roles = [...new Set(participants.map(({ role }) => role))];
  return roles.map(
    (role) => [role, participants.filter((one) => one.role === role).map(({ actor }) => actor)] as const,
  );
}

/** Claims of each side together, the side that spoke first at the head. */
function bySide(claims: Event["claims"]["nodes"]): { side: WhoFragment; claims: Event["claims"]["nodes"] }[] {
  const sides = new Map(claims.map(({ side }) => [side.id, side]));
  return [...sides.values()].map((side) => ({
    side,
    claims: claims.filter((claim) => claim.side.id === side.id),
  }));
}
