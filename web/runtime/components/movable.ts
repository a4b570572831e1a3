/** A view that a finger moves inside its area, and scales where it is allowed to. */
import type { ViewContext } from '../view/context';
import { motion } from '../view/motion';
import type { ViewNode } from '../view/node';
import { above } from './choice';
import { Component } from './component';
import { trackDrag } from './drag';
import { toPixels } from './properties';

const areaDefaults = { scaleArea: false };

export class MovableArea extends Component<typeof areaDefaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, areaDefaults);
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

export class MovableView extends Component<Values> {
  #x = 0;
  #y = 0;
  #fromX = 0;
  #fromY = 0;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    trackDrag(host, {
      axis: 'both',
      accepts: (x, y) => this.#accepts(x, y),
      start: () => {
        this.#fromX = this.#x;
        this.#fromY = this.#y;
      },
      move: (x, y) => this.#drag(x, y),
      end: (x, y) => this.#fling(x, y),
    });
  }

  override connected(): void {
    this.#goTo(toPixels(this.values.x, 0), toPixels(this.values.y, 0), '', false);
  }

  override styleChanged(): void {
    this.#show();
  }

  protected override update(name: keyof Values): void {
    if (!this.host.isConnected) return;
    if (name === 'x' || name === 'y') {
      this.#goTo(toPixels(this.values.x, this.#x), toPixels(this.values.y, this.#y), '', this.values.animation);
    } else if (name === 'scaleValue') {
      this.#show();
      this.emit('scale', { x: this.#x, y: this.#y, scale: this.#scale() });
    }
  }

  #accepts(x: number, y: number): boolean {
    const { direction, disabled } = this.values;
    if (disabled || direction === 'none') return false;
    return direction === 'all' || (direction === 'horizontal') === Math.abs(x) >= Math.abs(y);
  }

  #drag(x: number, y: number): void {
    const { direction } = this.values;
    const toX = this.#fromX + (direction === 'vertical' ? 0 : x);
    const toY = this.#fromY + (direction === 'horizontal' ? 0 : y);
    const [boundX, boundY] = this.#bound(toX, toY);
    const out = this.values.outOfBounds;
    this.#x = out ? boundX + (toX - boundX) / 3 : boundX;
    this.#y = out ? boundY + (toY - boundY) / 3 : boundY;
    this.#show();
    this.#changed(out && (boundX !== toX || boundY !== toY) ? 'touch-out-of-bounds' : 'touch');
  }

  #fling(velocityX: number, velocityY: number): void {
    const reach = this.values.inertia ? 250 / Math.max(0.5, this.values.friction) : 0;
    const { direction } = this.values;
    const toX = this.#x + (direction === 'vertical' ? 0 : velocityX * reach);
    const toY = this.#y + (direction === 'horizontal' ? 0 : velocityY * reach);
    const [x, y] = this.#bound(toX, toY);
    if (x !== this.#x || y !== this.#y) this.#goTo(x, y, reach > 0 ? 'friction' : 'out-of-bounds', true);
  }

  #goTo(x: number, y: number, source: string, animated: boolean): void {
    const [toX, toY] = this.#bound(x, y);
    const fromX = this.#x;
    const fromY = this.#y;
    void motion(animated ? 300 : 0, (done) => {
      this.#x = fromX + (toX - fromX) * done;
      this.#y = fromY + (toY - fromY) * done;
      this.#show();
      if (toX !== fromX || toY !== fromY) this.#changed(source);
    });
  }

  #bound(x: number, y: number): [x: number, y: number] {
    const area = above(this.node, (component): component is MovableArea => component instanceof MovableArea)?.host;
    if (area === undefined) return [x, y];
    return [
      within(x, area.clientWidth - this.host.offsetLeft - this.host.offsetWidth),
      within(y, area.clientHeight - this.host.offsetTop - this.host.offsetHeight),
    ];
  }

  #changed(source: string): void {
    const detail = { x: Math.round(this.#x * 100) / 100, y: Math.round(this.#y * 100) / 100, source };
    if (!this.context.events.listeners.has(this.node, 'change')) return;
    this.context.events.coalesce(`change ${this.node.id}`, () =>
      this.context.events.component(this.node, 'change', detail),
    );
  }

  #scale(): number {
    const { scale, scaleValue, scaleMin, scaleMax } = this.values;
    return scale ? Math.max(scaleMin, Math.min(scaleMax, scaleValue)) : 1;
  }

  #show(): void {
    this.host.style.transform = `translate(${this.#x}px,${this.#y}px) scale(${this.#scale()})`;
  }
}

/** Between 0 and the room there is; a view larger than its area moves the other way. */
function within(value: number, room: number): number {
  return Math.max(Math.min(0, room), Math.min(Math.max(0, room), value));
}
