// @vitest-environment happy-dom
/** A list whose items differ in height: which of them are drawn, and how much room the others take. */
import { beforeEach, expect, it } from 'vitest';
import { MeasuredHeights } from './builders';

let heights: MeasuredHeights;

/** A list whose spacers stand around items of the given heights. */
function list(...items: number[]): HTMLElement {
  const host = document.createElement('div');
  let top = 0;
  for (const height of [0, ...items, 0]) {
    const child = document.createElement('div');
    const box = new DOMRect(0, top, 100, height);
    child.getBoundingClientRect = () => box;
    host.append(child);
    top += height;
  }
  return host;
}

beforeEach(() => {
  heights = new MeasuredHeights();
  expect(heights.measure(list(10, 30, 20), 0, 3)).toBe(true);
});

it('guesses the height of what was never drawn by the mean of what was', () => {
  expect(heights.range(5, 0, 60)).toEqual({ first: 0, end: 3, before: 0, after: 40 });
});

it('gives back what lies before, at its measured height', () => {
  expect(heights.range(5, 45, 85)).toEqual({ first: 2, end: 5, before: 40, after: 0 });
});

it('keeps heights of items that were given back', () => {
  heights.measure(list(50, 50), 3, 5);
  expect(heights.range(5, 0, 10)).toEqual({ first: 0, end: 1, before: 0, after: 150 });
});

it('says nothing where an item is more than one element', () => {
  expect(heights.measure(list(10, 20), 0, 1)).toBe(false);
});

it('counts in rows where items stand beside each other, and leaves the gap to the grid', () => {
  const host = document.createElement('div');
  // Three columns, rows of 20 and 40 with gaps of 10, and a spacer without room on both sides.
  const tops = [0, 0, 0, 0, 30, 30, 30, 0];
  for (const [index, top] of tops.entries()) {
    const child = document.createElement('div');
    const height = index === 0 || index === 7 ? 0 : top === 0 ? 20 : 40;
    child.getBoundingClientRect = () => new DOMRect(0, top, 100, height);
    host.append(child);
  }
  const grid = { columns: 3, gap: 10 };
  expect(heights.measure(host, 0, 6, grid)).toBe(true);
  // Rows take 30 and 50 with their gaps; the other two of eleven items' four rows are guessed at 40.
  expect(heights.range(11, 35, 75, grid)).toEqual({ first: 3, end: 6, before: 20, after: 70 });
  expect(heights.measure(host, 2, 8, grid)).toBe(false);
});
