/** Every component is drawn, in light and dark, without a warning. Pictures go to `MEZZE_PICTURES`, to be looked at. */
import { afterAll, describe, expect, it } from 'vitest';
import { Drawer } from './testing/draw';
import { galleryStyle, pages } from './testing/gallery';
import { morePages } from './testing/gallery-more';
import { chromiumFound, closeBrowser, mount } from './testing/harness';

/** What the shell would say. */
const services = { openData: null, 'back.hold': null };
const pictures = process.env['MEZZE_PICTURES'];

describe.skipIf(!chromiumFound)('gallery', () => {
  afterAll(closeBrowser);
  for (const theme of ['light', 'dark'] as const) {
    for (const [name, nodes] of Object.entries({ ...pages, ...morePages })) {
      it(`${name}, ${theme}`, { timeout: 60_000 }, async () => {
        const frame = await mount({ styles: [{ file: 'style/app.css', text: galleryStyle }], theme, services });
        await frame.ops(...new Drawer().append(1, ...nodes));
        await frame.page.waitForTimeout(400);
        if (pictures !== undefined) await frame.page.screenshot({ path: `${pictures}/${name}-${theme}.png` });
        const complaints = (await frame.toShell()).filter(({ k }) => k === 'violation' || k === 'console');
        expect(complaints, JSON.stringify(complaints)).toEqual([]);
        await frame.close();
      });
    }
  }
});
