/** A tab that dies at any moment of an update leaves the old release or the new one, whole; never a mixture. */
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../support/platform';
import { frameWith } from '../support/shell';
import { publishVersion } from '../support/versions';

const deaths = Number(process.env.MEZZE_TEST_DEATHS ?? 16);

/** Code, template and data of one version name it; a mixture of two would show. */
const files = (version: string) => ({
  'pages/index/index.wxml': `<view>version {{version}}, drawn by ${version}, reads {{data}}</view>`,
  'data/version.txt': version,
});
const script = `wx.getFileSystemManager().readFile({ filePath: 'data/version.txt', encoding: 'utf8', success: ({ data }) => this.setData({ data }), fail: ({ errMsg }) => this.setData({ data: errMsg }) })`;

/** Like a tab that the system ends: no event, no last words. */
async function crash(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const gone = new Promise((resolve) => page.once('crash', resolve));
  void session.send('Page.crash').catch(() => undefined);
  await gone;
  await page.close();
}

async function shown(page: Page, address: string): Promise<string> {
  await page.goto(address);
  const frame = await frameWith(page, 'text=/version .*, reads \\d/');
  const text = (await frame.locator('text=/version .*, reads/').first().textContent()) ?? '';
  const [, code, template, data] = /version (\S+), drawn by (\S+), reads (\S+)/.exec(text) ?? [];
  expect(`${code} ${template} ${data}`, 'one version throughout').toBe(`${code} ${code} ${code}`);
  return code ?? '';
}

test('whenever the tab dies, the old release or the new one opens', async ({ context, tools, platform }) => {
  test.setTimeout(60_000 + deaths * 15_000);
  const appId = 'org.example.mortal';
  const address = `${platform.address}/miniapp/${appId}`;
  let current = 1;
  const publish = () => publishVersion(tools, platform, { appId, version: `${current}.0.0`, files: files(`${current}.0.0`), script });
  await publish();
  const first = await context.newPage();
  await shown(first, address);
  await first.waitForTimeout(300);
  await first.close();
  const seen = { old: 0, new: 0 };
  for (let death = 0; death < deaths; death += 1) {
    current += 1;
    await publish();
    const page = await context.newPage();
    // From before the shell asks to well after the swap; spread evenly, so that every run tries all of it.
    const moment = Math.round(((death + Math.random()) / deaths) * 3000);
    void page.goto(address).catch(() => undefined);
    await page.waitForTimeout(moment);
    await crash(context, page);

    const next = await context.newPage();
    await next.route('**/launch', (route) => route.abort());
    const version = await shown(next, address);
    expect([`${current - 1}.0.0`, `${current}.0.0`], `death after ${moment} ms`).toContain(version);
    seen[version === `${current}.0.0` ? 'new' : 'old'] += 1;
    await next.unroute('**/launch');
    await shown(next, address);
    await expect(next.getByText('A new version is ready.').or(next.getByText('nothing at all'))).toBeVisible({ timeout: 4000 }).catch(() => undefined);
    expect(await shown(next, address), 'and the update still comes').toBe(`${current}.0.0`);
    await next.close();
  }
  console.log(`of ${deaths} deaths, ${seen.old} left the old release and ${seen.new} the new one`);
});
