/** What the platform withdrew: hosts learn of it, say why, and honour it without a network from then on. */
import type { BrowserContext, Page } from '@playwright/test';
import { join } from 'node:path';
import { type Served, type Workshop, expect, test } from '../support/platform';
import { frameWith, openHome } from '../support/shell';
import { act, publishVersion } from '../support/versions';

const reason = 'It shows wrong prices.';

async function opened(page: Page, tools: Workshop, platform: Served, name: string): Promise<string> {
  const appId = `org.example.${name}`;
  await publishVersion(tools, platform, { appId, version: '1.0.0' });
  await page.goto(`${platform.address}/miniapp/${appId}`);
  await frameWith(page, 'text=version 1.0.0');
  return appId;
}

const withdraw = (tools: Workshop, platform: Served, appId: string) => act(tools, platform, 'withdraw', appId, '--reason', reason);

/** As if the tab was left and came back. */
async function comeBack(page: Page): Promise<void> {
  // Polls are at least five seconds apart.
  await page.waitForTimeout(5200);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

async function offline(context: BrowserContext): Promise<void> {
  const [page] = context.pages();
  await page?.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  await page?.waitForTimeout(1500);
  await context.setOffline(true);
}

async function noneShows(page: Page, content: string): Promise<void> {
  for (const frame of page.frames()) expect(await frame.locator(content).count()).toBe(0);
}

test('a running app stops and says why; offline it stays shut, with the reason', async ({ page, context, tools, platform, problems }) => {
  const appId = await opened(page, tools, platform, 'running');
  await withdraw(tools, platform, appId);
  await comeBack(page);
  await expect(page.getByRole('heading', { name: /was withdrawn/ })).toBeVisible();
  await expect(page.getByText(reason).first()).toBeVisible();
  await noneShows(page, 'text=version 1.0.0');
  await offline(context);
  await page.goto(`${platform.address}/miniapp/${appId}`);
  await expect(page.getByText(reason).first()).toBeVisible();
  await noneShows(page, 'text=version 1.0.0');
  expect(problems.errors).toEqual([]);
});

test('a home screen that hears of it keeps it shut offline', async ({ page, context, tools, platform }) => {
  const appId = await opened(page, tools, platform, 'quiet');
  await withdraw(tools, platform, appId);
  // The shell starts on its home screen: only the list of revocations tells.
  await openHome(page, platform.address);
  await page.waitForTimeout(500);
  await offline(context);
  await page.goto(`${platform.address}/miniapp/${appId}`);
  await expect(page.getByText(reason).first()).toBeVisible();
  await noneShows(page, 'text=version 1.0.0');
});

test('the release before a withdrawn one opens in its place', async ({ page, tools, platform }) => {
  const appId = await opened(page, tools, platform, 'replaced');
  await publishVersion(tools, platform, { appId, version: '2.0.0' });
  await page.goto(`${platform.address}/miniapp/${appId}`);
  await frameWith(page, 'text=heard check:true ready');
  await page.goto(`${platform.address}/miniapp/${appId}`);
  await frameWith(page, 'text=version 2.0.0');
  await act(tools, platform, 'rollback', appId);
  await act(tools, platform, 'withdraw', appId, '--release', '2.0.0', '--reason', reason);
  await openHome(page, platform.address);
  await page.waitForTimeout(500);
  await page.goto(`${platform.address}/miniapp/${appId}`);
  await frameWith(page, 'text=version 1.0.0');
});

test('a list that was changed, or steps back, takes nothing away', async ({ page, context, tools }) => {
  const platform = await tools.serve({ data: join(tools.home, 'revoking') });
  try {
    const appId = await opened(page, tools, platform, 'stands');
    await withdraw(tools, platform, appId);
    await comeBack(page);
    await expect(page.getByText(reason).first()).toBeVisible();
    const known = await page.evaluate(() => fetch('/api/v1/revocations?since=0').then((answer) => answer.json()));
    const warnings: string[] = [];
    page.on('console', (message) => warnings.push(message.text()));
    const lies: [string, Record<string, unknown>][] = [
      ['is not signed', { ...known, payload: Buffer.from(JSON.stringify({ entries: [] })).toString('base64url') }],
      ['begins after 0', known],
      ['another key', { ...known, key: `A${String(known.key).slice(1)}` }],
    ];
    for (const [words, lie] of lies) {
      await context.route('**/api/v1/revocations**', (route) => route.fulfill({ json: lie }));
      await comeBack(page);
      await expect.poll(() => warnings.some((line) => line.includes(words)), { message: words }).toBe(true);
      await context.unroute('**/api/v1/revocations**');
    }
    await offline(context);
    await page.goto(`${platform.address}/miniapp/${appId}`);
    await expect(page.getByText(reason).first()).toBeVisible();
  } finally {
    await platform.stop();
  }
});
