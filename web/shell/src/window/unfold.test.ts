/** Each moment of the way from an open-container to the page that comes out of it. */
import { expect, it } from 'vitest';
import type { Opening } from '../miniapp/opening';
import { momentOf } from './unfold';

const opening: Opening = {
  left: 20,
  top: 400,
  width: 120,
  height: 80,
  type: 'fade',
  duration: 300,
  closedColour: [255, 0, 0, 1],
  middleColour: [0, 255, 0, 1],
  openColour: [0, 0, 255, 1],
  closedElevation: 2,
  openElevation: 0,
  closedCorner: 12,
  openCorner: 0,
  picture: undefined,
};
const size = { width: 390, height: 844 };

it('begins as the box and ends as the page, which is as wide as the surface all the way', () => {
  const begin = momentOf(opening, size, 0);
  expect(begin.surface).toMatchObject({
    left: '20px',
    top: '400px',
    width: '120px',
    height: '80px',
    borderRadius: '12px',
  });
  expect(begin.surface.backgroundColor).toBe('rgb(255 0 0 / 1)');
  expect(begin.surface.boxShadow).toBe('0 1px 4px rgba(0,0,0,0.24)');
  expect([begin.closed.opacity, begin.page.opacity]).toEqual([1, 0]);
  const scale = 120 / 390;
  expect(begin.page.transform).toBe(`translate(20px, 400px) scale(${scale})`);
  expect(begin.page.clipPath).toBe(`inset(0 0 ${844 - 80 / scale}px 0 round ${12 / scale}px)`);
  const end = momentOf(opening, size, 1);
  expect(end.surface).toMatchObject({ left: '0px', top: '0px', width: '390px', height: '844px', boxShadow: 'none' });
  expect(end.surface.backgroundColor).toBe('rgb(0 0 255 / 1)');
  expect(end.page).toMatchObject({ transform: 'translate(0px, 0px) scale(1)', opacity: 1 });
  expect(end.closed.opacity).toBe(0);
});

it('fades the box over the page, or the one after the other', () => {
  const fade = momentOf(opening, size, 0.2);
  expect([fade.closed.opacity, fade.page.opacity]).toEqual([1, 0]);
  const through = { ...opening, type: 'fadeThrough' as const };
  const between = momentOf(through, size, 0.2);
  expect([between.closed.opacity, between.page.opacity]).toEqual([0, 0]);
  expect(between.surface.backgroundColor).toBe('rgb(0 255 0 / 1)');
  expect(momentOf(through, size, 0.1).surface.backgroundColor).toBe('rgb(127.5 127.5 0 / 1)');
});
