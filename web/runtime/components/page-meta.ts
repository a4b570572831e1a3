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
  scrollTop: null as number | string | null,
  scrollDuration: 300,
};
type Values = typeof defaults;

export class PageMeta extends Component<Values> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  override disconnected(): void {
    this.context.page.setExtraStyle('');
    document.documentElement.style.fontSize = '';
  }

  override resized(): void {
    this.emit('resize', { size: { windowWidth: innerWidth, windowHeight: innerHeight } });
  }

  protected override update(name: keyof Values): void {
    const { pageStyle, rootFontSize, pageFontSize, rootBackgroundColor, scrollTop, scrollDuration } = this.values;
    if (name === 'scrollTop' || name === 'scrollDuration') {
      if (scrollTop === null) return;
      const options = { scrollTop: toPixels(scrollTop, 0), duration: scrollDuration };
      void this.context.page.scrollTo(options).then(() => this.emit('scrolldone'));
      return;
    }
    document.documentElement.style.fontSize = rootFontSize === 'system' ? '' : rootFontSize;
    const font = pageFontSize === '' || pageFontSize === 'system' ? '' : `font-size:${pageFontSize};`;
    const background = rootBackgroundColor === '' ? '' : `background-color:${rootBackgroundColor};`;
    this.context.page.setExtraStyle(`${background}${font}${pageStyle}`);
  }
}
