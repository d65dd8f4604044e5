import { ClaimPageDocument, type ClaimPageQuery } from "../../generated/pages/graphql.js";
import { Cite } from "../components/cite.js";
import { By, ClaimLines, fallen, Standing } from "../components/claim.js";
import { MarksOf, statusIn } from "../components/marks.js";
import { Crumbs, catalogued, Facts, Several } from "../components/record.js";
import { nameFor, Recorded, RecordLink, Section, When, Who } from "../components/text.js";
import { dateOf, figureHeld, moment, when } from "../format.js";
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
      title: [
        fallen(locale.words, claim),
        `${locale.words.claimBy(name, locale.words.actNoun[claim.act])}: ${claim.statement}`,
      ]
        .filter(Boolean)
        .join(" · "),
      description: claim.citations[0]?.quote?.exact ?? claim.statement,
      canonical: `/claims/${claim.id}`,
      live: { concerns: [claim.id], after: end.pageInfo.endCursor },
      unlisted: claim.status !== "PUBLISHED",
      about: {
        "@type": "Claim",
        name: claim.statement,
        author: { "@type": claim.assertedBy.kind === "PERSON" ? "Person" : "Organization", name },
        appearance: claim.citations.map(({ source }) => ({
          "@type": "CreativeWork",
          name: source.title,
          url: `${asked.origin}/sources/${source.slug}`,
        })),
      },
      body: <ClaimBody claim={claim} asked={asked} />,
    };
  },
});

function ClaimBody({ claim, asked }: { claim: Claim; asked: Asked }) {
  const locale = useLocale();
  const { words } = locale;
  const { proposition, events, relations, history } = claim;
  return (
    <>
      <Crumbs events={events.nodes} />
      <p class="status">
        <By claim={claim} />
        <Standing claim={claim} />
      </p>
      <Recorded as="h1" text={claim.statement} language={claim.language} />
      <p class="facts spread">
        <span>{words.asOf(moment(locale, asked.now))}</span>
      </p>
      <Facts
        facts={[
          [words.assertedAt, <When key="when" date={claim.assertedAt} />],
          [words.side, claim.side.id !== claim.assertedBy.id && <Who key="side" actor={claim.side} />],
          [words.spokenBy, claim.speaker && <Who key="speaker" actor={claim.speaker} />],
          [
            words.attributedAs,
            claim.attributedAs && (
              <q key="attributed" dir="auto">
                {claim.attributedAs}
              </q>
            ),
          ],
          [
            words.figureLabel,
            claim.figure &&
              [figureHeld(locale, claim.figure, claim.stance), proposition?.unit].filter(Boolean).join(" "),
          ],
          [words.countedForLabel, claim.figure?.asOf && <When key="asOf" date={claim.figure.asOf} />],
          [words.certaintyLabel, claim.certainty !== "UNSPECIFIED" && words.certainty[claim.certainty]],
          [words.standingLabel, words.standing[claim.standing]],
          [
            words.relayedBy,
            claim.relayedBy.length > 0 && (
              <Several items={claim.relayedBy.map((actor) => <Who key={actor.id} actor={actor} />)} />
            ),
          ],
          [
            words.aboutSources,
            claim.aboutSources.length > 0 && (
              <Several
                items={claim.aboutSources.map(({ slug, title, language }) => (
                  <RecordLink key={slug} to={`/sources/${slug}`} text={title} language={language} />
                ))}
              />
            ),
          ],
          [words.credibilityLabel, claim.credibility && words.credibility[claim.credibility]],
          [words.rankLabel, claim.rank !== "NORMAL" && words.rank[claim.rank]],
          [
            words.proposition,
            proposition ? (
              <>
                <MarksOf dispute={proposition.dispute} /> {statusIn(locale, proposition.dispute)}:{" "}
                <RecordLink to={`/propositions/${proposition.slug}`} text={proposition.text} />
              </>
            ) : (
              words.noProposition
            ),
          ],
          ...catalogued(words, claim),
        ]}
      />
      <Section id="words" title={words.wordsOfSource}>
        {claim.citations.length === 0 && <p class="note">{words.nothing}</p>}
        {claim.citations.map((citation) => (
          <Cite
            key={citation.id}
            citation={citation}
            language={claim.language}
            attribution={claim.attribution}
          />
        ))}
      </Section>
      {relations.length > 0 && (
        <Section id="relations" title={words.relations}>
          {relations.map((relation) => (
            <Related key={relation.id} relation={relation} claim={claim} />
          ))}
        </Section>
      )}
      <Section
        id="history"
        title={words.history}
        count={history.totalCount}
        note={history.totalCount > history.nodes.length && words.olderVersions(history.nodes.length)}
      >
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
    said: claim.assertedAt ? when(locale, claim.assertedAt) : words.dateUnknown,
    standing: fallen(words, claim),
    year: claim.recordedAt.slice(0, 4),
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
