/** `VideoContext` and the old `AudioContext`: players on a page. */
import type { Target } from './late';

export class VideoContext {
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
  }

  play(): void {
    this.#target.tell('play');
  }

  pause(): void {
    this.#target.tell('pause');
  }

  stop(): void {
    this.#target.tell('stop');
  }

  /** Seconds. */
  seek(position: unknown): void {
    this.#target.tell('seek', Number(position) || 0);
  }

  /** `{ text, color }` */
  sendDanmu(data: unknown): void {
    this.#target.tell('sendDanmu', typeof data === 'string' ? { text: data } : data);
  }

  playbackRate(rate: unknown): void {
    this.#target.tell('playbackRate', Number(rate));
  }

  /** `{ direction }`: 0, 90 or -90. */
  requestFullScreen(options?: unknown): void {
    this.#target.tell('requestFullScreen', record(options));
  }

  exitFullScreen(): void {
    this.#target.tell('exitFullScreen');
  }

  showStatusBar(): void {
    this.#target.tell('showStatusBar');
  }

  hideStatusBar(): void {
    this.#target.tell('hideStatusBar');
  }

  exitPictureInPicture(options?: unknown): Promise<unknown> | undefined {
    return this.#target.end('exitPictureInPicture', options, async () => {
      await this.#target.ask('exitPictureInPicture');
      return {};
    });
  }

  requestBackgroundPlayback(): void {
    this.#target.tell('requestBackgroundPlayback');
  }

  exitBackgroundPlayback(): void {
    this.#target.tell('exitBackgroundPlayback');
  }

  startCasting(): void {
    this.#target.tell('startCasting');
  }

  switchCasting(): void {
    this.#target.tell('switchCasting');
  }

  reconnectCasting(): void {
    this.#target.tell('reconnectCasting');
  }

  exitCasting(): void {
    this.#target.tell('exitCasting');
  }
}

export class AudioContext {
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
  }

  setSrc(src: unknown): void {
    this.#target.tell('setSrc', String(src));
  }

  play(): void {
    this.#target.tell('play');
  }

  pause(): void {
    this.#target.tell('pause');
  }

  seek(position: unknown): void {
    this.#target.tell('seek', Number(position) || 0);
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
