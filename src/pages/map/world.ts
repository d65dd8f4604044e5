import type { MultiPolygon as Shape } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Polygon, Topology } from "topojson-specification";

/** A point or a direction, as a vector of length one. */
type Vector = readonly [number, number, number];

/** A part of a country in one piece, and the circle on the sphere that holds it. */
export interface Piece extends Polygon {
  readonly country: Country;
  readonly centre: Vector;
  /** In radians. */
  readonly radius: number;
}

export interface Country {
  /** ISO 3166-1 alpha-2, or null where the atlas has no number for it. */
  readonly code: string | null;
  /** In English, shortened at times. */
  readonly name: string;
  readonly pieces: Piece[];
}

/** The countries of the world in one degree of detail. */
export interface Atlas {
  readonly topology: Topology;
  readonly countries: readonly Country[];
}

/** What maps are drawn from. */
export interface World {
  /** For views of a region. */
  readonly fine: Atlas;
  /** For views of a continent. */
  readonly coarse: Atlas;
}

let loaded: Promise<World> | undefined;

/** Reads the atlas, once. It takes a few megabytes, so nothing reads it before the first map. */
export function loadWorld(): Promise<World> {
  loaded ??= read().catch((error) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function read(): Promise<World> {
  const [fine, coarse] = await Promise.all([
    import("world-atlas/countries-50m.json", { with: { type: "json" } }),
    import("world-atlas/countries-110m.json", { with: { type: "json" } }),
  ]);
  return { fine: atlasOf(fine.default), coarse: atlasOf(coarse.default) };
}

function atlasOf(json: unknown): Atlas {
  const topology = json as Topology<{ countries: GeometryCollection }>;
  const countries = topology.objects.countries.geometries.map((geometry): Country => {
    const code = geometry.id === undefined ? null : codeOf(geometry.id);
    const country: Country = { code, name: nameOf(geometry.properties), pieces: [] };
    const polygons =
      geometry.type === "Polygon" ? [geometry.arcs] : geometry.type === "MultiPolygon" ? geometry.arcs : [];
    for (const arcs of polygons) {
      const [rings] = shapeOf(topology, [{ type: "Polygon", arcs }]).coordinates;
      country.pieces.push({ type: "Polygon", arcs, country, ...circleAround(rings?.[0] ?? []) });
    }
    return country;
  });
  return { topology, countries };
}

function nameOf(properties: object | undefined): string {
  return properties && "name" in properties ? String(properties.name) : "";
}

/** CLDR has the letters for each number of ISO 3166-1. */
function codeOf(number: string | number): string | null {
  const [tag = ""] = Intl.getCanonicalLocales(`und-${String(number).padStart(3, "0")}`);
  return /^und-[A-Z]{2}$/.test(tag) ? tag.slice(4) : null;
}

/** Polygons as longitudes and latitudes. */
export function shapeOf(topology: Topology, polygons: readonly Polygon[]): Shape {
  const coordinates = polygons.map(({ arcs }) => {
    const polygon: Polygon = { type: "Polygon", arcs };
    return feature(topology, polygon).geometry.coordinates;
  });
  return { type: "MultiPolygon", coordinates };
}

function circleAround(ring: readonly number[][]): { centre: Vector; radius: number } {
  const vectors = ring.map(([longitude = 0, latitude = 0]) => vectorOf(longitude, latitude));
  const sum = [0, 1, 2].map((axis) => vectors.reduce((total, vector) => total + vector[axis]!, 0));
  const length = Math.hypot(...sum) || 1;
  const centre: Vector = [sum[0]! / length, sum[1]! / length, sum[2]! / length];
  return { centre, radius: Math.max(0, ...vectors.map((vector) => angleBetween(centre, vector))) };
}

export function vectorOf(longitude: number, latitude: number): Vector {
  const [east, north] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
  return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)];
}

/** In radians. */
export function angleBetween(one: Vector, other: Vector): number {
  return Math.acos(Math.max(-1, Math.min(1, one[0] * other[0] + one[1] * other[1] + one[2] * other[2])));
}
