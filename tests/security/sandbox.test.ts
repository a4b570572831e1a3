/** What a mini app, or a view that was taken over, can reach: nothing outside its frame. */
import type { Frame, Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { frameWith } from '../support/shell';
import { expect, test as base } from '../support/platform';
import { countingServer } from './counter';

const probe = fileURLToPath(new URL('fixtures/probe', import.meta.url));
type Counter = Awaited<ReturnType<typeof countingServer>>;

const test = base.extend<{ counter: Counter }, { withProbe: string }>({
  withProbe: [
    async ({ tools, platform }, use) => {
      await tools.publish(platform, probe);
      await use(platform.address);
    },
    { scope: 'worker' },
  ],
  counter: async ({}, use) => {
    const counter = await countingServer();
    await use(counter);
    await counter.stop();
  },
});

async function openProbe(page: Page, address: string, counter: Counter): Promise<Frame> {
  await page.goto(`${address}/miniapp/org.example.probe/pages/index/index?target=${encodeURIComponent(counter.address)}`);
  return frameWith(page, 'text=start');
}

test('the counter counts, so that silence means something', async ({ page, withProbe, counter }) => {
  await page.goto(`${withProbe}/healthz`);
  await page.request.get(`${counter.address}/from-the-test`);
  expect(counter.hits).toContain('GET /from-the-test');
});

test('no script of a mini app reaches the network, or code of its own making', async ({ page, withProbe, counter }) => {
  const frame = await openProbe(page, withProbe, counter);
  await frame.getByText('start', { exact: true }).click();
  const report = await frameWith(page, 'text=/^\\{"fetch"/', 30_000);
  const results = JSON.parse((await report.locator('text=/^\\{"fetch"/').first().textContent()) ?? '{}') as Record<string, string>;
  const harmless = Object.entries(results).filter(([, result]) => result.startsWith('done'));
  expect(Object.fromEntries(harmless)).toEqual({});
  expect(results.request).toMatch(/^refused: request:fail .+/);
  expect(counter.hits).toEqual([]);
});

/** Runs in a page frame what a view under foreign control would try. Playwright is not bound by the frame's policy, the browser is. */
const breakouts: Record<string, (target: string) => unknown> = {
  fetch: (target) => fetch(`${target}/frame-fetch`),
  XMLHttpRequest: (target) => {
    const request = new XMLHttpRequest();
    request.open('GET', `${target}/frame-xhr`);
    request.send();
  },
  WebSocket: (target) => new WebSocket(target.replace('http', 'ws')),
  EventSource: (target) => new EventSource(`${target}/frame-events`),
  beacon: (target) => navigator.sendBeacon(`${target}/frame-beacon`),
  picture: (target) => Object.assign(new Image(), { src: `${target}/frame-image` }),
  script: (target) => document.head.append(Object.assign(document.createElement('script'), { src: `${target}/frame-script` })),
  'style sheet': (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${target}/frame-style` })),
  prefetch: (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: `${target}/frame-prefetch` })),
  preconnect: (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: target })),
  'module preload': (target) => document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: `${target}/frame-module` })),
  'inline script': (target) => document.head.append(Object.assign(document.createElement('script'), { textContent: `fetch('${target}/frame-inline')` })),
  frame: (target) => document.body.append(Object.assign(document.createElement('iframe'), { src: `${target}/frame-frame` })),
  'frame by text': (target) => document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: `<img src="${target}/frame-srcdoc">` })),
  object: (target) => document.body.append(Object.assign(document.createElement('object'), { data: `${target}/frame-object` })),
  video: (target) => document.body.append(Object.assign(document.createElement('video'), { src: `${target}/frame-video`, autoplay: true })),
  font: (target) => document.head.append(Object.assign(document.createElement('style'), { textContent: `@font-face{font-family:x;src:url(${target}/frame-font)}body{font-family:x}` })),
  'import of styles': (target) => document.head.append(Object.assign(document.createElement('style'), { textContent: `@import url(${target}/frame-import);` })),
  form: (target) => {
    const form = Object.assign(document.createElement('form'), { action: `${target}/frame-form`, method: 'post' });
    document.body.append(form);
    form.submit();
  },
  'new window': (target) => window.open(`${target}/frame-window`),
  'meta refresh': (target) => document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${target}/frame-refresh` })),
  'top navigation': (target) => {
    if (window.top) window.top.location.href = `${target}/frame-top`;
  },
  'own navigation': (target) => {
    window.location.href = `${target}/frame-location`;
  },
  'own navigation to data': () => {
    window.location.href = 'data:text/html,<script>parent.postMessage("escaped","*")</script>';
  },
};

/**
 * Where a frame is told to go elsewhere, Chromium may open a connection before the policy refuses the navigation;
 * nothing is sent over it. No script of a mini app runs in a frame, so none can cause it.
 */
const navigations = new Set(['frame', 'meta refresh', 'own navigation']);

for (const [name, breakout] of Object.entries(breakouts)) {
  test(`a page frame under foreign control: ${name}`, async ({ page, withProbe, counter }) => {
    const frame = await openProbe(page, withProbe, counter);
    const address = page.url();
    await frame.evaluate(breakout, counter.address).catch(() => undefined);
    await page.waitForTimeout(500);
    expect(counter.hits.filter((hit) => !(navigations.has(name) && hit === 'CONNECTION'))).toEqual([]);
    expect(new URL(page.url()).origin).toBe(new URL(address).origin);
    expect(page.context().pages()).toHaveLength(1);
  });
}

test('a page frame can’t read the shell: document, storage, cookies, databases', async ({ page, withProbe, counter }) => {
  const frame = await openProbe(page, withProbe, counter);
  const results = await frame.evaluate(async () => {
    const attempt = async (action: () => unknown) => {
      try {
        return `done: ${String(await action())}`;
      } catch {
        return 'refused';
      }
    };
    return {
      origin: self.origin,
      document: await attempt(() => parent.document.title),
      storage: await attempt(() => localStorage.length),
      cookie: await attempt(() => document.cookie.length),
      database: await attempt(() => new Promise((resolve, reject) => {
        const request = indexedDB.open('mezze');
        request.onsuccess = () => resolve('open');
        request.onerror = () => reject(request.error);
      })),
      caches: await attempt(() => caches.keys()),
      worker: await attempt(() => navigator.serviceWorker.getRegistrations()),
      parentLocation: await attempt(() => parent.location.href),
    };
  });
  expect(results.origin).toBe('null');
  expect(Object.entries(results).filter(([name, result]) => name !== 'origin' && result.startsWith('done'))).toEqual([]);
});

test('forged messages to the shell change nothing', async ({ page, withProbe, counter, problems }) => {
  const frame = await openProbe(page, withProbe, counter);
  await frame.evaluate(() => {
    const forged = [
      { k: 'call', id: 1, api: 'navigateTo', args: { url: '/pages/index/index' }, pageId: 1 },
      { k: 'gesture', token: 'f'.repeat(32), node: 1, type: 'tap' },
      { k: 'booted' },
      { k: 'ready' },
      { k: 'storage', op: 'clear' },
      { k: '__proto__', constructor: { prototype: { polluted: true } } },
      JSON.parse('{"__proto__":{"polluted":true},"k":"call"}') as unknown,
      null,
      'x'.repeat(100_000),
      42,
    ];
    for (const message of forged) parent.postMessage(message, '*', [new MessageChannel().port1]);
  });
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => ({} as { polluted?: boolean }).polluted)).toBeUndefined();
  await frame.getByText('start', { exact: true }).waitFor();
  expect(problems.errors).toEqual([]);
});
