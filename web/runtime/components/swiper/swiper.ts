/**
 * A carousel. Slides never move in the DOM (the stream of operations counts on their places): each is put in place by
 * a transform, and for an endless carousel the place is the copy of it that is nearest to what is shown.
 *
 * A position counts slides and is not bound to 0 … count: in an endless carousel it runs on, and the slide at
 * position p is `p mod count`.
 */
import type { ViewContext } from '../../view/context';
import { reducedMotion } from '../../view/motion';
import { type ViewNode, viewNodeOf } from '../../view/node';
import { Component, part } from '../component';
import { trackDrag } from '../drag';
import { toPixels } from '../properties';
import { Dots } from './dots';
import { type Look, lookOf } from './looks';

const defaults = {
  indicatorDots: false,
  indicatorColor: 'rgba(0, 0, 0, .3)',
  indicatorActiveColor: '#000000',
  autoplay: false,
  current: 0,
  currentItemId: '',
  interval: 5000,
  duration: 500,
  circular: false,
  vertical: false,
  previousMargin: null as number | string | null,
  nextMargin: null as number | string | null,
  snapToEdge: false,
  displayMultipleItems: 1,
  easingFunction: 'default',
  disableTouch: false,
  direction: 'all',
  scrollWithAnimation: true,
  layoutType: 'normal',
  transformerType: 'scaleAndFade',
  indicatorType: 'normal',
  indicatorMargin: 10,
  indicatorSpacing: 8,
  indicatorRadius: 4,
  indicatorWidth: 8,
  indicatorHeight: 8,
  indicatorAlignment: null as unknown as null,
  indicatorOffset: null as unknown as null,
  cacheExtent: 0,
};
export type SwiperValues = typeof defaults;
type Values = SwiperValues;
type Source = '' | 'autoplay' | 'touch';

const easings: Record<string, (share: number) => number> = {
  default: (share) => 1 - (1 - share) ** 3,
  linear: (share) => share,
  easeInCubic: (share) => share ** 3,
  easeOutCubic: (share) => 1 - (1 - share) ** 3,
  easeInOutCubic: (share) => (share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2),
};

export class Swiper extends Component<Values> {
  readonly #wrapper = part('wx-swiper-wrapper', this.host);
  readonly #slides = part('wx-swiper-slides', this.#wrapper);
  readonly #frame = part('wx-swiper-slide-frame', this.#slides);
  readonly #dots = new Dots(this.#wrapper);
  #items: SwiperItem[] = [];
  #current = 0;
  #position = 0;
  #dragFrom = 0;
  #dragging = false;
  #animation = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #covered = false;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.setAttribute('aria-roledescription', 'carousel');
    trackDrag(this.#wrapper, {
      axis: 'x',
      accepts: (x, y) => !this.values.vertical && this.#mayDrag(x, y),
      start: () => this.#dragStart(),
      move: (x) => this.#drag(x),
      end: (velocity) => this.#dragEnd(velocity),
    });
    trackDrag(this.#wrapper, {
      axis: 'y',
      accepts: (x, y) => this.values.vertical && this.#mayDrag(x, y),
      start: () => this.#dragStart(),
      move: (_x, y) => this.#drag(y),
      end: (_x, velocity) => this.#dragEnd(velocity),
    });
  }

  override get container(): Node {
    return this.#frame;
  }

  override connected(): void {
    this.childrenChanged();
    this.#schedule();
  }

  override disconnected(): void {
    clearTimeout(this.#timer);
    this.#animation += 1;
  }

  override visibilityChanged(visible: boolean): void {
    this.#covered = !visible;
    this.#schedule();
  }

  override resized(): void {
    this.#place();
  }

  override childrenChanged(): void {
    this.#items = [...this.#frame.children].flatMap((element) => {
      const component: unknown = viewNodeOf(element)?.component;
      return component instanceof SwiperItem ? [component] : [];
    });
    const last = Math.max(0, this.#items.length - 1);
    if (this.#current > last || this.#items[this.#current] === undefined) this.#current = Math.min(this.#current, last);
    else if (this.#wanted() !== this.#current && !this.#dragging && this.#position === this.#current)
      this.#current = this.#wanted();
    if (!this.#dragging) this.#position = this.#current;
    this.#dots.count(this.#items.length);
    this.#place();
    this.#showDots();
    this.#schedule();
  }

  protected override owns(name: string): boolean {
    return name === 'current';
  }

  protected override update(name: keyof Values): void {
    const { values } = this;
    if (name === 'current' || name === 'currentItemId') {
      if (!this.host.isConnected || this.#items.length === 0) return;
      const wanted = this.#wanted();
      if (wanted !== this.#current && this.#items[wanted] !== undefined) this.#go(wanted, '', this.#shortest(wanted));
    } else if (name === 'autoplay' || name === 'interval') this.#schedule();
    else if (name.startsWith('indicator')) this.#showDots();
    else {
      this.host.toggleAttribute('vertical', values.vertical);
      this.#place();
    }
  }

  /** The slide that the page asks for. */
  #wanted(): number {
    const { current, currentItemId } = this.values;
    if (currentItemId !== '') {
      const index = this.#items.findIndex((item) => item.values.itemId === currentItemId);
      if (index >= 0) return index;
    }
    return Math.max(0, Math.min(this.#items.length - 1, Math.round(current)));
  }

  get #endless(): boolean {
    return this.values.circular && this.#items.length > Math.max(1, this.values.displayMultipleItems);
  }

  get #lastStart(): number {
    return Math.max(0, this.#items.length - Math.max(1, this.values.displayMultipleItems));
  }

  /** Position of a slide that is nearest to what is shown. */
  #shortest(index: number): number {
    if (!this.#endless) return Math.min(index, this.#lastStart);
    const count = this.#items.length;
    return index + Math.round((this.#position - index) / count) * count;
  }

  #mayDrag(x: number, y: number): boolean {
    const delta = this.values.vertical ? y : x;
    if (this.values.disableTouch || this.#items.length === 0) return false;
    const { direction } = this.values;
    if ((direction === 'positive' && delta > 0) || (direction === 'negative' && delta < 0)) return false;
    // At an end, the drag outwards belongs to what is around this carousel.
    const outwards = (delta > 0 && this.#position <= 0) || (delta < 0 && this.#position >= this.#lastStart);
    return this.#endless || !outwards || this.#items.length === 1;
  }

  #dragStart(): void {
    clearTimeout(this.#timer);
    this.#animation += 1;
    this.#dragging = true;
    this.#dragFrom = this.#position;
    this.context.events.worklet(this.node, 'onscrollstart', this.#moved());
  }

  #drag(delta: number): void {
    let position = this.#dragFrom - delta / this.#slideSize();
    if (!this.#endless) {
      // Beyond the ends it resists.
      if (position < 0) position /= 3;
      else if (position > this.#lastStart) position = this.#lastStart + (position - this.#lastStart) / 3;
    }
    this.#moveTo(position);
    this.#transition();
  }

  #dragEnd(velocity: number): void {
    this.#dragging = false;
    const fling = Math.abs(velocity) > 0.3 ? -Math.sign(velocity) * 0.5 : 0;
    const moved = this.#position - this.#dragFrom;
    let target = Math.round(this.#position + (Math.sign(fling) === Math.sign(moved) ? fling : 0));
    if (!this.#endless) target = Math.max(0, Math.min(this.#lastStart, target));
    this.#go(this.#indexAt(target), 'touch', target);
  }

  /** Moves to a position and tells the page which slide is current. */
  #go(index: number, source: Source, target: number): void {
    const changed = index !== this.#current;
    this.#current = index;
    this.values.current = index;
    this.#showDots();
    if (changed) {
      const currentItemId = this.#items[index]?.values.itemId ?? '';
      this.emitValue('current', index, 'change', { current: index, currentItemId, source });
    }
    this.#animate(target, source);
  }

  #animate(target: number, source: Source): void {
    this.#animation += 1;
    const run = this.#animation;
    const from = this.#position;
    const still = source === '' && !this.values.scrollWithAnimation;
    const duration = still || reducedMotion() || document.hidden ? 0 : this.values.duration;
    const ease = easings[this.values.easingFunction] ?? ((share: number) => share);
    const started = performance.now();
    const frame = (now: number) => {
      if (run !== this.#animation) return;
      const share = duration <= 0 ? 1 : Math.min(1, Math.max(0, (now - started) / duration));
      this.#moveTo(from + (target - from) * ease(share));
      if (from !== target) this.#transition();
      if (share < 1) requestAnimationFrame(frame);
      else this.#finished(source);
    };
    if (duration <= 0) frame(started);
    else requestAnimationFrame(frame);
  }

  #finished(source: Source): void {
    // Endless carousels run on; brought back here, their numbers stay small.
    this.#position = this.#endless ? this.#indexAt(Math.round(this.#position)) : Math.round(this.#position);
    this.#place();
    this.emit('animationfinish', {
      current: this.#current,
      currentItemId: this.#items[this.#current]?.values.itemId ?? '',
      source,
    });
    this.context.events.worklet(this.node, 'onscrollend', this.#moved());
    this.#schedule();
  }

  #transition(): void {
    const { events } = this.context;
    const detail = this.#moved();
    for (const type of ['transition', 'worklet:onscrollupdate']) {
      if (events.listeners.has(this.node, type))
        events.coalesce(`${type} ${this.node.id}`, () => events.component(this.node, type, detail));
    }
  }

  /** How far it is from where it rests, CSS pixels. */
  #moved(): { dx: number; dy: number } {
    const distance = (this.#position - this.#current) * this.#slideSize();
    return this.values.vertical ? { dx: 0, dy: distance } : { dx: distance, dy: 0 };
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const { autoplay, interval } = this.values;
    if (!autoplay || this.#covered || !this.host.isConnected || this.#items.length < 2) return;
    this.#timer = setTimeout(
      () => {
        if (this.#dragging) return;
        const next = this.#position + 1;
        if (!this.#endless && next > this.#lastStart) this.#go(0, 'autoplay', 0);
        else this.#go(this.#indexAt(Math.round(next)), 'autoplay', Math.round(next));
      },
      Math.max(100, interval),
    );
  }

  #indexAt(position: number): number {
    const count = Math.max(1, this.#items.length);
    return ((position % count) + count) % count;
  }

  #slideSize(): number {
    const size = this.values.vertical ? this.#frame.clientHeight : this.#frame.clientWidth;
    return Math.max(1, size / Math.max(1, this.values.displayMultipleItems));
  }

  #moveTo(position: number): void {
    this.#position = position;
    this.#place();
  }

  #place(): void {
    const { vertical, previousMargin, nextMargin, displayMultipleItems, layoutType, transformerType } = this.values;
    const before = toPixels(previousMargin, 0);
    const after = toPixels(nextMargin, 0);
    this.#slides.style.inset = vertical ? `${before}px 0 ${after}px` : `0 ${after}px 0 ${before}px`;
    const shown = Math.max(1, displayMultipleItems);
    const plain = layoutType === 'normal' || layoutType === '';
    const share = 100 / shown;
    // Slides that change their look on the way are placed one by one, the others all at once.
    const moved = plain ? `${axis(vertical, -this.#position * share)} ${this.#edgeShift(before, after)}` : '';
    this.#frame.style.transform = moved;
    this.#frame.style.setProperty('--mz-slide', `${share}%`);
    const count = this.#items.length;
    const middle = this.#position + (shown - 1) / 2;
    const look = lookOf(plain ? 'normal' : layoutType, transformerType);
    this.#items.forEach((item, index) => {
      const at = this.#endless ? index + Math.round((middle - index) / count) * count : index;
      item.place(
        look(plain ? at : at - this.#position, vertical),
        index >= this.#current && index < this.#current + shown,
      );
    });
  }

  /** With `snap-to-edge` the first slide stands at the edge and not behind the margin, and so does the last. */
  #edgeShift(before: number, after: number): string {
    if (!this.values.snapToEdge || this.#endless || this.#items.length < 2) return '';
    const atFirst = Math.max(0, 1 - this.#position);
    const atLast = Math.max(0, 1 - (this.#lastStart - this.#position));
    const pixels = after * Math.min(1, atLast) - before * Math.min(1, atFirst);
    return this.values.vertical ? `translate(0,${pixels}px)` : `translate(${pixels}px,0)`;
  }

  #showDots(): void {
    this.#dots.show(this.values, this.#current);
  }
}

function axis(vertical: boolean, percent: number): string {
  return vertical ? `translate(0,${percent}%)` : `translate(${percent}%,0)`;
}

const itemDefaults = { itemId: '', skipHiddenItemLayout: false };

export class SwiperItem extends Component<typeof itemDefaults> {
  #look: Look = { transform: '' };

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, itemDefaults);
  }

  place(look: Look, current: boolean): void {
    if (current) this.host.removeAttribute('aria-hidden');
    else this.host.setAttribute('aria-hidden', 'true');
    const before = this.#look;
    this.#look = look;
    if (look.transform !== before.transform || look.opacity !== before.opacity || look.layer !== before.layer)
      this.styleChanged();
  }

  override styleChanged(): void {
    const { transform, opacity, layer, origin } = this.#look;
    const { style } = this.host;
    style.transform = transform;
    if (opacity !== undefined) style.opacity = String(opacity);
    if (layer !== undefined) style.zIndex = String(layer);
    if (origin !== undefined) style.transformOrigin = origin;
  }
}
