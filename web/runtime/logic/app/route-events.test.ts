/** What listeners of routes hear, in order. */
import { expect, it } from 'vitest';
import { settle, TestApp } from '../testing/app';

it('goes before and behind each change of page', async () => {
  const app = new TestApp({
    modules: {
      'app.js': `globalThis.heard = [];
        for (const name of ['onBeforeAppRoute','onAppRoute','onBeforePageLoad','onAfterPageLoad','onAppRouteDone','onBeforePageUnload','onAfterPageUnload'])
          wx[name]?.((detail) => globalThis.heard.push(name + ' ' + detail.path + ' ' + detail.openType));
        App({})`,
      'pages/a/a.js': 'Page({})',
      'pages/b/b.js': 'Page({})',
    },
    pages: { 'pages/a/a': {}, 'pages/b/b': {} },
  });
  const { heard } = globalThis as unknown as { heard: string[] };
  await settle();
  const opening = ['onBeforeAppRoute', 'onAppRoute', 'onBeforePageLoad', 'onAfterPageLoad', 'onAppRouteDone'];
  expect(heard.splice(0)).toEqual(opening.map((name) => `${name} pages/a/a appLaunch`));
  app.shell.deliver({ k: 'page.hide', pageId: 1 });
  app.open('pages/b/b');
  await settle();
  expect(heard.splice(0)).toEqual(opening.map((name) => `${name} pages/b/b navigateTo`));
  app.shell.deliver({ k: 'page.unload', pageId: 2 });
  app.shell.deliver({ k: 'page.show', pageId: 1 });
  await settle();
  expect(heard.splice(0)).toEqual([
    'onBeforePageUnload pages/b/b navigateTo',
    'onAfterPageUnload pages/b/b navigateTo',
    ...['onBeforeAppRoute', 'onAppRoute', 'onAppRouteDone'].map((name) => `${name} pages/a/a navigateBack`),
  ]);
  // The background is no route.
  app.shell.deliver({ k: 'page.hide', pageId: 1 });
  app.shell.deliver({ k: 'app.hide' });
  app.shell.deliver({ k: 'app.show', options: { path: 'pages/a/a', query: {}, scene: 1001, referrerInfo: {} } });
  app.shell.deliver({ k: 'page.show', pageId: 1 });
  await settle();
  expect(heard).toEqual([]);
});
