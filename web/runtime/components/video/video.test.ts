/** The video of the page frame, in Chromium. A sound stands for a film where only time matters. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Drawer } from '../../view/testing/draw';
import { chromiumFound, closeBrowser, type Mounted, type MountOptions, mount } from '../../view/testing/harness';
import { wave } from '../../view/testing/wave';

const events = [
  'play',
  'pause',
  'ended',
  'timeupdate',
  'progress',
  'error',
  'loadedmetadata',
  'seekcomplete',
  'fullscreenchange',
  'controlstoggle',
  'castinguserselect',
];

describe.skipIf(!chromiumFound)('video', { timeout: 40_000 }, () => {
  let frame: Mounted;
  afterEach(() => frame.close());
  afterAll(closeBrowser);

  const open = async (attributes: Record<string, unknown>, options: MountOptions = {}) => {
    frame = await mount({
      files: { '/film.wav': { type: 'audio/wav', text: wave(12) } },
      services: { 'fullscreen.enter': null, 'fullscreen.exit': null },
      ...options,
    });
    const drawer = new Drawer();
    const listeners = Object.fromEntries(events.map((type) => [`on:${type}`, '']));
    const inside = ['cover-view', { ref: 'cover', class: 'over' }, 'over'] as [string, Record<string, unknown>, string];
    await frame.ops(
      ...drawer.append(1, ['video', { ref: 'video', src: '/film.wav', ...listeners, ...attributes }, inside]),
    );
    return drawer.id('video');
  };
  const player = () => frame.frame().locator('mz-video video');
  const time = () => player().evaluate((element) => (element as HTMLVideoElement).currentTime);

  it('is 300 by 225, shows its button in the middle, and tells size and length once it knows them', async () => {
    await open({});
    expect(await frame.frame().locator('mz-video').boundingBox()).toMatchObject({ width: 300, height: 225 });
    expect((await frame.waitFor('loadedmetadata')).detail).toMatchObject({ duration: 12 });
    await expect.poll(() => frame.frame().locator('.wx-video-cover').getAttribute('class')).toContain('mz-shown');
    expect(await frame.frame().locator('.wx-video-cover-duration').textContent()).toBe('00:12');
    expect(await frame.frame().locator('.wx-video-slot .over').textContent()).toBe('over');
  });

  it('plays, tells the time, seeks by context, by drag and by key, and pauses', async () => {
    const node = await open({});
    await frame.waitFor('loadedmetadata');
    const middle = await frame.centre('.wx-video-cover-play-button');
    await frame.page.mouse.click(middle.x, middle.y);
    await frame.waitFor('play');
    expect((await frame.waitFor('timeupdate')).detail).toMatchObject({ duration: 12 });
    await frame.invoke(node, 'seek', 6);
    expect((await frame.waitFor('seekcomplete')).detail.position).toBeGreaterThanOrEqual(6);
    await frame.frame().locator('.wx-video-progress-container').press('ArrowRight');
    await expect.poll(time).toBeGreaterThan(10.5);
    await frame.drag('.wx-video-video', -200, 0);
    await expect.poll(time).toBeLessThan(6);
    await frame.invoke(node, 'pause');
    await frame.waitFor('pause');
    await frame.invoke(node, 'seek', 11.9);
    await frame.invoke(node, 'play');
    await frame.waitFor('ended');
  });

  it('starts at its initial time, muted and looped, by itself', async () => {
    await open({ autoplay: true, muted: true, loop: true, 'initial-time': 5, 'show-mute-btn': true });
    await frame.waitFor('play');
    await expect.poll(time).toBeGreaterThan(5);
    expect(
      await player().evaluate((element) => [(element as HTMLVideoElement).muted, (element as HTMLVideoElement).loop]),
    ).toEqual([true, true]);
    await frame.frame().locator('.wx-video-mute-button').click();
    expect(await player().evaluate((element) => (element as HTMLVideoElement).muted)).toBe(false);
  });

  it('shows comments at their time and those that are sent, and none that is no comment', async () => {
    const node = await open({
      'enable-danmu': true,
      muted: true,
      'danmu-btn': true,
      'danmu-list': [{ text: 'first', color: '#ff0000', time: 1 }, { text: 'url', color: 'url(x)', time: 1 }, 7],
    });
    await frame.waitFor('loadedmetadata');
    await frame.invoke(node, 'seek', 0.7);
    await frame.invoke(node, 'play');
    const lines = frame.frame().locator('.wx-video-danmu-item');
    await expect.poll(() => lines.allTextContents()).toEqual(['first', 'url']);
    expect(await lines.evaluateAll((all) => all.map((line) => (line as HTMLElement).style.color))).toEqual([
      'rgb(255, 0, 0)',
      'rgb(255, 255, 255)',
    ]);
    await frame.invoke(node, 'sendDanmu', { text: 'now', color: '#00ff00' });
    expect(await lines.last().textContent()).toBe('now');
    await frame.frame().locator('.wx-video-danmu-button').click();
    expect(await lines.count()).toBe(0);
  });

  it('asks the shell for full screen and is told when it ends', async () => {
    const node = await open({ direction: 90 });
    await frame.waitFor('loadedmetadata');
    await frame.invoke(node, 'requestFullScreen', {});
    expect((await frame.waitFor('fullscreenchange')).detail).toEqual({ fullScreen: true, direction: 'horizontal' });
    expect((await frame.toShell()).filter(({ k }) => k === 'host')).toMatchObject([{ op: 'fullscreen.enter', node }]);
    expect(await frame.frame().locator('.wx-video-container').boundingBox()).toMatchObject({ width: 390, height: 844 });
    await frame.shell({ k: 'host.event', node, name: 'fullscreen.left', detail: {} });
    await expect.poll(async () => (await frame.events('fullscreenchange')).at(-1)?.detail.fullScreen).toBe(false);
    expect(await frame.frame().locator('.wx-video-container').boundingBox()).toMatchObject({ width: 300, height: 225 });
  });

  it('says why full screen, a rate or a source is refused', async () => {
    const node = await open({ src: '/none.mp4' }, { services: {} });
    expect(String((await frame.waitFor('error')).detail.errMsg)).toContain('MEDIA_ERR_NETWORK');
    await expect(frame.invoke(node, 'requestFullScreen')).rejects.toThrow('no service');
    await expect(frame.invoke(node, 'playbackRate', 3)).rejects.toThrow('0.5, 0.8, 1, 1.25, 1.5, 2');
    await expect(frame.invoke(node, 'play')).rejects.toThrow('nothing to play');
  });

  it('pauses under another page, unless it plays in the background', async () => {
    const node = await open({ muted: true, autoplay: true });
    await frame.waitFor('play');
    await frame.invoke(node, 'requestBackgroundPlayback');
    await frame.shell({ k: 'visibility', visible: false });
    expect(await frame.events('pause')).toHaveLength(0);
    await frame.invoke(node, 'exitBackgroundPlayback');
    await frame.shell({ k: 'visibility', visible: false });
    await frame.waitFor('pause');
  });

  it('hides what an app does not want and tells when the controls come and go', async () => {
    await open({
      'show-center-play-btn': false,
      'show-fullscreen-btn': false,
      'show-progress': false,
      'enable-play-gesture': true,
    });
    await frame.waitFor('loadedmetadata');
    const bar = frame.frame().locator('.wx-video-bar');
    await expect.poll(() => bar.getAttribute('class')).toContain('mz-shown');
    expect(await frame.frame().locator('.wx-video-fullscreen').isVisible()).toBe(false);
    expect(await frame.frame().locator('.wx-video-progress-container').isVisible()).toBe(false);
    await frame.frame().locator('.wx-video-control-button').click();
    await frame.waitFor('play');
    await frame.page.mouse.dblclick(150, 60, { delay: 10 });
    await frame.waitFor('pause');
    await frame.page.mouse.click(150, 60);
    await expect.poll(async () => (await frame.events('controlstoggle')).at(-1)?.detail).toEqual({ show: false });
  });
});
