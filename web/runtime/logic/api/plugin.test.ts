/** A plugin's own space: storage, servers, and what it may not do. */
import { expect, it } from 'vitest';
import { settle, TestApp } from '../testing/app';

const root = '__plugin__/local';

function app(plugin: object = {}): { app: TestApp; wx: Record<string, (...values: unknown[]) => unknown> } {
  const made = new TestApp({
    modules: { 'pages/a/a.js': 'Page({})', [`${root}/index.js`]: 'exports.wx = $.wx' },
    config: {
      plugins: {
        hello: { root, provider: 'wx1', main: `${root}/index`, pages: {}, components: {}, ...plugin },
      },
    },
  });
  const required = (made.runtime.scope.requirePlugin as (name: string) => { wx: never })('hello');
  return { app: made, wx: required.wx };
}

it('stores apart from its app', () => {
  const { app: host, wx } = app();
  host.wx.setStorageSync?.('key', 'of the app');
  expect(wx.getStorageSync?.('key')).toBe('');
  wx.setStorageSync?.('key', 'of the plugin');
  expect(host.wx.getStorageSync?.('key')).toBe('of the app');
  const keys = host.shell.of('storage').map((change) => ('key' in change ? change.key : change.op));
  expect(keys).toEqual(['key', '\u0001plugin wx1\u0001key']);
  expect(() => wx.clearStorageSync?.()).toThrow('clearStorageSync:fail jsapi has no permission');
  host.wx.clearStorageSync?.();
  expect(wx.getStorageSync?.('key'), 'the app clears its own').toBe('of the plugin');
});

it('is told nothing of the user before the user signed in for it', async () => {
  const { app: host, wx } = app();
  await expect(wx.login?.()).rejects.toMatchObject({ errMsg: 'login:fail auth deny', errno: 103 });
  await expect(wx.getUserProfile?.({ desc: 'x' })).rejects.toMatchObject({ errno: 102 });
  await expect(wx.authorize?.({ scope: 'scope.camera' })).rejects.toMatchObject({ errno: 102 });
  expect(host.shell.of('call').map(({ api }) => api)).not.toContain('login');
  (Reflect.get(host.runtime, 'context') as { pluginsSignedIn: Set<string> }).pluginsSignedIn.add(root);
  const login = wx.login?.();
  await settle();
  host.answer('login', { code: 'c' });
  expect(await login).toMatchObject({ code: 'c' });
});

it('reaches the servers that it declares, where it declares some', async () => {
  const none = { upload: [], download: [], socket: [], media: [], webview: [] };
  const { app: host, wx } = app({ origins: { request: ['https://plugin.example'], ...none } });
  const end = new Promise((resolve) => wx.request?.({ url: 'https://app.example/a', fail: resolve }));
  expect(await end).toMatchObject({ errno: 600_002, errMsg: expect.stringContaining('declared are https://plugin') });
  wx.request?.({ url: 'https://plugin.example/a?b' });
  expect(host.lastCall('request').args.url).toBe('https://plugin.example/a?b');
  const open = app();
  open.wx.request?.({ url: 'https://app.example/a' });
  expect(open.app.lastCall('request').args.url).toBe('https://app.example/a');
});
