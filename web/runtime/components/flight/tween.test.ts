import { expect, it } from 'vitest';
import { type Box, tweenOf } from './tween';

const begin: Box = { left: 0, top: 400, width: 40, height: 40 };
const end: Box = { left: 100, top: 50, width: 200, height: 200 };
const types = [
  'materialRectArc', 'materialRectCenterArc', 'linear', 'elasticIn', 'elasticOut', 'elasticInOut',
  'bounceIn', 'bounceOut', 'bounceInOut', 'cubic-bezier(0.4, 0.0, 0.2, 1.0)', 'no such thing',
]; // biome-ignore format: one list

function rounded({ left, top, width, height }: Box): number[] {
  return [left, top, width, height].map((side) => Math.round(side * 100) / 100 + 0);
}

it.each(types)('%s begins and ends where it says', (type) => {
  const tween = tweenOf(type, begin, end);
  expect(rounded(tween(0))).toEqual(rounded(begin));
  expect(rounded(tween(1))).toEqual(rounded(end));
  for (let step = 0; step <= 20; step += 1) {
    const { width, height } = tween(step / 20);
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(0);
  }
});

it('goes straight, or by an arc that leaves the straight line', () => {
  expect(rounded(tweenOf('linear', begin, end)(0.5))).toEqual([50, 225, 120, 120]);
  const half = tweenOf('materialRectCenterArc', begin, end)(0.3);
  const middle = { x: half.left + half.width / 2, y: half.top + half.height / 2 };
  // Distance of the middle from the line between both middles.
  const [dx, dy] = [180, -270];
  const away = Math.abs((middle.x - 20) * dy - (middle.y - 420) * dx) / Math.hypot(dx, dy);
  expect(away).toBeGreaterThan(10);
});

it('takes an arc for what it is where both ends lie in line', () => {
  const right = { ...begin, left: 300 };
  expect(rounded(tweenOf('materialRectArc', begin, right)(1 / 3)).slice(1)).toEqual([400, 40, 40]);
});

it('overshoots with what is elastic, comes back with what bounces', () => {
  const tops = (type: string) => Array.from({ length: 40 }, (_, step) => tweenOf(type, begin, end)(step / 40).top);
  expect(Math.min(...tops('elasticOut'))).toBeLessThan(50);
  const bounced = tops('bounceOut');
  expect(Math.min(...bounced)).toBeGreaterThanOrEqual(50);
  expect(bounced.some((top, index) => index > 0 && top > (bounced[index - 1] ?? 0))).toBe(true);
});
