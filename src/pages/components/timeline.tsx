import { scaleTime } from "d3-scale";
import type { PropositionKind, TurnedFragment, WhoFragment } from "../../generated/pages/graphql.js";
import { DAY, instantOf, isVague } from "../format.js";
import { type Locale, useLocale } from "../locale.js";
import { Mark, Strokes, shapeOf } from "./marks.js";
import { Name, nameFor, stanceIn, Unseen, When } from "./text.js";

/** The part of the width that is drawn to scale. What lies between it and now is left out. */
const TO_SCALE = 86;
/** Where the strokes stand that mark what is left out. */
const BREAK = 93;
/** Up to so many days, a day is a band whose label stands in its middle. */
const MOST_BANDS = 16;
/** What a label takes of the narrowest drawing, and up to where the first one begins at its mark. In percent. */
const LABEL = 17;
const FIRST = 4;
/** Marks of one day stand beside each other, so many pixels apart. */
const SHIFT = 11;
const HEIGHT = 28;
const MIDDLE = HEIGHT / 2;

/** One who took stances, in the order in which they were taken. */
export interface Lane {
  readonly actor: WhoFragment;
  /** The side for which the words count, where it is another. */
  readonly side?: WhoFragment;
  /** Whether the actor has left that side since. */
  readonly former?: boolean;
  /** Whether the order of the stances is known. */
  readonly ordered: boolean;
  readonly changes: readonly TurnedFragment[];
}

/** Days to percent of the width, and the days that have a label. */
interface Scale {
  readonly at: (instant: number) => number;
  readonly ticks: readonly { readonly x: number; readonly text: string; readonly middle: boolean }[];
  readonly start: number;
  readonly end: number;
  /** The first instant that is not drawn. */
  readonly until: number;
  /** Whether time is left out before now. */
  readonly broken: boolean;
}

function scaleOf(locale: Locale, lanes: readonly Lane[], now: number, endWord: string): Scale | undefined {
  const lastDay = Math.floor((now - 1) / DAY) * DAY;
  // What may lie beyond the end of the drawing is drawn up to it.
  const days = lanes
    .flatMap(({ changes }) => changes.flatMap(({ on }) => [on?.earliest, on?.latest]))
    .filter((date): date is string => Boolean(date))
    .map((date) => Math.min(instantOf(date), lastDay))
    .filter((instant) => !Number.isNaN(instant));
  if (days.length === 0) return undefined;
  // Few days are given room before them: after them there may be none yet.
  const end = Math.max(...days) + DAY;
  const start = Math.min(...days, end - 4 * DAY);
  const span = end - start;
  const broken = now - end > span / 4;
  const scale = scaleTime()
    .domain([start, broken ? end : Math.max(end, now)])
    .range([0, TO_SCALE]);
  const bands = span / DAY <= MOST_BANDS;
  const few = bands ? bandsOf(start, end) : scale.ticks(4).map((tick) => tick.getTime());
  const format = new Intl.DateTimeFormat(locale.tag, {
    timeZone: "UTC",
    ...(span > 700 * DAY
      ? { year: "numeric" as const }
      : span > 60 * DAY
        ? { month: "short" as const, year: "numeric" as const }
        : { day: "numeric" as const, month: "short" as const }),
  });
  // The word at the end needs room too.
  const widest = TO_SCALE - (endWord.length > 5 ? 24 : 8);
  const ticks = few
    .map((instant) => ({
      x: scale(bands ? instant + DAY / 2 : instant),
      text: format.format(instant),
      middle: bands,
    }))
    .filter(({ x }) => x >= 0 && x <= widest);
  return {
    at: (instant) => Math.max(0, Math.min(TO_SCALE, scale(instant))),
    ticks: apart(ticks),
    start,
    end,
    until: now,
    broken,
  };
}

/** Labels that do not touch each other where the drawing is narrow. */
function apart(ticks: Scale["ticks"]): Scale["ticks"] {
  const kept: Scale["ticks"][number][] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    const room = last && !last.middle && last.x < FIRST ? LABEL * 1.5 : LABEL;
    if (!last || tick.x - last.x >= room) kept.push(tick);
  }
  return kept;
}

/** Every day, or every second, third, … so that at most five are labelled. */
function bandsOf(start: number, end: number): number[] {
  const days = Math.round((end - start) / DAY);
  const step = Math.ceil(days / 5);
  return Array.from({ length: Math.ceil(days / step) }, (_, n) => start + n * step * DAY);
}

const percent = (x: number): string => `${Math.round(x * 100) / 100}%`;

/** The stances of each over time, as rows of a table. */
export function Timeline({
  lanes,
  until,
  end,
  id,
  kind,
}: {
  lanes: readonly Lane[];
  /** Where the time that is drawn ends, and what this moment is called. */
  until: Date;
  end: string;
  id: string;
  kind: PropositionKind;
}) {
  const locale = useLocale();
  const { words } = locale;
  const scale = scaleOf(locale, lanes, until.getTime(), end);
  return (
    <div class="chart timeline" role="table" aria-labelledby={id}>
      <svg class="defs" width="0" height="0" aria-hidden="true">
        <defs>
          {(["yes", "no", "none"] as const).map((shape) => (
            <pattern
              key={shape}
              id={`${id}-${shape}`}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <line x1="3" y1="0" x2="3" y2="6" class={`open thin ${shape}`} />
            </pattern>
          ))}
        </defs>
      </svg>
      <div role="row" class="axis">
        <span role="columnheader">
          <Unseen>{words.side}</Unseen>
        </span>
        <span role="columnheader">
          <Unseen>{words.whenTheySaidIt}</Unseen>
          {scale && (
            <svg width="100%" height="20" aria-hidden="true">
              {scale.ticks.map(({ x, text, middle }) => (
                <text
                  key={x}
                  x={percent(x)}
                  y="14"
                  text-anchor={middle ? "middle" : x < FIRST ? "start" : "middle"}
                >
                  {text}
                </text>
              ))}
              <text x="100%" y="14" text-anchor="end">
                {end}
              </text>
            </svg>
          )}
        </span>
      </div>
      {lanes.map((lane) => (
        <div role="row" class="lane" key={`${lane.side?.id} ${lane.actor.id}`}>
          <span role="rowheader" class="label">
            <Mark stance={lane.changes.at(-1)?.stance ?? "NEUTRAL"} /> <Name actor={lane.actor} />
            {!lane.ordered && <span class="for"> {words.unordered}</span>}
            {lane.former && <span class="for"> {words.noLongerPart}</span>}
            {lane.side && <span class="for"> {words.forSide(nameFor(locale, lane.side).name)}</span>}
          </span>
          <span role="cell" class="drawing">
            <Unseen>
              {lane.changes.map((change, n) => (
                <span key={n}>
                  {stanceIn(locale, change, lane.actor, kind)}, <When date={change.on} />;{" "}
                </span>
              ))}
            </Unseen>
            {scale && <Drawing lane={lane} scale={scale} id={id} />}
          </span>
        </div>
      ))}
    </div>
  );
}

function Drawing({ lane: { changes }, scale, id }: { lane: Lane; scale: Scale; id: string }) {
  return (
    <svg width="100%" height={HEIGHT} aria-hidden="true">
      {scale.ticks.map(({ x, middle }) => (
        <line
          key={x}
          x1={percent(x)}
          x2={percent(x)}
          y1="0"
          y2={HEIGHT}
          class={middle ? "grid faint" : "grid"}
        />
      ))}
      {changes.map((change, n) => (
        <Held
          key={n}
          change={change}
          next={changes[n + 1]}
          beside={
            changes.slice(0, n).filter(({ on }) => on && on.earliest === change.on?.earliest && !isVague(on))
              .length
          }
          scale={scale}
          id={id}
        />
      ))}
    </svg>
  );
}

/** A stance from when it was taken until the next one: hatching while it may not have been, then a line. */
function Held({
  change: { stance, on },
  next,
  beside,
  scale,
  id,
}: {
  change: Lane["changes"][number];
  next: Lane["changes"][number] | undefined;
  /** How many marks stand on the same day before it. */
  beside: number;
  scale: Scale;
  id: string;
}) {
  const shape = shapeOf(stance);
  const from = on?.earliest ? scale.at(instantOf(on.earliest)) : 0;
  const vague = !on || isVague(on);
  const ends = next ? (next.on?.earliest ? scale.at(instantOf(next.on.earliest)) : TO_SCALE) : 100;
  // Where a date may lie beyond what is drawn, the word stands certainly on no day of it.
  const open = on && !(on.latest && instantOf(on.latest) < scale.until);
  const certain = open ? ends : on?.latest ? scale.at(instantOf(on.latest) + DAY) : from;
  // A known day is a mark in its middle.
  const mark = vague ? undefined : (from + certain) / 2;
  const begins = mark ?? certain;
  return (
    <>
      {vague && certain > from && (
        <rect
          x={percent(from)}
          y={MIDDLE - 6}
          width={percent(certain - from)}
          height="12"
          fill={`url(#${id}-${shape})`}
          class="span"
        />
      )}
      {on && !on.earliest && (
        <svg x="0%" y={MIDDLE} overflow="visible">
          <path d="M7 -5 L0 0 L7 5" class={`open ${shape}`} />
        </svg>
      )}
      {!on && (
        <line
          x1="0%"
          x2={percent(next ? Math.min(ends, TO_SCALE) : 100)}
          y1={MIDDLE}
          y2={MIDDLE}
          class={`line ${shape} unknown`}
        />
      )}
      {!on && !next && stance !== "WITHDRAWN" && <Goes to={100} shape={shape} broken={scale.broken} />}
      {on && ends > begins && stance !== "WITHDRAWN" && (
        <Line from={begins} to={ends} shape={shape} broken={!next && scale.broken} />
      )}
      {mark !== undefined && (
        <svg x={percent(mark)} y={MIDDLE - 7} overflow="visible">
          <svg x={-7 + SHIFT * beside} width="14" height="14">
            <rect width="14" height="14" class="ground" />
            <Strokes shape={shape} />
          </svg>
        </svg>
      )}
    </>
  );
}

function Line({
  from,
  to,
  shape,
  broken,
}: {
  from: number;
  to: number;
  shape: "yes" | "no" | "none";
  broken: boolean;
}) {
  // A rejection is a double line: it is told apart without its colour.
  const heights = shape === "no" ? [MIDDLE - 2, MIDDLE + 2] : [MIDDLE];
  return (
    <>
      {heights.map((y) => (
        <line key={y} x1={percent(from)} x2={percent(to)} y1={y} y2={y} class={`line ${shape}`} />
      ))}
      <Goes to={to} shape={shape} broken={broken} />
    </>
  );
}

/** That a line goes on, and that time is left out of it. */
function Goes({ to, shape, broken }: { to: number; shape: "yes" | "no" | "none"; broken: boolean }) {
  return (
    <>
      {to === 100 && (
        <svg x="100%" y={MIDDLE} overflow="visible">
          <path d="M-7 -5 L0 0 L-7 5" class={`open ${shape}`} />
        </svg>
      )}
      {broken && (
        <svg x={percent(BREAK)} y={MIDDLE} overflow="visible">
          <rect x="-4" y="-4" width="8" height="8" class="ground" />
          <path d="M-4 6 L0 -6 M0 6 L4 -6" class="open soft" />
        </svg>
      )}
    </>
  );
}
