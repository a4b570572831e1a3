/** The controls over a video: the bar below, the button in the middle, the title in full screen, the lock. */
import { part } from '../component';
import { trackDrag } from '../drag';
import { clock, glyphButton, setGlyph } from './glyph';
import type { MediaTexts } from './texts';

/** What the controls show. */
export interface ControlState {
  playing: boolean;
  /** It was started once: from then on the bar stands in for the button in the middle. */
  started: boolean;
  time: number;
  duration: number;
  /** Part that has arrived, 0 to 1. */
  buffered: number;
  muted: boolean;
  fullScreen: boolean;
  danmu: boolean;
  live: boolean;
}

export interface ControlSettings {
  controls: boolean;
  showProgress: boolean;
  showBottomProgress: boolean;
  showFullscreenBtn: boolean;
  showPlayBtn: boolean;
  showCenterPlayBtn: boolean;
  showMuteBtn: boolean;
  danmuBtn: boolean;
  title: string;
  playBtnPosition: string;
  small: boolean;
  cast: boolean;
  lock: boolean;
  background: boolean;
}

export interface ControlActions {
  toggle(): void;
  seek(time: number): void;
  seeking(time: number): void;
  fullScreen(): void;
  mute(): void;
  danmu(): void;
  small(): void;
  cast(): void;
  background(): void;
  /** The user did something with the controls: they stay for a while. */
  used(): void;
}

const keyStep = 5;

export class VideoControls {
  readonly bar: HTMLElement;
  readonly cover: HTMLElement;
  readonly top: HTMLElement;
  readonly lock: HTMLButtonElement;
  locked = false;
  readonly #play: HTMLButtonElement;
  readonly #middle: HTMLButtonElement;
  readonly #length: HTMLElement;
  readonly #now: HTMLElement;
  readonly #track: HTMLElement;
  readonly #buffered: HTMLElement;
  readonly #played: HTMLElement;
  readonly #ball: HTMLElement;
  readonly #total: HTMLElement;
  readonly #danmu: HTMLButtonElement;
  readonly #mute: HTMLButtonElement;
  readonly #small: HTMLButtonElement;
  readonly #cast: HTMLButtonElement;
  readonly #background: HTMLButtonElement;
  readonly #full: HTMLButtonElement;
  readonly #title: HTMLElement;
  readonly #thin: HTMLElement;
  #dragged: number | undefined;
  #duration = 0;

  constructor(
    layer: HTMLElement,
    private readonly texts: MediaTexts,
    private readonly actions: ControlActions,
  ) {
    this.cover = part('wx-video-cover', layer);
    this.#middle = glyphButton('wx-video-cover-play-button', 'play', texts.play, actions.toggle);
    this.#length = part('wx-video-cover-duration');
    this.cover.append(this.#middle, this.#length);
    this.top = part('wx-video-top', layer);
    const back = glyphButton('wx-video-back', 'back', texts.leaveFullscreen, actions.fullScreen);
    this.#title = part('wx-video-title');
    this.top.append(back, this.#title);
    this.lock = glyphButton('wx-video-lock', 'unlock', texts.lock, () => this.#toggleLock());
    layer.append(this.lock);

    this.bar = part('wx-video-bar wx-video-controls', layer);
    this.#play = glyphButton('wx-video-control-button', 'play', texts.play, actions.toggle);
    this.#now = part('wx-video-current-time');
    this.#track = part('wx-video-progress-container');
    const groove = part('wx-video-progress', this.#track);
    this.#buffered = part('wx-video-progress-buffered', groove);
    this.#played = part('wx-video-progress-played', groove);
    this.#ball = part('wx-video-ball', groove);
    this.#total = part('wx-video-duration');
    this.#danmu = glyphButton('wx-video-danmu-button', 'danmu', texts.danmu, actions.danmu);
    this.#mute = glyphButton('wx-video-mute-button', 'sound', texts.mute, actions.mute);
    this.#background = glyphButton('wx-video-background-button', 'headphones', texts.background, actions.background);
    this.#cast = glyphButton('wx-video-casting-button', 'cast', texts.cast, actions.cast);
    this.#small = glyphButton('wx-video-picture-in-picture-button', 'small', texts.small, actions.small);
    this.#full = glyphButton('wx-video-fullscreen', 'expand', texts.fullscreen, actions.fullScreen);
    this.bar.append(
      this.#play,
      this.#now,
      this.#track,
      this.#total,
      this.#danmu,
      this.#mute,
      this.#background,
      this.#cast,
      this.#small,
      this.#full,
    );
    this.#thin = part('wx-video-bottom-progress', layer);
    part('wx-video-bottom-progress-played', this.#thin);
    this.#followTrack();
  }

  show(state: ControlState, settings: ControlSettings, visible: boolean): void {
    const { texts } = this;
    this.#duration = state.duration;
    const bar = settings.controls && visible && !this.locked && (state.started || !settings.showCenterPlayBtn);
    this.bar.classList.toggle('mz-shown', bar);
    this.bar.inert = !bar;
    const middle =
      settings.controls &&
      ((settings.showCenterPlayBtn && !state.started) || (settings.playBtnPosition === 'center' && bar));
    this.cover.classList.toggle('mz-shown', middle);
    this.cover.inert = !middle;
    setGlyph(this.#middle, state.playing ? 'pause' : 'play', state.playing ? texts.pause : texts.play);
    this.#length.textContent = state.started || state.duration === 0 ? '' : clock(state.duration);
    this.top.classList.toggle('mz-shown', state.fullScreen && visible && !this.locked);
    this.top.inert = !state.fullScreen || !visible || this.locked;
    this.#title.textContent = settings.title;
    this.lock.classList.toggle('mz-shown', settings.lock && state.fullScreen && visible);
    setGlyph(this.lock, this.locked ? 'lock' : 'unlock', this.locked ? texts.unlock : texts.lock);

    setGlyph(this.#play, state.playing ? 'pause' : 'play', state.playing ? texts.pause : texts.play);
    this.#play.hidden = !settings.showPlayBtn || settings.playBtnPosition === 'center';
    const progress = settings.showProgress && !state.live;
    for (const element of [this.#now, this.#track, this.#total]) element.hidden = !progress;
    this.bar.classList.toggle('mz-sparse', !progress);
    setGlyph(
      this.#full,
      state.fullScreen ? 'shrink' : 'expand',
      state.fullScreen ? texts.leaveFullscreen : texts.fullscreen,
    );
    this.#full.hidden = !settings.showFullscreenBtn;
    setGlyph(this.#mute, state.muted ? 'silent' : 'sound', state.muted ? texts.unmute : texts.mute);
    this.#mute.hidden = !settings.showMuteBtn;
    this.#danmu.hidden = !settings.danmuBtn;
    this.#danmu.setAttribute('aria-pressed', String(state.danmu));
    this.#small.hidden = !settings.small;
    this.#cast.hidden = !settings.cast;
    this.#background.hidden = !settings.background;
    // Times go first where there is little room.
    const buttons = [...this.bar.querySelectorAll<HTMLElement>('.mz-media-button')].filter(({ hidden }) => !hidden);
    this.bar.classList.toggle('mz-crowded', buttons.length > 4);
    this.#thin.hidden = !settings.showBottomProgress || bar || !state.started || state.live;
    this.#showProgress(state);
  }

  #showProgress(state: ControlState): void {
    const time = this.#dragged ?? state.time;
    const share = state.duration > 0 ? Math.min(1, time / state.duration) * 100 : 0;
    this.#now.textContent = clock(time);
    this.#total.textContent = clock(state.duration);
    this.#buffered.style.width = `${Math.round(state.buffered * 100)}%`;
    this.#played.style.width = `${share}%`;
    this.#ball.style.left = `${share}%`;
    (this.#thin.firstElementChild as HTMLElement).style.width = `${share}%`;
    this.#track.setAttribute('aria-valuemax', String(Math.round(state.duration)));
    this.#track.setAttribute('aria-valuenow', String(Math.round(time)));
    this.#track.setAttribute('aria-valuetext', `${clock(time)} / ${clock(state.duration)}`);
  }

  #followTrack(): void {
    const track = this.#track;
    track.tabIndex = 0;
    track.setAttribute('role', 'slider');
    track.setAttribute('aria-label', this.texts.progress);
    track.setAttribute('aria-valuemin', '0');
    const follow = (x: number, y: number) => {
      this.#dragged = this.#timeAt(x, y);
      this.actions.seeking(this.#dragged);
    };
    trackDrag(track, {
      axis: 'both',
      accepts: () => true,
      start: follow,
      move: (_deltaX, _deltaY, x, y) => follow(x, y),
      end: () => {
        const time = this.#dragged;
        this.#dragged = undefined;
        if (time !== undefined) this.actions.seek(time);
      },
    });
    track.addEventListener('click', (event) => {
      event.stopPropagation();
      if (event.isTrusted) this.actions.seek(this.#timeAt(event.clientX, event.clientY));
    });
    track.addEventListener('keydown', (event) => {
      const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (direction === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      const now = Number(track.getAttribute('aria-valuenow') ?? 0);
      this.actions.seek(Math.max(0, Math.min(this.#duration, now + direction * keyStep)));
    });
  }

  /** The track may stand upright where the picture is turned in full screen. */
  #timeAt(x: number, y: number): number {
    const rect = this.#track.getBoundingClientRect();
    const upright = rect.height > rect.width;
    const along = upright ? (y - rect.top) / rect.height : (x - rect.left) / Math.max(1, rect.width);
    const counted = upright && this.bar.closest<HTMLElement>('.mz-turned-left') !== null ? 1 - along : along;
    return Math.max(0, Math.min(1, counted)) * this.#duration;
  }

  #toggleLock(): void {
    this.locked = !this.locked;
    this.actions.used();
  }
}
