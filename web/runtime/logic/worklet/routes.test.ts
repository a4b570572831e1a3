/** Transitions of an app's own: what the shell is told before the page opens, and while it comes and goes. */
import { expect, it } from 'vitest';
import { settle, TestApp } from '../testing/app';

const app = () =>
  new TestApp({
    modules: {
      'pages/a/a.js': 'Page({})',
      'pages/b/b.js': 'Page({ onLoad() { this.route_ = wx.router.getRouteContext(this); } })',
    },
    pages: { 'pages/a/a': {}, 'pages/b/b': {} },
  });

function styles(test: TestApp): string[] {
  const calls = test.shell.of('call').filter(({ api }) => api === 'pageStyle');
  return calls.map(({ args }) => String(args.style));
}

it('describe themselves, then show each style of the way in and out', async () => {
  const test = app();
  const router = test.wx.router as unknown as Record<string, (...values: unknown[]) => unknown>;
  router.addRouteBuilder?.('fade', ({ primaryAnimation }: { primaryAnimation: { value: number } }) => ({
    opaque: false,
    transitionDuration: 100,
    reverseTransitionDuration: 50,
    handlePrimaryAnimation: () => ({ opacity: primaryAnimation.value }),
  }));
  test.wx.navigateTo?.({ url: '/pages/b/b', routeType: 'fade' });
  expect(test.lastCall('pageRoute').args).toMatchObject({ duration: 100, reverseDuration: 50, opaque: false });
  expect(test.lastCall('navigateTo').args).not.toHaveProperty('routeType');
  test.open('pages/b/b');
  await settle();
  for (let step = 0; step < 12; step += 1) {
    test.host.pass(16);
    await settle();
  }
  expect(styles(test)[0]).toBe('opacity:0');
  expect(styles(test).at(-1)).toBe('opacity:1');
  const page = test.runtime.pages.instances()[1];
  expect(page?.route_).toMatchObject({ primaryAnimationStatus: { value: 3 } });
  test.shell.deliver({ k: 'page.unload', pageId: 2 });
  for (let step = 0; step < 12; step += 1) {
    test.host.pass(16);
    await settle();
  }
  expect(styles(test).at(-1)).toBe('opacity:0');
});

it('are settled for pages that came in the usual way, and warned of where nobody knows them', async () => {
  const test = app();
  test.wx.navigateTo?.({ url: '/pages/b/b', routeType: 'nobody' });
  test.open('pages/b/b');
  await settle();
  expect(test.shell.of('call').some(({ api }) => api === 'pageRoute')).toBe(false);
  expect(test.lines().join()).toContain('routeType "nobody" is not known');
  const page = test.runtime.pages.instances()[1];
  expect(page?.route_).toMatchObject({ primaryAnimation: { value: 1 }, primaryAnimationStatus: { value: 3 } });
});
