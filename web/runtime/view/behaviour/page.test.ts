/** What concerns a page as a whole: portals, page settings, measuring, observers, in Chromium. */
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

  describe('tags that reach beyond their place', () => {
    it('draws a portal above the page, and taps climb to where it stands', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(1, [
          'view',
          { style: 'transform:scale(1);height:10px;overflow:hidden', 'on:tap': true },
          [
            'root-portal',
            { ref: 'portal' },
            ['view', { ref: 'inside', class: 'inside', style: 'position:fixed;top:100px' }, 'x'],
          ],
        ]),
      );
      expect(await frame.frame().locator('.inside').boundingBox()).toMatchObject({ y: 100 });
      await frame.frame().locator('.inside').click();
      expect(await frame.waitFor('tap')).toMatchObject({ node: drawer.id('inside') });
      await frame.ops(Operation.removeChild, 1, 2);
      expect(await frame.frame().locator('.inside').count()).toBe(0);
    });

    it('styles the page by page-meta, beside its own style', async () => {
      const drawer = await open();
      await frame.ops(...drawer.append(1, ['page-meta', { ref: 'meta', 'page-style': 'overflow:hidden' }]));
      await frame.ops(Operation.setStyle, 1, 'color:rgb(1, 2, 3)');
      const style = () =>
        frame
          .frame()
          .locator('mz-page')
          .evaluate((page) => page.getAttribute('style'));
      expect(await style()).toBe('color: rgb(1, 2, 3); overflow: hidden;');
      await frame.ops(Operation.removeChild, 1, drawer.id('meta'));
      expect(await style()).toBe('color: rgb(1, 2, 3);');
    });

    it('opens a page container and closes it', async () => {
      const drawer = await open();
      const listens = { 'on:afterenter': true, 'on:clickoverlay': true, 'on:afterleave': true };
      await frame.ops(
        ...drawer.append(1, [
          'page-container',
          { ref: 'sheet', show: true, duration: 50, ...listens },
          ['view', { class: 'inside', style: 'height:100px' }],
        ]),
      );
      await frame.waitFor('afterenter');
      expect(await frame.frame().locator('.inside').boundingBox()).toMatchObject({ y: 744 });
      await frame.page.mouse.click(100, 100);
      await frame.waitFor('clickoverlay');
      await frame.ops(Operation.setAttribute, drawer.id('sheet'), 'show', false, 0);
      await frame.waitFor('afterleave');
      await expect.poll(() => frame.frame().locator('.inside').isVisible()).toBe(false);
    });
  });

  describe('methods', () => {
    it('measures in one go', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(
          1,
          ['view', { id: 'a', ref: 'a', style: 'width:100px;height:50px' }],
          ['input', { ref: 'b', value: 'v' }],
        ),
      );
      const answer = await frame.invoke(0, 'measure', [
        { node: drawer.id('a'), fields: { id: true, rect: true, size: true, computedStyle: ['display'] } },
        { node: drawer.id('b'), fields: { properties: ['value'] } },
        { node: 999, fields: {} },
        { node: 0, fields: { size: true } },
      ]);
      expect(answer).toEqual([
        { id: 'a', left: 0, top: 0, right: 100, bottom: 50, width: 100, height: 50, display: 'block' },
        { value: 'v' },
        null,
        { width: 390, height: 844 },
      ]);
    });

    it('observes what comes into view', async () => {
      const drawer = await open();
      await frame.ops(
        ...drawer.append(
          1,
          ['view', { style: 'height:2000px' }],
          ['view', { id: 'seen', ref: 'seen', style: 'height:50px' }],
        ),
      );
      await frame.invoke(drawer.id('seen'), 'observe', {
        observer: 7,
        relativeTo: [{ node: 0 }],
        thresholds: [0],
        initialRatio: 0,
      });
      expect(await frame.events('mezze.intersection')).toEqual([]);
      await frame.invoke(0, 'pageScrollTo', { scrollTop: 2000, duration: 0 });
      const report = await frame.waitFor('mezze.intersection');
      expect(report.detail).toMatchObject({ observer: 7, id: 'seen' });
      expect(report.detail['intersectionRatio']).toBeGreaterThan(0);
    });

    it('refuses a method that is not there, by name', async () => {
      const drawer = await open();
      await frame.ops(...drawer.append(1, ['view', { ref: 'a' }]));
      await expect(frame.invoke(drawer.id('a'), 'constructor')).rejects.toThrow('view has no method constructor');
    });
  });
});
