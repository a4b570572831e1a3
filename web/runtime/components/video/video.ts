/**
 * `video`: the browser's player under controls of our own, as the dialect's look. The source comes as a Blob or a gate
 * URL; full screen is the shell's, picture in picture and casting are the browser's where it has them.
 */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component, part } from '../component';
import { type ControlSettings, type ControlState, VideoControls } from './controls';
import { Danmu } from './danmu';
import { FullScreen } from './full-screen';
import { trackVideoGestures } from './gestures';
import { clock, type GlyphName, glyph } from './glyph';
import { Player } from './player';
import { mediaTexts } from './texts';

const defaults = {
  src: '',
  duration: 0,
  controls: true,
  danmuList: null,
  danmuBtn: false,
  enableDanmu: false,
  autoplay: false,
  loop: false,
  muted: false,
  initialTime: 0,
  pageGesture: false,
  direction: null as number | string | null,
  showProgress: true,
  showBottomProgress: true,
  showFullscreenBtn: true,
  showPlayBtn: true,
  showCenterPlayBtn: true,
  enableProgressGesture: true,
  objectFit: 'contain',
  poster: '',
  showMuteBtn: false,
  title: '',
  playBtnPosition: 'bottom',
  enablePlayGesture: false,
  autoPauseIfNavigate: true,
  autoPauseIfOpenNative: true,
  vslideGesture: false,
  vslideGestureInFullscreen: true,
  showCastingButton: false,
  pictureInPictureMode: null as unknown as string | null,
  enableAutoRotation: false,
  showScreenLockButton: false,
  showBackgroundPlaybackButton: false,
  isLive: false,
  customCache: true,
};
type Values = typeof defaults;

const methods: ReadonlySet<string> = new Set([
  'play',
  'pause',
  'stop',
  'seek',
  'sendDanmu',
  'playbackRate',
  'requestFullScreen',
  'exitFullScreen',
  'showStatusBar',
  'hideStatusBar',
  'exitPictureInPicture',
  'requestBackgroundPlayback',
  'exitBackgroundPlayback',
  'startCasting',
  'switchCasting',
  'reconnectCasting',
  'exitCasting',
]);

/** The controls go after this long without a touch, milliseconds. */
const controlsStay = 5000;
const doubleTap = 300;
const fits = new Set(['contain', 'fill', 'cover']);

export class Video extends Component<Values> {
  readonly #layer = part('wx-video-container', this.host);
  readonly #player: Player;
  readonly #danmu: Danmu;
  readonly #slot: HTMLElement;
  readonly #controls: VideoControls;
  readonly #hint: HTMLElement;
  readonly #failure: HTMLElement;
  readonly #fullScreen: FullScreen;
  readonly #texts = mediaTexts(this.context);
  #visible = true;
  #shownToApp: boolean | undefined;
  #hideTimer: ReturnType<typeof setTimeout> | undefined;
  #tapTimer: ReturnType<typeof setTimeout> | undefined;
  #brightness = 1;
  #inBackground = false;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.#layer.setAttribute('role', 'group');
    this.#layer.setAttribute('aria-label', this.#texts.video);
    this.#player = new Player(this.#layer, context.resources, {
      event: (type, detail) => this.#playerEvent(type, detail),
      changed: () => this.#show(),
    });
    this.#danmu = new Danmu(this.#layer);
    this.#failure = part('wx-video-error', this.#layer);
    this.#failure.hidden = true;
    this.#controls = new VideoControls(this.#layer, this.#texts, this.#actions());
    this.#hint = part('wx-video-toast', this.#layer);
    this.#hint.hidden = true;
    this.#slot = part('wx-video-slot', this.#layer);
    this.#fullScreen = new FullScreen({
      node,
      layer: this.#layer,
      services: context.services,
      changed: (on, turned) => {
        this.#controls.locked = false;
        this.emit('fullscreenchange', { fullScreen: on, direction: turned === 0 ? 'vertical' : 'horizontal' });
        this.#use();
      },
    });
    this.#layer.addEventListener('click', (event) => this.#tapped(event));
    this.#layer.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#fullScreen.on) void this.#fullScreen.exit();
    });
    this.#gestures();
    this.#show();
  }

  override get container(): Node {
    return this.#slot;
  }

  override get accessibleElement(): HTMLElement {
    return this.#layer;
  }

  override get methods(): ReadonlySet<string> {
    return methods;
  }

  protected override update(name: keyof Values): void {
    const { values } = this;
    const player = this.#player;
    if (name === 'src') this.#sourceChanged();
    else if (name === 'muted') player.element.muted = values.muted;
    else if (name === 'loop') player.element.loop = values.loop;
    else if (name === 'objectFit') player.element.style.objectFit = fits.has(values.objectFit) ? values.objectFit : '';
    else if (name === 'poster') void player.setPoster(values.poster);
    else if (name === 'danmuList') this.#danmu.setList(values.danmuList);
    else if (name === 'enableDanmu') this.#danmu.setOn(values.enableDanmu);
    else if (name === 'autoplay' && values.autoplay && this.host.isConnected) player.autoplay();
    this.#show();
  }

  override connected(): void {
    // Not before it stands on the page: only then all attributes of its tag are known.
    if (!this.#player.loaded && this.values.src !== '') this.#sourceChanged();
  }

  override disconnected(): void {
    clearTimeout(this.#hideTimer);
    clearTimeout(this.#tapTimer);
    void this.#fullScreen.exit();
    this.#player.pause();
  }

  override resized(): void {
    this.#fullScreen.arrange();
    const wide = innerWidth > innerHeight;
    if (!this.values.enableAutoRotation || this.#player.paused) return;
    if (wide && !this.#fullScreen.on) void this.#enterFullScreen(undefined).catch(() => undefined);
    else if (!wide && this.#fullScreen.on) void this.#fullScreen.exit();
  }

  override visibilityChanged(visible: boolean): void {
    if (visible) {
      void this.#player.leaveSmall().catch(() => undefined);
      return;
    }
    if (this.#player.paused || this.#inBackground) return;
    const modes = [this.values.pictureInPictureMode].flat() as unknown[];
    const mayPause = this.values.autoPauseIfNavigate;
    const settle = () => {
      if (mayPause) this.#player.pause();
    };
    if (modes.includes('push')) this.#player.enterSmall().catch(settle);
    else settle();
  }

  override hostOpened(): void {
    if (this.values.autoPauseIfOpenNative && !this.#inBackground) this.#player.pause();
  }

  override invoke(method: string, [first]: readonly unknown[]): unknown {
    const player = this.#player;
    switch (method) {
      case 'play':
        return player.play();
      case 'pause':
        return player.pause();
      case 'stop':
        return player.stop();
      case 'seek':
        return player.seek(Number(first) || 0);
      case 'sendDanmu':
        return this.#danmu.send(first);
      case 'playbackRate':
        return player.setRate(Number(first));
      case 'requestFullScreen':
        return this.#enterFullScreen((first as { direction?: unknown } | undefined)?.direction);
      case 'exitFullScreen':
        return this.#fullScreen.exit();
      case 'exitPictureInPicture':
        return player.leaveSmall();
      case 'requestBackgroundPlayback':
        this.#inBackground = true;
        return player.announce(this.values.title);
      case 'exitBackgroundPlayback':
        this.#inBackground = false;
        return undefined;
      case 'showStatusBar':
      case 'hideStatusBar':
        // The window has no status bar of the device's: nothing to show or hide.
        return undefined;
      default:
        return method === 'exitCasting' ? undefined : this.#cast();
    }
  }

  #actions() {
    const acting = (run: () => unknown) => (): void => {
      this.#use();
      const ended = run();
      if (ended instanceof Promise) ended.catch((reason: unknown) => this.context.warn(`video: ${textOf(reason)}`));
    };
    return {
      toggle: acting(() => this.#toggle()),
      seek: (time: number) => {
        this.#hint.hidden = true;
        this.#player.seek(time);
        this.#use();
      },
      seeking: (time: number) => {
        this.#tell('forward', `${clock(time)} / ${clock(this.#duration)}`);
        this.#use();
      },
      fullScreen: acting(() => (this.#fullScreen.on ? this.#fullScreen.exit() : this.#enterFullScreen(undefined))),
      mute: acting(() => {
        this.#player.element.muted = !this.#player.element.muted;
      }),
      danmu: acting(() => this.#danmu.setOn(!this.#danmu.on)),
      small: acting(() => (this.#player.isSmall ? this.#player.leaveSmall() : this.#player.enterSmall())),
      cast: acting(() => this.#cast()),
      background: acting(() => {
        this.#inBackground = !this.#inBackground;
        if (this.#inBackground) this.#player.announce(this.values.title);
      }),
      used: () => this.#use(),
    };
  }

  #gestures(): void {
    const { values } = this;
    trackVideoGestures({
      layer: this.#layer,
      turned: () => this.#fullScreen.turned,
      maySeek: () => values.enableProgressGesture && this.#player.started && !values.isLive && !this.#controls.locked,
      maySlide: () =>
        !this.#controls.locked &&
        (this.#fullScreen.on ? values.vslideGestureInFullscreen : values.vslideGesture || values.pageGesture),
      duration: () => this.#duration,
      time: () => this.#player.element.currentTime,
      volume: () => this.#player.element.volume,
      brightness: () => this.#brightness,
      seeking: (time) => {
        const back = time < this.#player.element.currentTime;
        this.#tell(back ? 'rewind' : 'forward', `${clock(time)} / ${clock(this.#duration)}`);
      },
      seek: (time) => this.#player.seek(time),
      setVolume: (value) => {
        this.#player.element.volume = value;
        this.#tell(value === 0 ? 'silent' : 'sound', `${Math.round(value * 100)}%`);
      },
      setBrightness: (value) => {
        this.#brightness = value;
        this.#player.element.style.filter = value === 1 ? '' : `brightness(${value})`;
        this.#tell('light', `${Math.round(value * 100)}%`);
      },
      ended: () => {
        this.#hint.hidden = true;
      },
    });
  }

  /** What a gesture does, in the middle of the picture. */
  #tell(picture: GlyphName, words: string): void {
    this.#hint.hidden = false;
    const text = document.createElement('span');
    text.textContent = words;
    this.#hint.replaceChildren(glyph(picture), text);
  }

  #tapped(event: MouseEvent): void {
    if (!event.isTrusted || this.#slot.contains(event.target as Node)) return;
    if (!this.values.enablePlayGesture) {
      this.#toggleControls();
      return;
    }
    if (this.#tapTimer !== undefined) {
      clearTimeout(this.#tapTimer);
      this.#tapTimer = undefined;
      this.#actions().toggle();
    } else {
      this.#tapTimer = setTimeout(() => {
        this.#tapTimer = undefined;
        this.#toggleControls();
      }, doubleTap);
    }
  }

  #toggleControls(): void {
    if (this.#visible) this.#hide();
    else this.#use();
  }

  #hide(): void {
    this.#visible = false;
    clearTimeout(this.#hideTimer);
    this.#show();
  }

  /** The controls are wanted: they show, and go again after a while of playing. */
  #use(): void {
    this.#visible = true;
    clearTimeout(this.#hideTimer);
    this.#hideTimer = setTimeout(() => {
      if (!this.#player.paused && !this.#layer.matches(':focus-within:has(:focus-visible)')) this.#hide();
    }, controlsStay);
    this.#show();
  }

  #toggle(): Promise<void> | void {
    return this.#player.paused ? this.#player.play() : this.#player.pause();
  }

  async #enterFullScreen(direction: unknown): Promise<void> {
    const wanted = [direction, this.values.direction].map(Number).find((value) => [90, -90].includes(value));
    const given = direction ?? this.values.direction;
    const upright = given !== null && given !== undefined && given !== '' && Number(given) === 0;
    const { videoWidth, videoHeight } = this.#player.element;
    await this.#fullScreen.enter(upright ? 0 : wanted, videoWidth > videoHeight);
    if (this.#fullScreen.on)
      this.#layer.querySelector<HTMLElement>('.wx-video-fullscreen')?.focus({ preventScroll: true });
  }

  /** Another screen, chosen by the user in the browser's own list. */
  async #cast(): Promise<void> {
    const remote = (this.#player.element as { remote?: { prompt(): Promise<void> } }).remote;
    try {
      if (remote === undefined) throw new Error('this browser can’t play on another screen');
      await remote.prompt();
      this.emit('castinguserselect', { state: 'success' });
    } catch (reason) {
      this.emit('castinguserselect', { state: 'fail' });
      this.context.warn(`video casting: ${textOf(reason)}`);
    }
  }

  #playerEvent(type: string, detail: Record<string, unknown>): void {
    if (type === 'error') {
      this.#failure.hidden = false;
      this.#failure.textContent = this.#texts.failed;
      this.context.warn(`video: ${String(detail.errMsg)} (${this.values.src.slice(0, 200)})`);
    } else if (type === 'play' || type === 'loadedmetadata') this.#failure.hidden = true;
    if (type === 'play') this.#use();
    if (type === 'ended' || type === 'pause') this.#danmu.setRunning(false);
    if (type === 'play') this.#danmu.setRunning(true);
    if (type === 'timeupdate') this.#danmu.advance(Number(detail.currentTime));
    this.emit(type, detail);
  }

  #sourceChanged(): void {
    this.#failure.hidden = true;
    if (!this.host.isConnected) return;
    const { src, initialTime, autoplay, muted } = this.values;
    this.#player.element.muted = muted;
    void this.#player.load(src, { initialTime, autoplay });
  }

  get #duration(): number {
    const own = this.#player.element.duration;
    return this.values.duration > 0 ? this.values.duration : Number.isFinite(own) ? own : 0;
  }

  #show(): void {
    const player = this.#player;
    const { element } = player;
    const { buffered } = element;
    const state: ControlState = {
      playing: !player.paused,
      started: player.started,
      time: element.currentTime,
      duration: this.#duration,
      buffered: buffered.length > 0 && this.#duration > 0 ? buffered.end(buffered.length - 1) / this.#duration : 0,
      muted: element.muted || element.volume === 0,
      fullScreen: this.#fullScreen?.on ?? false,
      danmu: this.#danmu.on,
      live: this.values.isLive,
    };
    const visible = this.#visible;
    this.#controls.show(state, this.#settings(), visible);
    const told = this.values.controls && visible && state.started;
    if (this.#shownToApp !== undefined && this.#shownToApp !== told) this.emit('controlstoggle', { show: told });
    this.#shownToApp = told;
  }

  #settings(): ControlSettings {
    const { values } = this;
    const modes = [values.pictureInPictureMode].flat().filter((mode) => mode !== null && mode !== '');
    return {
      ...values,
      small: modes.length > 0 && document.pictureInPictureEnabled === true,
      cast: values.showCastingButton && 'remote' in this.#player.element,
      lock: values.showScreenLockButton,
      background: values.showBackgroundPlaybackButton,
    };
  }
}

function textOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
