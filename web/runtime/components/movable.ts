/** A view that a finger moves inside its area, and two fingers (or a wheel) scale where that is allowed. */
import type { ViewContext } from '../view/context';
import { motion } from '../view/motion';
import { type ViewNode, viewNodeOf } from '../view/node';
import { above } from './choice';
import { Component } from './component';
import { trackDrag } from './drag';
import { type Glide, glide, usualDecay } from './glide';
import { trackPinch } from './pinch';
import { toPixels } from './properties';

const areaDefaults = { scaleArea: false };

export class MovableArea extends Component<typeof areaDefaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, areaDefaults);
    let view: MovableView | null = null;
    // With `scale-area`, two fingers anywhere in the area scale the view in it.
    trackPinch(host, {
      accepts: () => this.values.scaleArea && this.#views().some((one) => one.values.scale),
      start: () => {
        view = this.#views().find((one) => one.values.scale) ?? null;
        view?.pinchStart();
      },
      scale: (by) => view?.pinch(by),
      end: () => view?.pinchEnd(),
    });
  }

  #views(): MovableView[] {
    return [...this.host.querySelectorAll('mz-movable-view')].flatMap((element) => {
      const component: unknown = viewNodeOf(element)?.component;
      return component instanceof MovableView ? [component] : [];
    });
  }
}

const defaults = {
  direction: 'none',
  inertia: false,
  outOfBounds: false,
  x: null as number | string | null,
  y: null as number | string | null,
  damping: 20,
  friction: 2,
  disabled: false,
  scale: false,
  scaleMin: 0.5,
  scaleMax: 10,
  scaleValue: 1,
  animation: true,
};
type Values = typeof defaults;

const keySteps: Record<string, [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class MovableView extends Component<Values> {
  #x = 0;
  #y = 0;
  #scale = 1;
  #from = { x: 0, y: 0, scale: 1 };
  #run = 0;
  #glide: Glide | null = null;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    trackDrag(host, {
      axis: 'both',
      down: () => this.#stop(),
      accepts: (x, y) => this.#accepts(x, y),
      start: () => {
        this.#from = { x: this.#x, y: this.#y, scale: this.#scale };
      },
      move: (x, y) => this.#drag(x, y),
      end: (x, y) => this.#fling(x, y),
    });
    trackPinch(host, {
      accepts: () => this.values.scale && !this.values.disabled,
      start: () => this.pinchStart(),
      scale: (by) => this.pinch(by),
      end: () => this.pinchEnd(),
    });
    host.addEventListener('keydown', (event) => this.#key(event));
  }

  override connected(): void {
    this.#scale = this.#bounded(this.values.scaleValue);
    this.#goTo(toPixels(this.values.x, 0), toPixels(this.values.y, 0), '', 0);
  }

  override disconnected(): void {
    this.#stop();
  }

  override resized(): void {
    this.#goTo(this.#x, this.#y, '', 0);
  }

  override styleChanged(): void {
    this.#show();
  }

  pinchStart(): void {
    this.#stop();
    this.#from = { x: this.#x, y: this.#y, scale: this.#scale };
  }

  pinch(by: number): void {
    this.#scaleTo(this.#from.scale * by);
  }

  pinchEnd(): void {
    this.#goTo(this.#x, this.#y, 'out-of-bounds', this.#pace);
  }

  protected override update(name: keyof Values): void {
    if (name === 'disabled' || name === 'direction') {
      const movable = !this.values.disabled && this.values.direction !== 'none';
      this.host.tabIndex = movable ? 0 : -1;
    }
    if (!this.host.isConnected) return;
    if (name === 'x' || name === 'y') {
      const [x, y] = [toPixels(this.values.x, this.#x), toPixels(this.values.y, this.#y)];
      this.#goTo(x, y, '', this.values.animation ? this.#pace : 0);
    } else if (name === 'scaleValue' || name === 'scaleMin' || name === 'scaleMax') {
      const { animation, scaleValue } = this.values;
      const from = this.#scale;
      const to = this.#bounded(name === 'scaleValue' ? scaleValue : from);
      const run = ++this.#run;
      void motion(animation && to !== from ? this.#pace : 0, (done) => {
        if (run === this.#run && to !== from) this.#scaleTo(from + (to - from) * done);
      }).then(() => run === this.#run && this.#goTo(this.#x, this.#y, '', 0));
    }
  }

  /** Time of a motion, milliseconds: `damping` makes it quicker. */
  get #pace(): number {
    return Math.max(60, Math.min(2000, (300 * 20) / Math.max(1, this.values.damping)));
  }

  #stop(): void {
    this.#run += 1;
    this.#glide?.stop();
  }

  #accepts(x: number, y: number): boolean {
    const { direction, disabled } = this.values;
    if (disabled || direction === 'none') return false;
    const sideways = Math.abs(x) >= Math.abs(y);
    if (direction !== 'all' && (direction === 'horizontal') !== sideways) return false;
    this.emit(sideways ? 'htouchmove' : 'vtouchmove');
    return true;
  }

  #drag(x: number, y: number): void {
    const { direction, outOfBounds } = this.values;
    const toX = this.#from.x + (direction === 'vertical' ? 0 : x);
    const toY = this.#from.y + (direction === 'horizontal' ? 0 : y);
    const [boundX, boundY] = this.#bound(toX, toY);
    this.#x = outOfBounds ? boundX + (toX - boundX) / 3 : boundX;
    this.#y = outOfBounds ? boundY + (toY - boundY) / 3 : boundY;
    this.#show();
    this.#changed(outOfBounds && (boundX !== toX || boundY !== toY) ? 'touch-out-of-bounds' : 'touch');
  }

  #fling(velocityX: number, velocityY: number): void {
    const { inertia, friction, direction } = this.values;
    const speedX = direction === 'vertical' ? 0 : velocityX;
    const speedY = direction === 'horizontal' ? 0 : velocityY;
    const speed = Math.hypot(speedX, speedY);
    const [x, y] = this.#bound(this.#x, this.#y);
    const outside = x !== this.#x || y !== this.#y;
    if (outside || !inertia || speed === 0) {
      if (outside) this.#goTo(x, y, 'out-of-bounds', this.#pace);
      return;
    }
    this.#glide = glide(
      speed,
      (distance) => {
        const toX = this.#x + (distance * speedX) / speed;
        const toY = this.#y + (distance * speedY) / speed;
        const [boundX, boundY] = this.#bound(toX, toY);
        this.#x = boundX;
        this.#y = boundY;
        this.#show();
        this.#changed('friction');
        return boundX === toX || boundY === toY;
      },
      undefined,
      (usualDecay * 2) / Math.max(0.1, friction),
    );
  }

  #key(event: KeyboardEvent): void {
    const step = keySteps[event.key];
    if (step === undefined || event.target !== this.host || !this.#accepts(step[0], step[1])) return;
    event.preventDefault();
    this.#goTo(this.#x + step[0] * 10, this.#y + step[1] * 10, 'touch', 0);
  }

  #goTo(x: number, y: number, source: string, duration: number): void {
    const [toX, toY] = this.#bound(x, y);
    const fromX = this.#x;
    const fromY = this.#y;
    const run = ++this.#run;
    void motion(toX === fromX && toY === fromY ? 0 : duration, (done) => {
      if (run !== this.#run) return;
      this.#x = fromX + (toX - fromX) * done;
      this.#y = fromY + (toY - fromY) * done;
      this.#show();
      if (toX !== fromX || toY !== fromY) this.#changed(source);
    });
  }

  #scaleTo(scale: number): void {
    this.#scale = this.#bounded(scale);
    const [x, y] = this.values.outOfBounds ? [this.#x, this.#y] : this.#bound(this.#x, this.#y);
    this.#x = x;
    this.#y = y;
    this.#show();
    if (!this.context.events.listeners.has(this.node, 'scale')) return;
    const detail = { x: rounded(this.#x), y: rounded(this.#y), scale: rounded(this.#scale, 1000) };
    this.context.events.coalesce(`scale ${this.node.id}`, () =>
      this.context.events.component(this.node, 'scale', detail),
    );
  }

  #bounded(scale: number): number {
    const { scale: allowed, scaleMin, scaleMax } = this.values;
    return allowed ? Math.max(Math.max(0.1, scaleMin), Math.min(Math.max(0.1, scaleMax), scale)) : 1;
  }

  /** The nearest place inside the area; the view grows and shrinks around its middle. */
  #bound(x: number, y: number): [x: number, y: number] {
    const area = above(this.node, (component): component is MovableArea => component instanceof MovableArea)?.host;
    if (area === undefined) return [x, y];
    const { offsetWidth, offsetHeight, offsetLeft, offsetTop } = this.host;
    const growX = ((this.#scale - 1) * offsetWidth) / 2;
    const growY = ((this.#scale - 1) * offsetHeight) / 2;
    return [
      within(x, growX, area.clientWidth - offsetLeft - offsetWidth - growX),
      within(y, growY, area.clientHeight - offsetTop - offsetHeight - growY),
    ];
  }

  #changed(source: string): void {
    if (!this.context.events.listeners.has(this.node, 'change')) return;
    const detail = { x: rounded(this.#x), y: rounded(this.#y), source };
    this.context.events.coalesce(`change ${this.node.id}`, () =>
      this.context.events.component(this.node, 'change', detail),
    );
  }

  #show(): void {
    this.host.style.transform = `translate(${this.#x}px,${this.#y}px) scale(${this.#scale})`;
  }
}

function rounded(value: number, steps = 100): number {
  return Math.round(value * steps) / steps;
}

/** Between the two ends; a view larger than its area has them the other way round. */
function within(value: number, low: number, high: number): number {
  return Math.max(Math.min(low, high), Math.min(Math.max(low, high), value));
}
