/** The map of the page frame, in Chromium: by software WebGL where it can be had, and flat. */
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../../build/runtime-bundles';
import { Drawer } from '../../view/testing/draw';
import { chromiumFound, closeBrowser, type Mounted, mount } from '../../view/testing/harness';

const here = { longitude: 113.32452, latitude: 23.099994 };
const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="30"><rect width="20" height="30"/></svg>';
const events = ['tap', 'markertap', 'callouttap', 'labeltap', 'controltap', 'regionchange', 'updated', 'error'];

describe.skipIf(!chromiumFound)('map', { timeout: 60_000 }, () => {
  let frame: Mounted;
  let script = '';
  beforeAll(async () => {
    script = (await bundle(resolve(import.meta.dirname, '../../map/main.ts'), 'map', false)).code;
  }, 60_000);
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  const open = async (attributes: Record<string, unknown> = {}, services: Record<string, unknown> = {}) => {
    frame = await mount({
      services,
      files: {
        'mezze:map': { type: 'text/javascript', text: script },
        'mezze:tiles': { type: 'application/json', text: '{"tiles":false}' },
        '/pin.svg': { type: 'image/svg+xml', text: picture },
      },
    });
    const drawer = new Drawer();
    const listeners = Object.fromEntries(events.map((type) => [`on:${type}`, '']));
    const bubble = ['cover-view', { 'marker-id': 2, class: 'bubble' }, 'own bubble'] as [string, object, string];
    await frame.ops(
      ...drawer.append(1, [
        'map',
        { ref: 'map', ...here, scale: 16, style: 'width:300px;height:300px', ...listeners, ...attributes },
        ['cover-view', {}, bubble as never],
      ]),
    );
    await frame.waitFor('updated');
    return drawer.id('map');
  };
  const ask = async (node: number, method: string, options: object = {}) =>
    (await frame.invoke(node, method, options)) as Record<string, number>;

  it('answers where its centre, its corners and a point of it are', async () => {
    const node = await open();
    const center = await ask(node, 'getCenterLocation');
    expect(center.longitude).toBeCloseTo(here.longitude, 6);
    expect((await ask(node, 'getScale')).scale).toBeCloseTo(16, 6);
    expect((await ask(node, 'getRotate')).rotate).toBe(0);
    const point = await ask(node, 'toScreenLocation', here);
    expect([point.x, point.y].map((value) => Math.round(Number(value)))).toEqual([150, 150]);
    const back = await ask(node, 'fromScreenLocation', { x: 150, y: 150 });
    expect(back.latitude).toBeCloseTo(here.latitude, 6);
    const region = (await frame.invoke(node, 'getRegion', {})) as { southwest: typeof here; northeast: typeof here };
    expect(region.southwest.longitude).toBeLessThan(here.longitude);
    expect(region.northeast.latitude).toBeGreaterThan(here.latitude);
  });

  it('draws markers with labels and bubbles, and tells which was tapped, not the map', async () => {
    await open({
      markers: [
        {
          id: 1,
          ...here,
          title: 'first',
          callout: { content: 'words', display: 'ALWAYS' },
          label: { content: 'label' },
        },
        { id: 2, ...here, latitude: 23.1015, iconPath: '/pin.svg', customCallout: { display: 'ALWAYS' } },
        { id: 3, latitude: 'nowhere', longitude: 1 },
      ],
    });
    const icons = frame.frame().locator('.mz-map-icon');
    await expect.poll(() => icons.count()).toBe(2);
    expect(await icons.nth(1).boundingBox()).toMatchObject({ width: 20, height: 30 });
    await icons.nth(0).click();
    expect((await frame.waitFor('markertap')).detail).toEqual({ markerId: 1 });
    await frame.frame().locator('.mz-map-callout').click();
    expect((await frame.waitFor('callouttap')).detail).toEqual({ markerId: 1 });
    await frame.frame().locator('.mz-map-label').click();
    expect((await frame.waitFor('labeltap')).detail).toEqual({ markerId: 1 });
    await expect.poll(() => frame.frame().locator('.bubble').isVisible()).toBe(true);
    expect(await frame.events('tap')).toHaveLength(0);
    await frame.page.mouse.click(30, 270);
    const tap = (await frame.waitFor('tap')).detail as typeof here;
    expect(tap.longitude).toBeLessThan(here.longitude);
    expect(tap.latitude).toBeLessThan(here.latitude);
  });

  it('tells how the view was changed: by the finger or by the app', async () => {
    const node = await open();
    await frame.clear();
    await frame.drag('mz-map', 60, 40);
    await expect
      .poll(async () => (await frame.events('regionchange')).map(({ detail }) => [detail.type, detail.causedBy]))
      .toEqual([
        ['begin', 'gesture'],
        ['end', 'drag'],
      ]);
    expect((await ask(node, 'getCenterLocation')).longitude).toBeLessThan(here.longitude);
    await frame.clear();
    await ask(node, 'includePoints', { points: [here, { longitude: 114, latitude: 24 }], padding: [10] });
    await expect
      .poll(async () => (await frame.events('regionchange')).at(-1)?.detail)
      .toMatchObject({ type: 'end', causedBy: 'update' });
    const { scale = 0 } = await ask(node, 'getScale');
    expect(scale).toBeLessThan(10);
  });

  it('moves markers, adds and removes them, and groups those that join', async () => {
    const node = await open({ markers: [{ id: 1, ...here }] });
    await ask(node, 'translateMarker', { markerId: 1, destination: { ...here, latitude: 23.101 }, duration: 100 });
    await ask(node, 'moveAlong', { markerId: 1, path: [here, { ...here, longitude: 113.325 }], duration: 100 });
    await expect(ask(node, 'translateMarker', { markerId: 9, destination: here })).rejects.toThrow('no marker 9');
    const many = Array.from({ length: 5 }, (_, index) => ({ id: 10 + index, ...here, joinCluster: true }));
    await frame.invoke(node, 'on', 'markerClusterClick');
    await ask(node, 'initMarkerCluster', { zoomOnClick: false });
    await ask(node, 'addMarkers', { markers: many, clear: true });
    const cluster = frame.frame().locator('.mz-map-cluster');
    await expect.poll(() => cluster.allTextContents()).toEqual(['5']);
    await cluster.click();
    expect((await frame.waitFor('mezze.told')).detail).toMatchObject({
      name: 'markerClusterClick',
      value: { cluster: { markerIds: [10, 11, 12, 13, 14] } },
    });
    await ask(node, 'removeMarkers', { markerIds: [10, 11, 12, 13] });
    await expect.poll(() => cluster.count()).toBe(0);
  });

  it('asks the shell where the device is, and says what it can’t draw', async () => {
    const node = await open({ 'enable-satellite': true }, { 'location.get': { longitude: 113, latitude: 23 } });
    await ask(node, 'moveToLocation');
    await expect.poll(async () => (await ask(node, 'getCenterLocation')).longitude).toBeCloseTo(113, 4);
    await expect(ask(node, 'addVisualLayer')).rejects.toThrow('map service');
    await expect(ask(node, 'addMarkers')).rejects.toThrow('markers should be Array');
    const words = (await frame.toShell()).flatMap((message) => (message.k === 'console' ? [message.text] : []));
    expect(words.join()).toContain('satellite');
  });

  it('has controls, a compass and a scale where they are wanted', async () => {
    await open({
      controls: [
        { id: 7, iconPath: '/pin.svg', position: { left: 10, top: 60, width: 40, height: 40 }, clickable: true },
      ],
      'show-compass': true,
      'show-scale': true,
      rotate: 90,
      'enable-rotate': true,
    });
    await frame.frame().locator('.mz-map-control').click();
    expect((await frame.waitFor('controltap')).detail).toEqual({ controlId: 7 });
    expect(await frame.frame().locator('.mz-map-scale').textContent()).toMatch(/^\d+ m$/);
    await frame.frame().locator('.mz-map-compass').click();
    await expect.poll(async () => (await frame.events('regionchange')).at(-1)?.detail.rotate).toBe(0);
  });
});
