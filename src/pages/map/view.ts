import {
  type GeoPermissibleObjects,
  type GeoProjection,
  geoAzimuthalEqualArea,
  geoContains,
  geoPath,
} from "d3-geo";
import { merge, mesh } from "topojson-client";
import {
  type Atlas,
  angleBetween,
  type Country,
  type Piece,
  shapeOf,
  vectorOf,
  type World,
} from "./world.js";

/** The units of a drawing. On a page it is as wide as its figure. */
export const WIDTH = 480;
export const HEIGHT = 320;

export const EARTH_KM = 6371;

/** Points nearer than this to the one before are left out. */
const DETAIL = 1.5;

/** Pieces of a country that are farther apart than this do not share a view. */
const GAP_KM = 500;

/** A country is never shown in a view that is narrower than this. */
const NARROWEST_KM = 600;

/** A wider view of a country is drawn with less detail. */
const COARSE_KM = 2400;

/** What a map shows, and how it is put on paper. */
export interface View {
  readonly atlas: Atlas;
  readonly projection: GeoProjection;
  readonly pieces: readonly Piece[];
  /** The unit of the drawing, in kilometres. */
  readonly km: number;
}

/** A view of a width in kilometres around a point. */
export function viewAround(atlas: Atlas, longitude: number, latitude: number, widthKm: number): View {
  const projection = geoAzimuthalEqualArea()
    .rotate([-longitude, -latitude])
    .translate([WIDTH / 2, HEIGHT / 2])
    .scale((WIDTH * EARTH_KM) / widthKm);
  return cut(atlas, projection);
}

/** A view of a country: its largest piece, and what lies near to it. */
export function viewOf(world: World, country: Country): View {
  const main = mainland(country);
  const [largest] = main;
  if (!largest) return viewAround(world.fine, 0, 0, NARROWEST_KM);
  const [x, y, z] = largest.centre;
  const degrees = 180 / Math.PI;
  const [longitude, latitude] = [Math.atan2(y, x) * degrees, Math.asin(z) * degrees];
  const projection = geoAzimuthalEqualArea().rotate([-longitude, -latitude]);
  const margin = 24;
  projection.fitExtent(
    [
      [margin, margin],
      [WIDTH - margin, HEIGHT - margin],
    ],
    shapeOf(world.fine.topology, main),
  );
  const width = (WIDTH * EARTH_KM) / projection.scale();
  if (width < NARROWEST_KM) {
    return viewAround(world.fine, longitude, latitude, NARROWEST_KM);
  }
  return cut(width > COARSE_KM && has(world.coarse, country) ? world.coarse : world.fine, projection);
}

/** In two atlases; their names differ at times. */
const sameCountry = (one: Country, other: Country): boolean =>
  one.code === null || other.code === null ? one.name === other.name : one.code === other.code;

/** Small countries are in the fine atlas only. */
const has = (atlas: Atlas, country: Country): boolean =>
  atlas.countries.some((one) => sameCountry(one, country));

function mainland(country: Country): Piece[] {
  const left = [...country.pieces].sort((one, other) => other.radius - one.radius);
  const main = left.splice(0, 1);
  const near = (piece: Piece) =>
    main.some(
      (one) => angleBetween(one.centre, piece.centre) - one.radius - piece.radius < GAP_KM / EARTH_KM,
    );
  for (let at = left.findIndex(near); at >= 0; at = left.findIndex(near)) main.push(...left.splice(at, 1));
  return main;
}

/** Cuts the sphere to a circle around the view, before anything is projected, and the drawing to the view. */
function cut(atlas: Atlas, projection: GeoProjection): View {
  const [x, y] = projection.translate();
  const farthest = Math.hypot(Math.max(x, WIDTH - x) + 8, Math.max(y, HEIGHT - y) + 8);
  const reach = 2 * Math.asin(Math.min(1, farthest / (2 * projection.scale())));
  projection.clipAngle(Math.min(179.9, (reach * 180) / Math.PI)).clipExtent([
    [-4, -4],
    [WIDTH + 4, HEIGHT + 4],
  ]);
  const [longitude, latitude] = projection.rotate();
  const middle = vectorOf(-longitude, -latitude);
  const pieces = atlas.countries.flatMap((country) =>
    country.pieces.filter((piece) => angleBetween(piece.centre, middle) < piece.radius + reach),
  );
  return { atlas, projection, pieces, km: EARTH_KM / projection.scale() };
}

/** The country of a code, or else the one that holds the point. */
export function countryAt(
  atlas: Atlas,
  code: string | null,
  longitude: number,
  latitude: number,
): Country | undefined {
  const point = vectorOf(longitude, latitude);
  const coded = atlas.countries.filter((country) => country.code !== null && country.code === code);
  return (
    coded.sort((one, other) => other.pieces.length - one.pieces.length)[0] ??
    atlas.countries.find((country) =>
      country.pieces.some(
        (piece) =>
          angleBetween(piece.centre, point) <= piece.radius &&
          geoContains(shapeOf(atlas.topology, [piece]), [longitude, latitude]),
      ),
    )
  );
}

export const landOf = ({ atlas, pieces, projection }: View): string =>
  drawn(projection, merge(atlas.topology, [...pieces]));

export const bordersOf = ({ atlas, pieces, projection }: View): string =>
  drawn(
    projection,
    mesh(
      atlas.topology,
      { type: "GeometryCollection", geometries: [...pieces] },
      (one, other) => one !== other,
    ),
  );

/** The outline of a country, as the view's atlas has it. */
export function outlineOf({ atlas, pieces, projection }: View, country: Country): string {
  const same = pieces.filter((piece) => sameCountry(piece.country, country));
  return drawn(projection, shapeOf(atlas.topology, same));
}

/** A path with one decimal, each point given from the one before. Islands too small to see are left out. */
export function drawn(projection: GeoProjection, shape: GeoPermissibleObjects): string {
  return linesOf(projection, shape).map(written).join("");
}

export interface Line {
  readonly points: [number, number][];
  closed: boolean;
}

/** The lines of a shape in units of the drawing. */
export function linesOf(projection: GeoProjection, shape: GeoPermissibleObjects): Line[] {
  const lines: Line[] = [];
  geoPath(projection, {
    beginPath() {},
    moveTo: (x, y) => void lines.push({ points: [[x, y]], closed: false }),
    lineTo: (x, y) => void lines.at(-1)?.points.push([x, y]),
    closePath() {
      const line = lines.at(-1);
      if (line) line.closed = true;
    },
    arc() {},
  })(shape);
  return lines;
}

function written({ points, closed }: Line): string {
  let [[x, y] = [0, 0]] = points;
  [x, y] = [Math.round(x * 10), Math.round(y * 10)];
  let path = "";
  let count = 1;
  const start = `M${x / 10},${y / 10}`;
  points.forEach(([nextX, nextY], at) => {
    const [right, down] = [Math.round(nextX * 10) - x, Math.round(nextY * 10) - y];
    const last = at === points.length - 1 && !closed;
    if (at === 0 || (Math.hypot(right, down) < DETAIL * 10 && !last) || (right === 0 && down === 0)) return;
    path += `${count === 1 ? "l" : right < 0 ? "" : " "}${short(right)}${down < 0 ? "" : ","}${short(down)}`;
    [x, y] = [x + right, y + down];
    count += 1;
  });
  if (closed ? count < 3 : count < 2) return "";
  return `${start}${path}${closed ? "Z" : ""}`;
}

/** Tenths as a number without the zero before its point. */
const short = (tenths: number): string => String(tenths / 10).replace(/^(-?)0\./, "$1.");
