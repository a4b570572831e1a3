import { expect, it } from 'vitest';
import { fullArea, moved, ratioOf, resized } from './crop-area';

it('begins with the largest area of the shape in the middle', () => {
  expect(fullArea(1.5, undefined)).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  expect(fullArea(2, 1)).toEqual({ x: 0.25, y: 0, width: 0.5, height: 1 });
  expect(fullArea(0.5, 1)).toEqual({ x: 0, y: 0.25, width: 1, height: 0.5 });
  expect([ratioOf('16:9'), ratioOf('1:0'), ratioOf(undefined)]).toEqual([16 / 9, undefined, undefined]);
});

it('stays inside the picture', () => {
  const area = { x: 0.25, y: 0, width: 0.5, height: 1 };
  expect(moved(area, 9, 9)).toEqual({ ...area, x: 0.5, y: 0 });
  expect(moved(area, -9, 0)).toEqual({ ...area, x: 0 });
  expect(resized(area, 9, 9, 2, undefined)).toEqual({ ...area, width: 0.75, height: 1 });
  expect(resized(area, -9, -9, 2, undefined).width).toBe(0.05);
});

it('keeps a fixed ratio', () => {
  const area = resized({ x: 0.5, y: 0, width: 0.2, height: 0.4 }, 0.1, 0, 2, 1);
  expect(area.width).toBeCloseTo(0.3);
  expect(area.height / area.width).toBeCloseTo(2);
  expect(resized(area, 9, 0, 2, 1)).toMatchObject({ width: 0.5, height: 1 });
});
