/** Settings that a page draws as a tag: style of the page's root, font sizes, scroll offset. It shows nothing itself. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component } from './component';
import { toPixels } from './properties';

const defaults = {
  pageStyle: '',
  rootFontSize: '',
  pageFontSize: '',
  rootBackgroundColor: '',
  backgroundColor: '',
  backgroundColorTop: '',
  backgroundColorBottom: '',
  backgroundTextStyle: '',
  pageOrientation: '',
  scrollTop: null as number | string | null,
  scrollDuration: 300,
};
type Values = typeof defaults;

/** What `system` stands for: the text size that the user chose, as the app reads it in `fontSizeSetting`. */
const userFontSize = '17px';

/** Attributes that are settings of the page's window. */
const windowSettings: ReadonlySet<string> = new Set([
  'backgroundColor',
  'backgroundColorTop',
  'backgroundColorBottom',
  'backgroundTextStyle',
  'pageOrientation',
]);

export class PageMeta extends Component<Values> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  override connected(): void {
    document.addEventListener('scroll', this.#scrolled, { passive: true });
  }

  override disconnected(): void {
    document.removeEventListener('scroll', this.#scrolled);
    this.context.page.setExtraStyle('');
    document.documentElement.style.fontSize = '';
  }

  override resized(): void {
    this.emit('resize', { size: { windowWidth: innerWidth, windowHeight: innerHeight } });
  }

  protected override update(name: keyof Values): void {
    const { pageStyle, rootFontSize, pageFontSize, rootBackgroundColor, scrollTop } = this.values;
    if (name === 'scrollTop' || name === 'scrollDuration') {
      if (scrollTop !== null && name === 'scrollTop') this.#scrollSoon();
      return;
    }
    if (windowSettings.has(name)) {
      const value = this.values[name];
      if (value === '') return;
      this.context.services
        .ask(this.node, 'page.window', { [name]: value })
        .catch((reason: unknown) => this.context.warn(`page-meta: ${String(reason)}`));
      return;
    }
    document.documentElement.style.fontSize = rootFontSize === 'system' ? userFontSize : rootFontSize;
    const ofPage = pageFontSize === 'system' ? userFontSize : pageFontSize;
    const font = ofPage === '' ? '' : `font-size:${ofPage};`;
    const background = rootBackgroundColor === '' ? '' : `background-color:${rootBackgroundColor};`;
    this.context.page.setExtraStyle(`${background}${font}${pageStyle}`);
  }

  /** Once all that was set together is set: the duration may come after the place. */
  #scrollSoon(): void {
    queueMicrotask(() => {
      const { scrollTop, scrollDuration } = this.values;
      if (scrollTop === null) return;
      const options = { scrollTop: toPixels(scrollTop, 0), duration: scrollDuration };
      void this.context.page.scrollTo(options).then(() => this.emit('scrolldone'));
    });
  }

  readonly #scrolled = (event: Event) => {
    if (event.target !== document || !this.context.events.listeners.has(this.node, 'scroll')) return;
    this.context.events.coalesce(`scroll ${this.node.id}`, () =>
      this.context.events.component(this.node, 'scroll', { scrollTop: Math.max(0, scrollY) }),
    );
  };
}
