import { geoCircle } from "d3-geo";
import { type Box, boxAt, type Label, namesIn, widthOf } from "../map/names.js";
import {
  bordersOf,
  countryAt,
  drawn,
  EARTH_KM,
  HEIGHT,
  landOf,
  outlineOf,
  type View,
  viewAround,
  viewOf,
  WIDTH,
} from "../map/view.js";
import type { World } from "../map/world.js";

export { loadWorld, type World } from "../map/world.js";

export interface MappedPlace {
  readonly name: string | null;
  readonly countryCode: string | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly precision: "EXACT" | "SETTLEMENT" | "DISTRICT" | "REGION" | "COUNTRY";
}

/** How wide a view is, and how far around its middle a place may reach. */
const REACH = {
  EXACT: { width: 1200, radius: 0 },
  SETTLEMENT: { width: 1200, radius: 0 },
  DISTRICT: { width: 1500, radius: 75 },
  REGION: { width: 1500, radius: 150 },
  // Only for a country that the atlas does not have.
  COUNTRY: { width: 1500, radius: 150 },
} as const;

/** A longer name stands in the text of the page only. */
const LONGEST_NAME = 20;

/** A country that takes less than this is ringed, or nobody would find it. */
const SMALL = 12;

/** In kilometres. */
const BAR = 200;

/** Beyond this width one bar does not measure the whole drawing. */
const BAR_UNTIL = 3000;

/**
 * Where a place lies. A spot is a dot in a ring. Hatching covers what is not known more exactly: a circle around the
 * middle of a district or region, or a whole country. Letters, dots and lines keep their size when the map is scaled.
 *
 * @param id begins the ids inside the drawing; no other drawing of the page may have it
 * @param language a BCP 47 tag, for the names of countries and the scale
 */
export function PlaceMap({
  id,
  place,
  words,
  world,
  language = "en",
}: {
  id: string;
  place: MappedPlace;
  words: { readonly label: string; readonly note: string };
  world: World;
  language?: string;
}) {
  const { latitude, longitude, precision, name } = place;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  const country =
    precision === "COUNTRY" ? countryAt(world.fine, place.countryCode, longitude, latitude) : undefined;
  const { width, radius } = REACH[precision];
  const view = country ? viewOf(world, country) : viewAround(world.fine, longitude, latitude, width);
  const spot = !country && radius === 0;
  const vague = country ? outlineOf(view, country) : spot ? "" : circleOf(view, longitude, latitude, radius);
  const ring = country ? smallRing(view, Math.max(...country.pieces.map((piece) => piece.radius))) : null;
  const named = !country && name && [...name].length <= LONGEST_NAME ? name : null;
  const nameAt = { x: WIDTH / 2, y: HEIGHT / 2 - (spot ? 26 : radius / view.km + 18) };
  const scaled = view.km * WIDTH <= BAR_UNTIL;
  const taken: Box[] = [
    ...(country ? [] : [boxAt(WIDTH / 2, HEIGHT / 2, 36)]),
    ...(named ? [boxAt(nameAt.x, nameAt.y, widthOf(named))] : []),
    ...(scaled ? [{ left: 0, right: BAR / view.km + 40, top: HEIGHT - 56, bottom: HEIGHT }] : []),
  ];
  return (
    <figure class="map">
      <svg class="map-view" width="100%" role="img" aria-label={words.label}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" height="100%" aria-hidden="true">
          <defs>
            <pattern
              id={`${id}-hatch`}
              width="5"
              height="5"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(30)"
            >
              <path d="M2.5 0V5" class="map-stroke" />
            </pattern>
          </defs>
          <path class="map-land" d={landOf(view)} vector-effect="non-scaling-stroke" />
          <path class="map-border" d={bordersOf(view)} vector-effect="non-scaling-stroke" />
          {vague && (
            <path class="map-vague" d={vague} fill={`url(#${id}-hatch)`} vector-effect="non-scaling-stroke" />
          )}
        </svg>
        {scaled && <Scale km={view.km} language={language} />}
        {namesIn(view, language, taken).map((label) => (
          <Name key={label.text} label={label} of="country" />
        ))}
        {spot && (
          <>
            <circle cx="50%" cy="50%" r="9" class="map-ring" />
            <circle cx="50%" cy="50%" r="4" class="map-dot" />
          </>
        )}
        {ring && <circle cx={ring.cx} cy={ring.cy} r="12" class="map-ring" />}
        {named && <Name label={{ text: named, ...nameAt }} of="place" />}
      </svg>
      <figcaption>{words.note}</figcaption>
    </figure>
  );
}

function circleOf({ projection }: View, longitude: number, latitude: number, km: number): string {
  const circle = geoCircle()
    .center([longitude, latitude])
    .radius((km / EARTH_KM) * (180 / Math.PI));
  return drawn(projection, circle());
}

/** Around a country that is too small to see; its view has it in the middle. */
function smallRing(view: View, radius: number): { cx: string; cy: string } | null {
  return (radius * EARTH_KM) / view.km < SMALL ? { cx: "50%", cy: "50%" } : null;
}

const percent = (part: number, whole: number): string => `${Math.round((part / whole) * 1000) / 10}%`;

function Name({ label: { text, x, y }, of }: { label: Label; of: "country" | "place" }) {
  return (
    <text
      x={percent(x, WIDTH)}
      y={percent(y, HEIGHT)}
      dy=".35em"
      text-anchor="middle"
      class={`map-name ${of}`}
    >
      {text}
    </text>
  );
}

/** How long a distance is on the map. */
function Scale({ km, language }: { km: number; language: string }) {
  const format = new Intl.NumberFormat(language, { style: "unit", unit: "kilometer" });
  return (
    <svg x="12" y="100%" width="100%" height="1" overflow="visible" aria-hidden="true">
      <line x1="0" x2={percent(BAR / km, WIDTH)} y1="-10" y2="-10" class="map-scale" />
      <text x="0" y="-16" class="map-name">
        {format.format(BAR)}
      </text>
    </svg>
  );
}
