/** What goes from page to page with the transition: shared elements, and pages that grow out of an open-container. */
import { fileURLToPath } from 'node:url';
import type { Frame, Page } from '@playwright/test';
import { expect, test } from '../support/platform';
import { frameWith } from '../support/shell';

const project = fileURLToPath(new URL('fixtures/crossings', import.meta.url));
const flying = '.mz-flight';

interface Flight {
  picture: boolean;
  /** Where it was seen, frame by frame. */
  way: { top: number; width: number }[];
}

/** Notes in each page frame what flies there. */
async function watchFlights(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const flights: Flight[] = [];
    Object.assign(globalThis, { flights });
    const follow = (layer: Element, flight: Flight) => {
      if (!layer.isConnected) return;
      const { top, width } = layer.getBoundingClientRect();
      flight.way.push({ top: Math.round(top), width: Math.round(width) });
      requestAnimationFrame(() => follow(layer, flight));
    };
    new MutationObserver((records) => {
      for (const layer of records.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (!(layer instanceof Element) || !layer.classList.contains('mz-flight')) continue;
        const flight: Flight = { picture: layer.firstElementChild?.localName === 'canvas', way: [] };
        flights.push(flight);
        requestAnimationFrame(() => follow(layer, flight));
      }
    }).observe(document, { childList: true, subtree: true });
  });
}

async function landed(frame: Frame): Promise<Flight> {
  await expect.poll(() => frame.evaluate(() => (globalThis as unknown as { flights: Flight[] }).flights.length)).toBe(1);
  await expect(frame.locator(flying)).toHaveCount(0);
  const [flight] = await frame.evaluate(() => (globalThis as unknown as { flights: Flight[] }).flights);
  if (flight === undefined) throw new Error('nothing flew');
  return flight;
}

/** First and last width of what moves with bent corners, and the colour that it begins with. */
function surfaces(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      roots.push(...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : [shadowRoot])));
    }
    return roots.flatMap((root) => root.getAnimations()).flatMap(({ effect }) => {
      const frames = effect instanceof KeyframeEffect ? effect.getKeyframes() : [];
      const [first] = frames;
      if (first?.['backgroundColor'] === undefined || first['width'] === undefined) return [];
      return [`${first['width']} ${frames.at(-1)?.['width']} ${first['backgroundColor']}`];
    });
  });
}

test('a shared element flies to the page that comes and back, and its page hears of it', async ({ page, tools }) => {
  const dev = await tools.start('dev', project, '--listen', '127.0.0.1:0', '--no-open', '--json');
  try {
    await watchFlights(page);
    await page.goto(String(dev.ready.url));
    const list = await frameWith(page, 'text=Open me');
    const frames = new Set(page.frames());
    await list.locator('.plate').first().click();
    await expect(list.locator('.thumb.mz-in-flight')).toHaveCount(1);
    const detail = await frameWith(page, 'text=Detail by flight');
    const going = await landed(detail);
    // The bar of the list stands above its frame, so that the way begins lower in the frame of the detail page.
    expect(going.picture).toBe(false);
    expect(going.way[0]?.top).toBeGreaterThan(200);
    expect(going.way[0]?.width).toBeLessThan(150);
    expect(going.way.at(-1)).toEqual({ top: 50, width: 200 });
    expect(going.way.some(({ width }) => width > 80 && width < 180)).toBe(true);
    await expect(detail.locator('mz-page')).toHaveCSS('opacity', '1');
    await expect(list.locator('.mz-in-flight')).toHaveCount(0);
    expect(frames.has(list)).toBe(true);

    const flown = detail.evaluate(() => new Promise<boolean>((resolve) => {
      new MutationObserver((records) => {
        for (const layer of records.flatMap(({ addedNodes }) => [...addedNodes])) {
          if (layer instanceof Element && layer.classList.contains('mz-flight')) resolve(layer.firstElementChild?.localName === 'canvas');
        }
      }).observe(document.body, { childList: true });
    }));
    await page.goBack();
    // By default what flies belongs to the page that comes: here a picture of it, over the page that goes.
    expect(await flown).toBe(true);
    await expect.poll(() => page.frames().includes(detail)).toBe(false);
    await expect(list.locator('#told')).toHaveText('1 true 60 60');
    await expect(list.locator('.mz-in-flight')).toHaveCount(0);
  } finally {
    await dev.stop();
  }
});

test('a page grows out of the container that was tapped and goes back into it', async ({ page, tools }) => {
  const dev = await tools.start('dev', project, '--listen', '127.0.0.1:0', '--no-open', '--json');
  try {
    await page.goto(String(dev.ready.url));
    const list = await frameWith(page, 'text=Open me');
    await list.locator('#card').click();
    await expect.poll(() => surfaces(page), { intervals: [30] }).toEqual(['120px 390px rgb(200, 230, 180)']);
    const detail = await frameWith(page, 'text=Detail by container');
    await expect.poll(() => surfaces(page)).toEqual([]);
    await expect(detail.locator('.foot')).toBeVisible();
    await page.goBack();
    await expect.poll(() => surfaces(page), { intervals: [30] }).toEqual(['120px 390px rgb(200, 230, 180)']);
    await expect.poll(() => page.frames().includes(detail)).toBe(false);
    await expect(list.locator('#card')).toBeVisible();
  } finally {
    await dev.stop();
  }
});
