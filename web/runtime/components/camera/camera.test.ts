/** The camera, the old audio and the faces of what is not here; the test plays the shell that opens the device. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Drawer } from '../../view/testing/draw';
import { chromiumFound, closeBrowser, type Mounted, mount } from '../../view/testing/harness';
import { wave } from '../../view/testing/wave';
import { liveTags } from '../live/live';

interface Harness {
  harness: { shell(message: unknown): void };
}

describe.skipIf(!chromiumFound)('camera and audio', { timeout: 40_000 }, () => {
  let frame: Mounted;
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  const open = async (tag: string, attributes: Record<string, unknown>, services: Record<string, unknown> = {}) => {
    frame = await mount({ services, files: { '/tone.wav': { type: 'audio/wav', text: wave(3) } } });
    const drawer = new Drawer();
    await frame.ops(
      ...drawer.append(1, [tag, { ref: 'it', ...attributes }, ['cover-view', { class: 'over' }, 'over']]),
    );
    return drawer.id('it');
  };
  const asked = async (op: string) =>
    (await frame.toShell()).flatMap((message) => (message.k === 'host' && message.op === op ? [message.args] : []));
  const picture = (node: number) =>
    frame.page.evaluate(async (id) => {
      const canvas = new OffscreenCanvas(40, 30);
      const context = canvas.getContext('2d');
      if (context !== null) context.fillStyle = '#ff00ff';
      context?.fillRect(0, 0, 40, 30);
      const detail = await createImageBitmap(canvas);
      (window as unknown as Harness).harness.shell({ k: 'host.event', node: id, name: 'camera.picture', detail });
    }, node);

  it('is opened by the shell, draws what comes, and asks for the next when it has', async () => {
    const services = {
      'camera.open': { maxZoom: 8, facing: 'front' },
      'camera.drawn': null,
      'camera.photo': { tempImagePath: 'wxfile://a' },
    };
    const node = await open(
      'camera',
      { 'device-position': 'front', 'frame-size': 'large', 'on:initdone': '' },
      services,
    );
    expect((await frame.waitFor('initdone')).detail).toEqual({ maxZoom: 8 });
    expect(await asked('camera.open')).toMatchObject([
      { facing: 'front', frameSize: 'large', resolution: 'medium', scan: false },
    ]);
    await picture(node);
    await expect.poll(() => asked('camera.drawn')).toHaveLength(1);
    const surface = frame.frame().locator('.mz-camera-surface');
    expect(await surface.evaluate((element) => (element as HTMLCanvasElement).width)).toBe(40);
    expect(await frame.frame().locator('.mz-mirrored').count()).toBe(1);
    expect(await frame.invoke(node, 'takePhoto', {})).toEqual({ tempImagePath: 'wxfile://a' });
    expect(await asked('camera.photo')).toEqual([{ quality: 'normal', mirror: true }]);
    await expect(frame.invoke(node, 'setZoom', { zoom: 0 })).rejects.toThrow('at least 1');
    await frame.shell({ k: 'visibility', visible: false });
    await expect.poll(() => asked('camera.close')).toHaveLength(1);
  });

  it('says on its face and to the app that there is none', async () => {
    const node = await open('camera', { 'on:error': '' });
    expect((await frame.waitFor('error')).detail).toMatchObject({ errCode: 10004 });
    expect(await frame.frame().locator('.mz-live-words').textContent()).toBe('No camera could be opened');
    await expect(frame.invoke(node, 'takePhoto', {})).rejects.toThrow('no service');
  });

  it('hands frames and codes on', async () => {
    const services = { 'camera.open': { maxZoom: 1, facing: 'back' }, 'camera.change': {} };
    const node = await open('camera', { mode: 'scanCode', 'on:scancode': '', 'on:initdone': '' }, services);
    await frame.waitFor('initdone');
    expect(await asked('camera.open')).toMatchObject([{ scan: true }]);
    await frame.invoke(node, 'frames', true);
    expect(await asked('camera.change')).toEqual([{ frames: true }]);
    const detail = { width: 1, height: 1, data: [0] };
    await frame.shell({ k: 'host.event', node, name: 'camera.frame', detail });
    expect((await frame.waitFor('mezze.told')).detail).toMatchObject({ name: 'frame', value: { width: 1 } });
    await frame.shell({ k: 'host.event', node, name: 'camera.code', detail: { type: 'QR_CODE', result: 'x' } });
    expect((await frame.waitFor('scancode')).detail).toEqual({ type: 'QR_CODE', result: 'x' });
  });

  it('plays a sound under a card of its own, shown with controls only', async () => {
    const node = await open('audio', {
      src: '/tone.wav',
      name: 'A tone',
      controls: true,
      'on:play': '',
      'on:timeupdate': '',
      'on:pause': '',
    });
    expect(await frame.frame().locator('.wx-audio-name').textContent()).toBe('A tone');
    await frame.frame().locator('.wx-audio-button').click();
    await frame.waitFor('play');
    expect((await frame.waitFor('timeupdate')).detail.duration).toBeCloseTo(3, 1);
    await frame.invoke(node, 'pause');
    await frame.waitFor('pause');
    await expect(frame.invoke(node, 'stop')).rejects.toThrow('audio has no method stop');
  });

  it('tells apps by an error of what is not here, and says so in its place', async () => {
    for (const tag of liveTags) {
      await open(tag, { 'on:error': '' });
      // The root of a scene has no event for it: the scene is never ready.
      if (tag !== 'xr-scene')
        expect(String((await frame.waitFor('error')).detail.errMsg)).toBe(`${tag}:fail not supported on this host`);
      expect(await frame.frame().locator('.mz-live-words').isVisible()).toBe(true);
      if (tag !== liveTags.at(-1)) await frame.close();
    }
  });
});
