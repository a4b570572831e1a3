/** The browser of the benchmarks: system Chromium, through the packages of tests/ (`npm ci` there). */
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../../tests/package.json', import.meta.url))('@playwright/test');

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.MEZZE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A phone-sized context, the same for us and for the peer. */
export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true };

/**
 * The frame of a page in which `selector` is visible, looked for every `interval` milliseconds, at most `timeout` of
 * them. A look costs the frame time (a query over all its text), so what is timed meanwhile wants a long interval.
 */
export async function frameWith(page, selector, timeout = 20_000, interval = 4) {
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      if (await frame.locator(selector).first().isVisible().catch(() => false)) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
  throw new Error(`no frame of ${page.url()} shows ${selector} after ${timeout} ms; frames: ${page.frames().length}`);
}
