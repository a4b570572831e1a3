/**
 * A part of the page that scrolls. The offset belongs to the user: a write of `scroll-top` moves it once.
 * The structure is the original's: the host, a scroller inside it, the content inside that.
 */
import type { ViewContext } from '../../view/context';
import { motion } from '../../view/motion';
import { type ViewNode, viewNodeOf } from '../../view/node';
import { above } from '../choice';
import { Component, part } from '../component';
import { trackDrag } from '../drag';
import { glide } from '../glide';
import { toBoolean, toPixels } from '../properties';
import { DraggableSheet } from '../skyline/draggable-sheet';
import { LinkedScroll } from '../skyline/linked-scroll';
import { applyPadding } from '../skyline/padding';
import { Ends } from './ends';
import { Refresher } from './refresher';
import { defaults, type ScrollValues } from './values';

export type { ScrollValues } from './values';

const methodNames: ReadonlySet<string> = new Set([
  'scrollTo',
  'scrollIntoView',
  'triggerRefresh',
  'closeRefresh',
  'triggerTwoLevel',
  'closeTwoLevel',
]);

/** Without a movement for this long, scrolling has ended. */
const restAfter = 120;

const reached = { upper: 'scrolltoupper', lower: 'scrolltolower' } as const;

export class ScrollView extends Component<ScrollValues> {
  readonly #scroller = part('wx-scroll-view', this.host);
  readonly #content = part('wx-scroll-view-content', this.#scroller);
  readonly #endsX = new Ends();
  readonly #endsY = new Ends();
  #refresher: Refresher | null = null;
  #linked: LinkedScroll | null = null;
  #lastLeft = 0;
  #lastTop = 0;
  #moving = 0;
  #settleWanted = false;
  #touching = false;
  #scrolling = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #trail: { left: number; top: number; time: number }[] = [];
  #enabled = true;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    const scroller = this.#scroller;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    scroller.addEventListener('touchstart', () => this.#drag('dragstart'), { passive: true });
    scroller.addEventListener('touchend', () => this.#drag('dragend'), { passive: true });
    scroller.addEventListener('touchcancel', () => this.#drag('dragend'), { passive: true });
    scroller.addEventListener('wheel', () => (this.#moving += 1), { passive: true });
    this.#dragByMouse();
  }

  override get container(): Node {
    return this.#content;
  }

  /** One that fills the window does so without being told to. */
  override backToTop(): boolean {
    const { scrollY, enableBackToTop } = this.values;
    const told = this.node.attributes?.has('enableBackToTop') === true;
    const fills = this.host.offsetHeight >= innerHeight * 0.9;
    if (!scrollY || !(enableBackToTop || (!told && fills))) return false;
    void this.#moveTo(this.#left, 0, true, 300);
    return true;
  }

  override get scroller(): HTMLElement {
    return this.#scroller;
  }

  override get methods(): ReadonlySet<string> {
    return methodNames;
  }

  override connected(): void {
    this.#settle();
    this.#associate();
    this.#placeSlots();
  }

  override childrenChanged(): void {
    this.#placeSlots();
    if (this.values.scrollIntoView !== '' || this.#settleWanted) this.#settle();
    else this.#checkEnds(0, 0);
  }

  /** For a scroll-view inside one of type `nested`: both scroll as one. */
  link(body: HTMLElement): void {
    const scroller = this.#scroller;
    this.#linked ??= new LinkedScroll({
      position: () => scroller.scrollTop,
      limit: () => scroller.scrollHeight - scroller.clientHeight,
      place: (position) => {
        scroller.scrollTop = position;
      },
    });
    this.#linked.follow(body);
  }

  override write(name: string, value: unknown, lastEvent: number): void {
    // What the context's properties say is not among the attributes of the tag.
    if (name === 'mezze.scrollEnabled') {
      this.#enabled = value === undefined || toBoolean(value);
      this.#showAxes();
    } else if (name === 'mezze.decelerationDisabled')
      this.#scroller.style.scrollSnapStop = toBoolean(value) ? 'always' : '';
    else super.write(name, value, lastEvent);
  }

  override invoke(method: string, [first, second]: readonly unknown[]): Promise<void> | undefined {
    const options = record(first);
    const duration = typeof options['duration'] === 'number' ? options['duration'] : undefined;
    switch (method) {
      case 'scrollTo': {
        const left = options['left'] === undefined ? this.#left : toPixels(options['left'], 0);
        const top = options['top'] === undefined ? this.#top : toPixels(options['top'], 0);
        return this.#moveTo(left, top, options['animated'] !== false, duration ?? 300);
      }
      case 'scrollIntoView': {
        const settings = record(second);
        const target = this.context.nodes.find(first)?.element;
        if (!target) throw new Error('there is no such node in the scroll-view');
        const alignment = String(settings['alignment'] ?? 'start');
        return this.#bring(target, toPixels(settings['offset'], 0), settings['animated'] !== false, alignment);
      }
      case 'triggerRefresh':
        this.#refresher?.trigger();
        return undefined;
      case 'closeRefresh':
        this.#refresher?.close();
        return undefined;
      case 'triggerTwoLevel':
        return this.#refresher?.openTwoLevel(duration);
      default:
        return this.#refresher?.closeTwoLevel(duration);
    }
  }

  protected override update(name: keyof ScrollValues): void {
    const { values } = this;
    const { classList } = this.#scroller;
    switch (name) {
      case 'scrollX':
      case 'scrollY':
        this.#showAxes();
        return;
      case 'scrollTop':
      case 'scrollLeft':
      case 'scrollIntoView':
        this.#settleLater();
        return;
      case 'enableFlex':
        classList.toggle('mz-flex', values.enableFlex);
        return;
      case 'showScrollbar':
        classList.toggle('mz-no-bar', !values.showScrollbar);
        return;
      case 'pagingEnabled':
        classList.toggle('mz-paging', values.pagingEnabled);
        return;
      case 'type':
      case 'usingSticky':
        classList.toggle('mz-custom', values.usingSticky || values.type === 'custom' || values.type === 'nested');
        return;
      case 'reverse':
        classList.toggle('mz-reverse', values.reverse);
        return;
      case 'padding':
        applyPadding(this.#content, values.padding);
        return;
      case 'scrollAnchoring':
        this.#scroller.style.overflowAnchor = values.scrollAnchoring ? 'auto' : '';
        return;
      case 'bounces':
        this.#scroller.style.overscrollBehavior = values.bounces ? '' : 'none';
        return;
      case 'associativeContainer':
        if (this.host.isConnected) this.#associate();
        return;
      default:
        this.#updateRefresher(name);
    }
  }

  #updateRefresher(name: keyof ScrollValues): void {
    const { values } = this;
    if (name === 'refresherEnabled' && values.refresherEnabled) {
      this.#refresher ??= new Refresher(this.host, this.#scroller, values, (type, detail) => this.emit(type, detail));
      if (values.refresherTriggered) this.#refresher.trigger();
    } else if (name === 'refresherTriggered') {
      if (values.refresherTriggered) this.#refresher?.trigger();
      else this.#refresher?.close();
    } else if (name === 'refresherTwoLevelTriggered') {
      if (values.refresherTwoLevelTriggered) void this.#refresher?.openTwoLevel();
      else void this.#refresher?.closeTwoLevel();
    } else if (name === 'refresherBackground' || name === 'refresherDefaultStyle') this.#refresher?.restyle();
  }

  #showAxes(): void {
    const { scrollX, scrollY } = this.values;
    this.#scroller.style.overflowX = scrollX && this.#enabled ? 'auto' : 'hidden';
    this.#scroller.style.overflowY = scrollY && this.#enabled ? 'auto' : 'hidden';
  }

  /** Children that were drawn for the refresher stand above the content and come down with it. */
  #placeSlots(): void {
    for (const child of this.#content.children) {
      const slot = viewNodeOf(child)?.attributes?.get('slot');
      if (slot === 'refresher' || child.classList.contains('mz-refresher-slot'))
        child.toggleAttribute('mz-refresher-slot', slot === 'refresher');
    }
  }

  #associate(): void {
    const { associativeContainer } = this.values;
    if (associativeContainer === 'draggable-sheet') {
      above(this.node, (found): found is DraggableSheet => found instanceof DraggableSheet)?.associate(this.#scroller);
    } else if (associativeContainer === 'nested-scroll-view') {
      above(
        this.node,
        (found): found is ScrollView => found instanceof ScrollView && found.values.type === 'nested',
      )?.link(this.#scroller);
    }
  }

  /** A mouse has no other way to scroll sideways. */
  #dragByMouse(): void {
    let from = 0;
    let moving = { stop: () => undefined as void };
    trackDrag(this.#scroller, {
      axis: 'x',
      mouseOnly: true,
      accepts: () => this.values.scrollX && this.#enabled && this.#scroller.scrollWidth > this.#scroller.clientWidth,
      down: () => moving.stop(),
      start: () => {
        this.#moving += 1;
        from = this.#scroller.scrollLeft;
      },
      move: (deltaX) => {
        this.#scroller.scrollLeft = from - deltaX;
      },
      end: (velocity) => {
        const run = this.#moving;
        moving = glide(-velocity, (distance) => {
          const before = this.#scroller.scrollLeft;
          if (run === this.#moving) this.#scroller.scrollLeft += distance;
          return run === this.#moving && this.#scroller.scrollLeft !== before;
        });
      },
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
    if (scrollTop !== null || scrollLeft !== null) {
      const top = scrollTop === null ? this.#top : toPixels(scrollTop, 0);
      const left = scrollLeft === null ? this.#left : toPixels(scrollLeft, 0);
      // What was asked for once is not asked for again when the content changes.
      this.values.scrollTop = null;
      this.values.scrollLeft = null;
      void this.#moveTo(left, top, scrollWithAnimation, 300);
    }
    if (scrollIntoView === '') return;
    const target = this.#content.querySelector(`[id="${CSS.escape(scrollIntoView)}"]`);
    if (!(target instanceof HTMLElement)) return;
    this.values.scrollIntoView = '';
    const { scrollIntoViewOffset, scrollIntoViewAlignment } = this.values;
    void this.#bring(target, scrollIntoViewOffset, scrollWithAnimation, scrollIntoViewAlignment);
  }

  #bring(target: HTMLElement, offset: number, animated: boolean, alignment: string): Promise<void> {
    const to = target.getBoundingClientRect();
    const from = this.#scroller.getBoundingClientRect();
    const left = this.#left + offset + distance(to.left - from.left, to.width, from.width, alignment);
    const top = this.#top + offset + distance(to.top - from.top, to.height, from.height, alignment);
    return this.#moveTo(this.values.scrollX ? left : this.#left, this.values.scrollY ? top : this.#top, animated, 300);
  }

  #moveTo(left: number, top: number, animated: boolean, duration: number): Promise<void> {
    const fromLeft = this.#left;
    const fromTop = this.#top;
    this.#moving += 1;
    const move = this.#moving;
    return motion(animated ? duration : 0, (done) => {
      // A finger on the content stops the motion.
      if (move !== this.#moving) return;
      const toTop = fromTop + (top - fromTop) * done;
      this.#scroller.scrollTo(this.#signed(fromLeft + (left - fromLeft) * done), this.values.reverse ? -toTop : toTop);
    });
  }

  #scrolled(): void {
    const deltaX = this.#lastLeft - this.#left;
    const deltaY = this.#lastTop - this.#top;
    if (deltaX === 0 && deltaY === 0) return;
    this.#lastLeft = this.#left;
    this.#lastTop = this.#top;
    this.#began();
    const { events } = this.context;
    const detail = { ...this.#offset(), deltaX, deltaY, isDrag: this.#touching };
    for (const type of ['scroll', 'worklet:onscrollupdate']) {
      if (events.listeners.has(this.node, type))
        events.coalesce(`${type} ${this.node.id}`, () => events.component(this.node, type, detail));
    }
    if (this.#touching && this.values.enhanced && events.listeners.has(this.node, 'dragging'))
      events.coalesce(`dragging ${this.node.id}`, () => events.component(this.node, 'dragging', this.#offset()));
    this.#trail.push({ left: this.#left, top: this.#top, time: performance.now() });
    if (this.#trail.length > 6) this.#trail.shift();
    this.#checkEnds(deltaX, deltaY);
  }

  /** Tells the beginning of a movement, and its end once nothing moves any more. */
  #began(): void {
    const told = (type: 'scrollstart' | 'scrollend') => {
      const detail = { ...this.#offset(), isDrag: this.#touching };
      this.emit(type, detail);
      this.context.events.worklet(this.node, `on${type}`, detail);
    };
    if (!this.#scrolling) told('scrollstart');
    this.#scrolling = true;
    clearTimeout(this.#rest);
    const rest = () => {
      if (this.#touching) {
        this.#rest = setTimeout(rest, restAfter);
        return;
      }
      this.#scrolling = false;
      this.context.events.flush(`scroll ${this.node.id}`);
      told('scrollend');
    };
    this.#rest = setTimeout(rest, restAfter);
  }

  #checkEnds(deltaX: number, deltaY: number): void {
    const { scrollX, scrollY } = this.values;
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = this.#scroller;
    const upper = toPixels(this.values.upperThreshold, 50);
    const lower = toPixels(this.values.lowerThreshold, 50);
    const vertical = { before: this.#top, after: scrollHeight - clientHeight - this.#top };
    const horizontal = { before: this.#left, after: scrollWidth - clientWidth - this.#left };
    const y = scrollY ? this.#endsY.check(vertical, upper, lower, deltaY < 0, deltaY > 0) : null;
    const x = scrollX ? this.#endsX.check(horizontal, upper, lower, deltaX < 0, deltaX > 0) : null;
    if (y !== null) this.emit(reached[y], { direction: y === 'upper' ? 'top' : 'bottom' });
    if (x !== null) this.emit(reached[x], { direction: x === 'upper' ? 'left' : 'right' });
  }

  #drag(type: 'dragstart' | 'dragend'): void {
    this.#touching = type === 'dragstart';
    if (this.#touching) this.#moving += 1;
    if (!this.values.enhanced) return;
    const [first] = this.#trail;
    const time = first === undefined ? 0 : performance.now() - first.time;
    const velocity =
      first === undefined || time <= 0 || time > 200
        ? { x: 0, y: 0 }
        : { x: (this.#left - first.left) / time, y: (this.#top - first.top) / time };
    this.context.events.flush(`dragging ${this.node.id}`);
    this.emit(type, type === 'dragend' ? { ...this.#offset(), velocity } : this.#offset());
  }

  /** Distance from the beginning: in a right-to-left page the browser counts down from 0. */
  get #left(): number {
    return Math.abs(this.#scroller.scrollLeft);
  }

  get #top(): number {
    return this.values.reverse ? -this.#scroller.scrollTop : this.#scroller.scrollTop;
  }

  #signed(left: number): number {
    return getComputedStyle(this.#scroller).direction === 'rtl' ? -left : left;
  }

  #offset(): Record<string, number> {
    const { scrollWidth, scrollHeight } = this.#scroller;
    return { scrollLeft: this.#left, scrollTop: this.#top, scrollWidth, scrollHeight };
  }
}

/** How far to scroll, so that what begins at `start` stands as the alignment says. */
function distance(start: number, size: number, room: number, alignment: string): number {
  const end = start + size - room;
  if (alignment === 'center') return start + (size - room) / 2;
  if (alignment === 'end') return end;
  if (alignment !== 'nearest') return start;
  if (start >= 0 && end <= 0) return 0;
  return Math.abs(start) < Math.abs(end) ? start : end;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
