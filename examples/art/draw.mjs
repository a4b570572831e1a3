/**
 * Draws every picture of the examples: `node examples/art/draw.mjs`.
 * Needs Chromium (MEZZE_CHROMIUM, or /usr/bin/chromium) and the packages of tests/ (`npm ci` there).
 * The pictures are committed; run this after changing a drawing.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dishes } from './dishes.mjs';
import { icons } from './icons.mjs';

const examples = new URL('../', import.meta.url);
const { chromium } = createRequire(new URL('../tests/package.json', examples))('@playwright/test');

/** What to draw: file below examples/, SVG text, width and height in pixels. */
function* pictures() {
  yield ['menu/images/icon.png', icons.menuIcon, 192, 192];
  yield ['scooter/images/icon.png', icons.scooterIcon, 192, 192];
  yield ['gallery/images/icon.png', icons.galleryIcon, 192, 192];
  for (const [name, svg] of Object.entries(icons.tabs)) yield [`menu/images/${name}.png`, svg, 81, 81];
  for (const [name, svg] of Object.entries(dishes)) yield [`menu/images/${name}.webp`, svg, 480, 480];
  yield ['scooter/images/scooter.png', icons.scooterSide, 480, 360];
  for (const name of ['hills', 'sea', 'night']) yield [`gallery/images/${name}.webp`, icons[name], 720, 405];
}

const browser = await chromium.launch({
  executablePath: process.env.MEZZE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
for (const [file, svg, width, height] of pictures()) {
  const type = file.endsWith('.webp') ? 'image/webp' : 'image/png';
  const base64 = await page.evaluate(async ([text, canvasWidth, canvasHeight, mediaType]) => {
    const image = new Image(canvasWidth, canvasHeight);
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: canvasWidth, height: canvasHeight });
    canvas.getContext('2d').drawImage(image, 0, 0, canvasWidth, canvasHeight);
    return canvas.toDataURL(mediaType, 0.88).split(',')[1];
  }, [svg, width, height, type]);
  const target = fileURLToPath(new URL(file, examples));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, Buffer.from(base64, 'base64'));
}
await browser.close();
