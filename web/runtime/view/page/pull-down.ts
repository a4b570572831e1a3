/**
 * Pull-down refresh of the page: the content follows the finger, three dots show behind it, and a release below the
 * threshold tells the page. The content is moved by padding, since a transform would take fixed elements with it.
 */

import { part } from '../../components/component';
import { trackDrag } from '../../components/drag';
import type { WindowConfig } from '../../protocol';
import type { EventSender } from '../events/sender';
import { motion } from '../motion';

const openHeight = 50;

export class PullDown {
  #indicator: HTMLElement | null = null;
  #height = 0;
  #refreshing = false;
  #listening = false;

  constructor(
    private readonly events: EventSender,
    private readonly window: () => WindowConfig,
  ) {}

  /** Called whenever the window's settings changed. The listener comes with the first need: it slows scrolling. */
  configure(): void {
    if (this.#listening || this.window().enablePullDownRefresh !== true) return;
    this.#listening = true;
    trackDrag(document.documentElement, {
      axis: 'y',
      accepts: (deltaX, deltaY) =>
        this.window().enablePullDownRefresh === true &&
        !this.#refreshing &&
        scrollY <= 0 &&
        deltaY > 0 &&
        deltaX * deltaX < deltaY * deltaY,
      move: (_x, deltaY) => this.#show(Math.min(openHeight * 2, Math.max(0, deltaY) / 2)),
      end: () => this.#release(),
    });
  }

  /** As if the user had pulled: `wx.startPullDownRefresh`. */
  async start(): Promise<void> {
    if (this.#refreshing) return;
    this.#begin();
    await this.#moveTo(openHeight);
  }

  async stop(): Promise<void> {
    if (!this.#refreshing) return;
    this.#refreshing = false;
    await this.#moveTo(0);
    this.#indicator?.remove();
    this.#indicator = null;
  }

  #release(): void {
    if (this.#height >= openHeight) {
      this.#begin();
      void this.#moveTo(openHeight);
    } else {
      void this.#moveTo(0);
    }
  }

  #begin(): void {
    this.#refreshing = true;
    this.#show(this.#height);
    this.#indicator?.classList.add('mz-refreshing');
    this.events.page('pullDownRefresh', {});
  }

  #moveTo(height: number): Promise<void> {
    const from = this.#height;
    return motion(200, (done) => this.#show(from + (height - from) * done));
  }

  #show(height: number): void {
    this.#height = height;
    const { backgroundColor, backgroundColorTop, backgroundTextStyle } = this.window();
    if (this.#indicator === null && height > 0) {
      this.#indicator = part('mz-pull-down', document.body);
      this.#indicator.setAttribute('role', 'progressbar');
      for (let dot = 0; dot < 3; dot += 1) part('mz-dot', this.#indicator);
    }
    if (this.#indicator !== null) {
      this.#indicator.style.height = `${height}px`;
      this.#indicator.style.backgroundColor = backgroundColorTop ?? backgroundColor ?? '';
      this.#indicator.classList.toggle('mz-light', backgroundTextStyle === 'light');
    }
    document.body.style.paddingTop = height > 0 ? `${height}px` : '';
    document.body.style.minHeight = height > 0 ? `calc(100% + ${height}px)` : '';
  }
}
