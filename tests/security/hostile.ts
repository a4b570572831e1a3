/** The hostile app, published beside the examples, and a server that counts what reaches it. */
import type { Frame, Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { expect, test as base } from '../support/platform';
import { frameWith } from '../support/shell';
import { countingServer } from './counter';

const hostile = fileURLToPath(new URL('fixtures/hostile', import.meta.url));
export type Counter = Awaited<ReturnType<typeof countingServer>>;

export const test = base.extend<{ counter: Counter }, { address: string }>({
  address: [
    async ({ tools, platform }, use) => {
      await tools.publish(platform, hostile);
      await use(platform.address);
    },
    { scope: 'worker' },
  ],
  counter: async ({}, use) => {
    const counter = await countingServer();
    await use(counter);
    await counter.stop();
  },
});

/** Launches the app with an attack, which begins once its page is drawn. */
export async function strike(page: Page, address: string, counter: Counter, attack: string, which = ''): Promise<Frame> {
  const query = Object.entries({ attack, target: counter.address, which }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  await page.goto(`${address}/miniapp/org.example.hostile/pages/index/index?${query}`);
  return frameWith(page, 'text=/ready|struck|failed/');
}

/** Waits until the attack was carried out, so that silence after it means something. */
export async function struck(frame: Frame): Promise<void> {
  await expect(frame.getByText(/^(struck|failed)/)).toHaveText(/^struck/);
}

/** What must hold after any attack: nobody was reached, no script ran where none may, nothing is polluted. */
export async function harm(page: Page, counter: Counter): Promise<string[]> {
  const found = [...counter.hits];
  for (const frame of page.frames()) {
    const marks = await frame
      .evaluate(() => {
        const here = globalThis as { evil?: unknown };
        const plain = {} as { polluted?: unknown };
        return [here.evil === undefined ? '' : 'a script ran', plain.polluted === undefined ? '' : 'prototypes are polluted'];
      })
      .catch(() => []);
    found.push(...marks.filter((mark) => mark !== ''));
  }
  return found;
}

export { expect } from '../support/platform';
