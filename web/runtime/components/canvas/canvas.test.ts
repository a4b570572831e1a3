/** A canvas of the page frame, in Chromium: the harness's page plays the worker that draws. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Drawer } from '../../view/testing/draw';
import { chromiumFound, closeBrowser, type Mounted, mount } from '../../view/testing/harness';

interface Harness {
  harness: { invoke(id: number, node: number, method: string, args: unknown[]): Promise<unknown> };
  canvas: OffscreenCanvas;
}

const png = 'base64:iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"><rect width="8" height="6"/></svg>';

describe.skipIf(!chromiumFound)('canvas', { timeout: 30_000 }, () => {
  let frame: Mounted;
  let drawer: Drawer;
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  const open = async (style = '') => {
    frame = await mount({
      touch: true,
      files: { '/a.png': { type: 'image/png', text: png }, '/b.svg': { type: 'image/svg+xml', text: svg } },
    });
    drawer = new Drawer();
    const attributes = { ref: 'canvas', type: '2d', style, 'on:touchstart': '', 'on:touchend': '' };
    await frame.ops(...drawer.append(1, ['canvas', attributes]));
    return drawer.id('canvas');
  };

  /** Asks for the canvas as the logic side does and fills it. */
  const take = (node: number) =>
    frame.page.evaluate(async (id) => {
      const scope = window as unknown as Harness;
      const answer = (await scope.harness.invoke(9000, id, 'canvas', [])) as { canvas: OffscreenCanvas; width: number };
      scope.canvas = answer.canvas;
      answer.canvas.width = 20;
      answer.canvas.height = 10;
      const context = answer.canvas.getContext('2d');
      if (context !== null) context.fillStyle = 'rgb(255, 0, 255)';
      context?.fillRect(0, 0, 20, 10);
      return answer.width;
    }, node);

  it('is 300 by 150 pixels and shows what its receiver draws, in any size of the bitmap', async () => {
    const node = await open();
    expect(await frame.frame().locator('mz-canvas').boundingBox()).toMatchObject({ width: 300, height: 150 });
    expect(await take(node)).toBe(300);
    await expect
      .poll(async () => {
        const picture = (await frame.page.screenshot({ clip: { x: 290, y: 140, width: 2, height: 2 } })).toString(
          'base64',
        );
        return frame.page.evaluate(async (text) => {
          const image = new Image();
          image.src = `data:image/png;base64,${text}`;
          await image.decode();
          const context = new OffscreenCanvas(1, 1).getContext('2d');
          context?.drawImage(image, 0, 0);
          return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
        }, picture);
      })
      .toEqual([255, 0, 255, 255]);
  });

  it('is handed over once', async () => {
    const node = await open();
    await take(node);
    await expect(frame.invoke(node, 'canvas')).rejects.toThrow('handed over before');
  });

  it('tells new sizes once it was handed over', async () => {
    const node = await open('width: 200px; height: 50px');
    expect(await take(node)).toBe(200);
    const seen = async () => (await frame.events('mezze.canvasSize')).at(-1)?.detail;
    await expect.poll(seen).toEqual({ width: 200, height: 50 });
    await frame.page.setViewportSize({ width: 500, height: 500 });
    await frame.frame().evaluate(() => {
      const element = document.querySelector<HTMLElement>('mz-canvas');
      if (element !== null) element.style.width = '120px';
    });
    await expect.poll(seen).toEqual({ width: 120, height: 50 });
  });

  it('counts touches from its own corner', async () => {
    await open('margin: 30px 0 0 40px');
    await frame.page.touchscreen.tap(55, 50);
    const touch = await frame.waitFor('touchend');
    expect(touch.changedTouches?.[0]).toMatchObject({ clientX: 55, clientY: 50, x: 15, y: 20 });
    expect((await frame.events('touchstart'))[0]?.touches?.[0]).toMatchObject({ x: 15, y: 20 });
  });

  it('reads pictures for the worker, and says which it can’t', async () => {
    await open();
    const read = (src: string, id: number) =>
      frame.page.evaluate(
        async ([name, number]) => {
          const answer = await (window as unknown as Harness).harness.invoke(number as number, 0, 'picture', [name]);
          const { bitmap, width, height } = answer as { bitmap: ImageBitmap; width: number; height: number };
          return [bitmap instanceof ImageBitmap, width, height];
        },
        [src, id] as const,
      );
    expect(await read('/a.png', 9001)).toEqual([true, 1, 1]);
    expect(await read('/b.svg', 9002)).toEqual([true, 8, 6]);
    expect(await read(`data:image/png;base64,${png.slice(7)}`, 9003)).toEqual([true, 1, 1]);
    await expect(read('/none.png', 9004)).rejects.toThrow('there is no such file');
    await expect(read('file:///etc/passwd', 9005)).rejects.toThrow('neither a file of the app nor an address');
  });
});
