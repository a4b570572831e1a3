/** Canvases in the worker, in a real Chromium: what is drawn, and that nothing more than drawing comes with them. */
import { existsSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wrapModule, wrapTemplate } from './app';
import { bundleLogic, chromiumPath, type LogicPage, openLogic, startApp } from './chromium';
import { canvasPage } from './fixtures/templates';
import { probe } from './probe';
import { startOf } from './start';
import { templateRuntime } from './template-runtime';

interface Posted {
  k: string;
  text?: string;
  message?: string;
  api?: string;
  id?: number;
}

const available = existsSync(chromiumPath);

describe.skipIf(!available)('canvas', { timeout: 60_000 }, () => {
  let code: string;
  let logic: LogicPage;

  beforeAll(async () => {
    code = await bundleLogic();
  }, 60_000);
  afterEach(() => logic.close());

  const posted = () => logic.page.evaluate(() => (window as unknown as { posted: Posted[] }).posted);

  /** Runs a page with a canvas in it until it has logged `count` lines. */
  async function run(module: string, count = 1): Promise<string[]> {
    logic = await openLogic(code);
    const source = { modules: { 'pages/a/a.js': module }, templates: { 'pages/a/a': canvasPage } };
    const template = templateRuntime + wrapTemplate('pages/a/a', canvasPage);
    await startApp(
      logic.page,
      startOf({ ...source, modules: { 'pages/a/a.js': 'Page({})' } }),
      wrapModule('pages/a/a.js', module),
      template,
      'page.ready',
    );
    const lines = async () => (await posted()).filter(({ k }) => k === 'console').map(({ text }) => text ?? '');
    await expect.poll(lines, { timeout: 5000 }).toHaveLength(count);
    expect((await posted()).filter(({ k }) => k === 'error')).toEqual([]);
    return lines();
  }

  const inNode = (body: string) => `Page({ onReady() {
    wx.createSelectorQuery().select('#board').fields({ node: true, size: true }).exec(([found]) => {
      const canvas = found.node;
      const context = canvas.getContext('2d');
      ${body}
    });
  } });`;

  it('gives a node of the element’s canvas, whose frames are those of the page', async () => {
    const [line] = await run(
      inNode(`canvas.width = 600; canvas.height = 300;
        context.fillStyle = 'rgb(1, 2, 250)'; context.fillRect(0, 0, 600, 300);
        canvas.requestAnimationFrame((time) => console.log(JSON.stringify({
          width: canvas.width, size: [found.width, found.height], again: canvas.getContext('2d') === context,
          other: canvas.getContext('webgl'), unknown: canvas.getContext('constructor'), own: context.canvas === canvas,
          pixel: [...context.getImageData(5, 5, 1, 1).data], frame: typeof time,
        })));`),
    );
    expect(JSON.parse(line ?? '')).toEqual({
      width: 600,
      size: [300, 150],
      again: true,
      other: null,
      unknown: null,
      own: true,
      pixel: [1, 2, 250, 255],
      frame: 'number',
    });
    const shown = await logic.page.locator('#handed-over').screenshot();
    const pixel = await logic.page.evaluate(async (picture) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
    }, shown.toString('base64'));
    expect(pixel).toEqual([1, 2, 250, 255]);
  });

  it('draws images that the page’s frame read, patterns and other canvases', async () => {
    const [line] = await run(
      inNode(`const image = canvas.createImage();
        const before = [context.createPattern(image, 'repeat'), context.drawImage(image, 0, 0)];
        image.onload = () => {
          context.drawImage(image, 0, 0);
          context.fillStyle = context.createPattern(image, 'repeat');
          context.fillRect(10, 10, 10, 10);
          const other = wx.createOffscreenCanvas({ type: '2d', width: 4, height: 4 });
          other.getContext('2d').fillRect(0, 0, 4, 4);
          context.drawImage(other, 30, 30);
          const at = (x, y) => [...context.getImageData(x, y, 1, 1).data];
          console.log(JSON.stringify([before, image.width, image.complete, at(1, 1), at(15, 15), at(31, 31)]));
        };
        image.src = '/img/green.png';`),
    );
    expect(JSON.parse(line ?? '')).toEqual([
      [null, null],
      2,
      true,
      [10, 200, 30, 255],
      [10, 200, 30, 255],
      [0, 0, 0, 255],
    ]);
  });

  it('carries out the older API in CSS pixels, in order, and reads it back', async () => {
    const [line] = await run(`Page({ onReady() {
      const context = wx.createCanvasContext('old');
      context.setFillStyle('rgb(255, 0, 0)');
      context.save();
      context.translate(10, 0);
      context.fillRect(0, 0, 10, 10);
      context.drawImage('/img/green.png', 20, 0, 10, 10);
      context.restore();
      context.draw();
      const next = wx.createCanvasContext('old');
      next.fillRect(50, 0, 10, 10);
      next.draw(true, () => wx.canvasGetImageData({ canvasId: 'old', x: 0, y: 0, width: 100, height: 10,
        success({ data, width }) {
          const at = (x) => [...data.slice((5 * width + x) * 4, (5 * width + x) * 4 + 4)];
          console.log(JSON.stringify([at(5), at(15), at(35), at(55), context.measureText('mm').width > 0]));
        },
        fail: ({ errMsg }) => console.log(errMsg) }));
    } });`);
    expect(JSON.parse(line ?? '')).toEqual([[0, 0, 0, 0], [255, 0, 0, 255], [10, 200, 30, 255], [0, 0, 0, 255], true]);
  });

  it('sends a picture of a canvas to the shell to be kept', async () => {
    logic = await openLogic(code);
    const module = inNode(`wx.canvasToTempFilePath({ canvas, fileType: 'jpg', width: 100, destWidth: 50 });`);
    const template = templateRuntime + wrapTemplate('pages/a/a', canvasPage);
    const start = startOf({ modules: { 'pages/a/a.js': 'Page({})' }, templates: { 'pages/a/a': canvasPage } });
    await startApp(logic.page, start, wrapModule('pages/a/a.js', module), template, 'page.ready');
    await expect.poll(async () => (await posted()).some(({ api }) => api === 'keepPicture')).toBe(true);
    const picture = await logic.page.evaluate(async () => {
      const all = (window as unknown as { posted: { api?: string; args: { blob: Blob; extension: string } }[] }).posted;
      const args = all.find(({ api }) => api === 'keepPicture')?.args;
      const bitmap = args === undefined ? undefined : await createImageBitmap(args.blob);
      return [args?.extension, args?.blob.type, bitmap?.width, bitmap?.height];
    });
    expect(picture).toEqual(['jpg', 'image/jpeg', 50, 150]);
  });

  it('leads to nothing with power, by what it holds or by methods that the app replaces', async () => {
    const body = inNode(`const image = canvas.createImage();
      const off = wx.createOffscreenCanvas({ type: 'webgl' });
      const gl = off.getContext('webgl');
      const leaked = [];
      const { apply } = Reflect;
      Reflect.apply = (...args) => { leaked[leaked.length] = args; return apply(...args); };
      const { then } = Promise.prototype;
      Promise.prototype.then = function (done, failed) {
        return then.call(this, (value) => { leaked[leaked.length] = value; return done ? done(value) : value; }, failed);
      };
      image.onload = () => {
        context.drawImage(image, 0, 0);
        const old = wx.createCanvasContext('old');
        old.drawImage(image, 0, 0);
        globalThis.reached = [leaked, canvas, context, image, off, gl, old, context.createLinearGradient(0, 0, 1, 1),
          context.createPattern(image, 'repeat'), context.measureText('a'), context.getImageData(0, 0, 1, 1),
          canvas.createPath2D(), context.getTransform(), gl && [gl.createTexture(), gl.getExtension('WEBGL_lose_context'),
          gl.getExtension('WEBGL_debug_renderer_info') && gl.getParameter(37446)]];
        globalThis.walk();
      };
      image.src = '/img/a.png';`);
    const [line] = await run(`globalThis.walk = () => { const Page = () => {}; ${probe} };\n${body}`);
    const report = JSON.parse(line ?? '{}') as { found: string[]; count: number };
    // The canvas's own method, not the worker's.
    expect(report.found).toEqual(['globalThis.reached.1.__proto__.requestAnimationFrame (requestAnimationFrame)']);
    expect(report.count).toBeGreaterThan(800);
    expect(logic.requests).toEqual([]);
  });
});
