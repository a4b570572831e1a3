/** Contexts of media and maps: which element they stand for, what reaches it, and what comes back. */
import { expect, test } from 'vitest';
import { appEvent } from '../events/shape';
import { settle, TestApp } from './app';
import { canvasPage } from './fixtures/templates';

/** A page with one element of a tag, whose id is `board`. */
const app = (tag: string, module: string) =>
  new TestApp({
    modules: { 'pages/a/a.js': module },
    templates: { 'pages/a/a': canvasPage.replaceAll('"canvas"', JSON.stringify(tag)) },
  });

test('a video context that is made before its page is drawn finds its element when it is used', async () => {
  const page = app(
    'video',
    `Page({ onLoad() { this.video = wx.createVideoContext('board'); this.video.play(); this.video.seek('7') } })`,
  );
  const asked: unknown[] = [];
  for (const method of ['play', 'seek'])
    page.view.answers[method] = (node, args) => void asked.push([method, node, ...args]);
  await settle();
  const node = page.view.byId('board').id;
  expect(asked).toEqual([
    ['play', node],
    ['seek', node, 7],
  ]);
});

test('a context without its element warns, and ends calls that wait with the reason', async () => {
  const page = app(
    'video',
    `Page({ onReady() {
      wx.createVideoContext('none').play();
      wx.createVideoContext('none').exitPictureInPicture({ fail: (e) => { globalThis.heard = e.errMsg } });
    } })`,
  );
  await settle();
  await settle();
  expect((globalThis as Record<string, unknown>).heard).toBe(
    'exitPictureInPicture:fail there is no <video id="none"> in the page or component',
  );
  const warnings = page.shell.posted.filter((message) => message.k === 'console' && message.level === 'warn');
  expect(JSON.stringify(warnings)).toContain('there is no <video id=\\\\\\"none\\\\\\">'.replaceAll('\\\\\\', '\\'));
});

test('a map context asks and answers, and hears of clusters', async () => {
  const page = app(
    'map',
    `Page({ onReady() {
      globalThis.heard = [];
      const map = wx.createMapContext('board');
      map.getScale({ success: (r) => heard.push(r.scale, r.errMsg) });
      map.addVisualLayer({ layerId: 1, fail: (r) => heard.push(r.errMsg) });
      map.on('markerClusterClick', (r) => heard.push(r.cluster.clusterId));
    } })`,
  );
  page.view.answers.getScale = () => ({ scale: 16 });
  page.view.answers.on = () => undefined;
  await settle();
  await settle();
  page.view.fire(page.view.byId('board'), 'mezze.told', {
    name: 'markerClusterClick',
    value: { cluster: { clusterId: 3 } },
  });
  expect((globalThis as Record<string, unknown>).heard).toEqual([
    'addVisualLayer:fail not supported on this host',
    16,
    'getScale:ok',
    3,
  ]);
});

test('frames of a camera reach who listens, until they stop', async () => {
  const page = app(
    'camera',
    `Page({ onReady() {
      globalThis.heard = [];
      const listener = wx.createCameraContext().onCameraFrame((frame) => { heard.push(frame.width); if (frame.width === 2) listener.stop() });
      listener.start();
    } })`,
  );
  const switched: unknown[] = [];
  page.view.answers.frames = (_node, [on]) => void switched.push(on);
  await settle();
  await settle();
  const camera = page.view.byId('board');
  for (const width of [1, 2]) {
    page.view.fire(camera, 'mezze.told', { name: 'frame', value: { width, height: 1, data: new ArrayBuffer(4) } });
  }
  page.view.fire(camera, 'mezze.told', { name: 'frame', value: { width: 9, height: 1, data: 'no frame' } });
  await settle();
  expect((globalThis as Record<string, unknown>).heard).toEqual([1, 2]);
  expect(switched).toEqual([true, false]);
});

test('events of maps have their old members beside the detail', () => {
  const target = { id: '', dataset: {} };
  const shaped = (type: string, detail: object) =>
    appEvent({
      type,
      detail,
      target,
      currentTarget: target,
      mark: {},
      timeStamp: 0,
      mutatedMarked: () => false,
      getOriginalEvent: () => undefined,
    } as never);
  expect(shaped('regionchange', { type: 'end', causedBy: 'drag' })).toMatchObject({ type: 'end', causedBy: 'drag' });
  expect(shaped('markertap', { markerId: 4 })).toMatchObject({ type: 'markertap', markerId: 4 });
  expect(shaped('controltap', { controlId: 5 })).toMatchObject({ controlId: 5, detail: { controlId: 5 } });
  expect(shaped('change', { type: 'end', markerId: 4 })).not.toHaveProperty('markerId');
});
