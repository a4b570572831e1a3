/**
 * Changes of a list page in Chromium, four ways, one JSON object a change, milliseconds:
 * - `mezze`: from `setData` to its callback in our host, which answers after layout. `round trip` is the least any change
 *   takes: one text on an empty page, `after a pause` with both threads at rest, as every change but the repeated ones;
 * - `dimina`: the same app in the peer's web host, from `setData` to its callback, which comes before layout;
 *   `diminaToLayout` counts to the layout of what was changed, as the others do;
 * - `dom`: hand-written DOM code that makes the same change in an identical frame, to completed layout;
 * - `domBehindPort`: that code again, told what to do by a worker that waits for the answer: the least where an app's
 *   code runs apart from its page, whatever is done about it.
 *
 * `aboveRoundTrip` is our time without our own round trip, by that of the hand-written code.
 */
import { fileURLToPath } from 'node:url';
import { workshop } from '../tests/support/mezze.mjs';
import { frameWith, openBrowser, phone } from './support/browser.mjs';
import { measureByHand } from './support/by-hand.mjs';
import { peerFolder, servePeer } from './support/peer.mjs';
import { readReport, repeated, watchLayouts } from './support/rows.mjs';
import { median, summary, times } from './support/statistics.mjs';

const app = fileURLToPath(new URL('list-app', import.meta.url));
const browser = await openBrowser();

async function measureAt(address, watch = false) {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  if (watch) await context.addInitScript(watchLayouts);
  try {
    await page.goto(address);
    return await readReport(page, frameWith);
  } finally {
    await context.close();
  }
}

async function measureOurs() {
  const tools = await workshop({ profile: 'release' });
  try {
    const platform = await tools.serve();
    try {
      await tools.publish(platform, app);
      return await measureAt(`${platform.address}/miniapp/app.mezze.bench.list`);
    } finally {
      await platform.stop();
    }
  } finally {
    await tools.dispose();
  }
}

/** Forcing layouts costs the peer time of its own, so they are counted in a run apart. */
async function measurePeer(watch) {
  const folder = peerFolder();
  if (!folder) return undefined;
  const peer = await servePeer(folder, app);
  try {
    return await measureAt(`${peer.address}/?appId=${peer.appId}&entry=pages/list/index`, watch);
  } finally {
    await peer.stop();
  }
}

try {
  const byHand = await measureByHand(browser);
  const theirs = await measurePeer(false);
  const watched = await measurePeer(true);
  const ours = await measureOurs();
  for (const [change, { callback }] of Object.entries(ours)) {
    const mezze = summary(callback, 1);
    const dimina = theirs?.[change] && summary(theirs[change].callback, 1);
    const diminaToLayout = watched?.[change] && summary(watched[change].layout, 1);
    const dom = summary(byHand.dom[change], 1);
    const domBehindPort = summary(byHand.port[change], 1);
    const roundTrip = median(ours[repeated[change] ? 'round trip' : 'round trip after a pause'].callback.slice(1));
    console.log(JSON.stringify({
      bench: 'set-data', change, unit: 'ms', mezze, dimina, diminaToLayout, dom, domBehindPort,
      fasterThanDimina: times(dimina?.median, mezze.median),
      fasterThanDiminaToLayout: times(diminaToLayout?.median, mezze.median),
      slowerThanDom: times(mezze.median, dom.median),
      slowerThanDomBehindPort: times(mezze.median, domBehindPort.median),
      aboveRoundTrip: times(mezze.median - roundTrip, dom.median),
    }));
  }
} finally {
  await browser.close();
}
