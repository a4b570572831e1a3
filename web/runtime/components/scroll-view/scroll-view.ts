/**
 * A part of the page that scrolls. The offset belongs to the user: a write of `scroll-top` moves it once.
 * The structure is the original's: the host, a scroller inside it, the content inside that.
 */
import type { ViewContext } from '../../view/context';
import { motion } from '../../view/motion';
import type { ViewNode } from '../../view/node';
import { Component, part } from '../component';
import { trackDrag } from '../drag';
import { toPixels } from '../properties';
import { Refresher } from './refresher';

export const defaults = {
  scrollX: false,
  scrollY: false,
  upperThreshold: null as number | string | null,
  lowerThreshold: null as number | string | null,
  scrollTop: null as number | string | null,
  scrollLeft: null as number | string | null,
  scrollIntoView: '',
  scrollIntoViewOffset: 0,
  scrollWithAnimation: false,
  enableBackToTop: false,
  enablePassive: false,
  enableFlex: false,
  scrollAnchoring: false,
  refresherEnabled: false,
  refresherThreshold: 45,
  refresherDefaultStyle: 'black',
  refresherBackground: '#ffffff',
  refresherTriggered: false,
  enhanced: false,
  bounces: true,
  showScrollbar: true,
  pagingEnabled: false,
  fastDeceleration: false,
};
export type ScrollValues = typeof defaults;

const methodNames: ReadonlySet<string> = new Set(['scrollTo', 'scrollIntoView', 'triggerRefresh', 'closeRefresh']);

export class ScrollView extends Component<ScrollValues> {
  readonly #scroller = part('wx-scroll-view', this.host);
  readonly #content = part('wx-scroll-view-content', this.#scroller);
  #refresher: Refresher | null = null;
  #lastLeft = 0;
  #lastTop = 0;
  #atUpper = true;
  #atLower = false;
  #moving = 0;
  #settleWanted = false;
  #touching = false;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.#scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#scroller.addEventListener('touchstart', () => this.#drag('dragstart'), { passive: true });
    this.#scroller.addEventListener('touchend', () => this.#drag('dragend'), { passive: true });
    this.#scroller.addEventListener('touchcancel', () => this.#drag('dragend'), { passive: true });
    this.#dragByMouse();
    this.#scroller.addEventListener('wheel', () => (this.#moving += 1), { passive: true });
  }

  override get container(): Node {
    return this.#content;
  }

  override get scroller(): HTMLElement {
    return this.#scroller;
  }

  override get methods(): ReadonlySet<string> {
    return methodNames;
  }

  override connected(): void {
    this.#settle();
  }

  override childrenChanged(): void {
    if (this.values.scrollIntoView !== '' || this.#settleWanted) this.#settle();
    else this.#checkEnds(0, 0);
  }

  override invoke(method: string, [first, second]: readonly unknown[]): Promise<void> | undefined {
    const options = (typeof first === 'object' && first !== null ? first : {}) as Record<string, unknown>;
    if (method === 'scrollTo') {
      const left = options['left'] === undefined ? this.#scroller.scrollLeft : toPixels(options['left'], 0);
      const top = options['top'] === undefined ? this.#scroller.scrollTop : toPixels(options['top'], 0);
      return this.#moveTo(left, top, options['animated'] !== false, toPixels(options['duration'], 300));
    }
    if (method === 'scrollIntoView') {
      const settings = (typeof second === 'object' && second !== null ? second : {}) as Record<string, unknown>;
      const target = this.context.nodes.find(first)?.element;
      if (target) return this.#bring(target, toPixels(settings['offset'], 0), settings['animated'] !== false);
      throw new Error('there is no such node in the scroll-view');
    }
    if (method === 'triggerRefresh') this.#refresher?.trigger();
    else this.#refresher?.close();
    return undefined;
  }

  protected override update(name: keyof ScrollValues): void {
    const { values } = this;
    switch (name) {
      case 'scrollX':
      case 'scrollY':
        this.#scroller.style.overflowX = values.scrollX ? 'auto' : 'hidden';
        this.#scroller.style.overflowY = values.scrollY ? 'auto' : 'hidden';
        return;
      case 'scrollTop':
      case 'scrollLeft':
      case 'scrollIntoView':
        this.#settleLater();
        return;
      case 'enableFlex':
        this.#scroller.classList.toggle('mz-flex', values.enableFlex);
        return;
      case 'showScrollbar':
        this.#scroller.classList.toggle('mz-no-bar', !values.showScrollbar);
        return;
      case 'pagingEnabled':
        this.#scroller.classList.toggle('mz-paging', values.pagingEnabled);
        return;
      case 'bounces':
        this.#scroller.style.overscrollBehavior = values.bounces ? '' : 'none';
        return;
      case 'refresherEnabled':
        if (values.refresherEnabled)
          this.#refresher ??= new Refresher(this.host, this.#scroller, this.values, (type, detail) =>
            this.emit(type, detail),
          );
        return;
      case 'refresherTriggered':
        if (values.refresherTriggered) this.#refresher?.trigger();
        else this.#refresher?.close();
        return;
    }
  }

  /** A mouse has no other way to scroll sideways. */
  #dragByMouse(): void {
    let from = 0;
    trackDrag(this.#scroller, {
      axis: 'x',
      mouseOnly: true,
      accepts: () => this.values.scrollX && this.#scroller.scrollWidth > this.#scroller.clientWidth,
      start: () => {
        this.#moving += 1;
        from = this.#scroller.scrollLeft;
      },
      move: (deltaX) => {
        this.#scroller.scrollLeft = from - deltaX;
      },
      end: (velocity) =>
        void this.#moveTo(this.#scroller.scrollLeft - velocity * 200, this.#scroller.scrollTop, true, 300),
    });
  }

  /** Offsets are set once the batch that brought them has brought the content too. */
  #settleLater(): void {
    if (this.#settleWanted || !this.host.isConnected) {
      this.#settleWanted = true;
      return;
    }
    this.#settleWanted = true;
    queueMicrotask(() => this.#settleWanted && this.#settle());
  }

  #settle(): void {
    this.#settleWanted = false;
    const { scrollTop, scrollLeft, scrollIntoView, scrollWithAnimation } = this.values;
    const scroller = this.#scroller;
    if (scrollTop !== null || scrollLeft !== null) {
      const top = scrollTop === null ? scroller.scrollTop : toPixels(scrollTop, 0);
      const left = scrollLeft === null ? scroller.scrollLeft : toPixels(scrollLeft, 0);
      // What was asked for once is not asked for again when the content changes.
      this.values.scrollTop = null;
      this.values.scrollLeft = null;
      void this.#moveTo(left, top, scrollWithAnimation, 300);
    }
    if (scrollIntoView === '') return;
    const target = this.#content.querySelector(`[id="${CSS.escape(scrollIntoView)}"]`);
    if (!(target instanceof HTMLElement)) return;
    this.values.scrollIntoView = '';
    void this.#bring(target, this.values.scrollIntoViewOffset, scrollWithAnimation);
  }

  #bring(target: HTMLElement, offset: number, animated: boolean): Promise<void> {
    const scroller = this.#scroller;
    const to = target.getBoundingClientRect();
    const from = scroller.getBoundingClientRect();
    const left = this.values.scrollX ? scroller.scrollLeft + to.left - from.left + offset : scroller.scrollLeft;
    const top = this.values.scrollY ? scroller.scrollTop + to.top - from.top + offset : scroller.scrollTop;
    return this.#moveTo(left, top, animated, 300);
  }

  #moveTo(left: number, top: number, animated: boolean, duration: number): Promise<void> {
    const scroller = this.#scroller;
    const fromLeft = scroller.scrollLeft;
    const fromTop = scroller.scrollTop;
    this.#moving += 1;
    const move = this.#moving;
    return motion(animated ? duration : 0, (done) => {
      // A finger on the content stops the motion.
      if (move === this.#moving)
        scroller.scrollTo(fromLeft + (left - fromLeft) * done, fromTop + (top - fromTop) * done);
    });
  }

  #scrolled(): void {
    const { scrollLeft, scrollTop } = this.#scroller;
    const deltaX = this.#lastLeft - scrollLeft;
    const deltaY = this.#lastTop - scrollTop;
    if (deltaX === 0 && deltaY === 0) return;
    this.#lastLeft = scrollLeft;
    this.#lastTop = scrollTop;
    if (this.context.events.listeners.has(this.node, 'scroll')) {
      this.context.events.coalesce(`scroll ${this.node.id}`, () =>
        this.context.events.component(this.node, 'scroll', {
          ...this.#offset(),
          deltaX,
          deltaY,
          isDrag: this.#touching,
        }),
      );
    }
    this.#checkEnds(deltaX, deltaY);
  }

  /** Reports reaching an end once, until it was left again; movement says which way. */
  #checkEnds(deltaX: number, deltaY: number): void {
    const { scrollX, scrollY } = this.values;
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = this.#scroller;
    const before = toPixels(this.values.upperThreshold, 50);
    const after = toPixels(this.values.lowerThreshold, 50);
    const upper = (scrollY && scrollTop <= before) || (scrollX && scrollLeft <= before);
    const lower =
      (scrollY && scrollHeight - clientHeight - scrollTop <= after) ||
      (scrollX && scrollWidth - clientWidth - scrollLeft <= after);
    const backward = deltaY > 0 || deltaX > 0;
    const forward = deltaY < 0 || deltaX < 0;
    if (upper && !this.#atUpper && backward)
      this.emit('scrolltoupper', { direction: scrollY && deltaY > 0 ? 'top' : 'left' });
    if (lower && !this.#atLower && forward)
      this.emit('scrolltolower', { direction: scrollY && deltaY < 0 ? 'bottom' : 'right' });
    this.#atUpper = upper;
    // Content that grew below takes the end away; the next arrival is reported again.
    this.#atLower = lower && (forward || this.#atLower);
  }

  #drag(type: 'dragstart' | 'dragend'): void {
    this.#touching = type === 'dragstart';
    if (this.#touching) this.#moving += 1;
    if (this.values.enhanced) this.emit(type, this.#offset());
  }

  #offset(): Record<string, number> {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = this.#scroller;
    return { scrollLeft, scrollTop, scrollWidth, scrollHeight };
  }
}
