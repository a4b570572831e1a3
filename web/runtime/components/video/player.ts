/** The browser's player of one video, with the dialect's events. */
import type { Resources } from '../../view/resources';
import { part } from '../component';

export interface PlayerParts {
  event(type: string, detail: Record<string, unknown>): void;
  /** Something that the controls show is another. */
  changed(): void;
}

/** Rates that the dialect knows. */
const rates = [0.5, 0.8, 1, 1.25, 1.5, 2];
const failures = ['', 'MEDIA_ERR_ABORTED', 'MEDIA_ERR_NETWORK', 'MEDIA_ERR_DECODE', 'MEDIA_ERR_SRC_NOT_SUPPORTED'];
/** Milliseconds between two `timeupdate`. */
const tick = 250;

export class Player {
  readonly element: HTMLVideoElement;
  /** It was played at least once. */
  started = false;
  loaded = false;
  #wanted = '';
  #startAt = 0;
  #toldAt = 0;
  #measuring = false;
  #ready: Promise<void> = Promise.resolve();

  constructor(
    layer: HTMLElement,
    private readonly resources: Resources,
    private readonly parts: PlayerParts,
  ) {
    this.element = part('wx-video-video', layer, 'video') as HTMLVideoElement;
    const { element } = this;
    element.playsInline = true;
    element.preload = 'metadata';
    element.tabIndex = -1;
    element.disableRemotePlayback = false;
    this.#listen();
  }

  get paused(): boolean {
    return this.element.paused;
  }

  get isSmall(): boolean {
    return document.pictureInPictureElement === this.element;
  }

  async setPoster(src: string): Promise<void> {
    if (src === '') {
      this.element.removeAttribute('poster');
      return;
    }
    const url = await this.resources.resolve(src, 'image').catch(() => undefined);
    if (url !== undefined) this.element.poster = url;
  }

  load(src: string, options: { initialTime: number; autoplay: boolean }): Promise<void> {
    this.#wanted = src;
    this.loaded = src !== '';
    this.started = false;
    this.#startAt = options.initialTime;
    this.#ready = this.#load(src, options.autoplay);
    this.parts.changed();
    return this.#ready;
  }

  autoplay(): void {
    void this.play().catch(() => undefined);
  }

  async play(): Promise<void> {
    await this.#ready;
    if (!this.element.currentSrc && !this.element.src) throw new Error('there is nothing to play yet');
    try {
      await this.element.play();
    } catch (reason) {
      // A pause or another source that came in between is no failure.
      if ((reason as DOMException).name !== 'AbortError') throw reason;
    }
  }

  pause(): void {
    this.element.pause();
  }

  stop(): void {
    this.element.pause();
    this.element.currentTime = 0;
    this.started = false;
    this.parts.changed();
  }

  seek(time: number): void {
    const target = Math.max(0, time);
    if (this.element.readyState === 0) this.#startAt = target;
    else this.element.currentTime = target;
    this.parts.changed();
  }

  setRate(rate: number): void {
    if (!rates.includes(rate)) throw new Error(`the rate ${rate} is none of ${rates.join(', ')}`);
    this.element.playbackRate = rate;
    this.element.defaultPlaybackRate = rate;
  }

  async enterSmall(): Promise<void> {
    if (!document.pictureInPictureEnabled) throw new Error('this browser has no picture in picture');
    await this.element.requestPictureInPicture();
  }

  async leaveSmall(): Promise<void> {
    if (this.isSmall) await document.exitPictureInPicture();
  }

  /** Names what plays, for the device's own controls. */
  announce(title: string): void {
    if ('mediaSession' in navigator) navigator.mediaSession.metadata = new MediaMetadata({ title });
  }

  async #load(src: string, autoplay: boolean): Promise<void> {
    const { element } = this;
    if (src === '') {
      element.removeAttribute('src');
      element.load();
      return;
    }
    try {
      const url = await this.resources.resolve(src, 'media');
      if (this.#wanted !== src) return;
      element.src = url;
      element.load();
      if (autoplay) void element.play().catch(() => undefined);
    } catch (reason) {
      if (this.#wanted === src) {
        const errMsg = reason instanceof Error ? reason.message : String(reason);
        this.parts.event('error', { errMsg: `MEDIA_ERR_NETWORK: ${errMsg}` });
      }
    }
  }

  #listen(): void {
    const { element, parts } = this;
    const on = (type: string, run: () => void) =>
      element.addEventListener(type, () => {
        run();
        parts.changed();
      });
    on('play', () => {
      this.started = true;
      parts.event('play', {});
    });
    on('pause', () => {
      if (!element.ended) parts.event('pause', {});
    });
    on('ended', () => parts.event('ended', {}));
    on('waiting', () => parts.event('waiting', {}));
    on('seeked', () => {
      if (!this.#measuring) parts.event('seekcomplete', { position: element.currentTime });
    });
    on('volumechange', () => undefined);
    on('error', () => {
      if (!element.getAttribute('src')) return;
      const { code = 0, message = '' } = element.error ?? {};
      parts.event('error', { errMsg: `${failures[code] ?? ''}${message === '' ? '' : `: ${message}`}` });
    });
    on('loadedmetadata', () => {
      // A recording of a browser's own does not say how long it is: the end tells.
      if (element.duration === Number.POSITIVE_INFINITY && element.src.startsWith('blob:')) {
        this.#measuring = true;
        element.currentTime = 1e7;
        return;
      }
      this.#measured();
    });
    on('durationchange', () => {
      if (!this.#measuring || !Number.isFinite(element.duration)) return;
      this.#measuring = false;
      element.currentTime = 0;
      this.#measured();
    });
    on('timeupdate', () => {
      if (this.#measuring) return;
      const now = performance.now();
      if (now - this.#toldAt < tick - 40) return;
      this.#toldAt = now;
      const duration = Number.isFinite(element.duration) ? element.duration : 0;
      parts.event('timeupdate', { currentTime: element.currentTime, duration });
    });
    on('progress', () => {
      const { buffered, duration } = element;
      const end = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
      if (Number.isFinite(duration) && duration > 0) parts.event('progress', { buffered: (end / duration) * 100 });
    });
    on('enterpictureinpicture', () => parts.event('enterpictureinpicture', {}));
    on('leavepictureinpicture', () => parts.event('leavepictureinpicture', {}));
  }

  #measured(): void {
    const { element } = this;
    if (this.#startAt > 0) element.currentTime = this.#startAt;
    this.#startAt = 0;
    const { videoWidth: width, videoHeight: height, duration } = element;
    this.parts.event('loadedmetadata', { width, height, duration: Number.isFinite(duration) ? duration : 0 });
  }
}
