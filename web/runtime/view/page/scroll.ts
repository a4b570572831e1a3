/** Scrolling of the page itself: `onPageScroll`, `onReachBottom`, `pageScrollTo`. */
import type { EventSender } from '../events/sender';
import { motion } from '../motion';
import type { ViewNode } from '../node';

const defaultBottomDistance = 50;

export class PageScroll {
  #bottomReported = false;
  #lastTop = 0;

  constructor(
    private readonly events: EventSender,
    private readonly bottomDistance: () => number | undefined,
  ) {
    document.addEventListener('scroll', (event) => event.target === document && this.#scrolled(), { passive: true });
  }

  /** Scrolls to an offset, or to a node; resolves when the motion ended. */
  scrollTo(node: ViewNode | null, options: Record<string, unknown>): Promise<void> {
    const { scrollTop, offsetTop, duration } = options;
    let top = typeof scrollTop === 'number' ? scrollTop : scrollY;
    if (node?.element) top = node.element.getBoundingClientRect().top + scrollY;
    if (typeof offsetTop === 'number') top += offsetTop;
    const from = scrollY;
    const to = Math.max(0, Math.min(top, document.documentElement.scrollHeight - innerHeight));
    const time = typeof duration === 'number' ? duration : 300;
    return motion(time, (done) => scrollTo(0, from + (to - from) * done));
  }

  #scrolled(): void {
    const top = Math.max(0, scrollY);
    if (top !== this.#lastTop)
      this.events.coalesce('page scroll', () => this.events.page('scroll', { scrollTop: Math.max(0, scrollY) }));
    this.#checkBottom(top);
    this.#lastTop = top;
  }

  #checkBottom(top: number): void {
    const left = document.documentElement.scrollHeight - innerHeight - top;
    const distance = this.bottomDistance() ?? defaultBottomDistance;
    if (left > distance) this.#bottomReported = false;
    else if (!this.#bottomReported && top > this.#lastTop) {
      this.#bottomReported = true;
      this.events.page('reachBottom', {});
    }
  }
}
