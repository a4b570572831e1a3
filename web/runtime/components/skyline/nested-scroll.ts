/**
 * The two parts of a scroll-view of type `nested`: a header that scrolls off and a body as high as the scroll-view,
 * in which other scroll-views take over (`associative-container="nested-scroll-view"`).
 */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component } from '../component';

const defaults = {};

export class NestedScrollHeader extends Component<typeof defaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }
}

export class NestedScrollBody extends Component<typeof defaults> {
  readonly #sizes = new ResizeObserver(() => this.#fit());

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  override connected(): void {
    const scroller = this.host.closest('.wx-scroll-view');
    if (scroller !== null) this.#sizes.observe(scroller);
    this.#fit();
  }

  override disconnected(): void {
    this.#sizes.disconnect();
  }

  #fit(): void {
    const scroller = this.host.closest('.wx-scroll-view');
    if (scroller !== null) this.host.style.setProperty('--mz-nested-height', `${scroller.clientHeight}px`);
  }

  override styleChanged(): void {
    this.#fit();
  }
}
