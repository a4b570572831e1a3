/**
 * `canvas`: a surface that the logic worker draws on. The bitmap belongs to a part of ours in the element; its control
 * goes to the worker once, when the app asks for the node or draws, and from then on frames reach the screen without
 * passing through this frame's code.
 */
import { ownEvents } from '../../protocol';
import type { ViewContext } from '../../view/context';
import { HandedOver } from '../../view/methods/handed-over';
import type { ViewNode } from '../../view/node';
import { Component, part } from '../component';

const defaults = { type: '', canvasId: '', disableScroll: false };
type Values = typeof defaults;

/** Class of a canvas under a finger of which the page doesn't scroll. */
const noPan = 'mz-no-pan';

const methods: ReadonlySet<string> = new Set(['canvas']);

export class Canvas extends Component<Values> {
  readonly #surface = part('mz-canvas-surface', undefined, 'canvas') as HTMLCanvasElement;
  #handedOver = false;
  readonly #sizes = new ResizeObserver(() => this.#resized());

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.prepend(this.#surface);
  }

  protected override update(name: keyof Values): void {
    if (name !== 'disableScroll') return;
    this.node.takeOff(noPan);
    if (this.values.disableScroll) this.node.wear(noPan);
  }

  override disconnected(): void {
    this.#sizes.disconnect();
  }

  override connected(): void {
    if (this.#handedOver) this.#sizes.observe(this.host);
  }

  override get methods(): ReadonlySet<string> {
    return methods;
  }

  /** The corner that `x` and `y` of touches start from. */
  override get touchOrigin(): { left: number; top: number } {
    const { left, top } = this.#surface.getBoundingClientRect();
    return { left, top };
  }

  override invoke(): HandedOver {
    if (this.#handedOver) throw new Error('the canvas was handed over before');
    if (typeof this.#surface.transferControlToOffscreen !== 'function') {
      throw new Error('this browser can’t draw a canvas from a worker');
    }
    const canvas = this.#surface.transferControlToOffscreen();
    this.#handedOver = true;
    this.#sizes.observe(this.host);
    return new HandedOver({ canvas, ...this.#size() }, [canvas]);
  }

  #size(): { width: number; height: number } {
    return { width: this.#surface.clientWidth, height: this.#surface.clientHeight };
  }

  #resized(): void {
    this.context.events.send(this.node, ownEvents.canvasSize, this.#size());
  }
}
