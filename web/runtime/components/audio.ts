/** `audio`, the old sound component: a small card with picture, name and author, shown with `controls` only. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component, part } from './component';
import { clock, glyphButton, setGlyph } from './video/glyph';
import { mediaTexts } from './video/texts';

const defaults = {
  src: '',
  loop: false,
  controls: false,
  poster: '',
  name: '',
  author: '',
};
type Values = typeof defaults;

const methods: ReadonlySet<string> = new Set(['setSrc', 'play', 'pause', 'seek']);
const unknownName = { en: 'Unknown sound', zh: '未知音频' };
const unknownAuthor = { en: 'Unknown author', zh: '未知作者' };
const tick = 210;

export class Audio extends Component<Values> {
  readonly #player = part('mz-audio-player', this.host, 'audio') as HTMLAudioElement;
  readonly #card = part('wx-audio-default', this.host);
  readonly #picture = part('wx-audio-left', this.#card);
  readonly #name: HTMLElement;
  readonly #author: HTMLElement;
  readonly #time: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #texts = mediaTexts(this.context);
  #wanted = '';
  #ready: Promise<void> = Promise.resolve();
  #toldAt = 0;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.#button = glyphButton('wx-audio-button', 'play', this.#texts.play, () => this.#toggle());
    this.#picture.append(this.#button);
    const words = part('wx-audio-right', this.#card);
    this.#time = part('wx-audio-time', words);
    const info = part('wx-audio-info', words);
    this.#name = part('wx-audio-name', info);
    this.#author = part('wx-audio-author', info);
    this.#card.setAttribute('role', 'group');
    this.#listen();
    this.#show();
  }

  override get methods(): ReadonlySet<string> {
    return methods;
  }

  override get accessibleElement(): HTMLElement {
    return this.#card;
  }

  override connected(): void {
    if (this.#wanted !== this.values.src) this.#load(this.values.src);
  }

  override disconnected(): void {
    this.#player.pause();
  }

  override visibilityChanged(visible: boolean): void {
    if (!visible) this.#player.pause();
  }

  protected override update(name: keyof Values): void {
    if (name === 'src' && this.host.isConnected) this.#load(this.values.src);
    else if (name === 'loop') this.#player.loop = this.values.loop;
    else if (name === 'poster') void this.#setPoster();
    this.#show();
  }

  override invoke(method: string, [value]: readonly unknown[]): unknown {
    switch (method) {
      case 'setSrc':
        return this.#load(String(value ?? ''));
      case 'play':
        return this.#play();
      case 'pause':
        return this.#player.pause();
      default:
        this.#player.currentTime = Math.max(0, Number(value) || 0);
        return undefined;
    }
  }

  #toggle(): void {
    if (this.#player.paused)
      void this.#play().catch((reason: unknown) => this.context.warn(`audio: ${String(reason)}`));
    else this.#player.pause();
  }

  async #play(): Promise<void> {
    await this.#ready;
    await this.#player.play();
  }

  #load(src: string): void {
    this.#wanted = src;
    this.#ready = this.#resolve(src);
  }

  async #resolve(src: string): Promise<void> {
    if (src === '') {
      this.#player.removeAttribute('src');
      return;
    }
    try {
      const url = await this.context.resources.resolve(src, 'media');
      if (this.#wanted === src) this.#player.src = url;
    } catch {
      if (this.#wanted === src) this.emit('error', { errMsg: 'MEDIA_ERR_NETWORK' });
    }
  }

  async #setPoster(): Promise<void> {
    const { poster } = this.values;
    const url =
      poster === '' ? undefined : await this.context.resources.resolve(poster, 'image').catch(() => undefined);
    if (this.values.poster === poster) this.#picture.style.backgroundImage = url === undefined ? '' : `url("${url}")`;
  }

  #listen(): void {
    const player = this.#player;
    player.preload = 'metadata';
    for (const type of ['play', 'pause', 'ended'] as const) {
      player.addEventListener(type, () => {
        if (type !== 'pause' || !player.ended) this.emit(type, {});
        this.#show();
      });
    }
    player.addEventListener('timeupdate', () => {
      this.#show();
      if (performance.now() - this.#toldAt < tick) return;
      this.#toldAt = performance.now();
      this.emit('timeupdate', { currentTime: player.currentTime, duration: player.duration || 0 });
    });
    player.addEventListener('error', () => {
      const names = ['', 'MEDIA_ERR_ABORTED', 'MEDIA_ERR_NETWORK', 'MEDIA_ERR_DECODE', 'MEDIA_ERR_SRC_NOT_SUPPORTED'];
      if (player.getAttribute('src')) this.emit('error', { errMsg: names[player.error?.code ?? 0] ?? '' });
    });
  }

  #show(): void {
    const { controls, name, author } = this.values;
    const language = this.context.locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
    this.#card.hidden = !controls;
    this.#name.textContent = name || unknownName[language];
    this.#author.textContent = author || unknownAuthor[language];
    this.#card.setAttribute('aria-label', name || unknownName[language]);
    this.#time.textContent = clock(this.#player.currentTime);
    const { paused } = this.#player;
    setGlyph(this.#button, paused ? 'play' : 'pause', paused ? this.#texts.play : this.#texts.pause);
  }
}
