/** Arcs from one place to another. */
import { bearing, distance, offset, type Place } from './geo';

/** Points of an arc from one place to another that bulges by an angle, or goes through a third place. */
export function arcPoints(start: Place, end: Place, angle: number, through: Place | undefined): Place[] {
  const count = 48;
  const middle = { longitude: (start.longitude + end.longitude) / 2, latitude: (start.latitude + end.latitude) / 2 };
  const half = distance(start, end) / 2;
  const bulge = Math.tan(((Math.abs(angle) % 180) * Math.PI) / 360) * half;
  const apex = through ?? offset(middle, bulge, bearing(start, end) + (angle < 0 ? 90 : -90));
  const control = { longitude: 2 * apex.longitude - middle.longitude, latitude: 2 * apex.latitude - middle.latitude };
  return Array.from({ length: count + 1 }, (_, index) => {
    const t = index / count;
    const mix = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c;
    return {
      longitude: mix(start.longitude, control.longitude, end.longitude),
      latitude: mix(start.latitude, control.latitude, end.latitude),
    };
  });
}
