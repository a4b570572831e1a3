/** A picture of the page frame, in Chromium: what it tells, and the menu that a long press asks for. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Drawer } from '../view/testing/draw';
import { chromiumFound, closeBrowser, type Mounted, mount } from '../view/testing/harness';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="80" height="60"/></svg>';

describe.skipIf(!chromiumFound)('image', { timeout: 30_000 }, () => {
  let frame: Mounted;
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  const open = async (attributes: Record<string, unknown>) => {
    frame = await mount({
      files: { '/pages/index/a.svg': { type: 'image/svg+xml', text: svg } },
      services: { 'image.menu': null },
    });
    const listeners = { 'on:load': '', 'on:error': '', 'on:tap': '' };
    await frame.ops(...new Drawer().append(1, ['image', { src: 'a.svg', ...listeners, ...attributes }]));
  };
  const press = async (milliseconds: number) => {
    const { x, y } = await frame.centre('mz-image');
    await frame.page.mouse.move(x, y);
    await frame.page.mouse.down();
    await frame.page.waitForTimeout(milliseconds);
    await frame.page.mouse.up();
  };
  const asked = async () =>
    (await frame.toShell()).flatMap((message) => (message.k === 'host' ? [[message.op, message.args]] : []));

  it('tells its size, and keeps its own shape in the mode that asks for it', async () => {
    await open({ mode: 'widthFix', style: 'width: 160px' });
    expect((await frame.waitFor('load')).detail).toEqual({ width: 80, height: 60 });
    await expect.poll(async () => (await frame.frame().locator('mz-image').boundingBox())?.height).toBe(120);
  });

  it('asks for a menu when it is pressed long, where the app wants one, and is not tapped then', async () => {
    await open({ 'show-menu-by-longpress': true });
    await frame.waitFor('load');
    await press(50);
    await frame.waitFor('tap');
    expect(await asked()).toEqual([]);
    await press(800);
    await expect.poll(asked).toEqual([['image.menu', { src: '/pages/index/a.svg' }]]);
    expect(await frame.events('tap')).toHaveLength(1);
  });

  it('has no menu where the app wants none, and says why it can’t be shown', async () => {
    await open({ src: '/none.png' });
    expect(String((await frame.waitFor('error')).detail.errMsg)).toContain('there is no such file');
    await press(800);
    expect(await asked()).toEqual([]);
  });
});
