// @vitest-environment happy-dom
/** The flat ground: where places stand on it, and how far it may be moved. What it looks like needs a browser. */
import { expect, test } from 'vitest';
import { FlatSurface } from './flat-surface';
import type { Camera, SurfaceEvents } from './surface';

const zurich = { longitude: 8.54, latitude: 47.37 };

function surface(camera: Partial<Camera> = {}) {
  const container = document.createElement('div');
  Object.defineProperties(container, { clientWidth: { value: 300 }, clientHeight: { value: 200 } });
  const moves: string[] = [];
  const events: SurfaceEvents = {
    moved: (phase, cause) => void moves.push(`${phase} ${cause}`),
    drawn: () => undefined,
  };
  const made = new FlatSurface(
    container,
    { center: zurich, scale: 12, rotate: 0, skew: 30, ...camera },
    false,
    undefined,
    events,
  );
  return { made, moves };
}

test('the centre stands in the middle, and points lead back to their places, turned or not', () => {
  for (const rotate of [0, 90, 215]) {
    const { made } = surface({ rotate });
    const middle = made.project(zurich);
    expect([middle.x, middle.y]).toEqual([expect.closeTo(150, 6), expect.closeTo(100, 6)]);
    const place = made.unproject({ x: 20, y: 180 });
    const back = made.project(place);
    expect([back.x, back.y]).toEqual([expect.closeTo(20, 4), expect.closeTo(180, 4)]);
    made.remove();
  }
});

test('a map that is turned by a quarter has the east above', () => {
  const { made } = surface({ rotate: 90 });
  const east = made.project({ ...zurich, longitude: zurich.longitude + 0.01 });
  expect(east.x).toBeCloseTo(150, 4);
  expect(east.y).toBeLessThan(100);
  made.remove();
});

test('it jumps where it is told and says so, within its limits and without a tilt', () => {
  const { made, moves } = surface();
  expect(made.camera().skew).toBe(0);
  moves.length = 0;
  made.setCamera({ scale: 30 }, 0);
  expect(made.camera().scale).toBe(20);
  expect(moves[0]).toBe('begin update');
  expect(moves.at(-1)).toBe('end update');
  const boundary = { southwest: { longitude: 8, latitude: 47 }, northeast: { longitude: 9, latitude: 48 } };
  made.setLimits({ minimum: 5, maximum: 10, boundary });
  made.setCamera({ center: { longitude: 20, latitude: 47.5 }, scale: 2 }, 0);
  expect(made.camera()).toMatchObject({ center: { longitude: 9, latitude: 47.5 }, scale: 5 });
  made.remove();
});

test('the centre can stand beside the middle', () => {
  const { made } = surface();
  made.setCenterOffset({ x: 0.5, y: 0.75 });
  expect(made.project(zurich).y).toBeCloseTo(150, 6);
  made.remove();
});
