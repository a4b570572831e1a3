// @vitest-environment happy-dom
/** What the menu offers to share, as an app wants it. */
import { expect, it, vi } from 'vitest';
import type { CallContext } from '../miniapp/bridge';
import { configOfSinglePage, notOnSinglePage, ownerOfSinglePage } from '../miniapp/single-page';
import { shareApis } from './share';

function page() {
  const fake = { sharing: true, timeline: false, changed: vi.fn() };
  return { fake, context: { page: fake } as unknown as CallContext };
}

it('shares with everyone only beside sharing with someone', () => {
  const { fake, context } = page();
  expect(() => shareApis.showShareMenu(context, { menus: ['shareTimeline'] })).toThrow('must include shareAppMessage');
  expect(fake.timeline).toBe(false);
  shareApis.showShareMenu(context, { menus: ['shareAppMessage', 'shareTimeline'] });
  expect(fake).toMatchObject({ sharing: true, timeline: true });
  shareApis.hideShareMenu(context, { menus: ['shareTimeline'] });
  expect(fake).toMatchObject({ sharing: true, timeline: false });
  fake.timeline = true;
  shareApis.hideShareMenu(context, { menus: ['shareAppMessage'] });
  expect(fake).toMatchObject({ sharing: false, timeline: false });
  shareApis.showShareMenu(context, {});
  expect(fake).toMatchObject({ sharing: true, timeline: false });
  shareApis.hideShareMenu(context, {});
  expect(fake.sharing).toBe(false);
});

it('a page by itself has no tab bar, no sign-in and nothing of what the app keeps', () => {
  const config = { tabBar: { list: [] }, entryPage: 'a' } as unknown as Parameters<typeof configOfSinglePage>[0];
  expect(configOfSinglePage(config)).toEqual({ entryPage: 'a' });
  expect(ownerOfSinglePage('key')).not.toBe('key');
  for (const api of ['login', 'navigateTo', 'getLocation', 'setTabBarItem'])
    expect(notOnSinglePage.has(api)).toBe(true);
  for (const api of ['request', 'showToast', 'previewImage']) expect(notOnSinglePage.has(api)).toBe(false);
});
