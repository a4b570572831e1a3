import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Page } from './page';
import { PageWatch } from './page-watch';

/** A page whose frame's thread answers, hangs, or boots. */
function page(state: { hangs?: boolean; boots?: boolean }): Page {
  const frame = {
    get isBooted() {
      return state.boots !== true;
    },
    answers: () => new Promise<void>((resolve) => state.hangs !== true && resolve()),
  };
  return { view: { frame } } as unknown as Page;
}

describe('the watch over pages', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function watch(current: () => Page | undefined) {
    const states: boolean[] = [];
    const made = new PageWatch(current, (unresponsive) => states.push(unresponsive));
    made.start();
    return { made, states };
  }

  it('is quiet while the page answers, and tells of one that hangs, until it goes on', async () => {
    const state = { hangs: false };
    const one = page(state);
    const { states } = watch(() => one);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(states).toEqual([]);
    state.hangs = true;
    await vi.advanceTimersByTimeAsync(7000);
    expect(states).toEqual([true]);
    state.hangs = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(states).toEqual([true, false]);
  });

  it('gives a page that comes, or whose frame boots, its time', async () => {
    const [first, second] = [page({ hangs: true }), page({ boots: true })];
    let current = first;
    const { states } = watch(() => current);
    await vi.advanceTimersByTimeAsync(4000);
    current = second;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(states).toEqual([]);
  });

  it('asks again after the user waited', async () => {
    const one = page({ hangs: true });
    const { made, states } = watch(() => one);
    await vi.advanceTimersByTimeAsync(8000);
    made.rest();
    expect(states).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(7000);
    expect(states).toEqual([true, false, true]);
  });

  it('says nothing after a time in which the shell itself did not run', async () => {
    const one = page({ hangs: true });
    const { states } = watch(() => one);
    await vi.advanceTimersByTimeAsync(3000);
    const now = performance.now();
    // A machine that slept: the clock went on, no timer did.
    vi.spyOn(performance, 'now').mockReturnValue(now + 3_600_000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(states).toEqual([]);
    vi.restoreAllMocks();
  });
});
