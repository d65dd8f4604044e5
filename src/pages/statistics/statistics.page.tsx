import type { ClaimDimension, StatisticsPageQuery } from "../../generated/pages/graphql.js";
import { StatisticsPageDocument } from "../../generated/pages/graphql.js";
import { CLAIM_FILTERS, claimsMeant, given, narrowing, oneOf, RECORDS } from "../address.js";
import { ClaimChoices, Kept, Narrowed } from "../components/filters.js";
import { Section } from "../components/text.js";
import { capital, moment } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, page } from "../page.js";
import { Series, type SeriesRow } from "./series.js";

const BY = { act: "ACT", actor: "ASSERTED_BY", stance: "STANCE" } as const satisfies Record<
  string,
  ClaimDimension
>;
type By = keyof typeof BY;
const PER = { month: "MONTH", year: "YEAR" } as const satisfies Record<string, ClaimDimension>;
type Per = keyof typeof PER;

/** So many buckets the API gives at most. */
const MOST_BUCKETS = 1_000;
/** So many rows are told apart; the others are one. */
const MOST_ROWS = 12;

type Bucket = StatisticsPageQuery["claims"]["stats"]["buckets"][number];

/** By what claims are counted, and for how long a time each number is. */
function countedBy(asked: Asked): { by: By; per: Per } {
  return {
    by: oneOf(asked, "by", Object.keys(BY) as By[]) ?? "act",
    per: oneOf(asked, "per", Object.keys(PER) as Per[]) ?? "month",
  };
}

export const statisticsPage = page({
  path: "/statistics",
  document: StatisticsPageDocument,
  variables(asked) {
    const { by, per } = countedBy(asked);
    return {
      ...narrowing(given(asked, CLAIM_FILTERS)),
      where: claimsMeant(asked),
      dimensions: [PER[per], BY[by]],
      perAct: by === "act",
      perActor: by === "actor",
      perStance: by === "stance",
      perMonth: per === "month",
    };
  },
  view(data, asked) {
    const { words } = asked.locale;
    return {
      title: words.statisticsTitle,
      description: words.statisticsDescription,
      canonical: "/statistics",
      unlisted: ["by", "per", ...CLAIM_FILTERS].some((name) => asked.query.has(name)),
      body: <StatisticsBody data={data} asked={asked} />,
    };
  },
});

function StatisticsBody({ data, asked }: { data: StatisticsPageQuery; asked: Asked }) {
  const locale = useLocale();
  const { words, tag, href } = locale;
  const { per } = countedBy(asked);
  const query = given(asked, ["by", "per", ...CLAIM_FILTERS]);
  const { by: _by, per: _per, ...meant } = query;
  const {
    claims: { totalCount, stats },
    ...narrowed
  } = data;
  const { rows, periods, vague, undated } = tabled(stats.buckets, asked);
  return (
    <>
      <h1>{words.statisticsTitle}</h1>
      <p class="facts">{words.asOf(moment(locale, asked.now))}</p>
      <Narrowed data={narrowed} path="/statistics" query={query} />
      <Filters asked={asked} query={query} />
      <Section
        id="series"
        title={capital(per === "month" ? words.perMonth : words.perYear)}
        count={totalCount}
      >
        {rows.length === 0 ? (
          <p class="note">{words.nothing}</p>
        ) : (
          <Series rows={rows} periods={periods} per={per} id="series" />
        )}
        {totalCount > 0 && (
          <p>
            <a href={href("/claims", meant)}>{words.theseClaims}</a>
          </p>
        )}
        {(query.from || query.to) && <p class="note">{words.filterPossibly}</p>}
        {vague > 0 && <p class="note">{words.vagueClaims(vague, per)}</p>}
        {undated > 0 && <p class="note">{words.undatedClaims(undated)}</p>}
        {stats.buckets.length === MOST_BUCKETS && (
          <p class="note">{words.tooManyBuckets(MOST_BUCKETS.toLocaleString(tag))}</p>
        )}
      </Section>
    </>
  );
}

/** Buckets as rows of a table: one row for each act, actor or stance, one number for each period. */
function tabled(buckets: readonly Bucket[], asked: Asked) {
  const { words } = asked.locale;
  const keyOf = ({ act, stance, assertedBy }: Bucket) => act ?? stance ?? assertedBy?.id ?? "";
  const nameOf = ({ act, stance, assertedBy }: Bucket): SeriesRow["name"] =>
    act ? words.actNoun[act] : stance ? words.stanceHeading[stance] : (assertedBy ?? words.others);
  const hrefOf = ({ assertedBy }: Bucket) =>
    assertedBy ? asked.locale.href(`/actors/${assertedBy.slug}`) : undefined;
  const all = new Map<
    string,
    {
      row: Pick<SeriesRow, "key" | "name" | "href">;
      counts: Map<string, number>;
      undated: number;
      total: number;
    }
  >();
  let [vague, undated] = [0, 0];
  for (const bucket of buckets) {
    const period = bucket.month ?? bucket.year;
    vague += bucket.vague;
    if (!period) {
      undated += bucket.count;
      vague -= bucket.vague;
    }
    const key = keyOf(bucket);
    const known = all.get(key) ?? {
      row: { key, name: nameOf(bucket), href: hrefOf(bucket) },
      counts: new Map(),
      undated: 0,
      total: 0,
    };
    if (period) known.counts.set(period, (known.counts.get(period) ?? 0) + bucket.count);
    else known.undated += bucket.count;
    known.total += bucket.count;
    all.set(key, known);
  }
  const sorted = [...all.values()].sort((one, other) => other.total - one.total);
  const [first, rest] = [sorted.slice(0, MOST_ROWS), sorted.slice(MOST_ROWS)];
  const rows: SeriesRow[] = first.map(({ row, ...numbers }) => ({ ...row, ...numbers }));
  if (rest.length > 0) {
    const counts = new Map<string, number>();
    for (const { counts: some } of rest)
      for (const [period, n] of some) counts.set(period, (counts.get(period) ?? 0) + n);
    rows.push({
      key: "others",
      name: words.others,
      counts,
      undated: rest.reduce((sum, { undated }) => sum + undated, 0),
      total: rest.reduce((sum, { total }) => sum + total, 0),
    });
  }
  const periods = [...new Set(sorted.flatMap(({ counts }) => [...counts.keys()]))].sort();
  return { rows, periods, vague, undated };
}

function Filters({ asked, query }: { asked: Asked; query: Record<string, string | undefined> }) {
  const { words } = useLocale();
  const { by, per } = countedBy(asked);
  const kinds: Record<By, string> = { act: words.byAct, actor: words.byActor, stance: words.byStance };
  const periods: Record<Per, string> = { month: words.perMonth, year: words.perYear };
  return (
    <form class="filters" action="/statistics">
      <label>
        {words.by}{" "}
        <select name="by">
          {Object.entries(kinds).map(([name, text]) => (
            <option key={name} value={name} selected={name === by}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="unseen">{words.period}</span>
        <select name="per">
          {Object.entries(periods).map(([name, text]) => (
            <option key={name} value={name} selected={name === per}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <ClaimChoices query={query} />
      <Kept query={query} names={RECORDS} />
      <button type="submit">{words.show}</button>
    </form>
  );
}
