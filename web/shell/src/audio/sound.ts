/**
 * All sounds of one app. They fall silent when the app goes to the background; the one background sound goes on where
 * the app declares it (`requiredBackgroundModes`).
 */
import type { MiniApp } from '../miniapp/mini-app';
import { nowPlaying } from './now-playing';
import type { Player } from './player';

const most = 64;
const sounds = new WeakMap<MiniApp, Sound>();

export function soundOf(app: MiniApp): Sound {
  let sound = sounds.get(app);
  if (sound === undefined) {
    sound = new Sound(app);
    sounds.set(app, sound);
  }
  return sound;
}

/** What else of an app makes or hears sounds and has to rest behind. */
export interface Interruptible {
  interrupt(): void;
  resume(): void;
}

export class Sound {
  /** Whether sounds of the app leave those of others alone. */
  mixWithOther = true;
  readonly #players = new Set<Player>();
  readonly #others = new Set<Interruptible>();
  #inFront: boolean;
  #interrupted = false;

  constructor(private readonly app: MiniApp) {
    this.#inFront = app.inFront;
    app.subscribe(() => this.#follow());
    app.whenEnds(() => nowPlaying.release(app));
  }

  get full(): boolean {
    return this.#players.size >= most;
  }

  add(player: Player): () => void {
    this.#players.add(player);
    return () => this.#players.delete(player);
  }

  addInterruptible(one: Interruptible): () => void {
    this.#others.add(one);
    return () => this.#others.delete(one);
  }

  /** Called before a sound of the app begins. */
  begins(): void {
    if (!this.mixWithOther) nowPlaying.pauseAll();
  }

  #follow(): void {
    if (this.app.inFront === this.#inFront) return;
    this.#inFront = this.app.inFront;
    if (this.#inFront) this.#resume();
    else this.#interrupt();
  }

  #interrupt(): void {
    const playing = [...this.#players].filter((player) => player.playing);
    this.#interrupted = playing.length > 0 || this.#others.size > 0;
    for (const player of playing) player.pause();
    for (const other of this.#others) other.interrupt();
    if (this.#interrupted) this.app.bridge.event('audio.interruption.begin', {});
    if (!this.app.config.requiredBackgroundModes.includes('audio')) nowPlaying.pause(this.app);
  }

  #resume(): void {
    if (!this.#interrupted) return;
    this.#interrupted = false;
    for (const other of this.#others) other.resume();
    this.app.bridge.event('audio.interruption.end', {});
  }
}

/** Resolves once the browser lets sounds begin: after the user's first touch of the shell or of a page in it. */
export async function soundAllowed(ended: () => boolean): Promise<void> {
  if (!('userActivation' in navigator)) return;
  while (!navigator.userActivation.hasBeenActive && !ended()) {
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
