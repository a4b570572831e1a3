// @vitest-environment happy-dom
import { expect, it } from 'vitest';
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
