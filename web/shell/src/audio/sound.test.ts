/** Sounds of an app that goes to the background, and the one sound that may go on there. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { MiniApp } from '../miniapp/mini-app';
import { Observable } from '../observable';
import { nowPlaying } from './now-playing';
import type { Player } from './player';
import { soundOf } from './sound';

class FakeApp extends Observable {
  inFront = true;
  event = vi.fn();
  bridge = { event: this.event };
  config = { requiredBackgroundModes: [] as string[] };
  end: () => void = () => undefined;
  whenEnds(callback: () => void): void {
    this.end = callback;
  }
  async go(inFront: boolean): Promise<void> {
    this.inFront = inFront;
    this.changed();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

const appOf = (fake: FakeApp) => fake as unknown as MiniApp;
const player = (playing: boolean) => {
  const fake = { playing, pause: vi.fn(), stop: vi.fn(), play: vi.fn(), seek: vi.fn() };
  return { fake, player: fake as unknown as Player };
};
vi.stubGlobal('navigator', {});
const track = { title: 'Song', singer: '', album: '', cover: '' };

beforeEach(() => {
  if (nowPlaying.current !== undefined) nowPlaying.release(nowPlaying.current.app);
});

it('falls silent in the background, and says so', async () => {
  const app = new FakeApp();
  const sound = soundOf(appOf(app));
  const loud = player(true);
  const quiet = player(false);
  sound.add(loud.player);
  sound.add(quiet.player);
  await app.go(false);
  expect(loud.fake.pause).toHaveBeenCalledOnce();
  expect(quiet.fake.pause).not.toHaveBeenCalled();
  expect(app.event).toHaveBeenLastCalledWith('audio.interruption.begin', {});
  await app.go(true);
  expect(app.event).toHaveBeenLastCalledWith('audio.interruption.end', {});
});

it('says nothing where there was no sound', async () => {
  const app = new FakeApp();
  soundOf(appOf(app)).add(player(false).player);
  await app.go(false);
  await app.go(true);
  expect(app.event).not.toHaveBeenCalled();
});

it('lets a background sound go on only where the app declares it', async () => {
  for (const modes of [['audio'], []]) {
    const app = new FakeApp();
    app.config.requiredBackgroundModes = modes;
    soundOf(appOf(app));
    const music = player(true);
    nowPlaying.begin({ app: appOf(app), player: music.player, track, skip: () => undefined });
    await app.go(false);
    expect(music.fake.pause).toHaveBeenCalledTimes(modes.length === 0 ? 1 : 0);
    app.end();
    expect(nowPlaying.current).toBeUndefined();
  }
});

it('has one background sound in the whole shell', () => {
  const [one, other] = [new FakeApp(), new FakeApp()];
  const [first, second] = [player(true), player(true)];
  nowPlaying.begin({ app: appOf(one), player: first.player, track, skip: () => undefined });
  nowPlaying.begin({ app: appOf(other), player: second.player, track, skip: () => undefined });
  expect(first.fake.stop).toHaveBeenCalledOnce();
  nowPlaying.release(appOf(one));
  expect(nowPlaying.current?.app).toBe(other);
  const sound = soundOf(appOf(one));
  sound.begins();
  expect(second.fake.pause).not.toHaveBeenCalled();
  sound.mixWithOther = false;
  sound.begins();
  expect(second.fake.pause).toHaveBeenCalledOnce();
});
