import { LRUCache } from "lru-cache";
import { renderToString } from "preact-render-to-string";
import { loadWorld, type MappedPlace, PlaceMap } from "../components/place-map.js";
import type { Locale } from "../locale.js";

/** So many drawings are kept: a map takes as long to draw as all else of its page. */
const drawings = new LRUCache<string, string>({ max: 200 });

/** The map of a place, as HTML; nothing where nobody knows where the place is. */
export async function mapOf(
  { tag, words }: Locale,
  place: { [name in keyof MappedPlace]: MappedPlace[name] | null } | null,
): Promise<string | undefined> {
  // Where nobody recorded how exact a place is, a drawing would state it.
  if (place?.latitude == null || place.longitude == null || !place.precision) return undefined;
  const { name, countryCode, latitude, longitude, precision } = place;
  const mapped = { name, countryCode, latitude, longitude, precision };
  const key = JSON.stringify([tag, mapped]);
  const known = drawings.get(key);
  if (known !== undefined) return known;
  const drawing = renderToString(
    <PlaceMap
      id="map"
      place={mapped}
      words={{ label: words.mapLabel(name ?? `${latitude}, ${longitude}`), note: words.mapNote }}
      world={await loadWorld()}
      language={tag}
    />,
  );
  drawings.set(key, drawing);
  return drawing;
}
