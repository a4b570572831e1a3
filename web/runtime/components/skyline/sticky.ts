/** Headers that stay at the top of what scrolls, and the sections that they belong to. */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component } from '../component';
import { applyPadding } from './padding';

const sectionDefaults = { pushPinnedHeader: true, padding: null as unknown as null };

export class StickySection extends Component<typeof sectionDefaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, sectionDefaults);
  }

  protected override update(): void {
    // Without a box of its own the section does not take its header along: the next one covers it instead.
    this.host.classList.toggle('mz-no-push', !this.values.pushPinnedHeader);
    applyPadding(this.host, this.values.padding);
  }

  override classChanged(): void {
    this.update();
  }

  override styleChanged(): void {
    this.update();
  }
}

const headerDefaults = { offsetTop: 0, padding: null as unknown as null };

export class StickyHeader extends Component<typeof headerDefaults> {
  #stuck = false;
  #scroller: EventTarget | null = null;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, headerDefaults);
  }

  override connected(): void {
    this.#scroller = this.host.closest('.wx-scroll-view') ?? document;
    this.#scroller.addEventListener('scroll', this.#check, { passive: true });
    this.#check();
  }

  override disconnected(): void {
    this.#scroller?.removeEventListener('scroll', this.#check);
  }

  protected override update(): void {
    this.host.style.setProperty('--mz-sticky-top', `${this.values.offsetTop}px`);
    applyPadding(this.host, this.values.padding);
  }

  override styleChanged(): void {
    this.update();
  }

  readonly #check = () => {
    if (!this.context.events.listeners.has(this.node, 'stickontopchange')) return;
    const edge = this.#scroller instanceof Element ? this.#scroller.getBoundingClientRect().top : 0;
    const scrolled = this.#scroller instanceof Element ? this.#scroller.scrollTop : scrollY;
    const top = this.host.getBoundingClientRect().top;
    const stuck = scrolled > 0 && Math.abs(top - edge - this.values.offsetTop) < 1;
    if (stuck === this.#stuck) return;
    this.#stuck = stuck;
    this.emit('stickontopchange', { isStickOnTop: stuck });
  };
}
