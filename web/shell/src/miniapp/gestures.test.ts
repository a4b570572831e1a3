import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Gestures } from './gestures';

const token = (digit: string) => digit.repeat(32);

describe('proofs of taps', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('count once', async () => {
    const gestures = new Gestures();
    gestures.add(token('a'));
    expect(await gestures.take(token('a'))).toBe(true);
    const again = gestures.take(token('a'));
    await vi.advanceTimersByTimeAsync(300);
    expect(await again).toBe(false);
  });

  it('are not made up by the caller', async () => {
    const gestures = new Gestures();
    expect(await gestures.take(undefined)).toBe(false);
    const invented = gestures.take(token('b'));
    await vi.advanceTimersByTimeAsync(300);
    expect(await invented).toBe(false);
  });

  it('may arrive after the call that they prove', async () => {
    const gestures = new Gestures();
    const call = gestures.take(token('c'));
    await vi.advanceTimersByTimeAsync(50);
    gestures.add(token('c'));
    expect(await call).toBe(true);
    const again = gestures.take(token('c'));
    await vi.advanceTimersByTimeAsync(300);
    expect(await again).toBe(false);
  });

  it('grow old', async () => {
    const gestures = new Gestures();
    gestures.add(token('d'));
    await vi.advanceTimersByTimeAsync(6000);
    expect(await gestures.take(token('d'))).toBe(false);
  });

  it('are kept in bounds', async () => {
    const gestures = new Gestures();
    for (let count = 0; count < 200; count += 1) gestures.add(count.toString(16).padStart(32, '0'));
    const first = gestures.take('0'.repeat(32));
    await vi.advanceTimersByTimeAsync(300);
    expect(await first).toBe(false);
  });
});
