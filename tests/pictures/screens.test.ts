/**
 * Pictures of the super app for people to look at: phone and desktop, light and dark, kept as artifacts in
 * test-results/pictures. `npm run pictures` makes them and writes the one that the README shows.
 */
import type { Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { closeApp, dish, frameWith, openHome } from '../support/shell';
import { test } from '../support/platform';
import { repository } from '../support/mezze.mjs';

const folder = join(repository, 'test-results/pictures');
const sizes = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false, deviceScaleFactor: 1 },
} as const;

async function keep(page: Page, name: string): Promise<void> {
  // Transitions take at most 260 ms; pictures decode a little after they are in place.
  await page.waitForTimeout(900);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

async function open(page: Page, address: string, path: string, content: string): Promise<void> {
  await page.goto(`${address}/miniapp/${path}`);
  await frameWith(page, content);
}

for (const [size, use] of Object.entries(sizes)) {
  for (const scheme of ['light', 'dark'] as const) {
    test.describe(`${size} ${scheme}`, () => {
      test.use({ ...use, colorScheme: scheme });

      test.beforeAll(() => mkdir(folder, { recursive: true }).then(() => undefined));

      test('screens', async ({ page, platform }) => {
        test.setTimeout(180_000);
        const name = (screen: string) => `${size}-${scheme}-${screen}`;
        await openHome(page, platform.address);
        await keep(page, name('home'));
        await dish(page, 'Olive & Fig').click();
        const menu = await frameWith(page, 'text=Cold mezze');
        await keep(page, name('menu'));
        await menu.locator('.name', { hasText: 'Hummus' }).click();
        await frameWith(page, 'text=Extra warm pita');
        await keep(page, name('dish'));
        await open(page, platform.address, 'app.mezze.scooter', 'text=GL27');
        await keep(page, name('scooter'));
        await open(page, platform.address, 'app.mezze.gallery', '.entry-name');
        await keep(page, name('gallery'));
        for (const entry of ['layout', 'words', 'pictures', 'forms', 'scroll', 'carousel', 'interface', 'vant', 'tdesign']) {
          await open(page, platform.address, `app.mezze.gallery/pages/${entry}/index`, '.page');
          await keep(page, name(`gallery-${entry}`));
        }
        await open(page, platform.address, 'org.example.nobody', 'body').catch(() => undefined);
        await keep(page, name('unknown'));
      });
    });
  }
}

test.describe('the picture of the README', () => {
  test.use({ ...sizes.desktop, viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, colorScheme: 'light' });

  test('three mini apps on the table', async ({ page, platform }) => {
    await openHome(page, platform.address);
    for (const [name, content] of [['Gallery', '.entry-name'], ['Glide', 'text=GL27'], ['Olive & Fig', 'text=Cold mezze']] as const) {
      if (!(await dish(page, name).isVisible())) await closeApp(page);
      await dish(page, name).click();
      await frameWith(page, content);
    }
    await page.waitForTimeout(1200);
    await mkdir(join(repository, 'docs/images'), { recursive: true });
    await page.screenshot({ path: join(repository, 'docs/images/super-app.png') });
  });
});
