import { describe, expect, it } from 'vitest';
import { arcPoints } from './arc';
import { Clusters } from './clusters';
import { bearing, distance, fromGcj02, fromUnit, offset, placeOf, placesOf, toGcj02, toUnit } from './geo';
import type { Pin } from './pins';

const guangzhou = { longitude: 113.32452, latitude: 23.099994 };

describe('places', () => {
  it('go to Web Mercator and back', () => {
    expect(toUnit({ longitude: -180, latitude: 85.051129 })).toMatchObject({ x: 0, y: expect.closeTo(0, 6) });
    expect(toUnit({ longitude: 0, latitude: 0 })).toEqual({ x: 0.5, y: expect.closeTo(0.5, 12) });
    const back = fromUnit(toUnit(guangzhou));
    expect(back.longitude).toBeCloseTo(guangzhou.longitude, 9);
    expect(back.latitude).toBeCloseTo(guangzhou.latitude, 9);
  });

  it('are shifted by some hundred metres in China and nowhere else, and come back to the centimetre', () => {
    const shifted = toGcj02({ longitude: 116.391305, latitude: 39.907421 });
    // Tiananmen, as the published formula has it.
    expect(shifted.longitude).toBeCloseTo(116.39755, 4);
    expect(shifted.latitude).toBeCloseTo(39.90882, 4);
    expect(distance(fromGcj02(shifted), { longitude: 116.391305, latitude: 39.907421 })).toBeLessThan(0.01);
    const paris = { longitude: 2.35, latitude: 48.85 };
    expect(toGcj02(paris)).toBe(paris);
    expect(fromGcj02(paris)).toBe(paris);
  });

  it('have distances, bearings and offsets', () => {
    const paris = { longitude: 2.3522, latitude: 48.8566 };
    const london = { longitude: -0.1276, latitude: 51.5072 };
    expect(distance(paris, london) / 1000).toBeCloseTo(343.6, 0);
    expect(bearing({ longitude: 0, latitude: 0 }, { longitude: 1, latitude: 0 })).toBeCloseTo(90, 6);
    const there = offset(paris, 5000, 30);
    expect(distance(paris, there)).toBeCloseTo(5000, 3);
    expect(bearing(paris, there)).toBeCloseTo(30, 3);
  });

  it('are read from data of apps, and what is none is left out', () => {
    expect(placeOf({ longitude: '113', latitude: 23 })).toEqual({ longitude: 113, latitude: 23 });
    expect(
      placesOf([{ longitude: 1, latitude: 2 }, null, { longitude: 1 }, { longitude: 0, latitude: 91 }, 'x']),
    ).toHaveLength(1);
    expect(placesOf('nothing')).toEqual([]);
  });
});

describe('arcs', () => {
  it('begin and end where they are told and go through a third place', () => {
    const [start, end] = [
      { longitude: 0, latitude: 0 },
      { longitude: 2, latitude: 0 },
    ];
    const through = { longitude: 1, latitude: 1 };
    const points = arcPoints(start, end, 0, through);
    expect(points[0]).toEqual(start);
    expect(points.at(-1)).toEqual(end);
    expect(points[24]?.latitude).toBeCloseTo(1, 6);
    expect(arcPoints(start, end, 60, undefined)[24]?.latitude).toBeGreaterThan(0.2);
  });
});

describe('clusters', () => {
  const pin = (id: number, longitude: number): Pin => ({ id, place: { longitude, latitude: 23.1 } }) as Pin;

  it('hold what stands close together at a scale, under a number that stays', () => {
    const clusters = new Clusters();
    const pins = [pin(3, 113.3), pin(1, 113.3001), pin(2, 113.9)];
    const far = clusters.group(pins, 10, 60);
    expect(far.clusters.map(({ markerIds }) => markerIds)).toEqual([[1, 3]]);
    expect(far.alone.map(({ id }) => id)).toEqual([2]);
    expect(clusters.group(pins, 9, 60).clusters[0]?.clusterId).toBe(far.clusters[0]?.clusterId);
    expect(clusters.group(pins, 20, 60).clusters).toEqual([]);
  });
});
