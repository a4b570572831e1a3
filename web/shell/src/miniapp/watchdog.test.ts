import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Watchdog } from './watchdog';

describe('the watchdog', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function fixture(answers: boolean) {
    const states: boolean[] = [];
    const state = { answers };
    const watchdog: Watchdog = new Watchdog(
      (sequence) => {
        if (state.answers) watchdog.answered(sequence);
      },
      (unresponsive) => states.push(unresponsive),
    );
    watchdog.start();
    return { watchdog, states, state };
  }

  it('is quiet while logic answers', async () => {
    const { states } = fixture(true);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(states).toEqual([]);
  });

  it('notices five seconds of silence, and the end of it', async () => {
    const { states, state } = fixture(false);
    await vi.advanceTimersByTimeAsync(4900);
    expect(states).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(states).toEqual([true]);
    state.answers = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(states).toEqual([true, false]);
  });

  it('does not believe answers to pings that it never sent', async () => {
    const { watchdog, states } = fixture(false);
    for (let second = 0; second < 8; second += 1) {
      watchdog.answered(1_000_000);
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(states).toEqual([true]);
  });
});
