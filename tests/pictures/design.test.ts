/** The pictures of docs/design: each page of the gallery of @mezze/ui, light and dark. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../support/mezze.mjs';
import { test } from '../support/ui-gallery';

const folder = join(repository, 'docs/design/pictures');
const pages = [
  ['controls', 'text=Place the order', 800],
  ['content', 'text=Your order', 1020],
  ['progress', 'text=Being cooked', 690],
  ['feedback', 'text=Nothing on the table yet', 844],
] as const;

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme, deviceScaleFactor: 1.5, isMobile: false, hasTouch: false });

    for (const [name, content, height] of pages) {
      test(name, async ({ page, gallery }) => {
        await mkdir(folder, { recursive: true });
        await page.setViewportSize({ width: 390, height });
        const frame = await gallery.open(page, name, content);
        if (name === 'feedback') await frame.getByText('Open a sheet').click();
        // Transitions end, and the skeleton's patience too.
        await page.waitForTimeout(1200);
        const clip = { x: 0, y: 44, width: 390, height: height - 44 };
        await page.screenshot({ path: join(folder, `${name}-${scheme}.png`), clip, animations: 'disabled' });
      });
    }
  });
}
