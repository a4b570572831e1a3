/**
 * A sheet that grows from the bottom of its place while it is dragged, then lets the scroll-view inside it scroll.
 * The scroll-view says so with `associative-container="draggable-sheet"`; anything else in the sheet drags it too.
 */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component, part } from '../component';
import { toNumber } from '../properties';
import { LinkedScroll } from './linked-scroll';

const defaults = {
  initialChildSize: 0.5,
  minChildSize: 0.25,
  maxChildSize: 1,
  snap: false,
  snapSizes: null as unknown as null,
};
type Values = typeof defaults;

const methodNames: ReadonlySet<string> = new Set(['scrollTo']);

export class DraggableSheet extends Component<Values> {
  readonly #sheet = part('mz-draggable-sheet', this.host);
  readonly #linked = new LinkedScroll({
    position: () => this.#size - this.values.minChildSize * this.#place,
    limit: () => (this.values.maxChildSize - this.values.minChildSize) * this.#place,
    place: (position) => this.#show(this.values.minChildSize * this.#place + position),
    settle: (velocity) => this.#settle(velocity),
  });
  #size = 0;
  #told = -1;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  override get container(): Node {
    return this.#sheet;
  }

  override get methods(): ReadonlySet<string> {
    return methodNames;
  }

  override connected(): void {
    this.#show(this.values.initialChildSize * this.#place);
    this.#linked.follow(this.#sheet);
  }

  override resized(): void {
    const share = this.#told < 0 ? this.values.initialChildSize : this.#told;
    this.#show(share * this.#place);
  }

  /** Called by a scroll-view inside: it scrolls only once the sheet is as large as it gets. */
  associate(body: HTMLElement): void {
    this.#linked.follow(body);
  }

  override invoke(_method: string, [given]: readonly unknown[]): Promise<void> {
    const options = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
    const wanted =
      options['pixels'] === undefined
        ? toNumber(options['size'], this.values.initialChildSize) * this.#place
        : toNumber(options['pixels'], 0);
    const { minChildSize, maxChildSize } = this.values;
    const size = Math.max(minChildSize * this.#place, Math.min(maxChildSize * this.#place, wanted));
    const duration = options['animated'] === false ? 0 : toNumber(options['duration'], 300);
    return this.#linked.moveHead(size - minChildSize * this.#place, duration);
  }

  protected override update(): void {
    if (this.host.isConnected && this.#told < 0) this.connected();
  }

  /** Height that a size of 1 stands for. */
  get #place(): number {
    return Math.max(1, this.host.clientHeight);
  }

  #show(pixels: number): void {
    this.#size = pixels;
    this.#sheet.style.height = `${pixels}px`;
    const size = Math.round((pixels / this.#place) * 10_000) / 10_000;
    if (size === this.#told) return;
    this.#told = size;
    this.context.events.worklet(this.node, 'onsizeupdate', { pixels, size });
  }

  #settle(velocity: number): number | null {
    const { snap, snapSizes, minChildSize, maxChildSize } = this.values;
    if (!snap) return null;
    const given: unknown = snapSizes;
    const sizes = [minChildSize, maxChildSize, ...(Array.isArray(given) ? given.map(Number) : [])]
      .filter((size) => size >= minChildSize && size <= maxChildSize)
      .sort((left, right) => left - right);
    const now = this.#size / this.#place;
    let target = sizes.reduce(
      (best, size) => (Math.abs(size - now) < Math.abs(best - now) ? size : best),
      minChildSize,
    );
    // A flick goes to the next in its direction, however near the other is.
    if (velocity > 0.4) target = sizes.find((size) => size > now + 0.001) ?? target;
    else if (velocity < -0.4) target = sizes.findLast((size) => size < now - 0.001) ?? target;
    return (target - minChildSize) * this.#place;
  }
}
