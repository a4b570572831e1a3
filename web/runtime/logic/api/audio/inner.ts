/** What `createInnerAudioContext` gives. */
import type { Reporter } from '../../support/reporter';
import { Listeners } from './listeners';
import { Sound, type SoundParts } from './sound';

interface Settings {
  src: string;
  startTime: number;
  autoplay: boolean;
  loop: boolean;
  volume: number;
  playbackRate: number;
}

const defaults: Settings = { src: '', startTime: 0, autoplay: false, loop: false, volume: 1, playbackRate: 1 };

export class InnerAudioContext {
  readonly #sound: Sound;
  readonly #listeners: Listeners;
  readonly #settings = { ...defaults };
  #destroyed = false;
  /** Taken and given back; a browser sends no referrer and its device has the switch. */
  referrerPolicy = 'no-referrer';
  obeyMuteSwitch = true;

  constructor(parts: SoundParts & { reporter: Pick<Reporter, 'guard'> }) {
    this.#listeners = new Listeners(parts.reporter, 'InnerAudioContext');
    this.#sound = new Sound(parts, 'inner', (event, detail) => {
      if (event === 'error') this.#listeners.tell('error', { errCode: detail.errCode, errMsg: detail.errMsg });
      else this.#listeners.tell(event);
    });
  }

  #set<Name extends keyof Settings>(name: Name, value: Settings[Name]): void {
    this.#settings[name] = value;
    if (!this.#destroyed) this.#sound.set({ [name]: value });
  }

  get src(): string {
    return this.#settings.src;
  }
  set src(value: unknown) {
    this.#set('src', value === undefined || value === null ? '' : String(value));
  }
  get startTime(): number {
    return this.#settings.startTime;
  }
  set startTime(value: unknown) {
    this.#set('startTime', Number(value) || 0);
  }
  get autoplay(): boolean {
    return this.#settings.autoplay;
  }
  set autoplay(value: unknown) {
    this.#set('autoplay', Boolean(value));
    // Said after `src`, it still counts.
    if (value && this.#settings.src !== '' && this.#sound.paused) this.play();
  }
  get loop(): boolean {
    return this.#settings.loop;
  }
  set loop(value: unknown) {
    this.#set('loop', Boolean(value));
  }
  get volume(): number {
    return this.#settings.volume;
  }
  set volume(value: unknown) {
    this.#set('volume', Math.min(1, Math.max(0, Number(value) || 0)));
  }
  get playbackRate(): number {
    return this.#settings.playbackRate;
  }
  set playbackRate(value: unknown) {
    this.#set('playbackRate', Math.min(2, Math.max(0.5, Number(value) || 1)));
  }
  get duration(): number {
    return this.#sound.duration;
  }
  get currentTime(): number {
    return this.#sound.currentTime;
  }
  get paused(): boolean {
    return this.#sound.paused;
  }
  get buffered(): number {
    return this.#sound.buffered;
  }

  play(): void {
    if (!this.#destroyed && this.#settings.src !== '') this.#sound.order('play');
  }
  pause(): void {
    if (!this.#destroyed && this.#settings.src !== '') this.#sound.order('pause');
  }
  stop(): void {
    if (!this.#destroyed && this.#settings.src !== '') this.#sound.order('stop');
  }
  /** Seconds. */
  seek(position: unknown): void {
    if (!this.#destroyed) this.#sound.order('seek', { position: Number(position) || 0 });
  }
  destroy(): void {
    this.#destroyed = true;
    this.#sound.destroy();
  }

  onCanplay(listener: unknown): void {
    this.#listeners.on('canplay', listener);
  }
  offCanplay(listener?: unknown): void {
    this.#listeners.off('canplay', listener);
  }
  onPlay(listener: unknown): void {
    this.#listeners.on('play', listener);
  }
  offPlay(listener?: unknown): void {
    this.#listeners.off('play', listener);
  }
  onPause(listener: unknown): void {
    this.#listeners.on('pause', listener);
  }
  offPause(listener?: unknown): void {
    this.#listeners.off('pause', listener);
  }
  onStop(listener: unknown): void {
    this.#listeners.on('stop', listener);
  }
  offStop(listener?: unknown): void {
    this.#listeners.off('stop', listener);
  }
  onEnded(listener: unknown): void {
    this.#listeners.on('ended', listener);
  }
  offEnded(listener?: unknown): void {
    this.#listeners.off('ended', listener);
  }
  onTimeUpdate(listener: unknown): void {
    this.#listeners.on('timeUpdate', listener);
  }
  offTimeUpdate(listener?: unknown): void {
    this.#listeners.off('timeUpdate', listener);
  }
  onError(listener: unknown): void {
    this.#listeners.on('error', listener);
  }
  offError(listener?: unknown): void {
    this.#listeners.off('error', listener);
  }
  onWaiting(listener: unknown): void {
    this.#listeners.on('waiting', listener);
  }
  offWaiting(listener?: unknown): void {
    this.#listeners.off('waiting', listener);
  }
  onSeeking(listener: unknown): void {
    this.#listeners.on('seeking', listener);
  }
  offSeeking(listener?: unknown): void {
    this.#listeners.off('seeking', listener);
  }
  onSeeked(listener: unknown): void {
    this.#listeners.on('seeked', listener);
  }
  offSeeked(listener?: unknown): void {
    this.#listeners.off('seeked', listener);
  }
}
