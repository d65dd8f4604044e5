import { scaleLinear } from "d3-scale";
import type { PointFragment, PropositionPageQuery, WhenFragment } from "../../generated/pages/graphql.js";
import { DAY, figureHeld, instantOf, intervalOf, shortNumber } from "../format.js";
import { useLocale } from "../locale.js";
import { Name, Unseen, When } from "./text.js";

type Proposition = NonNullable<PropositionPageQuery["proposition"]>;
export type Point = PointFragment;
type Comparing = Pick<Proposition, "accumulates" | "comparableDays">;

const HEIGHT = 24;
const MIDDLE = HEIGHT / 2;

/**
 * Whether two figures may be compared: the rule of docs/disputes.md, "Figures". Only what may be compared stands on one axis.
 */
export function comparable(one: Point, other: Point, { accumulates, comparableDays }: Comparing): boolean {
  const time = (point: Point) => point.asOf ?? (accumulates ? point.on : null);
  const [first, second] = [time(one), time(other)];
  if (!first || !second) return true;
  const apart = gap(first, second);
  return one.asOf && other.asOf ? apart <= 0 : apart <= comparableDays;
}

/** The days between two dates; 0 or less where they overlap. */
function gap(one: WhenFragment, other: WhenFragment): number {
  const start = ({ earliest }: WhenFragment) => (earliest ? instantOf(earliest) : Number.NEGATIVE_INFINITY);
  const end = ({ latest }: WhenFragment) => (latest ? instantOf(latest) : Number.POSITIVE_INFINITY);
  return Math.max(start(one) - end(other), start(other) - end(one)) / DAY;
}

/** Groups of figures that may all be compared with each other, in the order in which they come. */
export function groupsOf(points: readonly Point[], comparing: Comparing): Point[][] {
  const groups: Point[][] = [];
  for (const point of points) {
    const group = groups.find((one) => one.every((other) => comparable(point, other, comparing)));
    if (group) group.push(point);
    else groups.push([point]);
  }
  return groups;
}

/** The figures of a proposition: one row for each, one axis for what may be compared, increments apart. */
export function Figures({
  points,
  comparing,
  unit,
}: {
  points: readonly Point[];
  comparing: Comparing;
  unit: string | null;
}) {
  const { words } = useLocale();
  const totals = points.filter(({ additional }) => !additional);
  const additions = points.filter(({ additional }) => additional);
  const groups = groupsOf(totals, comparing);
  // The present figures come first, so that the groups which have one do too.
  const standing = groups.filter((group) => group.some(({ current }) => current)).length;
  const block = (group: Point[], n: number) => (
    <Block
      key={n}
      points={byClaimant(group)}
      unit={unit}
      label={groups.length > 1 ? words.figuresOf(n + 1, groups.length) : words.figuresByClaimant}
    />
  );
  return (
    <>
      {groups.length > 1 && <p class="note">{words.figuresApart}</p>}
      {groups.slice(0, standing).map(block)}
      {standing < groups.length && (
        <details>
          <summary>{words.earlierFigures(groups.slice(standing).flat().length)}</summary>
          {groups.slice(standing).map((group, n) => block(group, standing + n))}
        </details>
      )}
      {totals.length > 0 && <p class="note">{words.figureKey}</p>}
      {additions.length > 0 && (
        <>
          <h3 id="additions">{words.additions}</h3>
          <p class="note">{words.additionsNote}</p>
          <Block points={additions} unit={unit} label={words.additions} />
        </>
      )}
    </>
  );
}

/** Those of one claimant stand together, in the order of time. */
function byClaimant(points: readonly Point[]): Point[] {
  const time = ({ asOf, on }: Point) => (asOf ?? on)?.earliest ?? "";
  const claimants = [...new Set(points.map(({ side }) => side.id))];
  return claimants.flatMap((id) =>
    points.filter(({ side }) => side.id === id).sort((one, other) => (time(one) < time(other) ? -1 : 1)),
  );
}

function Block({ points, unit, label }: { points: readonly Point[]; unit: string | null; label: string }) {
  const locale = useLocale();
  const { words } = locale;
  const known = points.flatMap((point) => intervalOf(point)).filter(Number.isFinite);
  const [lowest, highest] = [Math.min(0, ...known), Math.max(0, ...known)];
  const scale = scaleLinear()
    .domain([lowest, highest === lowest ? lowest + 1 : highest])
    .range([2, 92])
    .nice(4);
  const ticks = scale.ticks(3).filter((_, n, all) => all.length <= 4 || n % 2 === 0);
  const percent = (value: number) => `${Math.round(scale(value) * 100) / 100}%`;
  return (
    <div class="chart figures" role="table" aria-label={label}>
      <div role="row" class="axis">
        <span role="columnheader">
          <Unseen>{words.side}</Unseen>
        </span>
        <span aria-hidden="true">
          <svg width="100%" height="20">
            {ticks.map((tick) => (
              <text
                key={tick}
                x={percent(tick)}
                y="14"
                text-anchor={scale(tick) < 8 ? "start" : scale(tick) > 80 ? "end" : "middle"}
              >
                {shortNumber(locale, tick)}
              </text>
            ))}
          </svg>
        </span>
        <span role="columnheader">
          <Unseen>{unit ? `${words.figureLabel} (${unit})` : words.figureLabel}</Unseen>
        </span>
      </div>
      {points.map((point) => (
        <div role="row" class={point.current || point.additional ? "lane" : "lane past"} key={point.claim.id}>
          <span role="rowheader" class="label">
            <Name actor={point.side} />
            {point.actor.id !== point.side.id && (
              <span class="for">
                {" "}
                (<Name actor={point.actor} />)
              </span>
            )}
            <span class="facts">
              <When date={point.asOf ?? point.on} prefix={point.asOf ? words.countedFor : words.said} />
            </span>
          </span>
          <span class="drawing" aria-hidden="true">
            <svg width="100%" height={HEIGHT}>
              {ticks.map((tick) => (
                <line key={tick} x1={percent(tick)} x2={percent(tick)} y1="0" y2={HEIGHT} class="grid" />
              ))}
              <Bar point={point} percent={percent} />
            </svg>
          </span>
          <span role="cell" class="value">
            {figureHeld(locale, point, point.claim.stance)}
            {!point.current && !point.additional && <span class="for"> {words.earlierFigure}</span>}
          </span>
        </div>
      ))}
    </div>
  );
}

function Bar({ point, percent }: { point: Point; percent: (value: number) => string }) {
  const rejected = point.claim.stance === "REJECTS";
  const look = rejected ? "no" : "yes";
  const [from, to] = intervalOf(point);
  if (point.additional)
    return (
      <svg x={percent(point.best ?? point.low ?? point.high ?? 0)} y={MIDDLE} overflow="visible">
        <path d="M-6 0 H6 M0 -6 V6" class="open thick yes" />
      </svg>
    );
  if (from === to)
    return (
      <svg x={percent(from)} y={MIDDLE} overflow="visible">
        <circle r="5" class={rejected ? "open no" : "fill yes"} />
        {rejected && <path d="M-4 4 L4 -4" class="open no" />}
      </svg>
    );
  const [left, right] = [
    Number.isFinite(from) ? percent(from) : "0%",
    Number.isFinite(to) ? percent(to) : "100%",
  ];
  const width = `${Number.parseFloat(right) - Number.parseFloat(left)}%`;
  const cap = (x: string) => (
    <line x1={x} x2={x} y1={MIDDLE - 8} y2={MIDDLE + 8} class={`open thick ${look}`} />
  );
  const capped = point.approximator !== "ABOUT";
  return (
    <>
      <rect x={left} y={MIDDLE - 4} width={width} height="8" class={rejected ? "open no" : "bar"} />
      {Number.isFinite(from) ? capped && cap(left) : <Arrow x="0%" d="M7 -5 L0 0 L7 5" look={look} />}
      {Number.isFinite(to) ? capped && cap(right) : <Arrow x="100%" d="M-7 -5 L0 0 L-7 5" look={look} />}
      {rejected && (
        <svg x={`${(Number.parseFloat(left) + Number.parseFloat(right)) / 2}%`} y={MIDDLE} overflow="visible">
          <path d="M-6 7 L6 -7" class="open no" />
        </svg>
      )}
      {point.best !== null && (
        <svg x={percent(point.best)} y={MIDDLE} overflow="visible">
          <circle r="4" class={rejected ? "open no" : "fill yes"} />
        </svg>
      )}
    </>
  );
}

const Arrow = ({ x, d, look }: { x: string; d: string; look: string }) => (
  <svg x={x} y={MIDDLE} overflow="visible">
    <path d={d} class={`open ${look}`} />
  </svg>
);
