import { expect, test } from 'vitest';
import type { StartMessage } from '../runtime';
import { TestApp } from '../testing/app';
import { hostConfig } from './host-config';

const { config } = new TestApp({ modules: { 'pages/a/a.js': 'Page({})' } });
const tabBar = {
  color: '',
  selectedColor: '',
  backgroundColor: '',
  borderStyle: 'black',
  position: 'bottom',
  custom: false,
} as const;
const start = {
  config: { ...config, tabBar: { ...tabBar, list: [{ pagePath: 'pages/a/a', text: 'A' }] } },
  host: {
    device: { language: 'en', platform: 'web' },
    account: { miniProgram: { appId: config.appId, envVersion: 'trial', version: '1.0.0' } },
  },
  launch: { path: 'pages/a/a', query: {}, scene: 1001, referrerInfo: {} },
  development: false,
} as unknown as StartMessage;

test('WeChat apps can ask __wxConfig for edition, account and pages', () => {
  expect(hostConfig(start).__wxConfig).toMatchObject({
    accountInfo: { appId: config.appId },
    entryPagePath: 'pages/a/a.html',
    envVersion: 'trial',
    pages: ['pages/a/a'],
    page: { 'pages/a/a.html': {} },
    platform: 'web',
    tabBar: { list: [{ pagePath: 'pages/a/a.html', text: 'A' }] },
  });
});

test('a script can ask which page it belongs to', () => {
  const asked = 'globalThis.asked = (globalThis.asked ?? []).concat(__wxRoute); ';
  Reflect.set(globalThis, '__wxRoute', '');
  new TestApp({
    modules: { 'pages/a/a.js': `${asked}Page({})`, 'parts/my.js': `${asked}Component({})` },
    components: { 'parts/my': {} },
    pages: { 'pages/a/a': { usingComponents: { my: 'parts/my' } } },
  });
  expect(Reflect.get(globalThis, 'asked')).toEqual(['parts/my', 'pages/a/a']);
  Reflect.deleteProperty(globalThis, '__wxRoute');
});

test('other dialects have no such name', () => {
  expect(hostConfig({ ...start, config: { ...config, namespace: 'my' } })).toEqual({});
});
