// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { limits } from '../protocol';
import type { OperationApplier } from './applier';
import { BatchScheduler } from './scheduler';

it('lets what is asked wait until the batches before it stand', async () => {
  const log: string[] = [];
  // The first slice leaves work over.
  const done = [false, true, true];
  const applier = { apply: () => done.shift() } as unknown as OperationApplier;
  const scheduler = new BatchScheduler({
    applier,
    settle: () => log.push('slice'),
    applied: (seq) => log.push(`applied ${seq}`),
    failed: (error) => log.push(String(error)),
  });
  scheduler.whenApplied(() => log.push('asked before'));
  scheduler.receive(1, [1]);
  scheduler.whenApplied(() => log.push('asked after 1'));
  expect(log).toEqual(['asked before', 'slice']);
  scheduler.receive(2, [1]);
  scheduler.whenApplied(() => log.push('asked after 2'));
  await expect.poll(() => log.length).toBe(8);
  expect(log.slice(2)).toEqual(['slice', 'applied 1', 'asked after 1', 'slice', 'applied 2', 'asked after 2']);
  scheduler.close();
});

const quietParts = (log: string[]) => ({
  applier: {
    apply: (progress: { ops: readonly unknown[]; at: number }) => {
      if (progress.at < progress.ops.length) log.push(`draws ${progress.ops.join(' ')}`);
      progress.at = progress.ops.length;
      return true;
    },
  } as unknown as OperationApplier,
  settle: () => {},
  applied: (seq: number) => log.push(`applied ${seq}`),
  failed: (error: unknown) => log.push(String(error)),
});

it('draws the parts of a batch as they come and acknowledges the whole', () => {
  const log: string[] = [];
  const scheduler = new BatchScheduler(quietParts(log));
  scheduler.receive(1, ['a'], true);
  scheduler.receive(1, ['b'], true);
  scheduler.whenApplied(() => log.push('asked'));
  expect(log).toEqual(['draws a', 'draws b']);
  scheduler.receive(1, ['c']);
  expect(log.slice(2)).toEqual(['draws c', 'applied 1', 'asked']);
  scheduler.close();
});

it('refuses a batch that begins before the one before it has ended, and parts that exceed the limit together', () => {
  const log: string[] = [];
  const mixed = new BatchScheduler(quietParts(log));
  mixed.receive(1, ['a'], true);
  mixed.receive(2, ['b']);
  expect(log.at(-1)).toContain('batch 1');
  const large = new BatchScheduler(quietParts(log));
  const half = new Array(limits.operandsInBatch / 2 + 1).fill(0);
  large.receive(1, half, true);
  large.receive(1, half);
  expect(log.at(-1)).toContain('allowed');
});
