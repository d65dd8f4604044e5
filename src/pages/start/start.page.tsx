import { type DisputeStatus, StartPageDocument, type StartPageQuery } from "../../generated/pages/graphql.js";
import { By, ClaimLink, fallen, Standing } from "../components/claim.js";
import { Mark, PropositionLink, statusIn, Turn } from "../components/marks.js";
import { EventLines } from "../components/record.js";
import { DisputeRow } from "../components/rows.js";
import { RecordLink, Section, stanceIn, When, Who } from "../components/text.js";
import { instantOf, moment } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, page } from "../page.js";

/** The parts of the page, by what it asks for. */
const SECTIONS = [
  ["contested", "CONTESTED"],
  ["conceded", "CONCEDED"],
  ["agreed", "CORROBORATED"],
  ["apart", "NOT_COMPARABLE"],
] as const satisfies readonly (readonly [keyof StartPageQuery, DisputeStatus])[];

/** So many claims are told that were recorded lately. */
const MOST_CLAIMS = 6;

/** So many changes of stance are told. */
const MOST_CHANGES = 8;

export const startPage = page({
  path: "/",
  document: StartPageDocument,
  variables: () => ({}),
  view: (data, asked) => ({
    title: asked.locale.words.startTitle,
    description: asked.locale.words.startDescription,
    canonical: "/",
    live: { after: data.end.pageInfo.endCursor },
    about: {
      "@type": "WebSite",
      name: asked.locale.words.site,
      description: asked.locale.words.startDescription,
    },
    body: <StartBody data={data} asked={asked} />,
  }),
});

function StartBody({ data, asked }: { data: StartPageQuery; asked: Asked }) {
  const locale = useLocale();
  const { words, href } = locale;
  const { contested, single, events } = data;
  return (
    <>
      <h1 class="start">{words.startTitle}</h1>
      <p class="facts">{words.asOf(moment(locale, asked.now))}</p>
      <div class="start-columns">
        <div>
          {contested.nodes.length === 0 && (
            <Section id="contested" title={words.contestedNow} note={words.statusMeaning.CONTESTED}>
              <p class="note">{words.nothing}</p>
            </Section>
          )}
          {SECTIONS.map(([name, status]) => (
            <WithStatus key={name} name={name} status={status} propositions={data[name]} />
          ))}
          {single.nodes.length > 0 && (
            <details>
              <summary>{words.singles(single.totalCount)}</summary>
              <ul class="plain">
                {single.nodes.map(({ slug, text, dispute }) => (
                  <li key={slug}>
                    <span aria-hidden="true">{statusIn(locale, dispute)}: </span>
                    <PropositionLink slug={slug} text={text} dispute={dispute} />
                  </li>
                ))}
              </ul>
              {single.totalCount > single.nodes.length && (
                <p>
                  <a href={href("/propositions")}>{words.allPropositions}</a>
                </p>
              )}
            </details>
          )}
        </div>
        <div>
          <Moved data={data} />
          <Lately data={data} />
          <Section id="events" title={words.latestEvents}>
            <EventLines events={events.nodes} />
          </Section>
        </div>
      </div>
    </>
  );
}

/** Propositions of one status, the latest first. */
function WithStatus({
  name,
  status,
  propositions: { nodes, totalCount },
}: {
  name: string;
  status: (typeof SECTIONS)[number][1];
  propositions: StartPageQuery["contested"];
}) {
  const { words, href } = useLocale();
  if (nodes.length === 0) return null;
  return (
    <Section id={name} title={words.nowOf[status]} count={totalCount} note={words.statusMeaning[status]}>
      {nodes.map((proposition) => (
        <DisputeRow key={proposition.id} proposition={proposition} />
      ))}
      {totalCount > nodes.length && (
        <p>
          <a href={href("/propositions", { status: status.toLowerCase() })}>{words.all(totalCount)}</a>
        </p>
      )}
    </Section>
  );
}

/** Changes of stance, those that may be the latest first: ordered by `earliest`, so that a vague date does not jump the queue. */
function changesOf({ moved }: StartPageQuery) {
  return moved.nodes
    .flatMap(({ slug, text, kind, dispute }) =>
      dispute.sides.flatMap((side) => changesOfSide(side).map((change) => ({ ...change, slug, text, kind }))),
    )
    .filter(({ on }) => on?.earliest)
    .sort((one, other) => instantOf(other.on?.earliest as string) - instantOf(one.on?.earliest as string))
    .slice(0, MOST_CHANGES);
}

/** The changes of a side. Where one voice follows another by the same claim, that is one change. */
function changesOfSide({
  stance: held,
  positions,
}: StartPageQuery["moved"]["nodes"][number]["dispute"]["sides"][number]) {
  const all = positions.flatMap(({ actor, history }) =>
    history.map((change, n) => ({ ...change, actor, before: history[n - 1]?.stance })),
  );
  const replaced = all.filter(
    ({ stance, claim, actor }) => stance === "WITHDRAWN" && claim.assertedBy.id !== actor.id,
  );
  return all
    .filter((change) => !replaced.includes(change))
    .map((change) => ({
      ...change,
      // Only where the side stands there now, its earlier voice has turned into this one.
      before:
        change.before ??
        (change.stance === held
          ? replaced.find(({ claim }) => claim.id === change.claim.id)?.before
          : undefined),
    }));
}

function Moved({ data }: { data: StartPageQuery }) {
  const locale = useLocale();
  const { words } = locale;
  const changes = changesOf(data);
  if (changes.length === 0) return null;
  return (
    <Section id="moved" title={words.stancesLately} note={words.stancesLatelyNote}>
      <ul class="feed">
        {changes.map(({ stance, before, on, actor, claim, slug, text, kind }) => (
          <li key={`${claim.id} ${actor.id}`}>
            <p class="facts">
              <When date={on} />
            </p>
            <p>
              {before ? <Turn from={before} to={stance} /> : <Mark stance={stance} />} <Who actor={actor} />:{" "}
              {stanceIn(locale, { stance, claim }, actor, kind)} ·{" "}
              <RecordLink to={`/propositions/${slug}`} text={text} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Lately({ data: { lately } }: { data: StartPageQuery }) {
  const locale = useLocale();
  const { words } = locale;
  const entries = lately.nodes.filter(({ claim }) => claim).reverse();
  const claims = entries
    .filter((entry, n) => entries.findIndex(({ claim }) => claim?.id === entry.claim?.id) === n)
    .slice(0, MOST_CLAIMS);
  if (claims.length === 0) return null;
  return (
    <Section id="lately" title={words.recordedLately} note={words.recordedLatelyNote}>
      <ul class="feed">
        {claims.map(
          ({ id, action, recordedAt, claim }) =>
            claim && (
              <li key={id}>
                <p class="facts">
                  {words.revision[action]} {moment(locale, new Date(recordedAt))}
                  {fallen(words, claim) && " · "}
                  <Standing claim={claim} />
                </p>
                <p>
                  <By claim={claim} />:{" "}
                  <ClaimLink id={claim.id} statement={claim.statement} language={claim.language} />
                </p>
              </li>
            ),
        )}
      </ul>
    </Section>
  );
}
