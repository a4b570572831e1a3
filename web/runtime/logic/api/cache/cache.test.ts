/** The cache manager: what a rule matches, and who answers a request while the network is bad. */
import { expect, it } from 'vitest';
import { settle, TestApp } from '../../testing/app';
import { readRule } from './rules';

const origin = 'https://a.example';
const get = (url: string, data?: unknown) => ({ url, method: 'GET', data });

it('rules match by path, method, parts that change, and query', () => {
  const matched = (rule: unknown, url: string, method = 'GET') =>
    readRule(rule).match({ url, method, data: undefined }, origin);
  expect(matched('/abc', 'https://a.example/abc?x=1')).toBe('GET https://a.example/abc');
  expect(matched('/abc', 'https://b.example/abc')).toBeUndefined();
  expect(matched('https://b.example/abc', 'https://b.example/abc')).toBeDefined();
  expect(matched('POST /abc', 'https://a.example/abc')).toBeUndefined();
  expect(matched('POST /abc', 'https://a.example/abc', 'POST')).toBeDefined();
  expect(matched('/abc/:id', 'https://a.example/abc/12')).toBe('GET https://a.example/abc/12');
  expect(matched('/abc/:id', 'https://a.example/abc/12/x')).toBeUndefined();
  expect(matched('/abc?aa', 'https://a.example/abc?bb=2&aa=1')).toBe('GET https://a.example/abc?aa=1');
  expect(matched('/abc?aa=2', 'https://a.example/abc?aa=1')).toBeUndefined();
  expect(matched(/\/(abc|cba)$/gi, 'https://a.example/cba?x')).toBeDefined();
  expect(matched(/\/(abc|cba)$/gi, 'https://b.example/cba')).toBeUndefined();
  expect(matched(/^https:\/\/b\.example\//, 'https://b.example/cba')).toBeDefined();
  expect(matched({ method: 'put', url: '/abc' }, 'https://a.example/abc')).toBeUndefined();
  expect(() => readRule(7)).toThrow('a rule is');
  expect(() => readRule({})).toThrow('needs a url');
});

it('rules match the data that they describe, and name a kept answer by it alone', () => {
  const rule = readRule({
    id: 'r',
    url: '/abc',
    dataSchema: [
      { name: 'a', schema: [{ type: 'number' }, { type: 'string', value: /^x/ }] },
      { name: 'b', schema: { type: 'object', value: [{ name: 'c', schema: { type: 'boolean' } }] } },
      { name: 'd', schema: { type: 'string[]' } },
      { name: 'e', schema: { type: 'string', value: (value: string) => value.length === 2 } },
    ],
  });
  const data = { a: 1, b: { c: true }, d: ['x'], e: 'ok', token: 'any' };
  const name = rule.match(get(`${origin}/abc`, data), origin);
  expect(rule.match(get(`${origin}/abc`, { ...data, token: 'other' }), origin)).toBe(name);
  expect(rule.match(get(`${origin}/abc`, { ...data, a: 2 }), origin)).not.toBe(name);
  const wrong = [{ a: 'y' }, { b: { c: 1 } }, { d: [1] }, { e: 'long' }];
  for (const change of wrong) expect(rule.match(get(`${origin}/abc`, { ...data, ...change }), origin)).toBeUndefined();
});

function app(): TestApp {
  return new TestApp({ modules: { 'pages/a/a.js': 'Page({})' } });
}

const answered = { statusCode: 200, header: {}, cookies: [], data: 'kept' };
type Manager = Record<string, (...values: unknown[]) => unknown> & { state: number };
const request = (of: TestApp, more: object = {}) =>
  new Promise<Record<string, unknown>>((resolve) =>
    of.wx.request?.({ url: `${origin}/abc`, complete: resolve, ...more }),
  );
const requests = (of: TestApp) => of.shell.of('call').filter(({ api }) => api === 'request').length;

it('answers from what was kept while there is no network', async () => {
  const one = app();
  const manager = one.wx.createCacheManager?.({ origin }) as Manager;
  expect(one.wx.createCacheManager?.({})).toBe(manager);
  expect(manager.addRules?.(['/abc', '/other'])).toHaveLength(2);
  const heard: string[] = [];
  manager.on?.('enterWeakNetwork', () => heard.push('enter'));
  manager.on?.('exitWeakNetwork', () => heard.push('exit'));
  const first = request(one);
  one.answer('request', answered);
  expect((await first).data).toBe('kept');
  const broken = request(one, { url: `${origin}/other` });
  one.answer('request', { ...answered, statusCode: 500 });
  await broken;

  one.shell.deliver({ k: 'event', name: 'network.change', detail: { isConnected: false, networkType: 'none' } });
  expect([manager.state, heard]).toEqual([1, ['enter']]);
  expect(await request(one)).toMatchObject({ data: 'kept', fromCache: true, errMsg: 'request:ok' });
  expect(requests(one), 'not asked again').toBe(2);
  void request(one, { url: `${origin}/other` });
  await settle();
  expect(requests(one), 'a failure was not kept').toBe(3);

  manager.on?.('request', (event: unknown) => {
    const data = (manager.match?.(event) as { data?: unknown } | undefined)?.data;
    return data === undefined ? Promise.reject('no cache') : Promise.resolve(data);
  });
  expect(await request(one)).toMatchObject({ fromCache: true });
  expect(await request(one, { url: `${origin}/other` })).toEqual({ errMsg: 'request:fail no cache' });

  one.shell.deliver({ k: 'event', name: 'network.change', detail: { isConnected: true, networkType: 'wifi' } });
  expect([manager.state, heard]).toEqual([0, ['enter', 'exit']]);
  manager.deleteRule?.('"/abc"');
  expect(manager.match?.(get(`${origin}/abc`))).toEqual({});
});

it('a handler may send the request itself, and keep its answer', async () => {
  const one = app();
  const manager = one.wx.createCacheManager?.({ origin, mode: 'none' }) as Manager;
  manager.addRule?.({ id: 'r', url: '/abc', maxAge: 1000 });
  manager.on?.('request', (event: unknown) =>
    (event as { request(o: object): unknown }).request({ needUpdateCache: true }),
  );
  manager.start?.();
  const task = request(one);
  await settle();
  one.answer('request', answered);
  expect(await task).toMatchObject({ data: 'kept' });
  expect(manager.match?.(get(`${origin}/abc`))).toMatchObject({ ruleId: 'r', maxAge: 1000, data: { data: 'kept' } });
  one.host.pass(1001);
  expect(manager.match?.(get(`${origin}/abc`))).not.toHaveProperty('data');
  manager.stop?.();
  expect(manager.state).toBe(0);
});

it('keeps in a space of its own, beside what the app stores', async () => {
  const one = app();
  const manager = one.wx.createCacheManager?.({ origin }) as Manager;
  manager.addRule?.('/abc');
  const first = request(one);
  one.answer('request', answered);
  await first;
  const kept = one.shell.of('storage').map((change) => ('key' in change ? change.key : ''));
  expect(kept).toEqual(['\u0001answers\u0001GET https://a.example/abc']);
  expect(one.wx.getStorageInfoSync?.()).toMatchObject({ keys: [] });
  one.wx.clearStorageSync?.();
  expect(manager.match?.(get(`${origin}/abc`))).toHaveProperty('data');
});
