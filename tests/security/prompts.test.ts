/** What an app paints in its own area, beside what the shell shows: the mark, the shrunken stage, and what covers what. */
import type { Page } from '@playwright/test';
import { expect, open, test } from './arena';
import { frameWith } from '../support/shell';

test.use({ geolocation: { latitude: 41.01, longitude: 28.97 }, permissions: ['geolocation'] });

const shot = (page: Page, name: string, info: { outputPath: (name: string) => string }) => page.screenshot({ path: info.outputPath(`${name}.png`) });

async function markOf(page: Page, address: string): Promise<string> {
  return String((await (await page.request.get(`${address}/api/v1/me`)).json()).device_mark);
}

test('a painted prompt lacks the mark and the shrunken stage, and the real one stands over it', async ({ page, address }, info) => {
  await open(page, address, 'painted');
  const frame = await frameWith(page, 'text=Only this time', 20_000);
  const mark = await markOf(page, address);
  await shot(page, 'painted', info);
  // The app was never told the mark: it paints one that it guessed. Its area is as large as ever.
  expect(await frame.locator('body').innerText()).not.toContain(mark);
  await expect(page.locator('.stage.shrunken')).toHaveCount(0);
  // The shell's capsule stands over whatever the app paints, at every place of its own.
  expect(await onTop(page, '[aria-label="Close mini app"]')).toBe(true);

  await frame.getByText('Only this time').click();
  const sheet = page.getByRole('dialog').filter({ hasText: 'asks to see where you are', visible: true });
  await expect(sheet).toBeVisible();
  await expect(sheet.locator('.mark')).toHaveText(mark);
  await expect(page.locator('.stage.shrunken')).toHaveCount(1);
  await page.waitForTimeout(700);
  await shot(page, 'real', info);
  // Nothing of the app's is over the prompt or takes its taps, whatever layer the app asked for.
  for (const answer of ['once', 'granted', 'refused']) expect(await onTop(page, `[data-answer=${answer}]`)).toBe(true);
});

test('a painted PIN pad lacks the mark and the shrunken stage', async ({ page, address }, info) => {
  await open(page, address, 'painted', { pad: '1' });
  const frame = await frameWith(page, 'text=Enter your PIN', 20_000);
  await shot(page, 'pad', info);
  expect(await frame.locator('body').innerText()).not.toContain(await markOf(page, address));
  await expect(page.locator('.stage.shrunken')).toHaveCount(0);
  await expect(page.getByRole('dialog').filter({ visible: true })).toHaveCount(0);
  expect(await onTop(page, '[aria-label="Close mini app"]')).toBe(true);
});

test('a page in full screen keeps the shell’s way out and is not the browser’s top layer', async ({ page, address }) => {
  await open(page, address, 'painted');
  const frame = await frameWith(page, 'text=Only this time', 20_000);
  const refused = await frame.evaluate(() => document.documentElement.requestFullscreen().then(() => 'full', (failure: Error) => failure.name));
  expect(refused).not.toBe('full');
  expect(await frame.evaluate(() => document.fullscreenEnabled)).toBe(false);
});

/** Whether a tap in the middle of an element reaches that element, shadow trees included. */
function onTop(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).filter({ visible: true }).first().evaluate((element) => {
    const box = element.getBoundingClientRect();
    let at: Element | null = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    while (at?.shadowRoot) {
      const inner: Element | null = at.shadowRoot.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (inner === null || inner === at) break;
      at = inner;
    }
    return at !== null && (element.contains(at) || at.contains(element));
  });
}
