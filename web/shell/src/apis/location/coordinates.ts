/**
 * WGS-84 to GCJ-02, the system that maps of China are drawn in. Outside China both are the same.
 * The constants are those of the Krasovsky 1940 ellipsoid; the series is the well-known published one.
 */
const radius = 6_378_245;
const eccentricity = 0.006_693_421_622_965_943;

export interface Coordinates {
  latitude: number;
  longitude: number;
}

export function toChina(latitude: number, longitude: number): Coordinates {
  if (isOutside(latitude, longitude)) return { latitude, longitude };
  const [x, y] = [longitude - 105, latitude - 35];
  const radians = (latitude / 180) * Math.PI;
  const magic = 1 - eccentricity * Math.sin(radians) ** 2;
  const root = Math.sqrt(magic);
  const north = (latitudeShift(x, y) * 180) / (((radius * (1 - eccentricity)) / (magic * root)) * Math.PI);
  const east = (longitudeShift(x, y) * 180) / ((radius / root) * Math.cos(radians) * Math.PI);
  return { latitude: latitude + north, longitude: longitude + east };
}

function isOutside(latitude: number, longitude: number): boolean {
  return longitude < 72.004 || longitude > 137.8347 || latitude < 0.8293 || latitude > 55.8271;
}

/** Amplitudes and periods that both series share. */
function ripple(value: number): number {
  return ((20 * Math.sin(6 * value * Math.PI) + 20 * Math.sin(2 * value * Math.PI)) * 2) / 3;
}

function latitudeShift(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  const long = ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3;
  const longest = ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
  return base + ripple(x) + long + longest;
}

function longitudeShift(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  const long = ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3;
  const longest = ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
  return base + ripple(x) + long + longest;
}
