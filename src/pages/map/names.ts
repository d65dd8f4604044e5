import { HEIGHT, type Line, linesOf, type View, WIDTH } from "./view.js";
import { type Country, shapeOf } from "./world.js";

/** Letters keep their size while the drawing shrinks. These are units of the drawing on the narrowest page. */
const LETTER = 10.5;
const TALL = 22;
const EDGE = 8;

/** At most so many countries are named. */
const MOST = 6;

export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const widthOf = (text: string): number => [...text].length * LETTER;

/** Names of countries where they fit inside their country and touch nothing else, the roomiest first. */
export function namesIn(view: View, language: string, taken: readonly Box[]): Label[] {
  const countries = new Map<Country, Line[]>();
  for (const piece of view.pieces) {
    const lines = linesOf(view.projection, shapeOf(view.atlas.topology, [piece]));
    if (lines.length > 0) countries.set(piece.country, [...(countries.get(piece.country) ?? []), ...lines]);
  }
  const boxes = [...taken];
  const labels: (Label & { readonly room: number })[] = [];
  const wanted = [...countries].map(([country, lines]) => ({ text: nameOf(country, language), lines }));
  for (const { text, lines } of wanted.sort((one, other) => size(other.lines) - size(one.lines))) {
    const spot = labels.length < MOST && spotFor(widthOf(text), lines, boxes);
    if (spot) {
      labels.push({ text, ...spot });
      boxes.push(boxAt(spot.x, spot.y, widthOf(text)));
    }
  }
  return labels.map(({ text, x, y }) => ({ text, x, y }));
}

function nameOf({ code, name }: Country, language: string): string {
  return (code && new Intl.DisplayNames([language], { type: "region", fallback: "none" }).of(code)) || name;
}

export const boxAt = (x: number, y: number, width: number): Box => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - TALL / 2,
  bottom: y + TALL / 2,
});

/** The widest free stretch of a country that holds a name. */
function spotFor(width: number, lines: readonly Line[], taken: readonly Box[]) {
  let best: { x: number; y: number; room: number } | undefined;
  for (let y = EDGE + TALL / 2; y <= HEIGHT - EDGE - TALL / 2; y += 6) {
    const [upper, lower] = [inside(lines, y - TALL / 2), inside(lines, y + TALL / 2)];
    for (const [left, right] of inside(lines, y)) {
      for (const [upperLeft, upperRight] of upper) {
        for (const [lowerLeft, lowerRight] of lower) {
          const from = Math.max(left, upperLeft, lowerLeft, EDGE);
          const to = Math.min(right, upperRight, lowerRight, WIDTH - EDGE);
          for (const x of [(from + to) / 2, from + width / 2 + 4, to - width / 2 - 4]) {
            const room = Math.min(x - from, to - x) * 2 - width;
            const free = !taken.some((box) => overlap(box, boxAt(x, y, width)));
            if (room >= 0 && free && (!best || room > best.room)) best = { x, y, room };
          }
        }
      }
    }
  }
  return best;
}

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** The stretches of a row that lie inside closed lines. */
function inside(lines: readonly Line[], y: number): [number, number][] {
  const crossings: number[] = [];
  for (const { points } of lines) {
    points.forEach(([x, height], at) => {
      const [nextX, nextHeight] = points[(at + 1) % points.length] ?? [x, height];
      if (height > y !== nextHeight > y)
        crossings.push(x + ((y - height) / (nextHeight - height)) * (nextX - x));
    });
  }
  crossings.sort((one, other) => one - other);
  const stretches: [number, number][] = [];
  for (let at = 0; at + 1 < crossings.length; at += 2) stretches.push([crossings[at]!, crossings[at + 1]!]);
  return stretches;
}

function size(lines: readonly Line[]): number {
  let twice = 0;
  for (const { points } of lines) {
    points.forEach(([x, y], at) => {
      const [nextX, nextY] = points[(at + 1) % points.length] ?? [x, y];
      twice += x * nextY - nextX * y;
    });
  }
  return Math.abs(twice);
}
