/** What of canvases needs no browser: frames, recorded commands, and what fails where nothing can draw. */
import { expect, test, vi } from 'vitest';
import type { CanvasHost } from '../boot/canvas-host';
import { Frames } from '../canvas/frames';
import { RecordedContext, type Step } from '../canvas/recorder';
import { replay } from '../canvas/replay';
import { settle, TestApp } from './app';
import { canvasPage } from './fixtures/templates';

const app = (module = 'Page({})', canvas?: CanvasHost) =>
  new TestApp({ modules: { 'pages/a/a.js': module }, templates: { 'pages/a/a': canvasPage }, canvas });

/** A context that notes what is done to it. */
function notingContext(log: unknown[]): OffscreenCanvasRenderingContext2D {
  return new Proxy({} as OffscreenCanvasRenderingContext2D, {
    get: (_target, name) =>
      name === 'getTransform' ? () => 'base' : (...args: unknown[]) => void log.push([name, ...args]),
    set: (_target, name, value) => log.push([name, '=', value]) > 0,
  });
}

function recorded(): { context: RecordedContext & Record<string, (...args: unknown[]) => void>; drawn: Step[][] } {
  const drawn: Step[][] = [];
  const context = new RecordedContext({
    draw: (steps, _reserve, done) => {
      drawn.push(steps);
      done();
    },
    measure: (text, font) => ({ width: text.length * Number.parseFloat(font) }),
    load: () => {
      throw new Error('no pictures here');
    },
  });
  return { context: context as never, drawn };
}

test('frames come once, not after they were cancelled, and not while the app is hidden', () => {
  const asked: ((time: number) => void)[] = [];
  const errors: unknown[] = [];
  const reporter = {
    guard: (_what: string, run: () => void) => {
      try {
        run();
      } catch (error) {
        errors.push(error);
      }
    },
  };
  const frames = new Frames((callback) => void asked.push(callback), reporter as never);
  const heard: string[] = [];
  const second = { id: 0 };
  frames.request((time) => {
    heard.push(`first ${time}`);
    frames.cancel(second.id);
    frames.request(() => heard.push('next'));
    throw new Error('in a frame');
  });
  second.id = frames.request(() => heard.push('cancelled'));
  frames.request(() => heard.push('third'));
  expect(asked).toHaveLength(1);
  asked.shift()?.(16);
  expect(heard).toEqual(['first 16', 'third']);
  expect(errors).toHaveLength(1);
  frames.hide();
  asked.shift()?.(32);
  expect(heard).toHaveLength(2);
  frames.show();
  asked.shift()?.(48);
  expect(heard.at(-1)).toBe('next');
  expect(asked).toHaveLength(0);
});

test('a page that was closed gets no more frames', async () => {
  let frame: ((time: number) => void) | undefined;
  const running = app(
    `Page({ onReady() {
    this.createSelectorQuery().select('#board').node(({ node }) => {
      const loop = () => { console.log('frame'); node.requestAnimationFrame(loop); };
      node.requestAnimationFrame(loop);
    }).exec();
  } })`,
    {
      makeCanvas: () => ({}) as OffscreenCanvas,
      makeImageData: () => ({}) as ImageData,
      imageDataOf: () => ({}) as ImageData,
      makePath: () => ({}) as Path2D,
      prototypes: {},
      cancelFrame: () => {},
      requestFrame(callback) {
        frame = callback;
        return 1;
      },
    },
  );
  running.view.answers.canvas = () => ({ canvas: {}, width: 300, height: 150 });
  const draw = async () => {
    await settle();
    const due = frame;
    frame = undefined;
    due?.(1);
  };
  await settle();
  await draw();
  await draw();
  expect(running.lines()).toEqual(['frame', 'frame']);
  running.shell.deliver({ k: 'page.unload', pageId: 1 });
  await draw();
  await draw();
  expect(running.lines()).toHaveLength(3);
  expect(frame).toBeUndefined();
});

test('recorded commands are carried out in order, and leave the context as they found it', () => {
  const { context, drawn } = recorded();
  context.setFillStyle?.('red');
  context.setTransform?.(1, 0, 0, 1, 5, 5);
  context.save?.();
  context.fillText?.('a', 1, 2, undefined);
  context.restore?.();
  context.restore?.();
  context.save?.();
  context.draw();
  expect(context.getActions()).toEqual([]);
  const log: unknown[] = [];
  replay(notingContext(log), drawn[0] ?? [], (what) => log.push(what));
  expect(log).toEqual([
    ['save'],
    ['fillStyle', '=', 'red'],
    ['setTransform', 'base'],
    ['transform', 1, 0, 0, 1, 5, 5],
    ['save'],
    ['fillText', 'a', 1, 2],
    ['restore'],
    ['save'],
    ['restore'],
    ['restore'],
  ]);
});

test('a command that the browser refuses is said, and the others go on', () => {
  const { context, drawn } = recorded();
  context.arc?.(0, 0, -1, 0, 1);
  context.fill?.();
  context.draw();
  const raw = {
    getTransform: vi.fn(),
    save: vi.fn(),
    restore: vi.fn(),
    fill: vi.fn(),
    arc: () => {
      throw new Error('negative radius');
    },
  };
  const refused: string[] = [];
  replay(raw as never, drawn[0] ?? [], (what) => refused.push(what));
  expect(refused).toEqual(['arc: negative radius']);
  expect(raw.fill).toHaveBeenCalledOnce();
});

test('texts are measured in the font that is set, which restore sets back', () => {
  const { context } = recorded();
  context.save?.();
  context.setFontSize?.(30);
  expect(context.font).toBe('30px sans-serif');
  expect(context.measureText('ab')).toEqual({ width: 60 });
  context.restore?.();
  expect(context.measureText('ab')).toEqual({ width: 20 });
});

test('where nothing can draw, calls fail and nothing hangs', async () => {
  const running = app(`Page({ onReady() {
    this.createSelectorQuery().select('#board').node((found) => console.log('node ' + found.node)).exec();
    wx.createCanvasContext('old').draw();
    wx.createCanvasContext('none').draw();
  } })`);
  const failed: unknown[] = [];
  running.wx.canvasToTempFilePath?.({ canvasId: 'none', fail: (detail: unknown) => failed.push(detail) });
  running.wx.canvasGetImageData?.({
    canvasId: 'old',
    x: 0,
    y: 0,
    width: 1,
    height: 1,
    fail: (detail: unknown) => failed.push(detail),
  });
  await settle();
  expect(failed).toEqual([
    { errMsg: 'canvasToTempFilePath:fail there is no canvas "none" in this page or component' },
    { errMsg: 'canvasGetImageData:fail this browser can’t draw a canvas from a worker' },
  ]);
  expect(running.lines()).toEqual(
    expect.arrayContaining([
      '<canvas> has no node: this browser can’t draw a canvas from a worker',
      'node null',
      'CanvasContext.draw:fail this browser can’t draw a canvas from a worker',
      'CanvasContext.draw:fail there is no canvas "none" in this page or component',
    ]),
  );
  expect(() => running.wx.createOffscreenCanvas?.({ type: '2d' })).toThrow('can’t draw');
});
