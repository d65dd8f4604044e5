import type { ClaimDimension, StatisticsPageQuery } from "../../generated/pages/graphql.js";
import { StatisticsPageDocument } from "../../generated/pages/graphql.js";
import { Language } from "../components/document.js";
import { Section } from "../components/text.js";
import { capital, moment } from "../format.js";
import { useLocale } from "../locale.js";
import { type Asked, BadAddress, page } from "../page.js";
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

const FILTERS = ["by", "per", "actor", "event", "proposition", "from", "to"] as const;
type Bucket = StatisticsPageQuery["claims"]["stats"]["buckets"][number];

function chosen<T extends string>(
  { query, locale }: Asked,
  name: string,
  allowed: Record<T, unknown>,
  usual: NoInfer<T>,
): T {
  const value = query.get(name)?.trim();
  if (!value) return usual;
  if (value in allowed) return value as T;
  throw new BadAddress(locale.words.badValue(name, value, Object.keys(allowed).join(", ")));
}

function dayOf({ query, locale }: Asked, name: string): string | undefined {
  const value = query.get(name)?.trim();
  if (!value) return undefined;
  if (/^\d{4}(-\d{2}(-\d{2})?)?$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw new BadAddress(locale.words.badDay(value));
}

export const statisticsPage = page({
  path: "/statistics",
  document: StatisticsPageDocument,
  variables(asked) {
    const by = chosen(asked, "by", BY, "act");
    const per = chosen(asked, "per", PER, "month");
    const text = (name: string) => asked.query.get(name)?.trim() || undefined;
    const [actor, event, proposition] = ["actor", "event", "proposition"].map(text);
    const [from, to] = [dayOf(asked, "from"), dayOf(asked, "to")];
    return {
      where: {
        assertedBy: actor ? { within: { slug: actor } } : undefined,
        events: event ? { some: { slug: { eq: event } } } : undefined,
        proposition: proposition ? { slug: { eq: proposition } } : undefined,
        assertedAt: from || to ? { possiblyDuring: `${from ?? ".."}/${to ?? ".."}` } : undefined,
      },
      dimensions: [PER[per], BY[by]],
      act: by === "act",
      actor: by === "actor",
      stance: by === "stance",
      month: per === "month",
    };
  },
  view(data, asked) {
    const { words } = asked.locale;
    return {
      title: words.statisticsTitle,
      description: words.statisticsDescription,
      canonical: "/statistics",
      unlisted: FILTERS.some((name) => asked.query.has(name)),
      body: <StatisticsBody data={data} asked={asked} />,
    };
  },
});

function StatisticsBody({ data, asked }: { data: StatisticsPageQuery; asked: Asked }) {
  const locale = useLocale();
  const { words, tag } = locale;
  const per = chosen(asked, "per", PER, "month");
  const { totalCount, stats } = data.claims;
  const { rows, periods, vague, undated } = tabled(stats.buckets, asked);
  return (
    <>
      <h1>{words.statisticsTitle}</h1>
      <p class="facts">{words.asOf(moment(locale, asked.now))}</p>
      <Filters asked={asked} />
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
    { row: Omit<SeriesRow, "counts" | "total">; counts: Map<string, number>; total: number }
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
      total: 0,
    };
    if (period) known.counts.set(period, (known.counts.get(period) ?? 0) + bucket.count);
    known.total += bucket.count;
    all.set(key, known);
  }
  const sorted = [...all.values()].sort((one, other) => other.total - one.total);
  const [first, rest] = [sorted.slice(0, MOST_ROWS), sorted.slice(MOST_ROWS)];
  const rows: SeriesRow[] = first.map(({ row, counts, total }) => ({ ...row, counts, total }));
  if (rest.length > 0) {
    const counts = new Map<string, number>();
    for (const { counts: some } of rest)
      for (const [period, n] of some) counts.set(period, (counts.get(period) ?? 0) + n);
    rows.push({
      key: "others",
      name: words.others,
      counts,
      total: rest.reduce((sum, { total }) => sum + total, 0),
    });
  }
  const periods = [...new Set(sorted.flatMap(({ counts }) => [...counts.keys()]))].sort();
  return { rows, periods, vague, undated };
}

function Filters({ asked }: { asked: Asked }) {
  const { words } = useLocale();
  const value = (name: (typeof FILTERS)[number]) => asked.query.get(name) ?? "";
  const by = chosen(asked, "by", BY, "act");
  const per = chosen(asked, "per", PER, "month");
  const kinds: Record<By, string> = { act: words.byAct, actor: words.byActor, stance: words.byStance };
  const periods: Record<Per, string> = { month: words.perMonth, year: words.perYear };
  const fields = [
    ["actor", words.filterActor],
    ["event", words.filterEvent],
    ["proposition", words.filterProposition],
  ] as const;
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
        <span class="unseen">{words.perMonth}</span>
        <select name="per">
          {Object.entries(periods).map(([name, text]) => (
            <option key={name} value={name} selected={name === per}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {fields.map(([name, text]) => (
        <label key={name}>
          {text} <input name={name} value={value(name)} />
        </label>
      ))}
      <label>
        {words.filterFrom} <input type="date" name="from" value={value("from")} />
      </label>
      <label>
        {words.filterTo} <input type="date" name="to" value={value("to")} />
      </label>
      <Language />
      <button type="submit">{words.show}</button>
    </form>
  );
}
