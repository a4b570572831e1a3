/**
 * Places and distances. The dialect's coordinates are gcj02, the offset grid that maps of China are drawn in; land and
 * tiles are WGS 84 unless the operator says otherwise. Everything inside the map is in the datum of its tiles.
 */

export interface Place {
  longitude: number;
  latitude: number;
}

export type Datum = 'wgs84' | 'gcj02';

/** Edge of the world at zoom 0, CSS pixels: the dialect's scale counts tiles of 256. */
export const worldSize = 256;
const highestLatitude = 85.051129;
export const earthRadius = 6_371_008.8;
const radians = Math.PI / 180;

/** Web Mercator, 0 to 1 from the north-west corner. */
export function toUnit({ longitude, latitude }: Place): { x: number; y: number } {
  const bounded = Math.max(-highestLatitude, Math.min(highestLatitude, latitude));
  const sine = Math.sin(bounded * radians);
  return { x: longitude / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}

export function fromUnit({ x, y }: { x: number; y: number }): Place {
  const latitude = (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) / radians;
  return { longitude: (x - 0.5) * 360, latitude };
}

/** Metres between two places. */
export function distance(from: Place, to: Place): number {
  const across = (to.longitude - from.longitude) * radians;
  const up = (to.latitude - from.latitude) * radians;
  const sine =
    Math.sin(up / 2) ** 2 +
    Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians) * Math.sin(across / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(sine)));
}

/** Degrees clockwise from north. */
export function bearing(from: Place, to: Place): number {
  const across = (to.longitude - from.longitude) * radians;
  const start = from.latitude * radians;
  const end = to.latitude * radians;
  const y = Math.sin(across) * Math.cos(end);
  const x = Math.cos(start) * Math.sin(end) - Math.sin(start) * Math.cos(end) * Math.cos(across);
  return (Math.atan2(y, x) / radians + 360) % 360;
}

/** The place at a distance in metres and a bearing in degrees. */
export function offset(from: Place, metres: number, direction: number): Place {
  const angle = metres / earthRadius;
  const latitude = from.latitude * radians;
  const toward = direction * radians;
  const sine = Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(toward);
  const across = Math.atan2(
    Math.sin(toward) * Math.sin(angle) * Math.cos(latitude),
    Math.cos(angle) - Math.sin(latitude) * sine,
  );
  return { longitude: from.longitude + across / radians, latitude: Math.asin(sine) / radians };
}

/** A place from data of an app; undefined for what is none. */
export function placeOf(value: unknown): Place | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { longitude, latitude } = value as Record<string, unknown>;
  const place = { longitude: Number(longitude), latitude: Number(latitude) };
  const known = longitude !== undefined && latitude !== undefined && longitude !== null && latitude !== null;
  const real = Number.isFinite(place.longitude) && Number.isFinite(place.latitude);
  return known && real && Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 540 ? place : undefined;
}

export function placesOf(value: unknown): Place[] {
  return (Array.isArray(value) ? value : []).flatMap((entry) => placeOf(entry) ?? []);
}

const semiMajor = 6_378_245;
const eccentricity = 0.006_693_421_622_965_943;

/** The offset grid holds in and around China only. */
function inGrid({ longitude, latitude }: Place): boolean {
  return longitude >= 72.004 && longitude <= 137.8347 && latitude >= 0.8293 && latitude <= 55.8271;
}

function shift({ longitude, latitude }: Place): { longitude: number; latitude: number } {
  const x = longitude - 105;
  const y = latitude - 35;
  const waves = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3);
  const up =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + waves +
    (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3) +
    (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3);
  const across =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + waves +
    (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3) +
    (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3);
  const angle = latitude * radians;
  const flat = 1 - eccentricity * Math.sin(angle) ** 2;
  return {
    latitude: (up * 180) / (((semiMajor * (1 - eccentricity)) / (flat * Math.sqrt(flat))) * Math.PI),
    longitude: (across * 180) / ((semiMajor / Math.sqrt(flat)) * Math.cos(angle) * Math.PI),
  };
} // biome-ignore format: sums of terms

export function toGcj02(place: Place): Place {
  if (!inGrid(place)) return place;
  const moved = shift(place);
  return { longitude: place.longitude + moved.longitude, latitude: place.latitude + moved.latitude };
}

/** The way back has no formula: it is found by a few steps, to less than a centimetre. */
export function fromGcj02(place: Place): Place {
  if (!inGrid(place)) return place;
  let guess = place;
  for (let step = 0; step < 4; step += 1) {
    const there = toGcj02(guess);
    guess = {
      longitude: guess.longitude + place.longitude - there.longitude,
      latitude: guess.latitude + place.latitude - there.latitude,
    };
  }
  return guess;
}
