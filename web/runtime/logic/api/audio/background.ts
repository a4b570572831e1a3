/** What `getBackgroundAudioManager` gives: one sound that goes on while the app is behind, shown by the shell. */
import type { Reporter } from '../../support/reporter';
import { Listeners } from './listeners';
import { Sound, type SoundParts } from './sound';

const shown = ['title', 'epname', 'singer', 'coverImgUrl', 'webUrl', 'protocol', 'referrerPath', 'audioType'] as const;
type Shown = (typeof shown)[number];

export type BackgroundEvents = (event: string, detail: Record<string, unknown>) => void;

export class BackgroundAudioManager {
  readonly #sound: Sound;
  readonly #listeners: Listeners;
  readonly #track: Record<Shown, string> = {
    title: '',
    epname: '',
    singer: '',
    coverImgUrl: '',
    webUrl: '',
    protocol: 'http',
    referrerPath: '',
    audioType: 'audio',
  };
  #src = '';
  #startTime = 0;
  #playbackRate = 1;
  referrerPolicy = 'no-referrer';

  constructor(parts: SoundParts & { reporter: Pick<Reporter, 'guard'> }, also: BackgroundEvents) {
    this.#listeners = new Listeners(parts.reporter, 'BackgroundAudioManager');
    this.#sound = new Sound(parts, 'background', (event, detail) => {
      const failure = event === 'error' ? { errCode: detail.errCode, errMsg: detail.errMsg } : undefined;
      this.#listeners.tell(event, failure);
      also(event, detail);
    });
  }

  #show(name: Shown, value: unknown): void {
    this.#track[name] = value === undefined || value === null ? '' : String(value);
    if (this.#src !== '') this.#sound.set({ [name]: this.#track[name] });
  }

  get title(): string {
    return this.#track.title;
  }
  set title(value: unknown) {
    this.#show('title', value);
  }
  get epname(): string {
    return this.#track.epname;
  }
  set epname(value: unknown) {
    this.#show('epname', value);
  }
  get singer(): string {
    return this.#track.singer;
  }
  set singer(value: unknown) {
    this.#show('singer', value);
  }
  get coverImgUrl(): string {
    return this.#track.coverImgUrl;
  }
  set coverImgUrl(value: unknown) {
    this.#show('coverImgUrl', value);
  }
  get webUrl(): string {
    return this.#track.webUrl;
  }
  set webUrl(value: unknown) {
    this.#show('webUrl', value);
  }
  get protocol(): string {
    return this.#track.protocol;
  }
  set protocol(value: unknown) {
    this.#show('protocol', value);
  }
  get referrerPath(): string {
    return this.#track.referrerPath;
  }
  set referrerPath(value: unknown) {
    this.#show('referrerPath', value);
  }
  get audioType(): string {
    return this.#track.audioType;
  }
  set audioType(value: unknown) {
    this.#show('audioType', value);
  }

  get src(): string {
    return this.#src;
  }
  /** Begins to play at once; a title has to be there by then. */
  set src(value: unknown) {
    const src = value === undefined || value === null ? '' : String(value);
    if (src !== '' && this.#track.title === '') {
      this.#listeners.tell('error', { errCode: 10_001, errMsg: 'setBackgroundAudioState:fail title is nil!' });
      return;
    }
    this.#src = src;
    const { title, singer, epname, coverImgUrl } = this.#track;
    const track = { title, singer, epname, coverImgUrl };
    this.#sound.set({ ...track, startTime: this.#startTime, playbackRate: this.#playbackRate, src });
    if (src !== '') this.#sound.order('play');
  }
  get startTime(): number {
    return this.#startTime;
  }
  set startTime(value: unknown) {
    this.#startTime = Number(value) || 0;
    if (this.#src !== '') this.#sound.set({ startTime: this.#startTime });
  }
  get playbackRate(): number {
    return this.#playbackRate;
  }
  set playbackRate(value: unknown) {
    this.#playbackRate = Math.min(2, Math.max(0.5, Number(value) || 1));
    if (this.#src !== '') this.#sound.set({ playbackRate: this.#playbackRate });
  }

  // Undefined while there is no sound, as in WeChat; apps ask by that.
  get duration(): number | undefined {
    return this.#src === '' ? undefined : this.#sound.duration;
  }
  get currentTime(): number | undefined {
    return this.#src === '' ? undefined : this.#sound.currentTime;
  }
  get paused(): boolean | undefined {
    return this.#src === '' ? undefined : this.#sound.paused;
  }
  get buffered(): number | undefined {
    return this.#src === '' ? undefined : this.#sound.buffered;
  }

  play(): void {
    if (this.#src !== '') this.#sound.order('play');
  }
  pause(): void {
    if (this.#src !== '') this.#sound.order('pause');
  }
  stop(): void {
    if (this.#src !== '') this.#sound.order('stop');
  }
  /** Seconds. */
  seek(position: unknown): void {
    if (this.#src !== '') this.#sound.order('seek', { position: Number(position) || 0 });
  }

  onCanplay(listener: unknown): void {
    this.#listeners.only('canplay', listener);
  }
  onWaiting(listener: unknown): void {
    this.#listeners.only('waiting', listener);
  }
  onError(listener: unknown): void {
    this.#listeners.only('error', listener);
  }
  onPlay(listener: unknown): void {
    this.#listeners.only('play', listener);
  }
  onPause(listener: unknown): void {
    this.#listeners.only('pause', listener);
  }
  onSeeking(listener: unknown): void {
    this.#listeners.only('seeking', listener);
  }
  onSeeked(listener: unknown): void {
    this.#listeners.only('seeked', listener);
  }
  onEnded(listener: unknown): void {
    this.#listeners.only('ended', listener);
  }
  onStop(listener: unknown): void {
    this.#listeners.only('stop', listener);
  }
  onTimeUpdate(listener: unknown): void {
    this.#listeners.only('timeUpdate', listener);
  }
  onNext(listener: unknown): void {
    this.#listeners.only('next', listener);
  }
  onPrev(listener: unknown): void {
    this.#listeners.only('prev', listener);
  }
}
