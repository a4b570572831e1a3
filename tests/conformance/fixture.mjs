/** What the fixtures of APIs and of components share: their options, the browser they run in, and what is done with figures. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { compare } from './apis/figures.mjs';

/** The options of a run; `more` adds some. `figures` is the file where none is named. */
export function readOptions(figures, more = {}) {
  const { values } = parseArgs({
    options: {
      catalog: { type: 'string' },
      figures: { type: 'string', default: figures },
      chromium: { type: 'string', default: process.env.MEZZE_CHROMIUM ?? '/usr/bin/chromium' },
      only: { type: 'string' },
      check: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      headed: { type: 'boolean', default: false },
      parallel: { type: 'string', default: '2' },
      ...more,
    },
  });
  if (values.catalog === undefined) throw new Error('give --catalog FILE; `cargo xtask conformance` writes it and runs this');
  return values;
}

/** A browser with a camera and a microphone of its own making; `more` adds to how it is started. */
export function openBrowser({ chromium: executablePath, headed }, more = []) {
  return chromium.launch({
    executablePath,
    headless: !headed,
    args: [
      '--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
      ...more,
    ],
  });
}

/** A telephone whose user has agreed to `permissions`. */
export function openPhone(browser, permissions) {
  return browser.newContext({
    viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB',
    geolocation: { latitude: 47.37, longitude: 8.54, accuracy: 10 },
    permissions,
  });
}

/** Compares with the committed figures, writes those of a whole run, and ends: with 1 where ground was lost and that counts. */
export async function finish(figures, options) {
  const before = await readFile(options.figures, 'utf8').then(JSON.parse, () => undefined);
  const partial = options.only !== undefined || options.quick;
  const { lost, text } = compare(before, figures, partial);
  process.stdout.write(text);
  if (!options.check && (!partial || options.update)) {
    await mkdir(dirname(options.figures), { recursive: true });
    await writeFile(options.figures, `${JSON.stringify(figures, null, 2)}\n`);
  }
  process.exit(options.check && lost > 0 ? 1 : 0);
}
