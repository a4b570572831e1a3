/**
 * Where the attacks take place: a platform with the hostile apps published beside the examples, and a server that
 * counts what reaches it. What an app says of itself is no evidence.
 */
import type { Frame, Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { expect, test as base } from '../support/platform';
import { frameWith } from '../support/shell';
import { countingServer } from './counter';

const projects = ['hostile', 'probe'].map((name) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)));
export type Counter = Awaited<ReturnType<typeof countingServer>>;

export const test = base.extend<{ counter: Counter }, { address: string }>({
  address: [
    async ({ tools, platform }, use) => {
      await tools.publish(platform, ...projects);
      await use(platform.address);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  counter: async ({}, use) => {
    const counter = await countingServer();
    await use(counter);
    await counter.stop();
  },
});

/** Opens a page of the hostile app without waiting for anything of it. */
export async function open(page: Page, address: string, path: string, query: Record<string, string> = {}): Promise<void> {
  await page.goto(`${address}/miniapp/org.example.hostile/pages/${path}/index?${encoded(query)}`);
}

/** Launches the app with an attack, which begins once its page is drawn; for one that may end it at once. */
export async function launch(page: Page, address: string, counter: Counter, attack: string, which = ''): Promise<void> {
  await open(page, address, 'index', { attack, target: counter.address, which });
}

/** Launches the app with an attack, and gives the frame of its page. */
export async function strike(page: Page, address: string, counter: Counter, attack: string, which = ''): Promise<Frame> {
  await launch(page, address, counter, attack, which);
  return frameWith(page, '#report:not(:empty)', 30_000);
}

/** Waits until the attack was carried out, so that silence after it means something. */
export async function struck(frame: Frame): Promise<void> {
  await expect(frame.getByText(/^(struck|failed)/)).toHaveText(/^struck/, { timeout: 20_000 });
}

/** What the app says that came of it. */
export async function reported<T>(frame: Frame, timeout = 20_000): Promise<T> {
  const report = frame.locator('#report', { hasText: /^[[{]/ });
  await expect(report).toBeVisible({ timeout });
  return JSON.parse((await report.textContent()) ?? 'null') as T;
}

/** The app was ended, and the user is told so. */
export async function ended(page: Page, timeout = 20_000): Promise<void> {
  await expect(page.getByRole('heading', { name: /^Hostile (was stopped|stopped working)/ })).toBeVisible({ timeout });
}

/** The probe, whose page frame a test takes over. */
export async function openProbe(page: Page, address: string, counter: Counter): Promise<Frame> {
  await page.goto(`${address}/miniapp/org.example.probe/pages/index/index?${encoded({ target: counter.address })}`);
  return frameWith(page, 'text=start', 30_000);
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

const encoded = (query: Record<string, string>): string =>
  Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');

export { expect } from '../support/platform';
