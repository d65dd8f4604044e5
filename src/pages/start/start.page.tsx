import { StartPageDocument, type StartPageQuery } from "../../generated/pages/graphql.js";
import { ClaimLink } from "../components/claim.js";
import { Mark, Turn } from "../components/marks.js";
import { DisputeRow } from "../components/rows.js";
import { Section, When, Who } from "../components/text.js";
import { instantOf, moment } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, page } from "../page.js";

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
  const { contested, conceded, agreed, single, events } = data;
  return (
    <>
      <h1 class="start">{words.startTitle}</h1>
      <p class="facts">{words.asOf(moment(locale, asked.now))}</p>
      <div class="start-columns">
        <div>
          <Section
            id="contested"
            title={words.contestedNow}
            count={contested.totalCount}
            note={words.statusMeaning.CONTESTED}
          >
            {contested.nodes.length === 0 && <p class="note">{words.nothing}</p>}
            {contested.nodes.map((proposition) => (
              <DisputeRow key={proposition.id} proposition={proposition} />
            ))}
            {contested.totalCount > contested.nodes.length && (
              <p>
                <a href={href("/propositions", { status: "contested" })}>{words.allContested}</a>
              </p>
            )}
          </Section>
          {conceded.nodes.length > 0 && (
            <Section id="conceded" title={words.concededNow} note={words.statusMeaning.CONCEDED}>
              {conceded.nodes.map((proposition) => (
                <DisputeRow key={proposition.id} proposition={proposition} />
              ))}
            </Section>
          )}
          {agreed.nodes.length > 0 && (
            <Section id="agreed" title={words.severalSay} note={words.statusMeaning.CORROBORATED}>
              {agreed.nodes.map((proposition) => (
                <DisputeRow key={proposition.id} proposition={proposition} />
              ))}
            </Section>
          )}
          {single.nodes.length > 0 && (
            <details>
              <summary>{words.singles(single.nodes.length)}</summary>
              <ul class="plain">
                {single.nodes.map(({ slug, text, dispute }) => (
                  <li key={slug}>
                    {words.status[dispute.status]}:{" "}
                    <a href={href(`/propositions/${slug}`)} dir="auto">
                      {text}
                    </a>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
        <div>
          <Moved data={data} />
          <Lately data={data} />
          <Section id="events" title={words.latestEvents}>
            <ul class="feed">
              {events.nodes.map(({ slug, title, occurred, place }) => (
                <li key={slug}>
                  <p class="facts">
                    <When date={occurred} />
                    {place?.name && <span dir="auto"> · {place.name}</span>}
                  </p>
                  <a href={href(`/events/${slug}`)} dir="auto">
                    {title}
                  </a>
                </li>
              ))}
            </ul>
          </Section>
        </div>
      </div>
    </>
  );
}

/** Changes of stance, those that may be the latest first: ordered by `earliest`, so that a vague date does not jump the queue. */
function changesOf({ moved }: StartPageQuery) {
  return moved.nodes
    .flatMap(({ slug, text, dispute }) =>
      dispute.sides.flatMap(({ positions }) =>
        positions.flatMap(({ actor, history }) =>
          history.map((change, n) => ({ ...change, before: history[n - 1], actor, slug, text })),
        ),
      ),
    )
    .filter(({ stance, on }) => stance !== "WITHDRAWN" && on?.earliest)
    .sort((one, other) => instantOf(other.on?.earliest as string) - instantOf(one.on?.earliest as string))
    .slice(0, MOST_CHANGES);
}

function Moved({ data }: { data: StartPageQuery }) {
  const { words, href } = useLocale();
  const changes = changesOf(data);
  if (changes.length === 0) return null;
  return (
    <Section id="moved" title={words.stancesLately} note={words.stancesLatelyNote}>
      <ul class="feed">
        {changes.map(({ stance, before, on, actor, claim, slug, text }) => (
          <li key={`${claim.id} ${actor.id}`}>
            <p class="facts">
              <When date={on} />
            </p>
            <p>
              {before ? <Turn from={before.stance} to={stance} /> : <Mark stance={stance} />}{" "}
              <Who actor={actor} /> {words.act[claim.act]}:{" "}
              <a href={href(`/propositions/${slug}`)} dir="auto">
                {text}
              </a>
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
  const claims = [...new Map(entries.map((entry) => [entry.claim?.id, entry])).values()].slice(0, 6);
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
                  {claim.status !== "PUBLISHED" && (
                    <strong class="draft">{words.review[claim.status]}</strong>
                  )}
                </p>
                <p>
                  <Mark stance={claim.stance} /> <Who actor={claim.assertedBy} /> {words.act[claim.act]}:{" "}
                  <ClaimLink id={claim.id} statement={claim.statement} language={claim.language} />
                </p>
              </li>
            ),
        )}
      </ul>
    </Section>
  );
}
