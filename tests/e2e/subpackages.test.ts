/** Subpackages: fetched when they are needed, before that where the app says so, and no more than once. */
import type { Page } from '@playwright/test';
import { type Served, type Workshop, expect, test } from '../support/platform';
import { frameWith, openMenu } from '../support/shell';
import { noise, type VersionOptions, writeVersion } from '../support/versions';

const pageOf = (words: string, script = '') => ({
  wxml: `<view>${words} {{said}}</view><view bind:tap="go" data-to="/shop/index">to the shop</view><view bind:tap="go" data-to="/alone/index">to the other</view><view bind:tap="go" data-to="/pages/index/index">to the first</view><view bind:tap="later">ask later</view><view bind:tap="fetch">fetch ahead</view>`,
  js: `Page({
    data: { said: '' },
    onLoad() { ${script} },
    go(event) { wx.navigateTo({ url: event.currentTarget.dataset.to, fail: ({ errMsg }) => this.setData({ said: errMsg }) }) },
    later() { require.async('../../shop/words.js').then(({ words }) => this.setData({ said: words }), (error) => this.setData({ said: 'refused ' + error.message })) },
    fetch() {
      const task = wx.preDownloadSubpackage({ packageType: 'normal', packageName: 'shop', success: () => this.setData({ said: this.data.said + ' fetched' }), fail: ({ errMsg }) => this.setData({ said: errMsg }) })
      task.onProgressUpdate(({ progress }) => { if (progress === 100) this.setData({ said: 'all of it' }) })
    },
  })`,
});

const main = pageOf('the first page');
const shop = pageOf('the shop', `this.setData({ said: require('./words.js').words })`);
const alone = pageOf('the other page', `this.setData({ said: getApp() === undefined ? 'without an app' : 'with ' + getApp().name })`);

function project(appId: string, more: Record<string, unknown> = {}): VersionOptions {
  return {
    appId,
    version: '1.0.0',
    files: {
      'app.json': JSON.stringify({
        pages: ['pages/index/index'],
        subPackages: [
          { root: 'shop', name: 'shop', pages: ['index'] },
          { root: 'alone', pages: ['index'], independent: true },
        ],
        ...more,
      }),
      'app.js': `App({ name: 'an app' })`,
      'app.wxss': '.any { color: red }',
      'pages/index/index.js': main.js,
      'pages/index/index.wxml': main.wxml,
      'shop/index.json': '{}',
      'shop/index.js': shop.js,
      'shop/index.wxml': `${shop.wxml}<image src="/shop/shelf.svg" />`,
      'shop/words.js': `exports.words = 'bread and salt'`,
      'shop/shelf.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><rect width="24" height="24"/></svg>',
      'shop/large.txt': noise(`${appId}shop`, 200),
      'alone/index.json': '{}',
      'alone/index.js': alone.js,
      'alone/index.wxml': alone.wxml,
      'alone/large.txt': noise(`${appId}alone`, 100),
    },
  };
}

interface Part {
  roots: string[];
  sealed: { size: number };
}

/** The parts that were fetched, by their roots, and bytes of sealed files. */
function watch(page: Page) {
  const seen = { parts: [] as string[][], bytes: 0 };
  page.on('response', async (response) => {
    const path = new URL(response.url()).pathname;
    if (path.endsWith('/launch') && response.ok()) {
      const { part } = (await response.json()) as { part?: Part };
      if (part !== undefined) seen.parts.push(part.roots);
    }
    if (path.endsWith('/parts') && response.ok()) seen.parts.push(((await response.json()) as Part).roots);
    if (path.startsWith('/api/v1/sealed/')) seen.bytes += Number(response.headers()['content-length'] ?? 0);
  });
  return seen;
}

async function published(tools: Workshop, platform: Served, name: string, more: Record<string, unknown> = {}): Promise<string> {
  const appId = `org.example.${name}`;
  await tools.publish(platform, await writeVersion(tools, project(appId, more)));
  return `${platform.address}/miniapp/${appId}`;
}

test('a subpackage is fetched when its page is opened, and kept', async ({ page, tools, platform, problems }) => {
  const address = await published(tools, platform, 'parted');
  const seen = watch(page);
  await page.goto(address);
  const first = await frameWith(page, 'text=the first page');
  expect(seen.parts).toEqual([['']]);
  const atFirst = seen.bytes;
  await first.getByText('to the shop').tap();
  const opened = await frameWith(page, 'text=the shop bread and salt');
  await expect.poll(() => opened.locator('img').first().evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))).toBe(24);
  expect(seen.parts).toEqual([[''], ['shop']]);
  expect(seen.bytes - atFirst).toBeGreaterThan(150_000);
  await page.goto(`${address}/shop/index`);
  await frameWith(page, 'text=the shop bread and salt');
  expect(seen.parts, 'nothing is fetched again').toEqual([[''], ['shop']]);
  expect(problems.errors).toEqual([]);
});

test('a link into a subpackage fetches it with the main one', async ({ page, tools, platform }) => {
  const address = await published(tools, platform, 'linked');
  const seen = watch(page);
  await page.goto(`${address}/shop/index`);
  await frameWith(page, 'text=the shop bread and salt');
  expect(seen.parts).toEqual([['', 'shop']]);
});

test('an independent subpackage opens without the main one, which comes when it is needed', async ({ page, tools, platform, problems }) => {
  const address = await published(tools, platform, 'independent');
  const seen = watch(page);
  await page.goto(`${address}/alone/index`);
  const other = await frameWith(page, 'text=the other page without an app');
  expect(seen.parts).toEqual([['alone']]);
  await other.getByText('to the first').tap();
  await frameWith(page, 'text=the first page');
  expect(seen.parts).toEqual([['alone'], ['']]);
  await page.goto(address);
  await frameWith(page, 'text=the first page');
  expect(problems.errors).toEqual([]);
});

test('require.async and preDownloadSubpackage fetch what they need', async ({ page, tools, platform }) => {
  const address = await published(tools, platform, 'asked');
  const seen = watch(page);
  await page.goto(address);
  const first = await frameWith(page, 'text=the first page');
  await first.getByText('fetch ahead').tap();
  await frameWith(page, 'text=the first page all of it fetched');
  expect(seen.parts).toEqual([[''], ['shop']]);
  await first.getByText('ask later').tap();
  await frameWith(page, 'text=the first page bread and salt');
  expect(seen.parts).toEqual([[''], ['shop']]);
});

test('preloadRule fetches on entering a page', async ({ page, context, tools, platform }) => {
  const rule = { preloadRule: { 'pages/index/index': { network: 'all', packages: ['shop'] } } };
  const address = await published(tools, platform, 'preloaded', rule);
  const seen = watch(page);
  await page.goto(address);
  const first = await frameWith(page, 'text=the first page');
  await expect.poll(() => seen.parts).toEqual([[''], ['shop']]);
  await page.waitForTimeout(500);
  await context.setOffline(true);
  await first.getByText('to the shop').tap();
  await frameWith(page, 'text=the shop bread and salt');
  await context.setOffline(false);
});

test('without a network a subpackage that is not here fails, and comes when there is one', async ({ page, context, tools, platform }) => {
  const address = await published(tools, platform, 'away');
  await page.goto(address);
  const first = await frameWith(page, 'text=the first page');
  await context.setOffline(true);
  await first.getByText('to the shop').tap();
  await frameWith(page, 'text=navigateTo:fail');
  await first.getByText('ask later').tap();
  await frameWith(page, 'text=refused');
  await context.setOffline(false);
  await first.getByText('to the shop').tap();
  await frameWith(page, 'text=the shop bread and salt');
});

test('an update keeps to the parts that are here, and a changed part does not run', async ({ page, context, tools, platform }) => {
  const address = await published(tools, platform, 'renewed');
  await page.goto(address);
  await frameWith(page, 'text=the first page');
  await page.waitForTimeout(300);
  const next = { ...project('org.example.renewed'), version: '2.0.0' };
  await tools.publish(platform, await writeVersion(tools, { ...next, files: { ...next.files, 'pages/index/index.wxml': main.wxml.replace('the first page', 'the newer page') } }));
  const seen = watch(page);
  await page.goto(address);
  await frameWith(page, 'text=the first page');
  await expect(page.getByText('A new version is ready.')).toBeVisible();
  expect(seen.bytes).toBeLessThan(60_000);
  await page.goto(address);
  const first = await frameWith(page, 'text=the newer page');
  await context.route('**/api/v1/sealed/**', async (route) => {
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body.writeUInt8(body.readUInt8(2000) ^ 1, 2000);
    await route.fulfill({ response, body });
  });
  await first.getByText('to the shop').tap();
  await frameWith(page, 'text=navigateTo:fail');
  await context.unroute('**/api/v1/sealed/**');
  await first.getByText('to the shop').tap();
  await frameWith(page, 'text=the shop bread and salt');
});

test('what is kept offline is there whole', async ({ page, context, tools, platform }) => {
  const address = await published(tools, platform, 'packed');
  const seen = watch(page);
  await page.goto(address);
  const first = await frameWith(page, 'text=the first page');
  await openMenu(page);
  await page.getByRole('button', { name: 'Keep offline' }).click();
  await expect(page.getByText('Versions of packed stays on this device, all of it.')).toBeVisible();
  expect(seen.parts).toEqual([[''], ['shop'], ['alone']]);
  await context.setOffline(true);
  await first.getByText('to the shop').tap();
  await frameWith(page, 'text=the shop bread and salt');
  await context.setOffline(false);
});
