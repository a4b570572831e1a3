/** A picture in one of 14 modes. The picture itself is a part of ours, so that no address of the app reaches `src`. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component } from './component';

const defaults = {
  src: '',
  mode: 'scaleToFill',
  lazyLoad: false,
  showMenuByLongpress: false,
  webp: false,
  fadeIn: false,
  alt: '',
};
type Values = typeof defaults;

/** Fit and position of each mode; `widthFix` and `heightFix` are in the style sheet. */
const fits: Record<string, [fit: string, position: string]> = {
  scaleToFill: ['fill', '50% 50%'],
  aspectFit: ['contain', '50% 50%'],
  aspectFill: ['cover', '50% 50%'],
  widthFix: ['fill', '50% 50%'],
  heightFix: ['fill', '50% 50%'],
  top: ['none', '50% 0'],
  bottom: ['none', '50% 100%'],
  center: ['none', '50% 50%'],
  left: ['none', '0 50%'],
  right: ['none', '100% 50%'],
  'top left': ['none', '0 0'],
  'top right': ['none', '100% 0'],
  'bottom left': ['none', '0 100%'],
  'bottom right': ['none', '100% 100%'],
};

/** How far ahead of the window a lazy picture is fetched, as the original does: three screens. */
const lazyMargin = '300% 0px';
const longPress = 600;
const pressSlop = 10;

export class Image extends Component<Values> {
  readonly #picture = document.createElement('img');
  #watcher: IntersectionObserver | null = null;
  #wanted = '';

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    const picture = this.#picture;
    picture.alt = '';
    picture.draggable = false;
    picture.decoding = 'async';
    picture.addEventListener('load', () => {
      picture.classList.add('mz-loaded');
      this.emit('load', { width: picture.naturalWidth, height: picture.naturalHeight });
    });
    picture.addEventListener('error', () => this.#failed('the picture could not be read'));
    host.append(picture);
    this.#followPress();
    host.setAttribute('mode', defaults.mode);
  }

  protected override update(name: keyof Values): void {
    const { mode, alt, showMenuByLongpress, fadeIn } = this.values;
    if (name === 'mode') {
      const [fit, position] = fits[mode] ?? ['fill', '50% 50%'];
      this.#picture.style.objectFit = fit;
      this.#picture.style.objectPosition = position;
    } else if (name === 'src') this.#changeSource();
    else if (name === 'fadeIn') this.#picture.classList.toggle('mz-fade', fadeIn);
    else if (name === 'alt') this.#picture.alt = alt;
    else if (name === 'showMenuByLongpress') this.#picture.classList.toggle('mz-menu', showMenuByLongpress);
  }

  override connected(): void {
    if (this.#wanted !== '' && !this.#picture.src) this.#start();
  }

  override disconnected(): void {
    this.#watcher?.disconnect();
    this.#watcher = null;
  }

  /** A long press asks the shell for its menu, where the app wants one. */
  #followPress(): void {
    const { host } = this;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from = { x: 0, y: 0 };
    const end = () => clearTimeout(timer);
    host.addEventListener('pointerdown', ({ clientX, clientY, button }) => {
      end();
      if (!this.values.showMenuByLongpress || button !== 0 || !this.#picture.classList.contains('mz-loaded')) return;
      from = { x: clientX, y: clientY };
      timer = setTimeout(() => this.#askForMenu(), longPress);
    });
    host.addEventListener('pointermove', ({ clientX, clientY }) => {
      if (Math.hypot(clientX - from.x, clientY - from.y) > pressSlop) end();
    });
    for (const type of ['pointerup', 'pointercancel', 'pointerleave'] as const) host.addEventListener(type, end);
    host.addEventListener('contextmenu', (event) => {
      if (this.values.showMenuByLongpress) event.preventDefault();
    });
  }

  #askForMenu(): void {
    const { services, resources, touches } = this.context;
    touches.cancelTap();
    const src = resources.address(this.#wanted, 'image');
    services.ask(this.node, 'image.menu', { src }).catch((reason: unknown) => {
      this.context.warn(
        `image: the menu could not be shown: ${reason instanceof Error ? reason.message : String(reason)}`,
      );
    });
  }

  #changeSource(): void {
    const { src } = this.values;
    this.#wanted = src;
    this.#watcher?.disconnect();
    this.#watcher = null;
    if (src === '') {
      this.#picture.removeAttribute('src');
      this.#picture.classList.remove('mz-loaded');
    } else if (this.host.isConnected) this.#start();
  }

  /** Not before it stands on the page: only then all attributes of its tag are known. */
  #start(): void {
    const known = this.context.resources.ready(this.#wanted, 'image') !== undefined;
    if (this.values.lazyLoad && !known) this.#watch();
    else void this.#load(this.#wanted);
  }

  #watch(): void {
    this.#watcher?.disconnect();
    this.#watcher = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#watcher?.disconnect();
        this.#watcher = null;
        void this.#load(this.#wanted);
      },
      // Named, since a frame of another origin has no margin around the outermost window.
      { root: document, rootMargin: lazyMargin },
    );
    this.#watcher.observe(this.host);
  }

  async #load(src: string): Promise<void> {
    try {
      const url = this.context.resources.ready(src, 'image') ?? (await this.context.resources.resolve(src, 'image'));
      if (this.#wanted === src) this.#picture.src = url;
    } catch (error) {
      if (this.#wanted === src) this.#failed(error instanceof Error ? error.message : String(error));
    }
  }

  #failed(reason: string): void {
    this.#picture.classList.remove('mz-loaded');
    this.emit('error', { errMsg: `image:fail ${reason}` });
  }
}
