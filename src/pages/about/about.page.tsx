import { AboutPageDocument, type DisputeStatus, type SideStance } from "../../generated/pages/graphql.js";
import { STATUSES } from "../address.js";
import { Mark, StatusMarks } from "../components/marks.js";
import { Section } from "../components/text.js";
import { moment } from "../format.js";
import { useLocale } from "../locale.js";
import { page } from "../page.js";

const STANCES = [
  "AFFIRMS",
  "REJECTS",
  "SILENT",
  "WITHDRAWN",
  "NEUTRAL",
] as const satisfies readonly SideStance[];

/** What the statuses and the marks mean, with how many propositions there are of each. */
export const aboutStatusPage = page({
  path: "/about/status",
  document: AboutPageDocument,
  variables: () => ({}),
  view({ propositions }, { locale, now }) {
    const { words } = locale;
    const counts = new Map(
      propositions.stats.buckets.map(({ disputeStatus, count }) => [disputeStatus, count]),
    );
    return {
      title: words.aboutStatusTitle,
      description: words.aboutStatusDescription,
      canonical: "/about/status",
      body: <AboutBody counts={counts} now={now} />,
    };
  },
});

function AboutBody({
  counts,
  now,
}: {
  counts: ReadonlyMap<DisputeStatus | null | undefined, number>;
  now: Date;
}) {
  const locale = useLocale();
  const { words, href, tag } = locale;
  return (
    <>
      <h1>{words.aboutStatusTitle}</h1>
      <p class="facts">{words.asOf(moment(locale, now))}</p>
      <p class="lead">{words.aboutStatusLead}</p>
      <Section id="statuses" title={words.statusLabel}>
        <dl class="about-record">
          {STATUSES.map((status) => (
            <>
              <dt>
                <StatusMarks status={status} before="REJECTS" />{" "}
                <a href={href("/propositions", { status: status.toLowerCase() })}>{words.status[status]}</a>{" "}
                <span class="count">{(counts.get(status) ?? 0).toLocaleString(tag)}</span>
              </dt>
              <dd>{words.statusMeaning[status]}</dd>
            </>
          ))}
        </dl>
      </Section>
      <Section id="marks" title={words.marksTitle}>
        <dl class="about-record">
          {STANCES.map((stance) => (
            <>
              <dt>
                <Mark stance={stance} /> {words.stanceHeading[stance]}
              </dt>
              <dd>{words.stanceMeaning[stance]}</dd>
            </>
          ))}
        </dl>
        <p class="note">{words.timelineKey}</p>
        <p class="note">{words.figureKey}</p>
      </Section>
      <Section id="voices" title={words.voicesTitle}>
        <p class="lead">{words.voicesMeaning}</p>
      </Section>
    </>
  );
}
