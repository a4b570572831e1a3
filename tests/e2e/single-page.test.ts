/** A page that is shared with everyone: what the menu offers, what its link opens, and the way into the app. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { frameWith, openMenu, tab } from '../support/shell';
import { expect, test } from '../support/platform';

const project = fileURLToPath(new URL('fixtures/timeline', import.meta.url));
const app = '/miniapp/org.example.timeline';

test('a page shared with everyone opens by itself, and leads into its app', async ({ page, tools, problems }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', { value: async (what: { url: string }) => Object.assign(window, { shared: what }) });
  });
  const served = await tools.serve({ data: join(tools.home, 'timeline') });
  try {
    await tools.publish(served, project);
    await page.goto(`${served.address}${app}/pages/list/index`);
    await frameWith(page, 'text=All dishes');
    await openMenu(page);
    await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'To everyone' }), 'the page has no onShareTimeline').toHaveCount(0);
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.goto(`${served.address}${app}/pages/dish/index?dish=olive`);
    const whole = await frameWith(page, '#told');
    await expect(whole.locator('#told')).toHaveText('{"query":{"dish":"olive"},"scene":1007,"apiCategory":"default","before":""}');
    await openMenu(page);
    await page.getByRole('button', { name: 'To everyone' }).click();
    await expect.poll(() => page.evaluate(() => 'shared' in window)).toBe(true);
    const shared = await page.evaluate(() => (window as unknown as { shared: { url: string; title: string } }).shared);
    expect(shared).toEqual({ title: 'A dish', url: `${served.address}${app}/pages/dish/index?dish=fig&mezze-page=1` });

    await page.goto(shared.url);
    const single = await frameWith(page, '#told');
    const told = single.locator('#told');
    await expect(told, 'storage of its own').toHaveText('{"query":{"dish":"fig"},"scene":1154,"apiCategory":"browseOnly","before":""}');
    await expect(tab(page, 'All')).toHaveCount(0);
    await single.getByText('Log in', { exact: true }).click();
    await expect(told).toHaveText('login:fail can not be used in single page mode');
    await single.getByText('All of them').click();
    await expect(told).toHaveText('switchTab:fail can not be used in single page mode');
    await openMenu(page);
    await expect(page.getByRole('button', { name: 'To everyone' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('button', { name: 'Open Dishes' }).click();
    await expect(tab(page, 'All')).toBeVisible();
    const again = await frameWith(page, '#told');
    await expect(again.locator('#told')).toHaveText('{"query":{"dish":"fig"},"scene":1155,"apiCategory":"default","before":"yes"}');
    expect(page.url()).not.toContain('mezze-page');
    expect(problems.errors).toEqual([]);
  } finally {
    await served.stop();
  }
});
