/**
 * Opening an app, from the tap to its first content on the screen, milliseconds:
 * - `cold`: a new device, so that the package is fetched, opened, checked and drawn;
 * - `warm`: the shell was loaded again, the package is on the device;
 * - `return`: the app is alive behind the home screen.
 * The peer's web host opens the same app from its list: `cold` with an empty cache, `warm` with a full one.
 */
import { fileURLToPath } from 'node:url';
import { workshop } from '../tests/support/mezze.mjs';
import { frameWith, openBrowser, phone } from './support/browser.mjs';
import { peerFolder, servePeer } from './support/peer.mjs';
import { startText } from './support/rows.mjs';
import { summary, times } from './support/statistics.mjs';

const app = fileURLToPath(new URL('list-app', import.meta.url));
const rounds = Number(process.env.MEZZE_BENCH_ROUNDS ?? 7);
const browser = await openBrowser();

/** Taps `dish` and waits for the first content; both hosts are watched in the same way. */
async function timeOpening(page, dish) {
  await dish.waitFor();
  // What the home does after it is shown is not the opening.
  await page.waitForTimeout(1500);
  const began = performance.now();
  await dish.dispatchEvent('click');
  await frameWith(page, startText);
  return performance.now() - began;
}

async function measureOurs(samples) {
  const tools = await workshop({ profile: 'release' });
  const platform = await tools.serve();
  try {
    await tools.publish(platform, app);
    for (let round = 0; round < rounds; round += 1) {
      const context = await browser.newContext(phone);
      const page = await context.newPage();
      const dish = page.getByRole('button', { name: /^List/ }).first();
      await page.goto(platform.address);
      samples.cold.push(await timeOpening(page, dish));
      await page.getByRole('button', { name: /^close/i }).filter({ visible: true }).first().click();
      samples.return.push(await timeOpening(page, dish));
      await page.goto(platform.address);
      samples.warm.push(await timeOpening(page, dish));
      await context.close();
    }
  } finally {
    await platform.stop();
    await tools.dispose();
  }
}

async function measurePeer(samples) {
  const folder = peerFolder();
  if (!folder) return;
  const peer = await servePeer(folder, app);
  try {
    for (let round = 0; round < rounds; round += 1) {
      const context = await browser.newContext(phone);
      const page = await context.newPage();
      const dish = page.locator('.dimina-app__mini-used-list li').first();
      await page.goto(peer.address);
      samples.cold.push(await timeOpening(page, dish));
      await page.goto(peer.address);
      samples.warm.push(await timeOpening(page, dish));
      await context.close();
    }
  } finally {
    await peer.stop();
  }
}

try {
  const ours = { cold: [], warm: [], return: [] };
  const theirs = { cold: [], warm: [], return: [] };
  await measurePeer(theirs);
  await measureOurs(ours);
  for (const [way, samples] of Object.entries(ours)) {
    const mezze = summary(samples, 1);
    const dimina = theirs[way].length ? summary(theirs[way], 1) : undefined;
    console.log(JSON.stringify({ bench: 'open', way, unit: 'ms', mezze, dimina, ratio: times(dimina?.median, mezze.median) }));
  }
} finally {
  await browser.close();
}
