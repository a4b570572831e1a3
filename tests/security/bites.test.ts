/**
 * The same attacks with their defences taken away: each must do harm then, or its silence elsewhere means nothing. Where
 * two walls stand behind each other, each is seen to hold alone.
 */
import type { BrowserContext, Frame, Page } from '@playwright/test';
import { navigations, requests } from './breakouts';
import { type Counter, expect, harm, launch, open, openProbe, reported, strike, struck, test as base } from './arena';
import { closeApp, dish, frameWith } from '../support/shell';
import { type DefenceName, withLocalNetwork, withoutDefence } from './without-defence';

/** A page whose platform has lost some of its defences. */
const test = base.extend<{ bare: (...names: DefenceName[]) => Promise<Page> }>({
  bare: async ({ browser, address }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (...names) => {
      const context = await browser.newContext({ serviceWorkers: 'block' });
      contexts.push(context);
      await withoutDefence(context, address, ...names);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

/**
 * A document that Playwright answers for counts as one of the public network, from which Chromium lets nobody reach this
 * machine: it would stand in for the defences that are taken away.
 */
test.use({ launchOptions: withLocalNetwork });

const paths = (counter: Counter): string[] => [...new Set(counter.hits.map((hit) => /\/(frame[\w.-]*|global[\w-]*|text-[\w%-]*|class-[\w%-]*|op-[\w-]*|runtime-script)/.exec(hit)?.[1] ?? hit))];

/** Breakouts that Chromium itself has no way for, or that need what a test has not got (HTTP/3, a PDF reader, a click). */
const withoutBite = new Set(['preconnect', 'WebTransport', 'track', 'late fetch', 'prerender', 'speculation rules', 'icon', 'manifest', 'service worker', 'shared worker', 'report', 'paint worklet', 'audio worklet', 'PDF in an object', 'PDF in an embed', 'download', 'nested frame of data']);

test('requests of a page frame bite without its policies', async ({ bare, address, counter }) => {
  const page = await bare('policy of the shell', 'policy of the frame', 'sandbox of the frame');
  const frame = await openProbe(page, address, counter);
  const biting = Object.entries(requests).filter(([name]) => !withoutBite.has(name));
  // Two of them lead the frame elsewhere: each has a frame of its own.
  const leaving = ['form', 'ping'];
  for (const [name, breakout] of biting) if (!leaving.includes(name)) await frame.evaluate(breakout, counter.address).catch(() => undefined);
  for (const name of leaving) {
    const another = await openProbe(page, address, counter);
    await another.evaluate(requests[name] as (target: string) => unknown, counter.address).catch(() => undefined);
    await page.waitForTimeout(700);
  }
  const silent = () => {
    const reached = counter.hits.join('\n');
    return biting.map(([name, breakout]) => [name, String(breakout).match(/frame-[\w.-]+/g) ?? []] as const).filter(([, addresses]) => !addresses.some((one) => reached.includes(`/${one}`))).map(([name]) => name);
  };
  await expect.poll(silent, { timeout: 15_000 }).toEqual([]);
});

test('the policy of the shell holds a page frame without its own, and its own without the shell’s', async ({ bare, address, counter }) => {
  for (const lost of ['policy of the frame', 'policy of the shell'] as const) {
    counter.hits.length = 0;
    const page = await bare(lost);
    const frame = await openProbe(page, address, counter);
    for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'beacon', 'picture', 'script', 'style sheet', 'font', 'worker'] as const) {
      await frame.evaluate(requests[name] as (target: string) => unknown, counter.address).catch(() => undefined);
    }
    await page.waitForTimeout(700);
    expect(counter.hits, `without the ${lost}`).toEqual([]);
  }
});

/** Goes away from the shell; a navigation that got through may still be under way, and cuts in. */
async function leave(page: Page): Promise<void> {
  await expect.poll(() => page.goto('about:blank').then(() => page.url(), () => '')).toBe('about:blank');
}

test('navigations of a page frame bite without the shell’s policy', async ({ bare, address, counter }) => {
  const page = await bare('policy of the shell', 'policy of the frame', 'sandbox of the frame', 'one document a frame');
  const silent: string[] = [];
  for (const [name, breakout] of Object.entries(navigations)) {
    counter.hits.length = 0;
    const frame = await openProbe(page, address, counter);
    await frame.evaluate(breakout, counter.address).catch(() => undefined);
    const reached = () => counter.hits.some((hit) => hit.startsWith('GET'));
    for (let waited = 0; waited < 2000 && !reached(); waited += 50) await page.waitForTimeout(50);
    // A PDF reader is not in every Chromium.
    if (!reached() && name !== 'nested PDF') silent.push(name);
    await leave(page);
  }
  // Frames stand in shadow trees of the shell's: none is in the list that another one could take it from.
  expect(silent).toEqual(['navigation of the next window']);
});

test('WebRTC reaches out of a page frame whatever the policies say: no code of an app runs there', async ({ page, address, counter }) => {
  const frame = await openProbe(page, address, counter);
  const [host, port] = counter.address.slice('http://'.length).split(':');
  await frame.evaluate((server) => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:${server}` }] });
    Object.assign(globalThis, { connection });
    connection.createDataChannel('x');
    return connection.createOffer().then((offer) => connection.setLocalDescription(offer));
  }, `${host}:${port}`);
  await expect.poll(() => counter.hits.includes('UDP'), { timeout: 10_000 }).toBe(true);
});

test('the worker’s two walls each hold alone, and without both everything is reached', async ({ bare, address, counter }) => {
  test.setTimeout(120_000);
  const done = async (...names: DefenceName[]) => {
    counter.hits.length = 0;
    const page = await bare(...names);
    const frame = await strike(page, address, counter, 'globals');
    const results = await reported<Record<string, string>>(frame, 30_000);
    await page.waitForTimeout(500);
    return Object.entries(results).filter(([, result]) => result.startsWith('done')).map(([name]) => name);
  };
  // The policy alone: powers are there, but reach nobody.
  const powers = await done('globals are cut');
  expect(powers).toEqual(expect.arrayContaining(['XMLHttpRequest', 'Blob', 'BroadcastChannel']));
  expect(counter.hits).toEqual([]);
  // The cut alone: text is compiled, and finds nothing to reach out with but `import`.
  const compiled = await done('policy of the shell', 'policy of the frame');
  expect(compiled).toEqual(expect.arrayContaining(['Function by Reflect', 'text by generator', 'text by a class of async generator']));
  expect(compiled).not.toContain('fetch');
  // That one the policy alone keeps from other scripts; the compiler leaves none in an app's own.
  await expect.poll(() => paths(counter)).toContain('text-async%20function');
  // Neither.
  await done('policy of the shell', 'policy of the frame', 'globals are cut');
  await expect.poll(() => paths(counter), { timeout: 15_000 }).toEqual(expect.arrayContaining(['global-fetch', 'global-xhr', 'text-async%20function', 'class-proxy']));
});

test('a script of the app’s own making runs where the runtime runs any', async ({ bare, address, counter }) => {
  const page = await bare('scripts of the shell alone');
  const frame = await strike(page, address, counter, 'globals');
  expect((await reported<Record<string, string>>(frame))['script by the runtime']).toBe('done: 1');
});

test('operations draw scripts, frames and handlers without their lists', async ({ bare, address, counter }) => {
  const page = await bare('names of elements', 'names of attributes', 'policy of the frame', 'policy of the shell');
  const frame = await strike(page, address, counter, 'operations', 'script,iframe,handler,style element,style address');
  await struck(frame);
  await expect.poll(() => paths(counter)).toEqual(expect.arrayContaining(['op-script', 'op-srcdoc', 'op-sheet']));
  // The frame's policy is the second wall: with it, what is drawn reaches nobody.
  counter.hits.length = 0;
  const held = await bare('names of elements', 'names of attributes');
  const second = await strike(held, address, counter, 'operations', 'script,iframe,handler,style element,style address');
  await struck(second);
  await expect.poll(() => second.evaluate(() => document.querySelectorAll('script,iframe').length)).toBeGreaterThan(1);
  await held.waitForTimeout(700);
  expect(await harm(held, counter)).toEqual([]);
});

test('a stream without limits draws what it likes', async ({ bare, address, counter }) => {
  const page = await bare('limit of nodes', 'limit of waiting batches');
  const frame = await strike(page, address, counter, 'operations', 'too deep');
  await struck(frame);
  await expect.poll(() => frame.evaluate(() => document.querySelectorAll('mz-view').length), { timeout: 20_000 }).toBeGreaterThan(600);
});

test('broken messages go through where they are not checked', async ({ bare, address, counter }) => {
  const page = await bare('messages are checked');
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await launch(page, address, counter, 'broken messages');
  await expect.poll(() => errors.length, { timeout: 20_000 }).toBeGreaterThan(0);
});

test('a claimed tap opens the user’s settings where no proof is asked for', async ({ bare, address, counter }) => {
  const page = await bare('a tap is proved');
  await strike(page, address, counter, 'claimed tap', JSON.stringify([['openSetting', {}]]));
  await expect(page.getByRole('dialog').filter({ visible: true }).first()).toBeVisible();
});

test('a tap is spent again where it is not taken away', async ({ bare, address, counter }) => {
  const page = await bare('a tap counts once');
  const frame = await strike(page, address, counter, 'used tap', 'replayed');
  await frame.getByText('still here').click();
  const answers = await reported<string[]>(frame);
  expect(answers.filter((answer) => answer.includes('TAP gesture'))).toEqual([]);
});

test('an app behind reaches the device where it may', async ({ bare, address, counter }) => {
  const page = await bare('only in front');
  await page.addInitScript(() => {
    const done: string[] = [];
    Object.assign(globalThis, { done });
    Object.defineProperty(navigator, 'vibrate', { value: () => done.push('vibrated') });
  });
  await struck(await strike(page, address, counter, 'calls in the background'));
  await closeApp(page);
  await dish(page, 'Olive & Fig').click();
  await frameWith(page, 'text=Cold mezze', 20_000);
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { done: string[] }).done)).toContain('vibrated');
});

test('an app says who opened another where the shell does not', async ({ bare, address, counter }) => {
  const page = await bare('opener by the shell’s word');
  const frame = await strike(page, address, counter, 'other app', 'org.example.probe');
  await frame.getByText('still here').click();
  const question = page.getByRole('dialog').filter({ hasText: 'Probe', visible: true });
  await page.waitForTimeout(900);
  await question.getByRole('button', { name: /open/i }).click();
  const opened = await frameWith(page, '#entered:not(:empty)', 20_000);
  expect(await opened.locator('#entered').textContent()).toContain('org.example.bank');
});

test('storage without the app in its keys is everyone’s', async ({ bare, address, counter }) => {
  const page = await bare('storage by app');
  await strike(page, address, counter, 'storage', 'write:secret').then((frame) => reported(frame));
  await page.waitForTimeout(300);
  const probe = await openProbe(page, address, counter);
  await probe.getByText('look', { exact: true }).click();
  await expect(probe.locator('#kept')).toContainText('secret');
});

test('a name is measured where its box gives way to it', async ({ bare, address }) => {
  const page = await bare('box of open-data');
  const widths: string[] = [];
  for (const name of ['Li', 'Maximiliane von Hohenlohe-Langenburg']) {
    await page.route('**/api/v1/me', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), name } });
    });
    await open(page, address, 'named');
    const frame: Frame = await frameWith(page, '#report:not(:empty)', 20_000);
    widths.push((await frame.locator('#report').textContent()) ?? '');
    await page.unroute('**/api/v1/me');
  }
  expect(widths[0]).not.toBe(widths[1]);
});

test('a loop answers for itself where pings can be guessed', async ({ bare, address, counter }) => {
  const page = await bare('pings that can’t be guessed');
  await strike(page, address, counter, 'loop that answers');
  await page.waitForTimeout(8000);
  await expect(page.getByRole('button', { name: /stop|close it|end/i }).filter({ visible: true })).toHaveCount(0);
});

test('an app’s own second worker reaches out without policies and cut', async ({ bare, address, counter }) => {
  const page = await bare('policy of the shell', 'policy of the frame', 'globals are cut');
  const frame = await strike(page, address, counter, 'second worker');
  const results = await reported<Record<string, string>>(frame, 30_000);
  expect(results['fetch']).toMatch(/^done/);
  await expect.poll(() => counter.hits.filter((hit) => hit.includes('/worker-')).length).toBeGreaterThan(0);
});

test('without its sandbox a page frame reads the shell, its storage and databases, and is heard', async ({ bare, address, counter }) => {
  const page = await bare('sandbox of the frame');
  const frame = await openProbe(page, address, counter);
  await page.evaluate(() => {
    const here = globalThis as unknown as { heard: number };
    here.heard = 0;
    new BroadcastChannel('mezze').onmessage = () => {
      here.heard += 1;
    };
  });
  const read = await frame.evaluate(async () => {
    new BroadcastChannel('mezze').postMessage('x');
    const database = new Promise<boolean>((resolve) => {
      const request = indexedDB.open('mezze');
      request.onsuccess = () => resolve(request.result.objectStoreNames.contains('appFiles'));
      request.onerror = () => resolve(false);
    });
    const locks = await navigator.locks.query();
    return { title: parent.document.title, storage: localStorage.length, cookie: typeof document.cookie, database: await database, held: (locks.held ?? []).length };
  });
  expect(read).toMatchObject({ storage: expect.any(Number), cookie: 'string', database: true });
  expect(read.title).not.toBe('');
  expect(read.held).toBeGreaterThan(0);
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { heard: number }).heard)).toBe(1);
});

test('a covered page writes the bar of the one above it where calls are not kept to their pages', async ({ bare, address, counter }) => {
  const page = await bare('pages by their own numbers');
  await launch(page, address, counter, 'calls from behind');
  await expect(page.getByRole('heading', { name: 'Taken over' }).filter({ visible: true })).toBeVisible({ timeout: 30_000 });
});

test.describe('prompts', () => {
  test.use({ geolocation: { latitude: 41.01, longitude: 28.97 }, permissions: ['geolocation'] });

  test('a script answers a prompt where taps need not be people’s', async ({ bare, address }) => {
    const page = await bare('only taps of people answer');
    await open(page, address, 'painted');
    const frame = await frameWith(page, 'text=Only this time', 20_000);
    await frame.getByText('Only this time').click();
    const sheet = page.getByRole('dialog').filter({ hasText: 'asks to see where you are', visible: true });
    await sheet.locator('[data-answer=granted]').evaluate((button: HTMLElement) => button.click());
    await expect(sheet).toBeHidden();
  });
});
