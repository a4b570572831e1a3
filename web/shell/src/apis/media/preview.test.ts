import { expect, it } from 'vitest';
import type { CallContext } from '../../miniapp/bridge';
import { Viewer } from '../../miniapp/viewer';
import { previewApis } from './preview';

function start() {
  const viewer = new Viewer();
  return { viewer, context: { app: { viewer } } as unknown as CallContext };
}

it('begins at the picture that is named, by address or place', () => {
  const { viewer, context } = start();
  previewApis.previewImage(context, { urls: ['/a.png', '/b.png'], current: '/b.png' });
  expect(viewer.viewing).toMatchObject({
    index: 1,
    menu: true,
    items: [{ src: '/a.png', kind: 'image' }, { src: '/b.png' }],
  });
  previewApis.previewImage(context, { urls: ['/a.png', '/b.png'], current: 1, showmenu: false });
  expect(viewer.viewing).toMatchObject({ index: 1, menu: false });
  previewApis.previewImage(context, { urls: ['/a.png'], current: '/none.png' });
  expect(viewer.viewing?.index).toBe(0);
  expect(viewer.close()).toBe(true);
  expect(viewer.close()).toBe(false);
});

it('shows videos with their posters', () => {
  const { viewer, context } = start();
  previewApis.previewMedia(context, {
    sources: [{ url: '/a.mp4', type: 'video', poster: '/p.png' }, { url: '/b.png' }],
    current: 7,
  });
  expect(viewer.viewing).toMatchObject({
    index: 0,
    items: [
      { kind: 'video', src: '/a.mp4', poster: '/p.png' },
      { kind: 'image', src: '/b.png' },
    ],
  });
});

it('refuses what it can’t show', () => {
  const { viewer, context } = start();
  expect(() => previewApis.previewImage(context, { urls: [] })).toThrow('at least 1 item');
  expect(() => previewApis.previewMedia(context, { sources: [{ type: 'image' }] })).toThrow('url should be String');
  expect(viewer.viewing).toBeUndefined();
});
