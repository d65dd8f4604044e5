import { ClaimPageDocument, type ClaimPageQuery } from "../../generated/pages/graphql.js";
import { Cite } from "../components/cite.js";
import { ClaimLines } from "../components/claim.js";
import { Mark, StatusMarks } from "../components/marks.js";
import { Facts, Several } from "../components/record.js";
import { nameFor, Recorded, Section, When, Who } from "../components/text.js";
import { dateOf, figure, moment, when } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, page } from "../page.js";
import { bibtex, type Citable, plainReference } from "./cite-claim.js";
import { Difference } from "./difference.js";

type Claim = NonNullable<ClaimPageQuery["claim"]>;

export const claimPage = page({
  path: "/claims/:id",
  document: ClaimPageDocument,
  variables: ({ params }) => ({ id: params.id as string }),
  view({ claim, end }, asked) {
    if (!claim) return undefined;
    const { locale } = asked;
    const { name } = nameFor(locale, claim.assertedBy);
    return {
      title: `${locale.words.claimBy(name, locale.words.act[claim.act])}: ${claim.statement}`,
      description: claim.citations[0]?.quote?.exact ?? claim.statement,
      canonical: `/claims/${claim.id}`,
      live: { concerns: [claim.id], after: end.pageInfo.endCursor },
      unlisted: claim.status !== "PUBLISHED",
      about: {
        "@type": "Claim",
        name: claim.statement,
        author: { "@type": claim.assertedBy.kind === "PERSON" ? "Person" : "Organization", name },
        datePublished: claim.assertedAt?.earliest ?? undefined,
        appearance: claim.citations.map(({ source }) => ({ "@type": "CreativeWork", name: source.title })),
      },
      body: <ClaimBody claim={claim} asked={asked} />,
    };
  },
});

function ClaimBody({ claim, asked }: { claim: Claim; asked: Asked }) {
  const locale = useLocale();
  const { words, href } = locale;
  const { proposition, events, relations, history } = claim;
  return (
    <>
      {events.nodes.length > 0 && (
        <p class="crumbs">
          {events.nodes.map(({ slug, title }) => (
            <a key={slug} href={href(`/events/${slug}`)} dir="auto">
              {title}
            </a>
          ))}
        </p>
      )}
      <p class="status">
        <Mark stance={claim.stance} /> <Who actor={claim.assertedBy} /> {words.act[claim.act]}
        {claim.status !== "PUBLISHED" && <strong class="draft">{words.review[claim.status]}</strong>}
      </p>
      <Recorded as="h1" text={claim.statement} language={claim.language} />
      <p class="facts spread">
        <span>{words.asOf(moment(locale, asked.now))}</span>
      </p>
      <Facts
        facts={[
          [words.assertedAt, <When key="when" date={claim.assertedAt} />],
          [words.side, claim.side.id !== claim.assertedBy.id && <Who key="side" actor={claim.side} />],
          [words.figureLabel, claim.figure && figure(locale, claim.figure)],
          [words.certaintyLabel, words.certainty[claim.certainty]],
          [words.standingLabel, words.standing[claim.standing]],
          [
            words.relayedBy,
            claim.relayedBy.length > 0 && (
              <Several items={claim.relayedBy.map((actor) => <Who key={actor.id} actor={actor} />)} />
            ),
          ],
          [words.credibilityLabel, claim.credibility && words.credibility[claim.credibility]],
          [words.rankLabel, claim.rank !== "NORMAL" && words.rank[claim.rank]],
          [
            words.proposition,
            proposition ? (
              <>
                <StatusMarks
                  status={proposition.dispute.status}
                  kind={proposition.kind}
                  stance={proposition.dispute.stance}
                />{" "}
                {words.status[proposition.dispute.status]}:{" "}
                <a href={href(`/propositions/${proposition.slug}`)} dir="auto">
                  {proposition.text}
                </a>
              </>
            ) : (
              words.noProposition
            ),
          ],
        ]}
      />
      <Section id="words" title={words.wordsOfSource}>
        {claim.citations.length === 0 && <p class="note">{words.nothing}</p>}
        {claim.citations.map((citation) => (
          <Cite key={citation.id} citation={citation} attribution={claim.attribution} />
        ))}
      </Section>
      {relations.length > 0 && (
        <Section id="relations" title={words.relations}>
          {relations.map((relation) => (
            <Related key={relation.id} relation={relation} claim={claim} />
          ))}
        </Section>
      )}
      <Section id="history" title={words.history} count={history.totalCount}>
        <ul class="feed">
          {history.nodes.map((revision) => (
            <li key={revision.id}>
              <p class="facts">
                {moment(locale, new Date(revision.recordedAt))} · {words.revision[revision.action]} ·{" "}
                {words.versionBy(revision.version, revision.author?.name ?? words.unknownAuthor)}
              </p>
              {revision.reason && (
                <p dir="auto">
                  {words.reason}: {revision.reason}
                </p>
              )}
              {revision.action === "UPDATED" && (
                <Difference patch={revision.patch} inverse={revision.inverse} />
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Reference claim={claim} asked={asked} />
    </>
  );
}

/** Another claim, and how the two stand to each other. */
function Related({ relation, claim }: { relation: Claim["relations"][number]; claim: Claim }) {
  const { words } = useLocale();
  const { type, basis, note, from, to } = relation;
  const outward = from.id === claim.id;
  return (
    <div class="related">
      <h3>
        {outward ? words.relation[type] : words.relationPassive[type]}
        {basis === "INFERRED" && <span class="for"> ({words.basisInferred})</span>}
      </h3>
      <ClaimLines claims={[outward ? to : from]} />
      {note && (
        <p class="note" dir="auto">
          {note}
        </p>
      )}
    </div>
  );
}

function Reference({ claim, asked }: { claim: Claim; asked: Asked }) {
  const locale = useLocale();
  const { words } = locale;
  const citable: Citable = {
    id: claim.id,
    statement: claim.statement,
    speaker: nameFor(locale, claim.assertedBy).name,
    date: claim.assertedAt ? when(locale, claim.assertedAt) : words.dateUnknown,
    year: claim.assertedAt?.earliest?.slice(0, 4),
    url: `${asked.origin}/claims/${claim.id}`,
    version: claim.version,
  };
  const accessed = dateOf(asked.now.getTime());
  return (
    <Section id="cite" title={words.cite}>
      <Facts
        facts={[
          [
            words.permalink,
            <a key="permalink" href={`/claims/${claim.id}`}>
              {citable.url}
            </a>,
          ],
          [words.plainText, <span key="plain">{plainReference(locale, citable, accessed)}</span>],
        ]}
      />
      <h3 class="bibtex">BibTeX</h3>
      <pre tabIndex={0}>{bibtex(locale, citable, accessed)}</pre>
    </Section>
  );
}
