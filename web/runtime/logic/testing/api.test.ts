import { expect, test } from 'vitest';
import type { LogicApi, ViewApi } from '../../protocol/generated/catalog';
import { catalog } from '../../protocol/generated/catalog';
import { buildImplementations, missingImplementations } from '../api/index';
import { StorageSpaces } from '../api/storage';
import { settle, TestApp } from './app';
import { textBlob } from './fake-host';
import { boxPage, partComponent } from './fixtures/templates';

const plain = () => new TestApp({ modules: { 'pages/a/a.js': 'Page({})' } });

/** Calls an API with callbacks and returns what they were called with, in order. */
function watch(app: TestApp, api: string, options: object = {}): unknown[] {
  const heard: unknown[] = [];
  const note = (name: string) => (detail: unknown) => heard.push(name, detail);
  app.wx[api]?.({ ...options, success: note('success'), fail: note('fail'), complete: note('complete') });
  return heard;
}

test('every API that the catalog gives to the worker or the page frame is there', () => {
  const app = plain();
  const context = Reflect.get(app.runtime, 'context') as Parameters<typeof buildImplementations>[0];
  const all = buildImplementations(
    context,
    new StorageSpaces(context, []),
    Reflect.get(app.runtime, 'observers'),
    Reflect.get(app.runtime, 'routing'),
  );
  const wanted = Object.entries(catalog)
    .filter(([, api]) => ['logic', 'view'].includes(api.carrier) && api.web === 'carried')
    .map(([name]) => name as LogicApi | ViewApi);
  expect(wanted.length).toBeGreaterThan(50);
  expect(missingImplementations(all, wanted)).toEqual([]);
});

test('a call ends in callbacks, with the errMsg of its name', async () => {
  const app = plain();
  const heard = watch(app, 'showToast', { title: 'hi', icon: 'none' });
  expect(app.lastCall('showToast')).toMatchObject({ args: { title: 'hi', icon: 'none' }, pageId: 1 });
  app.answer('showToast');
  expect(heard).toEqual([]);
  await settle();
  expect(heard).toEqual(['success', { errMsg: 'showToast:ok' }, 'complete', { errMsg: 'showToast:ok' }]);
});

test('without callbacks a call is a promise', async () => {
  const app = plain();
  const going = app.wx.navigateTo?.({ url: '/pages/none' }) as Promise<unknown>;
  app.refuse('navigateTo', 'navigateTo:fail page "pages/none" is not found');
  await expect(going).rejects.toMatchObject({ errMsg: 'navigateTo:fail page "pages/none" is not found' });
});

test('arguments of the wrong type fail in WeChat’s words and reach no one', async () => {
  const app = plain();
  const heard = watch(app, 'showToast', { title: 5 });
  await settle();
  expect(heard[1]).toEqual({
    errMsg: 'showToast:fail parameter error: parameter.title should be String instead of Number;',
    errno: 1001,
  });
  expect(app.shell.of('call')).toEqual([]);
});

test('what this host does not carry out fails, warns once, and never hangs', async () => {
  const app = plain();
  for (const api of ['openChannelsLive', 'addCard', 'openChannelsLive']) {
    const heard = watch(app, api);
    await settle();
    expect(heard[1]).toEqual({ errMsg: `${api}:fail not supported on this host`, errno: 100 });
  }
  expect(app.lines()).toEqual([
    'wx.openChannelsLive is not supported on this host; it fails with "openChannelsLive:fail not supported on this host"',
    'wx.addCard is not supported on this host; it fails with "addCard:fail not supported on this host"',
  ]);
  const session = app.wx.createVKSession?.() as Record<string, (...args: unknown[]) => unknown>;
  expect(() => session.on?.(() => {})).not.toThrow();
  await expect(session.start?.()).rejects.toThrow('not supported on this host');
  expect(app.wx.noSuchApi).toBeUndefined();
});

test('a gesture’s token goes with the one call that needs it', async () => {
  const app = plain();
  app.view.fire(app.view.root, 'tap', {}, { gesture: 'ab'.repeat(16) });
  app.wx.showToast?.({ title: 'x' });
  watch(app, 'getClipboardData');
  expect(app.lastCall('showToast').gesture).toBeUndefined();
  expect(app.lastCall('getClipboardData').gesture).toBe('ab'.repeat(16));
  watch(app, 'getClipboardData');
  expect(app.lastCall('getClipboardData').gesture).toBeUndefined();
  app.view.fire(app.view.root, 'tap', {}, { gesture: 'cd'.repeat(16) });
  app.host.pass(5001);
  watch(app, 'getClipboardData');
  expect(app.lastCall('getClipboardData').gesture).toBeUndefined();
});

test('storage is answered at once and written behind', async () => {
  const entry = { key: 'old', size: 9, value: textBlob('{"a":1}') };
  const app = new TestApp({ modules: { 'pages/a/a.js': 'Page({})' }, start: { storage: [entry] } });
  const { wx } = app;
  expect(wx.getStorageSync?.('old')).toEqual({ a: 1 });
  expect(wx.getStorageSync?.('none')).toBe('');
  wx.setStorageSync?.('k', { list: [1] });
  expect(wx.getStorageSync?.('k')).toEqual({ list: [1] });
  expect(app.shell.of('storage')).toEqual([{ k: 'storage', op: 'set', key: 'k', value: '{"list":[1]}' }]);
  await expect(wx.getStorage?.({ key: 'none' })).rejects.toMatchObject({ errMsg: 'getStorage:fail data not found' });
  await expect(wx.getStorage?.({ key: 'k' })).resolves.toEqual({ data: { list: [1] }, errMsg: 'getStorage:ok' });
  expect(wx.getStorageInfoSync?.()).toEqual({ keys: ['old', 'k'], currentSize: 1, limitSize: 10240 });
  wx.clearStorageSync?.();
  expect(wx.getStorageInfoSync?.()).toMatchObject({ keys: [], currentSize: 0 });
});

test('storage keeps its quotas: 1 MB a key, 10 MB an app', () => {
  const { wx } = plain();
  const big = 'x'.repeat(1024 * 1024 - 20);
  expect(() => wx.setStorageSync?.('k', `${big}${'x'.repeat(30)}`)).toThrow(
    'setStorageSync:fail exceed storage item max length',
  );
  for (let key = 0; key < 10; key += 1) wx.setStorageSync?.(`k${key}`, big);
  expect(() => wx.setStorageSync?.('k10', big)).toThrow('setStorageSync:fail exceed storage max size 10MB');
  wx.removeStorageSync?.('k0');
  wx.setStorageSync?.('k10', big);
  expect(() => wx.setStorageSync?.('k10', big)).not.toThrow();
});

test('a request encodes what it sends and decodes what comes', async () => {
  const app = plain();
  const heard: unknown[] = [];
  const task = app.wx.request?.({
    url: 'https://api.example.org/a?x=1#f',
    data: { q: 'a b', n: 1 },
    success: (response: { data: unknown }) => heard.push(response.data),
  }) as { abort(): void; onHeadersReceived(listener: (detail: unknown) => void): void };
  task.onHeadersReceived((detail) => heard.push(detail));
  const call = app.lastCall('request');
  expect(call.args).toMatchObject({
    url: 'https://api.example.org/a?x=1&q=a%20b&n=1#f',
    method: 'GET',
    timeout: 60_000,
  });
  app.shell.deliver({ k: 'event', name: 'request.headers', task: call.id, detail: { statusCode: 200 } });
  const bytes = new TextEncoder().encode('{"ok":true}').buffer;
  app.answer('request', { statusCode: 200, header: {}, cookies: [], data: bytes });
  await settle();
  expect(heard).toEqual([{ statusCode: 200 }, { ok: true }]);
  app.wx.request?.({ url: 'https://a.example', method: 'POST', data: { a: [1] } });
  expect(app.lastCall('request').args).toMatchObject({
    data: '{"a":[1]}',
    header: { 'content-type': 'application/json' },
  });
  const header = { 'Content-Type': 'application/x-www-form-urlencoded' };
  app.wx.request?.({ url: 'https://a.example', method: 'POST', header, data: { a: 'ü', b: 2 } });
  expect(app.lastCall('request').args).toMatchObject({ data: 'a=%C3%BC&b=2' });
  task.abort();
  expect(app.shell.of('task').at(-1)).toEqual({ k: 'task', task: call.id, method: 'request.abort', args: {} });
});

test('a socket opens, talks and closes, by its task and by the global calls', async () => {
  const app = plain();
  const heard: string[] = [];
  const socket = app.wx.connectSocket?.({ url: 'wss://a.example', complete: () => {} }) as Record<
    string,
    (...args: unknown[]) => unknown
  >;
  const { id } = app.lastCall('connectSocket');
  socket.onMessage?.((message: { data: string }) => heard.push(`task ${message.data}`));
  app.wx.onSocketMessage?.((message: { data: string }) => heard.push(`global ${message.data}`));
  await expect(socket.send?.({ data: 'early' })).rejects.toThrow('WebSocket is not connected');
  app.answer('connectSocket');
  app.shell.deliver({ k: 'event', name: 'socket.open', task: id, detail: { header: {} } });
  app.shell.deliver({ k: 'event', name: 'socket.message', task: id, detail: { data: 'hello' } });
  expect(heard).toEqual(['task hello', 'global hello']);
  await socket.send?.({ data: 'x' });
  expect(app.shell.of('task').at(-1)).toMatchObject({ method: 'socket.send', args: { data: 'x' } });
  await app.wx.closeSocket?.({ code: 1001 });
  expect(app.shell.of('task').at(-1)).toMatchObject({ method: 'socket.close', args: { code: 1001 } });
  expect(socket.readyState).toBe(2);
});

test('navigateTo gives both pages an end of the event channel', async () => {
  const opened = `const log = (global.__channel ??= []); Page({ onLoad() {
    const channel = this.getOpenerEventChannel();
    channel.on('give', (value) => log.push('opened got ' + value));
    channel.emit('ask', 'please');
  } })`;
  const app = new TestApp({
    modules: { 'pages/a/a.js': 'Page({})', 'pages/b/b.js': opened },
    pages: { 'pages/a/a': {}, 'pages/b/b': {} },
  });
  const log = (globalThis as { __channel?: string[] }).__channel ?? [];
  Object.assign(globalThis, { __channel: log });
  app.wx.navigateTo?.({
    url: '/pages/b/b',
    events: { ask: (value: string) => log.push(`opener heard ${value}`) },
    success: ({ eventChannel }: { eventChannel: { emit(name: string, value: string): void } }) =>
      eventChannel.emit('give', 'this'),
  });
  app.open('pages/b/b');
  app.answer('navigateTo');
  await settle();
  expect(log).toEqual(['opener heard please', 'opened got this']);
  expect(app.lastCall('navigateTo').args).toEqual({ url: '/pages/b/b' });
});

test('a selector query answers all of it from one measurement', async () => {
  const app = new TestApp({
    modules: {
      'pages/a/a.js': 'Page({ data: { n: 4, msg: "m" } })',
      'parts/my.js': 'Component({ properties: { title: String } })',
    },
    templates: { 'pages/a/a': boxPage, 'parts/my': partComponent },
    pages: { 'pages/a/a': { usingComponents: { 'my-part': 'parts/my' } } },
    components: { 'parts/my': {} },
  });
  await settle();
  const requests: unknown[] = [];
  app.view.answers.measure = (_node, args) => {
    requests.push(args[0]);
    return (args[0] as { fields: object }[]).map((request, index) => ({ left: index, ...request.fields }));
  };
  const query = app.wx.createSelectorQuery?.() as Record<string, (...args: unknown[]) => never>;
  const heard: unknown[] = [];
  const nodes = query.select?.('#box') as Record<string, (...args: unknown[]) => unknown> | undefined;
  nodes?.boundingClientRect?.((rect: unknown) => heard.push(rect));
  (query.selectAll?.('text, input') as typeof nodes)?.fields?.({ size: true });
  (query.select?.('.none') as typeof nodes)?.boundingClientRect?.();
  (query.select?.('#part') as typeof nodes)?.fields?.({ properties: ['title'] });
  (query.selectViewport?.() as typeof nodes)?.scrollOffset?.();
  query.exec?.((results: unknown[]) => heard.push(...results));
  await settle();
  const box = { left: 0, rect: true, size: true, id: 'box', dataset: { n: 4 } };
  expect(heard[0]).toEqual(box);
  expect(heard.slice(1, 4)).toEqual([
    box,
    [
      { left: 1, size: true },
      { left: 2, size: true },
    ],
    null,
  ]);
  expect(heard[4]).toMatchObject({ title: 'm' });
  expect(heard[5]).toMatchObject({ scrollOffset: true, id: '', dataset: {} });
  expect(requests).toHaveLength(1);
});

test('canIUse knows APIs, their parameters and results, and components', () => {
  const can = (schema: string) => plain().wx.canIUse?.(schema);
  expect(can('showToast')).toBe(true);
  expect(can('showToast.object.image')).toBe(true);
  expect(can('showToast.object.icon.none')).toBe(true);
  expect(can('showToast.object.colour')).toBe(false);
  expect(can('getSystemInfoSync.return.safeArea.left')).toBe(true);
  expect(can('getSystemInfoSync.return.nothing')).toBe(false);
  expect(can('button')).toBe(true);
  expect(can('button.type.warn')).toBe(true);
  expect(can('button.type.loud')).toBe(false);
  expect(can('image.mode.top left')).toBe(true);
  expect(can('view.colour')).toBe(false);
  expect(can('scanCode')).toBe(false);
  expect(can('')).toBe(false);
});

test('information comes from the snapshot and follows the shell', async () => {
  const app = plain();
  const info = () => app.wx.getSystemInfoSync?.() as Record<string, unknown>;
  expect(info()).toMatchObject({
    windowWidth: 375,
    pixelRatio: 2,
    platform: 'web',
    theme: 'light',
    SDKVersion: '3.7.0',
  });
  app.shell.deliver({ k: 'event', name: 'theme.change', detail: { theme: 'dark' } });
  expect(info().theme).toBe('dark');
  app.shell.deliver({ k: 'event', name: 'network.change', detail: { isConnected: false, networkType: 'none' } });
  await expect(app.wx.getNetworkType?.()).resolves.toMatchObject({ networkType: 'none' });
  expect(app.wx.getMenuButtonBoundingClientRect?.()).toMatchObject({ width: 87, height: 32 });
});

test('system information is given before the call returns, other answers after it', async () => {
  const app = plain();
  expect(watch(app, 'getSystemInfo')).toEqual([
    'success',
    expect.objectContaining({ windowWidth: 375, errMsg: 'getSystemInfo:ok' }),
    'complete',
    expect.anything(),
  ]);
  const heard = watch(app, 'getSystemInfoAsync');
  expect(heard).toEqual([]);
  await settle();
  expect(heard[0]).toBe('success');
});

test('base64 both ways', () => {
  const { wx } = plain();
  for (const text of ['', 'a', 'ab', 'abc', 'Mezze ✓']) {
    const bytes = new TextEncoder().encode(text);
    const encoded = Buffer.from(bytes).toString('base64');
    expect(wx.arrayBufferToBase64?.(bytes.buffer)).toBe(encoded);
    expect(new Uint8Array(wx.base64ToArrayBuffer?.(encoded) as ArrayBuffer)).toEqual(bytes);
  }
});

test('the watchdog is answered at once', () => {
  const app = plain();
  app.shell.deliver({ k: 'event', name: 'ping', detail: { sequence: 7 } });
  expect(app.shell.posted.at(-1)).toEqual({ k: 'call', id: 0, api: 'pong', args: { sequence: 7 }, pageId: 0 });
});

test('the capsule is where the shell says, after the window was resized too', () => {
  const app = plain();
  const place = { left: 500, top: 48, right: 587, bottom: 80, width: 87, height: 32 };
  app.shell.deliver({ k: 'event', name: 'menuButton.change', detail: place });
  expect(app.wx.getMenuButtonBoundingClientRect?.()).toEqual(place);
});
