import { closeApp, dish, frameWith, openDish, openHome } from '../support/shell';
import { expect, test } from '../support/platform';

test('an opened mini app starts again without a network, from a cold shell too', async ({ page, context, platform }) => {
  await openHome(page, platform.address);
  await openDish(page, 'Olive & Fig', 'text=Cold mezze');
  await closeApp(page);
  // The service worker has to have the shell before the network goes.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null || navigator.serviceWorker.ready.then(() => true));
  await page.waitForTimeout(1500);
  await context.setOffline(true);
  await page.reload();
  await expect(dish(page, 'Olive & Fig')).toBeVisible();
  const menu = await openDish(page, 'Olive & Fig', 'text=Cold mezze');
  const picture = menu.locator('.dish').first().locator('img').first();
  await expect.poll(() => picture.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : -1))).toBeGreaterThan(0);
});

test('a mini app that was never opened says that it needs the network', async ({ page, context, platform, problems }) => {
  await openHome(page, platform.address);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null || navigator.serviceWorker.ready.then(() => true));
  await page.waitForTimeout(1500);
  await context.setOffline(true);
  await dish(page, 'Glide').click();
  await expect(page.getByText(/offline|no connection|network/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /again|retry/i }).first()).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: /again|retry/i }).first().click();
  await frameWith(page, 'text=GL27');
  expect(problems.errors).toEqual([]);
});
