/** What touches become in a page frame: taps, drags, scrolling, in Chromium. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Operation } from '../../protocol';
import { Drawer } from '../testing/draw';
import { chromiumFound, closeBrowser, type Mounted, type MountOptions, mount } from '../testing/harness';

describe.skipIf(!chromiumFound)('page frame', { timeout: 30_000 }, () => {
  let frame: Mounted;
  const open = async (options?: MountOptions) => {
    frame = await mount(options);
    return new Drawer();
  };
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  describe('touches', () => {
    it('reports a tap with a token that the shell knows too', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'view',
          { ref: 'outer', 'on:tap': true, style: 'padding:20px' },
          ['text', { ref: 'inner', class: 'inner' }, 'tap me'],
        ]),
      );
      await frame.frame().locator('.inner').click();
      const tap = await frame.waitFor('tap');
      expect(tap).toMatchObject({ node: drawer.id('inner'), gesture: expect.stringMatching(/^[0-9a-f]{32}$/) });
      expect(tap.detail['x']).toBeGreaterThan(0);
      expect(tap.changedTouches).toHaveLength(1);
      expect(await frame.toShell()).toContainEqual({ k: 'gesture', token: tap.gesture, node: tap.node, type: 'tap' });
      expect(await frame.events('touchstart')).toEqual([]);
    });

    it('gives an untrusted tap no token', async () => {
      const drawer = await open();
      await frame.ops(...drawer.append(1, ['view', { class: 'a', 'on:tap': true }, 'tap me']));
      await frame
        .frame()
        .locator('.a')
        .evaluate((element) => (element as HTMLElement).click());
      const tap = await frame.waitFor('tap');
      expect(tap.gesture).toBeUndefined();
      expect((await frame.toShell()).some((message) => message.k === 'gesture')).toBe(false);
    });

    it('turns a long hold into longpress and no tap, a move into neither', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'view',
          { class: 'a', 'on:tap': true, 'on:longpress': true, 'on:touchmove': true, style: 'height:200px' },
        ]),
      );
      const { x, y } = await frame.centre('.a');
      await frame.page.mouse.move(x, y);
      await frame.page.mouse.down();
      await frame.waitFor('longpress');
      await frame.page.mouse.up();
      await frame.drag('.a', 0, 60);
      await frame.waitFor('touchmove');
      expect(await frame.events('tap')).toEqual([]);
    });

    it('works by real touch', async () => {
      const drawer = await open({ touch: true });
      await frame.ops(
        ...drawer.append(1, [
          'view',
          { class: 'a', 'on:tap': true, 'on:touchstart': true, 'on:touchend': true, style: 'height:100px' },
        ]),
      );
      const { x, y } = await frame.centre('.a');
      await frame.page.touchscreen.tap(x, y);
      await frame.waitFor('tap');
      expect((await frame.events()).map(({ type }) => type)).toEqual(['touchstart', 'touchend', 'tap']);
    });

    it('stops the page under a catching touchmove, but not a scroll-view inside', async () => {
      const drawer = await open({ touch: true });
      const mask = { class: 'mask', 'catch:touchmove': true, style: 'position:fixed;inset:0' };
      const scroll = { class: 's', 'scroll-y': true, style: 'margin-top:400px;height:200px' };
      await frame.ops(
        ...drawer.append(
          1,
          ['view', { style: 'height:3000px' }],
          ['view', mask, ['scroll-view', scroll, ['view', { style: 'height:2000px' }]]],
        ),
      );
      const devtools = await frame.page.context().newCDPSession(frame.page);
      const swipe = async (from: number) => {
        const touch = (type: 'touchStart' | 'touchMove', y: number) =>
          devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: 100, y }] });
        await touch('touchStart', from);
        for (let y = from; y > from - 150; y -= 15) await touch('touchMove', y);
        await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        await frame.page.waitForTimeout(200);
      };
      await swipe(300);
      expect(await frame.frame().evaluate(() => scrollY)).toBe(0);
      await swipe(550);
      expect(
        await frame
          .frame()
          .locator('.wx-scroll-view')
          .evaluate((scroller) => scroller.scrollTop),
      ).toBeGreaterThan(20);
      await frame.ops(Operation.removeChild, 1, 3);
      await swipe(300);
      expect(await frame.frame().evaluate(() => scrollY)).toBeGreaterThan(20);
    });

    it('taps while something else scrolls', async () => {
      const drawer = await open({ touch: true });
      await frame.ops(
        ...drawer.append(
          1,
          ['view', { class: 'a', 'on:tap': true, style: 'height:100px' }],
          ['view', { style: 'height:5000px' }],
        ),
      );
      const devtools = await frame.page.context().newCDPSession(frame.page);
      await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 50, y: 50 }] });
      await frame.invoke(0, 'pageScrollTo', { scrollTop: 30, duration: 0 });
      await frame.page.waitForTimeout(100);
      await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await frame.waitFor('tap');
    });

    it('puts the hover class on while pressed', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'view',
          { class: 'a', 'hover-class': 'pressed', 'hover-stay-time': 50, style: 'height:50px' },
        ]),
      );
      const { x, y } = await frame.centre('.a');
      await frame.page.mouse.move(x, y);
      await frame.page.mouse.down();
      await expect.poll(() => frame.frame().locator('.a.pressed').count()).toBe(1);
      await frame.page.mouse.up();
      await expect.poll(() => frame.frame().locator('.a.pressed').count()).toBe(0);
    });

    it('taps by keyboard, and not at all on a disabled button', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(
          1,
          ['button', { class: 'a', 'on:tap': true }, 'go'],
          ['button', { class: 'b', disabled: true, 'on:tap': true }, 'no'],
        ),
      );
      await frame.frame().locator('.a').focus();
      await frame.page.keyboard.press('Enter');
      await frame.waitFor('tap');
      await frame.frame().locator('.b').click({ force: true });
      expect(await frame.events('tap')).toHaveLength(1);
    });
  });

  describe('scrolling and sliding', () => {
    it('scrolls a scroll-view and reports its ends', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'scroll-view',
          {
            ref: 'scroll',
            class: 's',
            'scroll-y': true,
            style: 'height:100px',
            'on:scroll': true,
            'on:scrolltolower': true,
            'on:scrolltoupper': true,
          },
          ['view', { style: 'height:600px' }],
          ['view', { id: 'end', style: 'height:10px' }],
        ]),
      );
      await frame.ops(Operation.setAttribute, drawer.id('scroll'), 'scroll-into-view', 'end', 0);
      expect((await frame.waitFor('scrolltolower')).detail).toEqual({ direction: 'bottom' });
      expect((await frame.waitFor('scroll')).detail).toMatchObject({ scrollHeight: 610 });
      await frame.ops(Operation.setAttribute, drawer.id('scroll'), 'scroll-top', 0, 0);
      await frame.waitFor('scrolltoupper');
      expect(await frame.invoke(drawer.id('scroll'), 'scrollOffset')).toMatchObject({
        scrollTop: 0,
        scrollHeight: 610,
      });
    });

    it('drags a swiper, endlessly and without moving its slides in the DOM', async () => {
      const drawer = await open();
      const slides = ['a', 'b', 'c'].map(
        (name) => ['swiper-item', { class: name }, name] as [string, Record<string, unknown>, string],
      );
      await frame.ops(
        ...drawer.append(1, [
          'swiper',
          { ref: 'swiper', class: 's', circular: true, duration: 100, 'on:change': true, 'on:animationfinish': true },
          ...slides,
        ]),
      );
      await frame.drag('.s', 260, 0);
      expect((await frame.waitFor('change')).detail).toMatchObject({ current: 2, source: 'touch' });
      await frame.waitFor('animationfinish');
      await frame.clear();
      await frame.drag('.s', -260, 0);
      expect((await frame.waitFor('change')).detail).toMatchObject({ current: 0, source: 'touch' });
      expect(await frame.frame().locator('mz-swiper-item').allTextContents()).toEqual(['a', 'b', 'c']);
      await frame.waitFor('animationfinish');
      await frame.ops(Operation.setAttribute, drawer.id('swiper'), 'current', 1, 1e9);
      await expect.poll(async () => (await frame.events('change')).at(-1)?.detail['current']).toBe(1);
    });

    it('reports page scrolling, its bottom, and pulls down', async () => {
      const drawer = await open({ window: { enablePullDownRefresh: true, onReachBottomDistance: 100 } });
      await frame.ops(...drawer.append(1, ['view', { class: 'tall', style: 'height:3000px' }]));
      await frame.invoke(0, 'pageScrollTo', { scrollTop: 5000, duration: 50 });
      const pageMessages = async () =>
        (await frame.toLogic()).flatMap((message) => (message.k === 'page' ? [message] : []));
      await expect.poll(async () => (await pageMessages()).map(({ type }) => type)).toContain('reachBottom');
      await expect
        .poll(async () => (await pageMessages()).filter(({ type }) => type === 'scroll').at(-1)?.detail)
        .toEqual({ scrollTop: 3000 - 844 });
      await frame.invoke(0, 'pageScrollTo', { scrollTop: 0, duration: 0 });
      await frame.page.mouse.move(100, 100);
      await frame.page.mouse.down();
      for (let y = 100; y <= 300; y += 20) await frame.page.mouse.move(100, y);
      await frame.page.mouse.up();
      await expect.poll(async () => (await pageMessages()).map(({ type }) => type)).toContain('pullDownRefresh');
      await frame.invoke(0, 'stopPullDownRefresh');
      expect(await frame.frame().locator('.mz-pull-down').count()).toBe(0);
    });
  });
});
