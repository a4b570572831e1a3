/** Plugins: what they share with the app, and how their pages are named. */
import { expect, it } from 'vitest';
import type { AppConfig } from '../../protocol/config';
import { TestApp } from '../testing/app';
import { pageUrl } from './plugins';

const root = '__plugin__/local';
const plugins = {
  hello: {
    root,
    provider: 'wx1',
    main: `${root}/index`,
    pages: { hi: `${root}/pages/hi` },
    components: {},
    export: 'give',
  },
};

it('give what their main module exports, and get what the app gives them', () => {
  const app = new TestApp({
    modules: {
      'pages/a/a.js': 'Page({})',
      'give.js': 'module.exports = { word: "given" }',
      [`${root}/index.js`]:
        'module.exports = { got: $.requireMiniProgram().word, app: typeof getApp, deep: require("/api/x").here }',
      [`${root}/api/x.js`]: 'exports.here = true',
    },
    config: { plugins },
  });
  const require = app.runtime.scope.requirePlugin as (name: string) => unknown;
  expect(require('hello')).toEqual({ got: 'given', app: 'undefined', deep: true });
  expect(() => require('other')).toThrow('plugin "other" is not defined');
});

it('have pages with names of their own', () => {
  const config = { plugins } as unknown as AppConfig;
  expect(pageUrl(config, 'plugin://hello/hi?x=1', 'pages/a/a')).toBe(`/${root}/pages/hi?x=1`);
  expect(pageUrl(config, 'plugin-private://wx1/pages/deep', 'pages/a/a')).toBe(`/${root}/pages/deep`);
  expect(pageUrl(config, '/pages/x', `${root}/pages/hi`)).toBe(`/${root}/pages/x`);
  expect(pageUrl(config, '/pages/x', 'pages/a/a')).toBe('/pages/x');
  expect(pageUrl(config, 'plugin://other/hi', 'pages/a/a')).toBe('plugin://other/hi');
});
