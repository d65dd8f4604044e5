import { Fragment } from "preact";
import {
  type DateReading,
  type LineFragment,
  PropositionPageDocument,
  type PropositionPageQuery,
  type WhoFragment,
} from "../../generated/pages/graphql.js";
import { oneOf } from "../address.js";
import { By, ClaimLink, SaidClaim } from "../components/claim.js";
import { Language } from "../components/document.js";
import { Figures } from "../components/figures.js";
import { Mark, MarksOf, statusIn } from "../components/marks.js";
import { Crumbs, catalogued, Facts } from "../components/record.js";
import { inWords, Sentence } from "../components/sentence.js";
import { type Side, SideCard } from "../components/side.js";
import { Recorded, Section, Unseen, When, Who } from "../components/text.js";
import { type Lane, Timeline } from "../components/timeline.js";
import { capital, DAY, dateFrom, dateOf, day, instantOf, moment } from "../format.js";
import { address, LocaleProvider, localeOf, useLocale } from "../locale.js";
import { type Asked, BadAddress, page } from "../page.js";

type Proposition = NonNullable<PropositionPageQuery["proposition"]>;

/** So many sides of one stance are shown whole; the others are folded. */
const MOST_SIDES = 6;
/** So many of those that are folded are named. */
const MOST_FOLDED = 200;
/** So many conflicts are told. */
const MOST_CONFLICTS = 6;
/** So many events are named. */
const MOST_EVENTS = 4;
/** So many rows has the chart of stances. */
const MOST_LANES = 40;

/** The first day that the API knows. */
const FIRST_DAY = "0001-01-01";

/** The day of the address; none where it is today's. */
function dayOf({ query, locale }: Asked): string | undefined {
  const given = query.get("on")?.trim();
  if (!given) return undefined;
  const known =
    /^\d{4}-\d{2}-\d{2}$/.test(given) &&
    !Number.isNaN(instantOf(given)) &&
    dateOf(instantOf(given)) === given &&
    given >= FIRST_DAY;
  if (!known) throw new BadAddress(locale.words.badDay(given));
  return given;
}

const READINGS = ["POSSIBLY", "DEFINITELY"] as const satisfies readonly DateReading[];
const readingOf = (asked: Asked): DateReading | undefined => oneOf(asked, "dates", READINGS);

export const propositionPage = page({
  path: "/propositions/:slug",
  document: PropositionPageDocument,
  variables: (asked) => ({ slug: asked.params.slug as string, on: dayOf(asked), dates: readingOf(asked) }),
  view({ proposition, end }, asked) {
    if (!proposition) return undefined;
    const { words } = asked.locale;
    const { dispute, text } = proposition;
    const said = inWords(asked.locale, dispute, proposition.kind, proposition.unit);
    const title = words.titled(statusIn(asked.locale, dispute), text);
    const on = dayOf(asked);
    const dates = readingOf(asked) === "DEFINITELY" ? "definitely" : undefined;
    return {
      title: on ? `${title} (${words.asOfDay(day(asked.locale, on), dates !== undefined)})` : title,
      description: `${said} ${words.heardThrough(dispute.voices, dispute.origins)}.`,
      canonical: address(`/propositions/${proposition.slug}`, { on, dates: on && dates }),
      unlisted: Boolean(on),
      about: { "@type": "CreativeWork", name: title, abstract: said, identifier: proposition.id },
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
  const { dispute, kind, claims, current, earlier } = proposition;
  const figures = [...current.nodes, ...earlier.nodes];
  const definitely = readingOf(asked) === "DEFINITELY";
  const events = eventsOf(proposition);
  return (
    <>
      <Crumbs events={events} />
      {/* It is heard with the heading. */}
      <p class="status" aria-hidden="true">
        <MarksOf dispute={dispute} /> {statusIn(locale, dispute)}
      </p>
      <h1>
        <Unseen>{statusIn(locale, dispute)}: </Unseen>
        <Recorded text={proposition.text} />
      </h1>
      <Sentence dispute={dispute} kind={kind} unit={proposition.unit} />
      <p class="facts spread">
        <span>{words.heardThrough(dispute.voices, dispute.origins)}</span>
        <span>{on ? words.asOfDay(day(locale, on), definitely) : words.asOf(moment(locale, asked.now))}</span>
      </p>
      <Why proposition={proposition} />
      <AnotherDay slug={proposition.slug} on={on} asked={asked} />
      {kind === "QUANTITY" && figures.length > 0 && !on && (
        <Section id="figures" title={words.figuresByClaimant} note={<Counted proposition={proposition} />}>
          <Figures points={figures} comparing={proposition} unit={proposition.unit} />
          {(current.pageInfo.hasNextPage || earlier.pageInfo.hasPreviousPage) && (
            <p class="note">{words.moreFigures}</p>
          )}
        </Section>
      )}
      <Section id="sides" title={on ? words.whoSaidThen(day(locale, on)) : words.whoSaysNow}>
        <Sides sides={dispute.sides} kind={kind} unit={proposition.unit} on={on} />
      </Section>
      <Conflicts proposition={proposition} />
      <Stances sides={dispute.sides} kind={kind} asked={asked} on={on} />
      {on && (
        <p class="note">
          {words.onlyToday} <a href={href(`/propositions/${proposition.slug}`)}>{words.today}</a>
        </p>
      )}
      {!on && (
        <Section id="claims" title={words.allClaims} count={claims.totalCount}>
          <ul class="all-said">
            {claims.nodes.map((claim) => (
              <li key={claim.id}>
                <SaidClaim claim={claim} side={claim.assertedBy} unit={proposition.unit} named />
              </li>
            ))}
          </ul>
          {claims.totalCount > claims.nodes.length && (
            <p>
              <a href={href("/claims", { proposition: proposition.slug })}>{words.all(claims.totalCount)}</a>
            </p>
          )}
        </Section>
      )}
      <Facts facts={catalogued(words, proposition)} />
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
  return <Recorded text={capital([unit, population, basis].filter(Boolean).join(". "))} />;
}

/** What the status means, and the sentence of the API. */
function Why({ proposition: { dispute } }: { proposition: Proposition }) {
  const locale = useLocale();
  const { words, href } = locale;
  return (
    <details class="why">
      <summary>{words.why(statusIn(locale, dispute))}</summary>
      <p>
        {words.statusMeaning[dispute.status]} <a href={href("/about/status")}>{words.howStatus}</a>
      </p>
      <p class="note">
        {words.inServersWords}: <span lang="en">{ruleOf(dispute)}</span>
      </p>
    </details>
  );
}

/** A date in the sentence of the API: what comes after these words, without the end of the sentence or the clause. */
const DATED = /(?<= (?:since|as of) )(\S+?)(?=[,.]?(?:\s|$))/;

/** The sentence of the API, which is in English. Its dates are written out. */
function ruleOf({ rule }: Proposition["dispute"]) {
  return (
    <LocaleProvider value={ENGLISH}>
      {rule.split(DATED).map((piece, n) => (
        <Fragment key={n}>{n % 2 === 1 ? <DateOf edtf={piece} /> : piece}</Fragment>
      ))}
    </LocaleProvider>
  );
}

function DateOf({ edtf }: { edtf: string }) {
  const date = dateFrom(edtf);
  return date ? <When date={date} prefix="" /> : edtf;
}

const ENGLISH = localeOf(new URLSearchParams("lang=en"));

/** The state of another day: a plain form, so that the day stands in the address. */
function AnotherDay({ slug, on, asked }: { slug: string; on: string | undefined; asked: Asked }) {
  const { words, href } = useLocale();
  const definitely = readingOf(asked) === "DEFINITELY";
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

/** What the cards of all sides have to know. */
type Shown = Omit<Parameters<typeof SideCard>[0], "side">;

/** The sides: those that say yes face those that say no, the others stand below. */
function Sides({ sides, ...shown }: { sides: readonly Side[] } & Shown) {
  const { kind } = shown;
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
              <h3 class="stance">
                <Mark stance={stance} />{" "}
                {kind === "QUANTITY" && stance === "AFFIRMS"
                  ? words.givesFigure
                  : words.stanceHeading[stance]}
              </h3>
              <Column sides={of(stance)} {...shown} />
            </div>
          ))}
        </div>
      )}
      {(["SILENT", "WITHDRAWN", "NEUTRAL"] as const)
        .filter((stance) => of(stance).length > 0)
        .map((stance) => (
          <div key={stance} class="column none">
            <h3 class="stance">
              <Mark stance={stance} /> {words.stanceHeading[stance]}
            </h3>
            <Column sides={of(stance)} {...shown} />
          </div>
        ))}
    </>
  );
}

function Column({ sides, ...shown }: { sides: readonly Side[] } & Shown) {
  const { words } = useLocale();
  const [first, folded] = [sides.slice(0, MOST_SIDES), sides.slice(MOST_SIDES)];
  return (
    <>
      <div class="cards">
        {first.map((side) => (
          <SideCard key={side.actor.id} side={side} {...shown} />
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

/** What contradicts what, where the stances alone do not show it. */
function Conflicts({ proposition: { dispute, kind, claims } }: { proposition: Proposition }) {
  const { words, href } = useLocale();
  const others = dispute.conflicts.filter((conflict) => kind === "QUANTITY" || conflict.kind !== "STANCE");
  if (others.length === 0) return null;
  const deciding = dispute.sides.flatMap(({ decidingClaim, positions }) => [
    decidingClaim,
    ...positions.map((position) => position.decidingClaim),
  ]);
  const known = new Map<string, LineFragment>(
    [...claims.nodes, ...deciding].map((claim) => [claim.id, claim]),
  );
  return (
    <Section id="conflicts" title={words.conflicts}>
      <ul class="lines">
        {others.slice(0, MOST_CONFLICTS).map((conflict) => (
          <li key={conflict.claims.map(({ id }) => id).join(" ")}>
            <p class="whose">{words.conflict[conflict.kind]}</p>
            {conflict.claims.map(({ id }) => {
              const claim = known.get(id);
              return (
                <p key={id}>
                  {claim ? (
                    <>
                      <By claim={claim} />:{" "}
                      <ClaimLink id={id} statement={claim.statement} language={claim.language} />
                    </>
                  ) : (
                    <a href={href(`/claims/${id}`)}>{words.record}</a>
                  )}
                </p>
              );
            })}
          </li>
        ))}
      </ul>
      {others.length > MOST_CONFLICTS && <p class="note">{words.showRest(others.length - MOST_CONFLICTS)}</p>}
    </Section>
  );
}

/** When who took which stance. */
function Stances({
  sides,
  kind,
  asked,
  on,
}: {
  sides: readonly Side[];
  kind: Proposition["kind"];
  asked: Asked;
  on: string | undefined;
}) {
  const locale = useLocale();
  const { words } = locale;
  const lanes: Lane[] = sides.flatMap((side) =>
    side.positions
      .filter(({ history }) => history.length > 0)
      .map(({ actor, history, orderCertain }) => ({
        actor,
        side: otherThan(actor, side.actor),
        former: actor.side.id !== side.actor.id,
        ordered: orderCertain,
        changes: history,
      })),
  );
  if (lanes.length === 0) return null;
  return (
    <Section
      id="timeline"
      title={words.whenTheySaidIt}
      note={`${on ? words.timelineKeyThen : words.timelineKey} ${words.timelineBreak}`}
    >
      <Timeline
        kind={kind}
        lanes={lanes.slice(0, MOST_LANES)}
        until={on ? new Date(instantOf(on) + DAY) : asked.now}
        end={on ? day(locale, on) : words.now}
        id="timeline"
      />
      {lanes.length > MOST_LANES && <p class="note">{words.showRest(lanes.length - MOST_LANES)}</p>}
    </Section>
  );
}

const otherThan = (actor: WhoFragment, side: WhoFragment): WhoFragment | undefined =>
  actor.id === side.id ? undefined : side;
