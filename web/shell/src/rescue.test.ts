import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Frame } from './frames/frame';
import { allAnswer, rescue } from './rescue';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const frame = (after?: number) =>
  ({ answers: () => new Promise<void>((resolve) => after !== undefined && setTimeout(resolve, after)) }) as Frame;

/** Runs the clock until the promise settles. */
async function settle<T>(promise: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(20_000);
  return promise;
}

it('leaves others alone that go on, also where there are none', async () => {
  const endAll = vi.fn();
  for (const frames of [[], [frame(0)], [frame(0), frame(2500)]]) {
    expect(await settle(rescue({ frames: () => frames, endAll }))).toBe(false);
  }
  expect(endAll).not.toHaveBeenCalled();
});

it('ends all where one is held, and begins anew once their process had time to go', async () => {
  const steps: string[] = [];
  const endAll = async () => {
    steps.push('ended');
    return async () => {
      steps.push('begun');
    };
  };
  const rescued = rescue({ frames: () => [frame(0), frame()], endAll });
  await vi.advanceTimersByTimeAsync(3100);
  expect(steps).toEqual(['ended']);
  expect(await settle(rescued)).toBe(true);
  expect(steps).toEqual(['ended', 'begun']);
});

it('tells a frame that is silent from one that is late', async () => {
  expect(await settle(allAnswer([frame(4000)], 5000))).toBe(true);
  expect(await settle(allAnswer([frame()], 5000))).toBe(false);
});
