// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { Zoom } from './zoom';

function start() {
  const parent = document.createElement('div');
  const picture = document.createElement('img');
  parent.append(picture);
  Object.defineProperties(picture, { offsetWidth: { value: 200 }, offsetHeight: { value: 100 } });
  picture.getBoundingClientRect = () => {
    const [, x = 0, y = 0, scale = 1] = (
      /translate\((.*?)px, (.*?)px\) scale\((.*?)\)/.exec(picture.style.transform) ?? []
    ).map(Number);
    return { left: x, top: y, width: 200 * scale, height: 100 * scale } as DOMRect;
  };
  const at = (pointerId: number, clientX: number, clientY: number) => ({ pointerId, clientX, clientY }) as PointerEvent;
  return { zoom: new Zoom(() => picture), picture, parent, at };
}

it('tells a tap from a move', () => {
  const { zoom, at } = start();
  zoom.down(at(1, 10, 10));
  expect(zoom.move(at(1, 13, 10))).toBe(false);
  expect(zoom.up(at(1, 13, 10))).toBe(true);
  zoom.down(at(1, 10, 10));
  expect(zoom.move(at(1, 40, 10))).toBe(true);
  expect(zoom.up(at(1, 40, 10))).toBe(false);
});

it('comes closer around two fingers, and not further than five times', () => {
  const { zoom, parent, at } = start();
  zoom.down(at(1, 90, 50));
  zoom.down(at(2, 110, 50));
  zoom.move(at(1, 80, 50));
  zoom.move(at(2, 120, 50));
  expect(zoom.scale).toBeCloseTo(2);
  expect(parent.classList.contains('near')).toBe(true);
  for (let x = 80; x > -400; x -= 40) zoom.move(at(1, x, 50));
  expect(zoom.scale).toBe(5);
  expect([zoom.up(at(1, 0, 0)), zoom.up(at(2, 0, 0))]).toEqual([false, false]);
});

it('keeps what is under a double tap there, and its edges outside', () => {
  const { zoom, picture } = start();
  zoom.toggle({ clientX: 50, clientY: 50 });
  expect(picture.style.transform).toBe('translate(-75px, -75px) scale(2.5)');
  zoom.toggle({ clientX: 50, clientY: 50 });
  expect(picture.style.transform).toBe('');
});

it('moves a near picture by one finger, up to its edges', () => {
  const { zoom, picture, at } = start();
  zoom.toggle({ clientX: 0, clientY: 0 });
  zoom.down(at(1, 100, 50));
  zoom.move(at(1, 60, 50));
  expect(picture.style.transform).toBe('translate(-40px, 0px) scale(2.5)');
  zoom.move(at(1, 9000, 50));
  expect(picture.style.transform).toBe('translate(0px, 0px) scale(2.5)');
});
