/** One sound against a media element that the test moves. */
import { expect, it, vi } from 'vitest';
import type { Resolution } from '../miniapp/resources';
import { type MediaElement, Player, type PlayerEvent } from './player';

class FakeElement {
  src = '';
  currentTime = 0;
  duration = Number.NaN;
  paused = true;
  ended = false;
  loop = false;
  volume = 1;
  playbackRate = 1;
  readyState = 0;
  error: { code: number; message: string } | null = null;
  buffered = { length: 1, start: () => 0, end: () => 5 };
  refused: DOMException | undefined;
  readonly #listeners = new Map<string, () => void>();

  addEventListener(name: string, listener: () => void): void {
    this.#listeners.set(name, listener);
  }
  happen(name: string): void {
    this.#listeners.get(name)?.();
  }
  load(): void {}
  removeAttribute(): void {
    this.src = '';
  }
  async play(): Promise<void> {
    if (this.refused !== undefined) throw this.refused;
    if (!this.paused) return;
    this.paused = false;
    this.happen('play');
  }
  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.happen('pause');
  }
}

function start(resolve: (src: string) => Promise<Resolution> = async () => ({ url: 'https://host/gate/media/a' })) {
  const element = new FakeElement();
  const told: [PlayerEvent, Record<string, unknown>][] = [];
  const allowed = vi.fn(async () => {
    element.refused = undefined;
  });
  const player = new Player({
    element: element as unknown as MediaElement,
    resolve,
    tell: (event, detail) => told.push([event, detail]),
    allowed,
  });
  return { element, player, told, allowed, events: () => told.map(([event]) => event) };
}

it('plays once its source is known, and tells in the dialect’s words', async () => {
  const { element, player, events } = start();
  player.set({ src: 'https://a.example/b.mp3', volume: 7, playbackRate: 0.1 });
  await player.play();
  expect(element.src).toBe('https://host/gate/media/a');
  expect([element.volume, element.playbackRate]).toEqual([1, 0.5]);
  player.pause();
  await player.play();
  element.readyState = 4;
  player.stop();
  expect(events()).toEqual(['play', 'pause', 'play', 'stop']);
  expect(element.currentTime).toBe(0);
});

it('does not tell of the pause before an end', async () => {
  const { element, player, events, told } = start();
  player.set({ src: '/a.mp3' });
  await player.play();
  element.duration = 3;
  element.currentTime = 3;
  element.ended = true;
  element.pause();
  element.happen('ended');
  expect(events()).toEqual(['play', 'ended']);
  expect(told.at(-1)?.[1]).toEqual({ currentTime: 3, duration: 3, buffered: 5, paused: true });
});

it('seeks when it knows the sound, and begins at the start time', () => {
  const { element, player } = start();
  player.set({ startTime: 2, src: '/a.mp3' });
  expect(element.currentTime).toBe(0);
  element.readyState = 1;
  element.happen('loadedmetadata');
  expect(element.currentTime).toBe(2);
  player.seek(9);
  expect(element.currentTime).toBe(9);
});

it('says what kind of failure it is', async () => {
  const missing = start(async () => ({ error: 'a.mp3 is not in the package' }));
  missing.player.set({ src: '/a.mp3' });
  await missing.player.play();
  expect(missing.told[0]).toMatchObject([
    'error',
    { errCode: 10_003, errMsg: 'errCode:10003, err:a.mp3 is not in the package' },
  ]);
  const broken = start();
  broken.player.set({ src: '/a.mp3' });
  await broken.player.play();
  for (const [code, errCode] of [
    [2, 10_002],
    [3, 10_004],
    [4, 10_004],
  ] as const) {
    broken.element.error = { code, message: 'bad' };
    broken.element.happen('error');
    expect(broken.told.at(-1)).toMatchObject(['error', { errCode }]);
  }
});

it('waits for the browser’s leave to sound, and not for a sound that was stopped', async () => {
  const { element, player, events, allowed } = start();
  element.refused = new DOMException('no', 'NotAllowedError');
  player.set({ src: '/a.mp3' });
  await player.play();
  expect(allowed).toHaveBeenCalledOnce();
  expect(events()).toEqual(['play']);
  const stopped = start();
  stopped.element.refused = new DOMException('no', 'NotAllowedError');
  stopped.allowed.mockImplementation(async () => stopped.player.pause());
  stopped.player.set({ src: '/a.mp3' });
  await stopped.player.play();
  expect(stopped.events()).toEqual([]);
});

it('lets a later source win over a slower one, and is silent once destroyed', async () => {
  const waiting: ((resolution: Resolution) => void)[] = [];
  const { element, player, events } = start(() => new Promise((resolve) => waiting.push(resolve)));
  player.set({ src: '/slow.mp3' });
  player.set({ src: '/fast.mp3' });
  const playing = player.play();
  waiting[1]?.({ url: 'https://host/fast' });
  waiting[0]?.({ url: 'https://host/slow' });
  await playing;
  expect(element.src).toBe('https://host/fast');
  player.destroy();
  element.happen('timeupdate');
  expect(events()).toEqual(['play']);
});
