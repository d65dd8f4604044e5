import type { WhoFragment } from "../../generated/pages/graphql.js";
import { Name, Unseen } from "../components/text.js";
import { dateOf, number } from "../format.js";
import { type Locale, useLocale } from "../locale.js";

/** A row of counts over time. */
export interface SeriesRow {
  readonly key: string;
  readonly name: string | WhoFragment;
  readonly href?: string;
  /** How many there are in each period, by its first day. */
  readonly counts: ReadonlyMap<string, number>;
  /** How many have no date, or one with an open start. */
  readonly undated: number;
  /** All of them. */
  readonly total: number;
}

const HEIGHT = 40;
/** Of a longer series the end is drawn, so that a bar can be seen. The table has all of it. */
const MOST_PERIODS = 120;

/** The last months or years up to the last one that has claims, without gaps, {@link MOST_PERIODS} at most. */
function periodsTo(periods: readonly string[], per: "month" | "year"): string[] {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return [];
  const all: string[] = [];
  for (const at = new Date(last); all.length < MOST_PERIODS && dateOf(at.getTime()) >= first; ) {
    all.unshift(dateOf(at.getTime()));
    if (per === "year") at.setUTCFullYear(at.getUTCFullYear() - 1);
    else at.setUTCMonth(at.getUTCMonth() - 1);
  }
  return all;
}

const label = ({ tag }: Locale, period: string, per: "month" | "year"): string =>
  new Intl.DateTimeFormat(tag, {
    timeZone: "UTC",
    year: "numeric",
    ...(per === "month" && { month: "short" }),
  }).format(new Date(period));

/** Counts over time, one row each on a common scale, and the same as a table of numbers. */
export function Series({
  rows,
  periods,
  per,
  id,
}: {
  rows: readonly SeriesRow[];
  periods: readonly string[];
  per: "month" | "year";
  id: string;
}) {
  const locale = useLocale();
  const { words } = locale;
  const all = periodsTo(periods, per);
  const most = Math.max(1, ...rows.flatMap(({ counts }) => all.map((period) => counts.get(period) ?? 0)));
  const width = 100 / Math.max(all.length, 1);
  const ticks = [...new Set([0, Math.floor(all.length / 2), all.length - 1])].filter((n) => all[n]);
  return (
    <>
      <div class="chart series" role="table" aria-labelledby={id}>
        <div role="row" class="axis">
          <span role="columnheader">
            <Unseen>{words.by}</Unseen>
          </span>
          <span role="columnheader">
            <Unseen>{per === "month" ? words.perMonth : words.perYear}</Unseen>
            <svg width="100%" height="20" aria-hidden="true">
              {ticks.map((n, i) => (
                <text
                  key={n}
                  x={`${n * width + width / 2}%`}
                  y="14"
                  text-anchor={
                    ticks.length === 1
                      ? "middle"
                      : i === 0
                        ? "start"
                        : i === ticks.length - 1
                          ? "end"
                          : "middle"
                  }
                >
                  {label(locale, all[n] as string, per)}
                </text>
              ))}
            </svg>
          </span>
          <span role="columnheader">
            <Unseen>{words.total}</Unseen>
          </span>
        </div>
        {rows.map((row) => (
          <div role="row" class="lane" key={row.key}>
            <span role="rowheader" class="label">
              <RowName row={row} />
            </span>
            <span role="cell" class="drawing">
              <Unseen>
                {[
                  ...all
                    .filter((period) => row.counts.get(period))
                    .map((period) => `${label(locale, period, per)}: ${row.counts.get(period)}`),
                  ...(row.undated > 0 ? [`${words.undated}: ${row.undated}`] : []),
                ].join(", ")}
              </Unseen>
              <svg width="100%" height={HEIGHT} aria-hidden="true">
                <line x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} class="grid" />
                {all.map((period, n) => {
                  const count = row.counts.get(period) ?? 0;
                  const height = (count / most) * (HEIGHT - 2);
                  return count === 0 ? null : (
                    <rect
                      key={period}
                      x={`${n * width + width * 0.1}%`}
                      width={`${width * 0.8}%`}
                      y={HEIGHT - Math.max(height, 2)}
                      height={Math.max(height, 2)}
                      class="count"
                    >
                      <title>{`${label(locale, period, per)}: ${number(locale, count)}`}</title>
                    </rect>
                  );
                })}
              </svg>
            </span>
            <span role="cell" class="value">
              {number(locale, row.total)}
            </span>
          </div>
        ))}
      </div>
      {(periods[0] ?? "") < (all[0] ?? "") && <p class="note">{words.onlyLatest(all.length)}</p>}
      <details>
        <summary>{words.asTable}</summary>
        <div class="wide" tabIndex={0} role="region" aria-label={words.asTable}>
          <table>
            <thead>
              <tr>
                <th scope="col">{per === "month" ? words.perMonth : words.perYear}</th>
                {rows.map((row) => (
                  <th scope="col" key={row.key}>
                    <RowName row={row} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {periods.map((period) => (
                <tr key={period}>
                  <th scope="row">{label(locale, period, per)}</th>
                  {rows.map(({ key, counts }) => (
                    <td key={key}>{number(locale, counts.get(period) ?? 0)}</td>
                  ))}
                </tr>
              ))}
              {rows.some(({ undated }) => undated > 0) && (
                <tr>
                  <th scope="row">{words.undated}</th>
                  {rows.map(({ key, undated }) => (
                    <td key={key}>{number(locale, undated)}</td>
                  ))}
                </tr>
              )}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

function RowName({ row: { name, href } }: { row: SeriesRow }) {
  const shown = typeof name === "string" ? name : <Name actor={name} />;
  return href ? <a href={href}>{shown}</a> : shown;
}
