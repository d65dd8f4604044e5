import {
  ActorPageDocument,
  type ActorPageQuery,
  type SideStance,
  type TurnedFragment,
  type WhoFragment,
} from "../../generated/pages/graphql.js";
import { ClaimLines } from "../components/claim.js";
import { Mark, PropositionLink, StatusCell } from "../components/marks.js";
import { catalogued, Facts, SourceLines } from "../components/record.js";
import { StatusSince } from "../components/rows.js";
import { Name, nameFor, Recorded, Section, stanceIn, When, Who } from "../components/text.js";
import { capital, figureHeld, moment } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, page } from "../page.js";

type Actor = NonNullable<ActorPageQuery["actor"]>;
type Held = ActorPageQuery["propositions"]["nodes"][number];

export const actorPage = page({
  path: "/actors/:slug",
  document: ActorPageDocument,
  variables: ({ params }) => ({ slug: params.slug as string }),
  view(data, asked) {
    const { actor, members, end } = data;
    if (!actor) return undefined;
    const { locale } = asked;
    const { name } = nameFor(locale, actor);
    return {
      title: name,
      description: [locale.words.actorKind[actor.kind], actor.description].filter(Boolean).join(" · "),
      canonical: `/actors/${actor.slug}`,
      live: { concerns: [actor.id, ...members.nodes.map(({ id }) => id)], after: end.pageInfo.endCursor },
      about: {
        "@type": actor.kind === "PERSON" ? "Person" : "Organization",
        name,
        alternateName: actor.names.map(({ value }) => value),
        description: actor.description ?? undefined,
      },
      body: <ActorBody actor={actor} data={data} asked={asked} />,
    };
  },
});

function ActorBody({ actor, data, asked }: { actor: Actor; data: ActorPageQuery; asked: Asked }) {
  const locale = useLocale();
  const { words, href } = locale;
  const { affiliations, sources } = actor;
  const { claims, propositions, spoken } = data;
  const members = data.members.nodes;
  const voices = new Set([actor, ...members].map(({ id }) => id));
  const held = propositions.nodes.flatMap((proposition) => {
    const positions = proposition.dispute.sides.flatMap((side) =>
      side.positions
        .filter((position) => side.actor.id === actor.id || voices.has(position.actor.id))
        .map((position) => ({ ...position, side: side.actor, sideStance: side.stance })),
    );
    return positions.length > 0 ? [{ proposition, positions }] : [];
  });
  const kind = words.actorKind[actor.kind];
  const shown = nameFor(locale, actor).name;
  const names = [
    ...(actor.name === shown || actor.names.some(({ value }) => value === actor.name)
      ? []
      : [{ value: actor.name, language: null, kind: undefined }]),
    ...actor.names.filter(({ value }) => value !== shown),
  ];
  return (
    <>
      <p class="status">{capital(kind)}</p>
      <h1>
        <Name actor={actor} />
      </h1>
      {actor.description && <Recorded as="p" class="lead" text={actor.description} />}
      <p class="facts spread">
        <span>{words.asOf(moment(locale, asked.now))}</span>
      </p>
      <Facts
        facts={[
          [
            words.names,
            names.length > 0 && (
              <ul>
                {names.map(({ value, language, kind: ofName }) => (
                  <li key={`${value} ${language}`}>
                    <bdi lang={language ?? undefined}>{value}</bdi>
                    {ofName && <span class="for"> {words.nameKind[ofName]}</span>}
                  </li>
                ))}
              </ul>
            ),
          ],
          [
            words.affiliations,
            affiliations.length > 0 && (
              <ul>
                {affiliations.map(({ id, role, title, actor: other, from, to }) => (
                  <li key={id}>
                    {words.affiliation[role]} <Who actor={other} />
                    {title && (
                      <>
                        {" "}
                        (<Recorded text={title} />)
                      </>
                    )}
                    {from && (
                      <span class="for">
                        {" "}
                        <When date={from} prefix={words.sinceWhen} />
                      </span>
                    )}
                    {to && (
                      <span class="for">
                        {" "}
                        <When date={to} prefix={words.upTo} />
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            ),
          ],
          [words.speaksFor, actor.side.id !== actor.id && <Who key="side" actor={actor.side} />],
          [
            words.members,
            members.length > 0 && (
              <ul>
                {members.map((member) => (
                  <li key={member.id}>
                    <Who actor={member} />
                  </li>
                ))}
                {data.members.pageInfo.hasNextPage && <li>…</li>}
              </ul>
            ),
          ],
          ...catalogued(words, actor),
        ]}
      />
      {held.length > 0 && (
        <Section
          id="positions"
          title={words.positions}
          note={members.length > 0 ? words.positionsNote : words.ownPositionsNote}
        >
          {held.map(({ proposition, positions }) => (
            <PositionRow key={proposition.id} proposition={proposition} positions={positions} actor={actor} />
          ))}
          {propositions.pageInfo.hasNextPage && (
            <p>
              <a href={href("/propositions", { actor: actor.slug })}>{words.allOf}</a>
            </p>
          )}
        </Section>
      )}
      <Section
        id="claims"
        title={words.itsClaims}
        count={claims.totalCount}
        note={members.length > 0 && words.itsClaimsNote}
      >
        <ClaimLines claims={claims.nodes} />
        {claims.totalCount > claims.nodes.length && (
          <p>
            <a href={href("/claims", { actor: actor.slug })}>{words.all(claims.totalCount)}</a>
          </p>
        )}
        {claims.totalCount > 0 && (
          <p>
            <a href={href("/statistics", { actor: actor.slug })}>{words.theseOverTime}</a>
          </p>
        )}
      </Section>
      {spoken.totalCount > 0 && (
        <Section id="spoken" title={words.spokenForOthers} count={spoken.totalCount}>
          <ClaimLines claims={spoken.nodes} />
        </Section>
      )}
      {sources.nodes.length > 0 && (
        <Section id="sources" title={words.itsSources} count={sources.totalCount}>
          <SourceLines sources={sources.nodes} />
          {sources.totalCount > sources.nodes.length && (
            <p>
              <a href={href("/sources", { actor: actor.slug })}>{words.all(sources.totalCount)}</a>
            </p>
          )}
        </Section>
      )}
    </>
  );
}

/** Where an actor, or those who speak for it, stands on a proposition, and where it stood before. */
function PositionRow({
  proposition: { dispute, kind, slug, text, unit },
  positions,
  actor,
}: {
  proposition: Held;
  positions: readonly (Held["dispute"]["sides"][number]["positions"][number] & {
    side: WhoFragment;
    sideStance: SideStance;
  })[];
  actor: Actor;
}) {
  const locale = useLocale();
  const { words, href } = locale;
  const own = positions.find(({ side }) => side.id === actor.id)?.sideStance;
  return (
    <article class="row">
      <StatusCell dispute={dispute} />
      <div>
        <h3 class="title">
          <PropositionLink slug={slug} text={text} dispute={dispute} />
        </h3>
        <p class="facts">
          <StatusSince dispute={dispute} />
        </p>
        <ul>
          {own && positions.some(({ actor: speaker }) => speaker.id !== actor.id) && (
            <li>
              <Mark stance={own} /> {words.asASide}: {words.stance[own]}
            </li>
          )}
          {positions.map((position) => (
            <li key={`${position.actor.id} ${position.side.id}`}>
              <Mark stance={position.stance} />{" "}
              {position.actor.id !== actor.id && (
                <>
                  <Name actor={position.actor} />:{" "}
                </>
              )}
              {position.figure ? (
                <strong>
                  {figureHeld(locale, position.figure, position.stance)} {unit}
                </strong>
              ) : position.history.length > 0 ? (
                stanceIn(locale, position.history.at(-1) as TurnedFragment, position.actor, kind)
              ) : (
                words.stance[position.stance]
              )}
              <span class="facts">
                {" "}
                {position.figure ? (
                  // Only of the claim that decides, the date is known: an earlier one may have given the figure.
                  position.decidingClaim.figure && (
                    <When date={position.decidingClaim.assertedAt} prefix={words.said} />
                  )
                ) : (
                  <When date={position.since} prefix={words.sinceWhen} />
                )}
              </span>
              {position.side.id !== actor.id && position.side.id !== position.actor.id && (
                <span class="facts"> {words.forSide(nameFor(locale, position.side).name)}</span>
              )}
              {position.actor.side.id !== position.side.id && (
                <span class="facts"> {words.noLongerPart}</span>
              )}
              {position.history.length > 1 && (
                <span class="facts">
                  {" · "}
                  {words.saidBefore}:{" "}
                  {position.history.slice(0, -1).map((change) => (
                    <span key={change.claim.id}>
                      <Mark stance={change.stance} />{" "}
                      <a href={href(`/claims/${change.claim.id}`)}>
                        {stanceIn(locale, change, position.actor, kind)}
                      </a>
                      , <When date={change.on} />{" "}
                    </span>
                  ))}
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </article>
  );
}
