/**
 * The runtime's own calls behind `createInnerAudioContext` and `getBackgroundAudioManager`: a task that lives as long as
 * the sound, ordered by `player.*` and telling what happens by `player.*`.
 */
import { nowPlaying, type Track } from '../../audio/now-playing';
import { Player, type PlayerEvent, type PlayerSettings } from '../../audio/player';
import { soundAllowed, soundOf } from '../../audio/sound';
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';
import type { MiniApp } from '../../miniapp/mini-app';

type Args = Record<string, unknown>;
type Kind = 'inner' | 'background';

/** Ends, with an empty answer, when the sound is destroyed. */
export function openPlayer(context: CallContext, args: Args): Promise<Args> {
  const { app, id } = context;
  const kind: Kind = args.kind === 'background' ? 'background' : 'inner';
  const sound = soundOf(app);
  if (sound.full) fail('too many sounds at once');
  return new Promise((resolve) => {
    let ended = false;
    const element = new Audio();
    element.preload = 'auto';
    const player = new Player({
      element,
      resolve: (src) => app.resources.resolve(src, 'media'),
      tell: (event, detail) => {
        if (kind === 'background') background.told(event);
        else if (event === 'play') sound.begins();
        app.bridge.event(`player.${event}`, detail, id);
      },
      allowed: () => soundAllowed(() => ended),
    });
    const background = new BackgroundSound(app, player, (which) => app.bridge.event(`player.${which}`, {}, id));
    const removeSound = kind === 'inner' ? sound.add(player) : () => undefined;
    const removeTask = app.bridge.addTask(id, (method, given) => {
      if (method !== 'close' && method !== 'player.destroy') {
        if (method === 'player.set') background.track = given;
        order(player, method, given);
        return;
      }
      ended = true;
      player.destroy();
      if (kind === 'background') nowPlaying.release(app);
      removeSound();
      removeTask();
      resolve({});
    });
  });
}

function order(player: Player, method: string, args: Args): void {
  if (method === 'player.set') player.set(settingsOf(args));
  else if (method === 'player.play') void player.play();
  else if (method === 'player.pause') player.pause();
  else if (method === 'player.stop') player.stop();
  else if (method === 'player.seek' && finite(args.position) !== undefined) player.seek(Number(args.position));
}

function settingsOf(args: Args): PlayerSettings {
  const settings: PlayerSettings = {};
  for (const name of ['startTime', 'volume', 'playbackRate'] as const) {
    const value = finite(args[name]);
    if (value !== undefined) settings[name] = value;
  }
  for (const name of ['autoplay', 'loop'] as const) if (typeof args[name] === 'boolean') settings[name] = args[name];
  if (typeof args.src === 'string') settings.src = args.src;
  return settings;
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** What the shell shows of the background sound of an app. */
class BackgroundSound {
  #track: Args = {};

  constructor(
    private readonly app: MiniApp,
    private readonly player: Player,
    private readonly skip: (which: 'next' | 'prev') => void,
  ) {}

  set track(change: Args) {
    this.#track = { ...this.#track, ...change };
  }

  told(event: PlayerEvent): void {
    if (event === 'play') void this.#begin();
    else if (event === 'pause') nowPlaying.update(false);
    else if (event === 'stop' || event === 'error') nowPlaying.release(this.app);
    else if (event === 'ended') nowPlaying.update(false);
  }

  async #begin(): Promise<void> {
    const name = (member: string) =>
      typeof this.#track[member] === 'string' ? String(this.#track[member]).slice(0, 200) : '';
    const track: Track = { title: name('title'), singer: name('singer'), album: name('epname'), cover: '' };
    const { app, player, skip } = this;
    nowPlaying.begin({ app, player, track, skip });
    const cover = typeof this.#track.coverImgUrl === 'string' ? this.#track.coverImgUrl : '';
    if (cover === '') return;
    const content = await app.resources.content(cover);
    if (!('blob' in content) || nowPlaying.current?.player !== player || !player.playing) return;
    nowPlaying.begin({ app, player, track: { ...track, cover: URL.createObjectURL(content.blob) }, skip });
  }
}
