/**
 * Changes of a list page in Chromium, three ways, one JSON object a change, milliseconds:
 * - `mezze`: from `setData` to its callback in our host, which answers after layout;
 * - `dimina`: the same app in the peer's web host, from `setData` to its callback;
 * - `dom`: hand-written DOM code that makes the same change in an identical frame, to completed layout.
 */
import { fileURLToPath } from 'node:url';
import { workshop } from '../tests/support/mezze.mjs';
import { frameWith, openBrowser, phone } from './support/browser.mjs';
import { measureByHand } from './support/by-hand.mjs';
import { peerFolder, servePeer } from './support/peer.mjs';
import { readReport } from './support/rows.mjs';
import { summary, times } from './support/statistics.mjs';

const app = fileURLToPath(new URL('list-app', import.meta.url));
const browser = await openBrowser();

async function measureAt(address) {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
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

async function measurePeer() {
  const folder = peerFolder();
  if (!folder) return undefined;
  const peer = await servePeer(folder, app);
  try {
    return await measureAt(`${peer.address}/?appId=${peer.appId}&entry=pages/list/index`);
  } finally {
    await peer.stop();
  }
}

try {
  const byHand = await measureByHand(browser);
  const theirs = await measurePeer();
  const ours = await measureOurs();
  for (const [change, samples] of Object.entries(ours)) {
    const mezze = summary(samples, 1);
    const dimina = theirs?.[change] && summary(theirs[change], 1);
    const dom = summary(byHand[change], 1);
    console.log(JSON.stringify({ bench: 'set-data', change, unit: 'ms', mezze, dimina, dom, fasterThanDimina: times(dimina?.median, mezze.median), slowerThanDom: times(mezze.median, dom.median) }));
  }
} finally {
  await browser.close();
}
