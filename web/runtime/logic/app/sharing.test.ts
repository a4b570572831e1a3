/** What an app shares from the shell's menu. */
import { expect, it } from 'vitest';
import { settle, TestApp } from '../testing/app';

const page = (body: string) => new TestApp({ modules: { 'pages/a/a.js': `Page({ ${body} })` } });

it('is what its page says', async () => {
  const app = page('onShareAppMessage({ from }) { return { title: from, path: "/pages/b/b?x=1" }; }');
  app.shell.deliver({ k: 'event', name: 'menu.share', detail: { pageId: 1 } });
  await settle();
  expect(app.lastCall('menuShare').args).toEqual({ title: 'menu', path: '/pages/b/b?x=1', imageUrl: '' });
});

it('is the page itself where it says nothing', async () => {
  const app = page('');
  app.shell.deliver({ k: 'event', name: 'menu.share', detail: { pageId: 1 } });
  await settle();
  expect(app.lastCall('menuShare').args).toEqual({ title: '', path: 'pages/a/a', imageUrl: '' });
});

it('waits three seconds for a promise, and takes what was said beside it', async () => {
  const app = page('onShareAppMessage() { return { title: "now", promise: new Promise((r) => { this.r = r; }) }; }');
  app.shell.deliver({ k: 'event', name: 'menu.share', detail: { pageId: 1 } });
  await settle();
  expect(app.shell.of('call').some(({ api }) => api === 'menuShare')).toBe(false);
  app.host.pass(3000);
  await settle();
  expect(app.lastCall('menuShare').args.title).toBe('now');
});

it('shares a page with everyone where it says what, always itself', async () => {
  const app = page('onShareTimeline() { return { title: "all", query: "from=all", path: "pages/b/b" }; }');
  expect(app.lastCall('offerTimeline')).toBeDefined();
  app.shell.deliver({ k: 'event', name: 'menu.shareTimeline', detail: { pageId: 1 } });
  await settle();
  expect(app.lastCall('menuShare').args).toEqual({ title: 'all', path: 'pages/a/a?from=all', imageUrl: '' });
  const silent = page('onShareAppMessage() {}');
  expect(silent.shell.of('call').some(({ api }) => api === 'offerTimeline')).toBe(false);
});

it('tells the page that it became a favourite', () => {
  const app = page('onAddToFavorites() { this.kept = true; }');
  app.shell.deliver({ k: 'event', name: 'menu.favourite', detail: { pageId: 1 } });
  expect(app.runtime.pages.instances()[0]?.kept).toBe(true);
});
