import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { loadWorld, type MappedPlace, PlaceMap, type World } from "../../src/pages/components/place-map.js";

const words = { label: "Map of the place", note: "Borders: Natural Earth." };
const moscow: MappedPlace = {
  name: "Moscow",
  countryCode: "RU",
  latitude: 55.75,
  longitude: 37.62,
  precision: "SETTLEMENT",
};

let world: World;
beforeAll(async () => {
  world = await loadWorld();
});

const draw = (place: Partial<MappedPlace>, id = "map", language?: string) =>
  renderToString(h(PlaceMap, { id, words, world, place: { ...moscow, name: null, ...place }, language }));
const at = (latitude: number, longitude: number) => ({ latitude, longitude });
const pathOf = (html: string, name: string) => new RegExp(`class="map-${name}" d="([^"]*)"`).exec(html)?.[1];

test("the atlas is read once", () => {
  expect(loadWorld()).toBe(loadWorld());
});

test("a settlement is a dot in a ring, and nothing is hatched", () => {
  const html = draw({ name: "Moscow" });
  expect(html).toContain('class="map-dot"');
  expect(html).toContain('class="map-ring"');
  expect(html).not.toContain("map-vague");
  expect(html).toContain(">Moscow</text>");
  expect(html).toContain('role="img" aria-label="Map of the place"');
  expect(html).toContain("<figcaption>Borders: Natural Earth.</figcaption>");
});

test.each([
  ["DISTRICT", 75],
  ["REGION", 150],
] as const)("a %s is a hatched circle of %d km, and no dot", (precision, km) => {
  const html = draw({ ...at(51.73, 36.19), precision });
  expect(html).not.toContain("map-dot");
  expect(html).toContain('fill="url(#map-hatch)"');
  const xs = [...absolute(pathOf(html, "vague") ?? "")].map(([x]) => x);
  expect(Math.max(...xs) - Math.min(...xs)).toBeCloseTo((2 * km * 480) / 1500, 0);
});

test("a country is hatched as a whole, and has no dot", () => {
  const russia = draw({ ...at(61.5, 105.3), precision: "COUNTRY" });
  expect(russia).not.toContain("map-dot");
  expect(russia).not.toContain("map-ring");
  const xs = absolute(pathOf(russia, "vague") ?? "").map(([x]) => x);
  expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(240);
});

test("a country too small to see is ringed", () => {
  expect(draw({ ...at(41.9, 12.45), countryCode: "VA", precision: "COUNTRY" })).toContain("map-ring");
});

test.each([null, "ZZ", "r"])(
  "with the code %p, the country is the one that holds the point",
  (countryCode) => {
    const place = { ...at(48.5, 31), precision: "COUNTRY" } as const;
    expect(pathOf(draw({ ...place, countryCode }), "vague")).toBe(
      pathOf(draw({ ...place, countryCode: "UA" }), "vague"),
    );
  },
);

test("a country that is nowhere is a hatched circle", () => {
  const html = draw({ ...at(0, -30), countryCode: "ZZ", precision: "COUNTRY" });
  expect(pathOf(html, "vague")).toMatch(/^M/);
});

test.each([
  [0, 0],
  [-18.14, 178.44],
  [65, 179.9],
  [65, -180],
  [89, 0],
  [90, 0],
  [-90, 0],
  [41.9, 12.45],
  [60, 6],
  [-50, -74],
])("%d, %d is drawn small and in numbers", (latitude, longitude) => {
  for (const precision of ["EXACT", "REGION", "COUNTRY"] as const) {
    const html = draw({ ...at(latitude, longitude), countryCode: null, precision });
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
    expect(html.length).toBeLessThan(precision === "COUNTRY" ? 20_000 : 12_000);
  }
});

test("every country is drawn small and in numbers", () => {
  for (const { code, name } of world.fine.countries) {
    const html = draw({ ...at(0, 0), countryCode: code, precision: "COUNTRY" });
    expect({ name, numbers: !/NaN|Infinity|undefined/.test(html), small: html.length < 20_000 }).toEqual({
      name,
      numbers: true,
      small: true,
    });
  }
});

test("land does not end at the antimeridian", () => {
  const east = draw(at(67, 179.9));
  const west = draw(at(67, -179.9));
  const xs = absolute(pathOf(east, "land") ?? "").map(([x]) => x);
  expect(Math.min(...xs)).toBeLessThan(200);
  expect(Math.max(...xs)).toBeGreaterThan(280);
  expect(pathOf(west, "land")).toMatch(/^M/);
});

test.each([
  [Number.NaN, 0],
  [0, Number.POSITIVE_INFINITY],
  [91, 0],
  [0, 181],
])("nothing is drawn of %d, %d", (latitude, longitude) => {
  expect(draw(at(latitude, longitude))).toBe("");
});

test("ids begin with the one of the drawing", () => {
  const ids = (html: string) => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids(draw({ precision: "REGION" }, "one"))).toEqual(["one-hatch"]);
  expect(ids(draw({ precision: "REGION" }, "other"))).toEqual(["other-hatch"]);
});

test("countries are named in the language of the page", () => {
  expect(draw(at(51.5, 22), "map", "en")).toContain(">Poland</text>");
  expect(draw(at(51.5, 22), "map", "de")).toContain(">Polen</text>");
});

test("names are text, whatever they contain, and a long one is left to the page", () => {
  expect(draw({ name: "<script>x</script>" })).toContain(">&lt;script>x&lt;/script></text>");
  expect(draw({ name: "<b>".repeat(40) })).not.toContain("&lt;b");
});

test("the page asks nobody for anything, and carries no styles of its own", () => {
  for (const precision of ["EXACT", "REGION", "COUNTRY"] as const) {
    expect(draw({ precision })).not.toMatch(/https?:|style|href/);
  }
});

/** The points of a path. */
function absolute(path: string): [number, number][] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([Ml]?) ?(-?[\d.]+),?(-?[\d.]+)/g)].map(([, kind, right, down]) => {
    [x, y] = kind === "M" ? [Number(right), Number(down)] : [x + Number(right), y + Number(down)];
    return [x, y];
  });
}
