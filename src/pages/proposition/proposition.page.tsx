import { Fragment } from "preact";
import {
  type DateReading,
  PropositionPageDocument,
  type PropositionPageQuery,
  type WhoFragment,
} from "../../generated/pages/graphql.js";
import { ClaimLink, SaidClaim } from "../components/claim.js";
import { Language } from "../components/document.js";
import { Figures } from "../components/figures.js";
import { Mark, StatusMarks, turnedFrom } from "../components/marks.js";
import { inWords, Sentence } from "../components/sentence.js";
import { type Side, SideCard } from "../components/side.js";
import { Recorded, Section, When, Who } from "../components/text.js";
import { type Lane, Timeline } from "../components/timeline.js";
import { dateOf, day, instantOf, moment } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, BadAddress, page } from "../page.js";

type Proposition = NonNullable<PropositionPageQuery["proposition"]>;

/** So many sides of one stance are shown whole; the others are folded. */
const MOST_SIDES = 6;
/** So many of those that are folded are named. */
const MOST_FOLDED = 200;
/** So many events are named. */
const MOST_EVENTS = 4;
/** So many rows has the chart of stances. */
const MOST_LANES = 40;

/** The day of the address; none where it is today's. */
function dayOf({ query, locale }: Asked): string | undefined {
  const given = query.get("on")?.trim();
  if (!given) return undefined;
  const known =
    /^\d{4}-\d{2}-\d{2}$/.test(given) &&
    !Number.isNaN(instantOf(given)) &&
    dateOf(instantOf(given)) === given;
  if (!known) throw new BadAddress(locale.words.badDay(given));
  return given;
}

const readingOf = ({ query }: Asked): DateReading | undefined =>
  query.get("dates") === "definitely" ? "DEFINITELY" : undefined;

export const propositionPage = page({
  path: "/propositions/:slug",
  document: PropositionPageDocument,
  variables: (asked) => ({ slug: asked.params.slug as string, on: dayOf(asked), dates: readingOf(asked) }),
  view({ proposition, end }, asked) {
    if (!proposition) return undefined;
    const { words } = asked.locale;
    const { dispute, text } = proposition;
    const said = inWords(asked.locale, dispute, proposition.kind, proposition.unit);
    const title = words.titled(words.status[dispute.status], text);
    const on = dayOf(asked);
    return {
      title: on ? `${title} (${words.asOfDay(day(asked.locale, on))})` : title,
      description: `${said} ${words.heardThrough(dispute.voices, dispute.origins)}.`,
      canonical:
        asked.locale.href(`/propositions/${proposition.slug}`).split("?")[0] + (on ? `?on=${on}` : ""),
      about: { "@type": "CreativeWork", name: text, abstract: said, identifier: proposition.id },
      live: on ? undefined : { concerns: [proposition.id], after: end.pageInfo.endCursor },
      body: <PropositionBody proposition={proposition} asked={asked} on={on} />,
    };
  },
});

function PropositionBody({
  proposition,
  asked,
  on,
}: {
  proposition: Proposition;
  asked: Asked;
  on: string | undefined;
}) {
  const locale = useLocale();
  const { words, href } = locale;
  const { dispute, kind, claims, figures } = proposition;
  const events = eventsOf(proposition);
  return (
    <>
      {events.length > 0 && (
        <p class="crumbs">
          {events.map(({ slug, title }) => (
            <a key={slug} href={href(`/events/${slug}`)} dir="auto">
              {title}
            </a>
          ))}
        </p>
      )}
      <p class="status">
        <StatusMarks
          status={dispute.status}
          kind={kind}
          before={turnedFrom(dispute.sides)}
          stance={dispute.stance}
        />{" "}
        {words.status[dispute.status]}
      </p>
      <Recorded as="h1" text={proposition.text} />
      <Sentence dispute={dispute} kind={kind} unit={proposition.unit} />
      <p class="facts spread">
        <span>{words.heardThrough(dispute.voices, dispute.origins)}</span>
        <span>{on ? words.asOfDay(day(locale, on)) : words.asOf(moment(locale, asked.now))}</span>
      </p>
      <Why proposition={proposition} />
      <AnotherDay slug={proposition.slug} on={on} asked={asked} />
      {kind === "QUANTITY" && figures.nodes.length > 0 && !on && (
        <Section id="figures" title={words.figuresByClaimant} note={<Counted proposition={proposition} />}>
          <Figures points={figures.nodes} comparing={proposition} />
          {figures.pageInfo.hasNextPage && <p class="note">{words.moreFigures}</p>}
        </Section>
      )}
      <Section id="sides" title={on ? words.whoSaidThen(day(locale, on)) : words.whoSaysNow}>
        <Sides sides={dispute.sides} kind={kind} />
      </Section>
      <Stances sides={dispute.sides} asked={asked} on={on} />
      {!on && (
        <Section id="claims" title={words.allClaims} count={claims.totalCount}>
          {claims.nodes.map((claim) => (
            <SaidClaim key={claim.id} claim={claim} side={claim.assertedBy} named />
          ))}
          {claims.totalCount > claims.nodes.length && (
            <p>
              <a href={href("/claims", { proposition: proposition.slug })}>{words.all(claims.totalCount)}</a>
            </p>
          )}
        </Section>
      )}
    </>
  );
}

/** The events that the latest claims are about, the most frequent first. */
function eventsOf({ claims }: Proposition) {
  const all = claims.nodes.flatMap(({ events }) => events.nodes);
  const times = (slug: string) => all.filter((event) => event.slug === slug).length;
  return [...new Map(all.map((event) => [event.slug, event])).values()]
    .sort((one, other) => times(other.slug) - times(one.slug))
    .slice(0, MOST_EVENTS);
}

/** What the numbers count: unit, who is counted, and how. */
function Counted({ proposition: { unit, population, basis } }: { proposition: Proposition }) {
  return <span dir="auto">{[unit, population, basis].filter(Boolean).join(". ")}</span>;
}

/** What the status means, and the sentence of the API. Dates in it are written out. */
function Why({ proposition: { dispute } }: { proposition: Proposition }) {
  const { words, href } = useLocale();
  const dates = new Map(
    dispute.sides
      .flatMap(({ since, figure }) => [since, figure?.asOf])
      .flatMap((date) => (date ? [[date.edtf, date] as const] : [])),
  );
  const known = [...dates.keys()].sort((one, other) => other.length - one.length);
  const pieces =
    known.length > 0 ? dispute.rule.split(new RegExp(`(${known.map(escaped).join("|")})`)) : [dispute.rule];
  return (
    <details class="why">
      <summary>{words.why(words.status[dispute.status])}</summary>
      <p>
        {words.statusMeaning[dispute.status]} <a href={href("/about/status")}>{words.howStatus}</a>
      </p>
      <p class="note">
        {words.inServersWords}:{" "}
        <span lang="en">
          {pieces.map((piece, n) => {
            const date = dates.get(piece);
            return <Fragment key={n}>{date ? <When date={date} /> : piece}</Fragment>;
          })}
        </span>
      </p>
    </details>
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The state of another day: a plain form, so that the day stands in the address. */
function AnotherDay({ slug, on, asked }: { slug: string; on: string | undefined; asked: Asked }) {
  const { words, href } = useLocale();
  const definitely = readingOf(asked) !== undefined;
  return (
    <details class="another-day" open={Boolean(on)}>
      <summary>{words.anotherDay}</summary>
      <form action={`/propositions/${slug}`}>
        <label>
          {words.dayLabel} <input type="date" name="on" value={on ?? dateOf(asked.now.getTime())} required />
        </label>
        <label>
          <input type="radio" name="dates" value="possibly" checked={!definitely} /> {words.daysPossibly}
        </label>
        <label>
          <input type="radio" name="dates" value="definitely" checked={definitely} /> {words.daysDefinitely}
        </label>
        <Language />
        <button type="submit">{words.show}</button>
        {on && <a href={href(`/propositions/${slug}`)}>{words.today}</a>}
      </form>
    </details>
  );
}

/** The sides: those that say yes face those that say no, the others stand below. */
function Sides({ sides, kind }: { sides: readonly Side[]; kind: Proposition["kind"] }) {
  const { words } = useLocale();
  if (sides.length === 0) return <p class="note">{words.nothing}</p>;
  const of = (stance: Side["stance"]) => sides.filter((side) => side.stance === stance);
  const facing = (["AFFIRMS", "REJECTS"] as const).filter((stance) => of(stance).length > 0);
  return (
    <>
      {facing.length > 0 && (
        <div class={facing.length === 2 ? "facing" : "abreast"}>
          {facing.map((stance) => (
            <div key={stance} class={`column ${stance === "AFFIRMS" ? "yes" : "no"}`}>
              <p class="stance">
                <Mark stance={stance} />{" "}
                {kind === "QUANTITY" && stance === "AFFIRMS"
                  ? words.givesFigure
                  : words.stanceHeading[stance]}
              </p>
              <Column sides={of(stance)} />
            </div>
          ))}
        </div>
      )}
      {(["SILENT", "WITHDRAWN", "NEUTRAL"] as const)
        .filter((stance) => of(stance).length > 0)
        .map((stance) => (
          <div key={stance} class="column none">
            <p class="stance">
              <Mark stance={stance} /> {words.stanceHeading[stance]}
            </p>
            <Column sides={of(stance)} />
          </div>
        ))}
    </>
  );
}

function Column({ sides }: { sides: readonly Side[] }) {
  const { words } = useLocale();
  const [shown, folded] = [sides.slice(0, MOST_SIDES), sides.slice(MOST_SIDES)];
  return (
    <>
      <div class="cards">
        {shown.map((side) => (
          <SideCard key={side.actor.id} side={side} />
        ))}
      </div>
      {folded.length > 0 && (
        <details>
          <summary>{words.showRest(folded.length)}</summary>
          <ul class="lines">
            {folded.slice(0, MOST_FOLDED).map(({ actor, since, decidingClaim }) => (
              <li key={actor.id}>
                <Who actor={actor} /> <When date={since} prefix={words.sinceWhen} />:{" "}
                <ClaimLink
                  id={decidingClaim.id}
                  statement={decidingClaim.statement}
                  language={decidingClaim.language}
                />
              </li>
            ))}
          </ul>
          {folded.length > MOST_FOLDED && <p class="note">{words.showRest(folded.length - MOST_FOLDED)}</p>}
        </details>
      )}
    </>
  );
}

/** When who took which stance. */
function Stances({ sides, asked, on }: { sides: readonly Side[]; asked: Asked; on: string | undefined }) {
  const { words } = useLocale();
  const lanes: Lane[] = sides.flatMap((side) =>
    side.positions
      .filter(({ history }) => history.length > 0)
      .map(({ actor, history }) => ({ actor, side: otherThan(actor, side.actor), changes: history })),
  );
  if (lanes.length === 0) return null;
  return (
    <Section id="timeline" title={words.whenTheySaidIt} note={`${words.timelineKey} ${words.timelineBreak}`}>
      <Timeline
        lanes={lanes.slice(0, MOST_LANES)}
        now={on ? new Date(instantOf(on)) : asked.now}
        id="timeline"
      />
      {lanes.length > MOST_LANES && <p class="note">{words.showRest(lanes.length - MOST_LANES)}</p>}
    </Section>
  );
}

const otherThan = (actor: WhoFragment, side: WhoFragment): WhoFragment | undefined =>
  actor.id === side.id ? undefined : side;
