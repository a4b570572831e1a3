/**
 * One sound of an app, played by one audio element: where it comes from, and what happens to it in the words of the
 * dialect. Sounds of the package and files of the app are Blobs, remote ones come through the gate.
 */
import type { Resolution } from '../miniapp/resources';

/** Codes of WeChat's `onError`. */
export const audioFailures = { system: 10_001, network: 10_002, file: 10_003, format: 10_004, unknown: -1 } as const;

export type PlayerEvent =
  | 'canplay'
  | 'play'
  | 'pause'
  | 'stop'
  | 'ended'
  | 'timeUpdate'
  | 'waiting'
  | 'seeking'
  | 'seeked'
  | 'error';

export interface PlayerState {
  currentTime: number;
  duration: number;
  /** Seconds up to which the sound is there without a gap. */
  buffered: number;
  paused: boolean;
}

export interface PlayerSettings {
  src?: string;
  startTime?: number;
  autoplay?: boolean;
  loop?: boolean;
  volume?: number;
  playbackRate?: number;
}

/** What the player needs of a media element; tests put their own in its place. */
export type MediaElement = Pick<
  HTMLAudioElement,
  | 'src'
  | 'currentTime'
  | 'duration'
  | 'paused'
  | 'ended'
  | 'loop'
  | 'volume'
  | 'playbackRate'
  | 'error'
  | 'buffered'
  | 'readyState'
  | 'play'
  | 'pause'
  | 'load'
  | 'removeAttribute'
  | 'addEventListener'
>;

export interface PlayerParts {
  element: MediaElement;
  resolve(src: string): Promise<Resolution>;
  tell(event: PlayerEvent, detail: Record<string, unknown>): void;
  /** Resolves once the browser lets sounds begin, which may take the user's first touch. */
  allowed(): Promise<void>;
}

export class Player {
  #src = '';
  #url: string | undefined;
  #startTime = 0;
  #autoplay = false;
  /** The app wants it to play; the browser may not be ready to. */
  #wanted = false;
  #stopping = false;
  #destroyed = false;
  #seek: number | undefined;
  /** Counts sources, so that a slow one does not replace a later one. */
  #generation = 0;
  #loaded: Promise<boolean> = Promise.resolve(false);

  constructor(private readonly parts: PlayerParts) {
    const { element } = parts;
    element.addEventListener('canplay', () => this.#tell('canplay'));
    element.addEventListener('play', () => this.#tell('play'));
    element.addEventListener('pause', () => this.#paused());
    element.addEventListener('ended', () => {
      this.#wanted = false;
      this.#tell('ended');
    });
    element.addEventListener('timeupdate', () => this.#tell('timeUpdate'));
    element.addEventListener('waiting', () => this.#tell('waiting'));
    element.addEventListener('seeking', () => this.#tell('seeking'));
    element.addEventListener('seeked', () => this.#tell('seeked'));
    element.addEventListener('loadedmetadata', () => this.#applySeek());
    element.addEventListener('error', () => this.#failed());
  }

  get playing(): boolean {
    return !this.parts.element.paused;
  }

  get state(): PlayerState {
    const { currentTime, duration, paused } = this.parts.element;
    return { currentTime, duration: Number.isFinite(duration) ? duration : 0, buffered: this.#buffered(), paused };
  }

  set(settings: PlayerSettings): void {
    const { element } = this.parts;
    if (settings.startTime !== undefined) this.#startTime = Math.max(0, settings.startTime);
    if (settings.autoplay !== undefined) this.#autoplay = settings.autoplay;
    if (settings.loop !== undefined) element.loop = settings.loop;
    if (settings.volume !== undefined) element.volume = Math.min(1, Math.max(0, settings.volume));
    if (settings.playbackRate !== undefined) element.playbackRate = Math.min(2, Math.max(0.5, settings.playbackRate));
    if (settings.src !== undefined) this.#load(settings.src);
  }

  async play(): Promise<void> {
    if (this.#destroyed) return;
    this.#wanted = true;
    const generation = this.#generation;
    if (!(await this.#loaded) || !this.#wanted || generation !== this.#generation) return;
    try {
      await this.parts.element.play();
    } catch (failure) {
      if (!(failure instanceof DOMException) || failure.name !== 'NotAllowedError') return;
      await this.parts.allowed();
      if (this.#wanted && generation === this.#generation) await this.parts.element.play().catch(() => this.#failed());
    }
  }

  pause(): void {
    this.#wanted = false;
    this.parts.element.pause();
  }

  stop(): void {
    const { element } = this.parts;
    this.#wanted = false;
    this.#stopping = !element.paused;
    element.pause();
    this.#seek = undefined;
    if (element.readyState > 0) element.currentTime = this.#startTime;
    if (this.#src !== '') this.#tell('stop');
  }

  seek(position: number): void {
    this.#seek = Math.max(0, position);
    if (this.parts.element.readyState > 0) this.#applySeek();
  }

  destroy(): void {
    this.#destroyed = true;
    this.#generation += 1;
    this.#wanted = false;
    this.#release();
  }

  #load(src: string): void {
    this.#src = src;
    this.#generation += 1;
    this.#seek = this.#startTime > 0 ? this.#startTime : undefined;
    const again = this.#autoplay;
    this.#wanted = false;
    this.#release();
    if (src === '') {
      this.#loaded = Promise.resolve(false);
      return;
    }
    this.#loaded = this.#open(src, this.#generation);
    if (again) void this.play();
  }

  async #open(src: string, generation: number): Promise<boolean> {
    const resolution = await this.parts
      .resolve(src)
      .catch((failure: unknown): Resolution => ({ error: String(failure) }));
    if (generation !== this.#generation) return false;
    if ('error' in resolution) {
      const remote = /^(https?:)?\/\//i.test(src);
      this.#wanted = false;
      this.#error(remote ? audioFailures.network : audioFailures.file, resolution.error);
      return false;
    }
    this.#url = 'blob' in resolution ? URL.createObjectURL(resolution.blob) : undefined;
    this.parts.element.src = 'url' in resolution ? resolution.url : (this.#url ?? '');
    this.parts.element.load();
    return true;
  }

  #release(): void {
    const { element } = this.parts;
    // What the element says of its end is not the app's business.
    this.#stopping = !element.paused;
    element.pause();
    if (element.src !== '') {
      element.removeAttribute('src');
      element.load();
    }
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }

  #applySeek(): void {
    const position = this.#seek;
    this.#seek = undefined;
    if (position !== undefined) this.parts.element.currentTime = position;
  }

  #paused(): void {
    const { element } = this.parts;
    const stopped = this.#stopping;
    this.#stopping = false;
    // Before the end comes a pause too, which the dialect does not tell.
    if (!stopped && !element.ended) this.#tell('pause');
  }

  #failed(): void {
    const { error } = this.parts.element;
    if (this.#src === '' || this.#destroyed || error?.code === 1) return;
    this.#wanted = false;
    const code =
      error?.code === 2 ? audioFailures.network : error === null ? audioFailures.unknown : audioFailures.format;
    this.#error(code, error?.message || 'the sound can not be played');
  }

  #error(errCode: number, reason: string): void {
    this.#tell('error', { errCode, errMsg: `errCode:${errCode}, err:${reason}` });
  }

  #tell(event: PlayerEvent, detail: Record<string, unknown> = {}): void {
    if (!this.#destroyed) this.parts.tell(event, { ...this.state, ...detail });
  }

  #buffered(): number {
    const { buffered, currentTime } = this.parts.element;
    for (let index = 0; index < buffered.length; index += 1) {
      if (buffered.start(index) <= currentTime + 0.1 && buffered.end(index) >= currentTime) return buffered.end(index);
    }
    return 0;
  }
}
