/** What a mini app, or a view that was taken over, can reach: nothing outside its frame. */
import { documents, navigations, requests } from './breakouts';
import { expect, harm, openProbe, reported, strike, test } from './arena';
import { frameWith } from '../support/shell';

test('the counter counts, so that silence means something', async ({ page, address, counter }) => {
  await page.goto(`${address}/healthz`);
  await page.request.get(`${counter.address}/from-the-test`);
  expect(counter.hits).toContain('GET /from-the-test');
});

test('no script of a mini app reaches the network, or code of its own making', async ({ page, address, counter }) => {
  const frame = await openProbe(page, address, counter);
  await frame.getByText('start', { exact: true }).click();
  const report = await frameWith(page, 'text=/^\\{"fetch"/', 30_000);
  const results = JSON.parse((await report.locator('text=/^\\{"fetch"/').first().textContent()) ?? '{}') as Record<string, string>;
  const harmless = Object.entries(results).filter(([, result]) => result.startsWith('done'));
  expect(Object.fromEntries(harmless)).toEqual({});
  expect(results.request).toMatch(/^refused: request:fail .+/);
  expect(counter.hits).toEqual([]);
});

test('no constructor, prototype, iterator, stack or part of the runtime leads out of the worker', async ({ page, address, counter }) => {
  const frame = await strike(page, address, counter, 'globals');
  const results = await reported<Record<string, string>>(frame);
  expect(Object.keys(results).length).toBeGreaterThan(60);
  expect(results.host).toBe('refused: found, with objects of its own');
  expect(Object.fromEntries(Object.entries(results).filter(([, result]) => result.startsWith('done')))).toEqual({});
  expect(await harm(page, counter)).toEqual([]);
});

test('the worker that an app may start reaches no more than the app', async ({ page, address, counter }) => {
  const frame = await strike(page, address, counter, 'second worker');
  const results = await reported<Record<string, string>>(frame);
  expect(Object.entries(results).filter(([, result]) => result.startsWith('done'))).toEqual([]);
  expect(await harm(page, counter)).toEqual([]);
});

test('a page frame under foreign control reaches nobody', async ({ page, address, counter }) => {
  const frame = await openProbe(page, address, counter);
  const shell = page.url();
  for (const [name, breakout] of Object.entries(requests)) {
    if (!documents.has(name)) await frame.evaluate(breakout, counter.address).catch(() => undefined);
  }
  await page.waitForTimeout(1500);
  expect(counter.hits).toEqual([]);
  for (const name of documents) await frame.evaluate(requests[name] as (target: string) => unknown, counter.address).catch(() => undefined);
  await page.waitForTimeout(700);
  expect(counter.hits.filter((hit) => hit !== 'CONNECTION')).toEqual([]);
  expect(new URL(page.url()).origin).toBe(new URL(shell).origin);
  expect(page.context().pages()).toHaveLength(1);
});

for (const [name, breakout] of Object.entries(navigations)) {
  test(`a page frame under foreign control: ${name}`, async ({ page, address, counter }) => {
    const frame = await openProbe(page, address, counter);
    const shell = page.url();
    await frame.evaluate(breakout, counter.address).catch(() => undefined);
    await page.waitForTimeout(700);
    expect(counter.hits.filter((hit) => hit !== 'CONNECTION')).toEqual([]);
    expect(new URL(page.url()).origin).toBe(new URL(shell).origin);
    expect(page.context().pages()).toHaveLength(1);
  });
}

test('a page frame can’t read the shell: document, storage, cookies, databases', async ({ page, address, counter }) => {
  const frame = await openProbe(page, address, counter);
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
      files: await attempt(() => navigator.storage.getDirectory()),
      locks: await attempt(() => navigator.locks.request('mezze', () => 1)),
      parentLocation: await attempt(() => parent.location.href),
      neighbour: await attempt(() => {
        for (let index = 0; index < parent.frames.length; index += 1) {
          const other = parent.frames[index];
          if (other !== undefined && other !== self && other.document) return 'read';
        }
        throw new Error('no neighbour can be read');
      }),
    };
  });
  expect(results.origin).toBe('null');
  expect(Object.entries(results).filter(([name, result]) => name !== 'origin' && result.startsWith('done'))).toEqual([]);
});

test('what is broadcast in one app’s frames is heard in no other’s, nor in the shell', async ({ page, address, counter }) => {
  const frame = await openProbe(page, address, counter);
  await page.evaluate(() => {
    const here = globalThis as unknown as { heard: number };
    here.heard = 0;
    new BroadcastChannel('mezze').onmessage = () => {
      here.heard += 1;
    };
  });
  await frame.evaluate(() => new BroadcastChannel('mezze').postMessage('x'));
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => (globalThis as unknown as { heard: number }).heard)).toBe(0);
});

test('forged messages to the shell change nothing', async ({ page, address, counter, problems }) => {
  const frame = await openProbe(page, address, counter);
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
