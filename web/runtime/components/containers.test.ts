/** View containers in Chromium: scrolling, refreshing, carousels, movable views, selections, shared elements. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Operation } from '../protocol';
import { Drawer, type Drawn } from '../view/testing/draw';
import { Fingers } from '../view/testing/fingers';
import { chromiumFound, closeBrowser, type Mounted, mount } from '../view/testing/harness';

const tall = (height: number, attributes: Record<string, unknown> = {}): Drawn => [
  'view',
  { style: `height:${height}px`, ...attributes },
];
const listens = (...types: string[]) => Object.fromEntries(types.map((type) => [`on:${type}`, true]));

describe.skipIf(!chromiumFound)('view containers', { timeout: 60_000 }, () => {
  let frame: Mounted;
  let drawer: Drawer;
  const open = async (nodes: Drawn[], services: Record<string, unknown> = {}) => {
    frame = await mount({ touch: true, services });
    drawer = new Drawer();
    await frame.ops(...drawer.append(1, ...nodes));
  };
  const set = (ref: string, name: string, value: unknown) =>
    frame.ops(Operation.setAttribute, drawer.id(ref), name, value, 1e9);
  const box = async (selector: string) => {
    const { x, y, width, height } = (await frame.frame().locator(selector).boundingBox()) ?? {};
    return [x, y, width, height].map((value) => Math.round(value ?? Number.NaN));
  };
  const types = async () => (await frame.events()).map(({ type }) => type);
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  describe('scroll-view', () => {
    it('tells when scrolling begins, goes on and ends, and who drags', async () => {
      const events = listens('scrollstart', 'scroll', 'scrollend', 'dragstart', 'dragging', 'dragend');
      await open([
        ['scroll-view', { class: 's', 'scroll-y': true, enhanced: true, style: 'height:300px', ...events }, tall(2000)],
      ]);
      const fingers = await Fingers.of(frame);
      await fingers.swipe([{ x: 100, y: 250 }], [{ x: 100, y: 50 }], { rest: 100 });
      await frame.waitFor('scrollend');
      const seen = [...new Set(await types())];
      expect(seen[0]).toBe('dragstart');
      expect(seen.at(-1)).toBe('scrollend');
      expect(seen).toContain('dragging');
      expect(seen.indexOf('scrollstart')).toBeLessThan(seen.indexOf('dragend'));
      expect((await frame.events('scroll')).at(0)?.detail).toMatchObject({ isDrag: true });
      expect((await frame.events('dragend')).at(0)?.detail['velocity']).toMatchObject({ x: 0 });
    });

    it('brings a child to where the alignment says, and moves nothing for one that is in sight', async () => {
      await open([
        [
          'scroll-view',
          { ref: 's', class: 's', 'scroll-y': true, style: 'height:300px', 'scroll-into-view-alignment': 'center' },
          tall(1000),
          tall(100, { id: 'child', ref: 'child' }),
          tall(1000),
        ],
      ]);
      const top = () =>
        frame
          .frame()
          .locator('.wx-scroll-view')
          .evaluate((scroller) => scroller.scrollTop);
      await set('s', 'scroll-into-view', 'child');
      expect(await top()).toBe(900);
      await frame.invoke(drawer.id('s'), 'scrollIntoView', drawer.id('child'), { animated: false, alignment: 'end' });
      expect(await top()).toBe(800);
      await frame.invoke(drawer.id('s'), 'scrollIntoView', drawer.id('child'), {
        animated: false,
        alignment: 'nearest',
      });
      expect(await top()).toBe(800);
    });

    it('goes to its top where the user asks for that at the bar, if it says so or fills the window', async () => {
      const box = (ref: string, height: number, attributes: Record<string, unknown> = {}): Drawn => [
        'scroll-view',
        { ref, class: ref, 'scroll-y': true, 'scroll-top': 200, style: `height:${height}px`, ...attributes },
        tall(3000),
      ];
      await open([box('told', 100, { 'enable-back-to-top': true }), box('small', 100), box('large', 800)]);
      const top = (ref: string) =>
        frame
          .frame()
          .locator(`.${ref} > .wx-scroll-view`)
          .evaluate((scroller) => scroller.scrollTop);
      await expect.poll(() => Promise.all([top('told'), top('small'), top('large')])).toEqual([200, 200, 200]);
      await frame.shell({ k: 'top' });
      await expect.poll(() => Promise.all([top('told'), top('small'), top('large')])).toEqual([0, 200, 0]);
      await set('large', 'enable-back-to-top', false);
      await set('large', 'scroll-top', 150);
      await expect.poll(() => top('large')).toBe(150);
      await frame.shell({ k: 'top' });
      await frame.page.waitForTimeout(500);
      expect(await top('large')).toBe(150);
    });

    it('starts at the end and counts from there in reverse', async () => {
      await open([
        [
          'scroll-view',
          { ref: 's', 'scroll-y': true, reverse: true, style: 'height:200px' },
          tall(900),
          tall(100, { class: 'last' }),
        ],
      ]);
      expect((await box('.last'))[1]).toBe(100);
      await frame.invoke(drawer.id('s'), 'scrollTo', { top: 50, animated: false });
      expect((await box('.last'))[1]).toBe(150);
    });

    it('refreshes by a pull, with what the app drew coming down', async () => {
      const events = listens(
        'refresherpulling',
        'refresherwillrefresh',
        'refresherrefresh',
        'refresherrestore',
        'refresherstatuschange',
      );
      const refresher = { 'refresher-enabled': true, 'refresher-threshold': 60, 'refresher-default-style': 'none' };
      await open([
        [
          'scroll-view',
          { ref: 's', 'scroll-y': true, style: 'height:400px', ...refresher, ...events },
          tall(80, { class: 'mine', slot: 'refresher' }),
          tall(1000, { class: 'content' }),
        ],
      ]);
      expect((await box('.mine')).slice(1)).toEqual([-80, 390, 80]);
      expect((await box('.content'))[1]).toBe(0);
      const fingers = await Fingers.of(frame);
      await fingers.swipe([{ x: 100, y: 50 }], [{ x: 100, y: 250 }]);
      await frame.waitFor('refresherrefresh');
      await expect.poll(async () => (await box('.content'))[1]).toBe(60);
      expect((await box('.mine'))[1]).toBe(-20);
      await frame.invoke(drawer.id('s'), 'closeRefresh');
      await frame.waitFor('refresherrestore');
      await expect
        .poll(async () => (await frame.events('refresherstatuschange')).map(({ detail }) => detail['status']))
        .toEqual([1, 2, 3, 0]);
      expect(await frame.events('refresherwillrefresh')).toHaveLength(1);
    });

    it('opens a second level further down and closes it again', async () => {
      const levels = {
        'refresher-enabled': true,
        'refresher-two-level-enabled': true,
        'refresher-two-level-threshold': 80,
      };
      await open([
        [
          'scroll-view',
          { ref: 's', 'scroll-y': true, style: 'height:300px', ...levels, 'on:refresherstatuschange': true },
          tall(900, { class: 'content' }),
        ],
      ]);
      await frame.invoke(drawer.id('s'), 'triggerTwoLevel', { duration: 50 });
      expect((await box('.content'))[1]).toBe(300);
      await frame.invoke(drawer.id('s'), 'closeTwoLevel', { duration: 50 });
      expect((await frame.events('refresherstatuschange')).map(({ detail }) => detail['status'])).toEqual([6, 7, 8, 0]);
    });
  });

  describe('swiper', () => {
    const slides = (count: number): Drawn[] =>
      Array.from({ length: count }, (_, index) => ['swiper-item', { class: `i${index}` }, tall(20)]);

    it('lets the first and last slide stand at the edge', async () => {
      const margins = { 'previous-margin': '40px', 'next-margin': '20px', 'snap-to-edge': true };
      await open([['swiper', { ref: 's', ...margins, duration: 0 }, ...slides(3)]]);
      expect((await box('.i0'))[0]).toBe(0);
      await set('s', 'current', 1);
      await expect.poll(async () => (await box('.i1'))[0]).toBe(40);
      await set('s', 'current', 2);
      await expect.poll(async () => (await box('.i2'))[0]).toBe(60);
    });

    it('shows several slides at once, and only the way it may go', async () => {
      await open([
        [
          'swiper',
          { class: 's', 'display-multiple-items': 2, direction: 'positive', duration: 0, 'on:change': true },
          ...slides(4),
        ],
      ]);
      expect((await box('.i1')).slice(0, 3)).toEqual([195, 0, 195]);
      await frame.drag('.s', -180, 0);
      expect((await frame.waitFor('change')).detail['current']).toBe(1);
      await frame.drag('.s', 180, 0);
      await frame.page.waitForTimeout(200);
      expect(await frame.events('change')).toHaveLength(1);
    });

    it('stacks slides, and turns them as a transformer does', async () => {
      await open([['swiper', { ref: 's', 'layout-type': 'stackRight', duration: 0 }, ...slides(3)]]);
      const [left = 0, , width = 0] = await box('.i0');
      const [nextLeft = 0, , nextWidth = 0] = await box('.i1');
      expect(nextWidth).toBeLessThan(width);
      expect(nextLeft + nextWidth).toBeGreaterThan(left + width);
      await set('s', 'layout-type', 'transformer');
      const opacity = () =>
        frame
          .frame()
          .locator('.i1')
          .evaluate((slide) => getComputedStyle(slide).opacity);
      await expect.poll(opacity).toBe('0.5');
    });
  });

  describe('movable-view', () => {
    const area = (attributes: Record<string, unknown>, areaAttributes: Record<string, unknown> = {}): Drawn => [
      'movable-area',
      { class: 'area', style: 'width:300px;height:300px', ...areaAttributes },
      ['movable-view', { ref: 'm', class: 'm', style: 'width:50px;height:50px', ...attributes }],
    ];

    it('stays inside, comes back from outside, and glides where it may', async () => {
      await open([area({ direction: 'all', 'out-of-bounds': true, 'on:change': true, 'on:htouchmove': true })]);
      const fingers = await Fingers.of(frame);
      await fingers.swipe([{ x: 25, y: 25 }], [{ x: 380, y: 25 }]);
      await expect.poll(async () => (await box('.m'))[0]).toBe(250);
      const sources = [...new Set((await frame.events('change')).map(({ detail }) => detail['source']))];
      expect(sources).toEqual(['touch', 'touch-out-of-bounds', 'out-of-bounds']);
      expect(await frame.events('htouchmove')).toHaveLength(1);
    });

    it('grows under two fingers anywhere in its area, within its limits', async () => {
      await open([
        area(
          { direction: 'all', scale: true, 'scale-max': 2, x: 100, y: 100, 'on:scale': true },
          { 'scale-area': true },
        ),
      ]);
      const fingers = await Fingers.of(frame);
      await fingers.swipe(
        [
          { x: 20, y: 250 },
          { x: 60, y: 250 },
        ],
        [
          { x: 10, y: 250 },
          { x: 250, y: 250 },
        ],
      );
      await expect.poll(() => box('.m')).toEqual([75, 75, 100, 100]);
      expect((await frame.events('scale')).at(-1)?.detail).toEqual({ x: 100, y: 100, scale: 2 });
    });

    it('moves by keyboard, and to where the page says', async () => {
      await open([area({ direction: 'vertical', animation: false })]);
      await frame.frame().locator('.m').focus();
      await frame.page.keyboard.press('ArrowDown');
      await frame.page.keyboard.press('ArrowRight');
      expect((await box('.m')).slice(0, 2)).toEqual([0, 10]);
      await set('m', 'y', 400);
      expect((await box('.m')).slice(0, 2)).toEqual([0, 250]);
    });
  });

  it('reports what is selected inside a selection', async () => {
    await open([
      [
        'selection',
        { ref: 's', 'on:selectionchange': true },
        ['text', { id: 'a', 'user-select': true, class: 'a' }, 'hello world'],
      ],
    ]);
    await frame
      .frame()
      .locator('.a')
      .evaluate((element) => {
        const text = element.firstChild as Text;
        getSelection()?.setBaseAndExtent(text, 2, text, 7);
      });
    await expect
      .poll(async () => (await frame.events('selectionchange')).at(-1)?.detail)
      .toMatchObject({ isCollapsed: false, selectedString: 'llo w', firstNodeId: 'a', firstOffset: 2, lastOffset: 7 });
    await frame.invoke(drawer.id('s'), 'selectRange', 0, 5);
    expect(await frame.frame().evaluate(() => String(getSelection()))).toBe('hello');
    await frame.invoke(drawer.id('s'), 'setBaseAndExtent', 'a', 6, 'a', 99);
    expect(await frame.frame().evaluate(() => String(getSelection()))).toBe('world');
    await frame.invoke(drawer.id('s'), 'removeSelection');
    expect(await frame.frame().evaluate(() => String(getSelection()))).toBe('');
  });

  it('holds the way back while a page container is open, and closes it instead', async () => {
    await open(
      [
        [
          'page-container',
          { ref: 'p', show: false, duration: 20, 'on:afterleave': true, 'close-on-slide-down': true },
          tall(200, { class: 'in' }),
        ],
      ],
      { 'back.hold': null },
    );
    const holds = async () =>
      (await frame.toShell()).flatMap((message) =>
        message.k === 'host' && message.op === 'back.hold' ? [message.args['held']] : [],
      );
    await set('p', 'show', true);
    await expect.poll(holds).toEqual([true]);
    await frame.shell({ k: 'host.event', node: drawer.id('p'), name: 'back', detail: {} });
    await frame.waitFor('afterleave');
    expect(await holds()).toEqual([true, false]);
    await set('p', 'show', true);
    await frame.page.waitForTimeout(100);
    await frame.drag('.in', 0, 150);
    await expect.poll(async () => (await frame.events('afterleave')).length).toBe(2);
  });

  it('lets a shared element fly into a page container', async () => {
    const shared = (key: string, attributes: Record<string, unknown>, className: string): Drawn => [
      'share-element',
      { key, ...attributes },
      ['view', { class: className, style: 'width:50px;height:50px' }],
    ];
    await open([
      shared('k', {}, 'from'),
      [
        'page-container',
        { ref: 'p', show: false, duration: 20 },
        shared('k', { transform: true, duration: 400 }, 'to'),
      ],
    ]);
    await set('p', 'show', true);
    await expect.poll(() => frame.frame().locator('.mz-flight').count()).toBe(1);
    expect(await frame.frame().locator('.from').isVisible()).toBe(false);
    await expect.poll(() => frame.frame().locator('.mz-flight').count()).toBe(0);
    expect(await frame.frame().locator('.to').isVisible()).toBe(true);
  });
});
