/** A platform with the three examples, started once a worker; a test gets its address. */
import { type Page, test as base } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { example, workshop } from './mezze.mjs';

export type Workshop = Awaited<ReturnType<typeof workshop>>;
export type Served = Awaited<ReturnType<Workshop['serve']>>;

interface WorkerFixtures {
  tools: Workshop;
  platform: Served;
}

export interface Problems {
  /** Uncaught errors of the shell itself; mini apps report theirs over their own way. */
  errors: string[];
}

export const test = base.extend<{ problems: Problems }, WorkerFixtures>({
  tools: [
    async ({}, use) => {
      const tools = await workshop();
      await use(tools);
      await tools.dispose();
    },
    { scope: 'worker' },
  ],
  platform: [
    async ({ tools }, use) => {
      const served = await tools.serve();
      await tools.publish(served, ...examples());
      await use(served);
      await served.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  problems: [
    async ({ page }, use) => {
      const problems: Problems = { errors: [] };
      watch(page, problems);
      await use(problems);
    },
    { auto: true },
  ],
});

function watch(page: Page, problems: Problems): void {
  page.on('pageerror', (error) => problems.errors.push(String(error.stack ?? error)));
}

/** The gallery needs its packages from npm; without them it can't be built, and a test says so. */
function examples(): string[] {
  if (!existsSync(join(example('gallery'), 'node_modules'))) {
    throw new Error('examples/gallery has no node_modules; run `npm ci` in it first');
  }
  return ['menu', 'scooter', 'gallery'].map(example);
}

export { expect } from '@playwright/test';
