/**
 * A box that a page opens out of. Closed it is a surface with colour, corners and a shadow. A tap on it is told to the
 * shell: the page that the tap leads to (`navigateTo`) grows out of the box and returns into it. The box is in this
 * frame and the page in another, so that only where it is and how it looks goes over, as numbers, and its picture.
 */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component, part } from '../component';
import { toPixels } from '../properties';
import { pictureFor } from '../share-element';

const defaults = {
  transitionType: 'fade',
  transitionDuration: 300,
  closedColor: 'white',
  closedElevation: 0,
  closedBorderRadius: null as number | string | null,
  /** The documented name of the same is a letter shorter. */
  closeBorderRadius: null as number | string | null,
  middleColor: '',
  openColor: 'white',
  openElevation: 0,
  openBorderRadius: null as number | string | null,
};
type Values = typeof defaults;

export class OpenContainer extends Component<Values> {
  #stopListening: () => void = () => undefined;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.update();
  }

  override connected(): void {
    this.#stopListening = this.context.services.listen(this.node, (name, detail) => this.#told(name, detail));
  }

  override disconnected(): void {
    this.#stopListening();
  }

  override activate(): boolean {
    this.#ask('container.tapped', {});
    return false;
  }

  protected override update(): void {
    const { style } = this.host;
    style.setProperty('--mz-surface', this.values.closedColor);
    style.setProperty('--mz-corner', `${this.#closedCorner}px`);
    const height = Math.max(0, this.values.closedElevation);
    style.setProperty('--mz-shadow', height === 0 ? 'none' : `0 ${height / 2}px ${height * 2}px rgba(0,0,0,0.24)`);
  }

  override styleChanged(): void {
    this.update();
  }

  get #closedCorner(): number {
    return toPixels(this.values.closedBorderRadius ?? this.values.closeBorderRadius, 0);
  }

  #told(name: string, detail: unknown): void {
    const request = (detail as { request?: unknown } | null)?.request;
    if (name === 'container.measure') this.#measured(request);
    else if (name === 'flight.picture') void this.#pictured(request);
  }

  #measured(request: unknown): void {
    const { values } = this;
    const { left, top, width, height } = this.host.getBoundingClientRect();
    const colour = colourReader(this.host);
    const closed = colour(values.closedColor);
    this.#ask('container.measured', {
      request,
      left,
      top,
      width,
      height,
      type: values.transitionType === 'fadeThrough' ? 'fadeThrough' : 'fade',
      duration: values.transitionDuration,
      closedColour: closed,
      middleColour: values.middleColor === '' ? closed : colour(values.middleColor),
      openColour: colour(values.openColor),
      closedElevation: values.closedElevation,
      openElevation: values.openElevation,
      closedCorner: this.#closedCorner,
      openCorner: toPixels(values.openBorderRadius, 0),
    });
  }

  async #pictured(request: unknown): Promise<void> {
    // The surface that grows has these itself.
    const look = { background: 'none', boxShadow: 'none', borderRadius: '0', visibility: 'visible' };
    const picture = await pictureFor(this.host, look);
    this.#ask('flight.pictured', { request, ...(picture === undefined ? {} : { picture }) });
  }

  #ask(op: string, args: Record<string, unknown>): void {
    this.context.services.ask(this.node, op, args).catch(() => undefined);
  }
}

/** Colours of CSS as red, green, blue of 255 and opacity of 1; what is no colour is white. */
function colourReader(host: HTMLElement): (colour: string) => number[] {
  return (colour) => {
    const probe = part('', host);
    probe.style.color = 'white';
    probe.style.color = colour;
    const numbers =
      getComputedStyle(probe)
        .color.match(/[\d.]+/g)
        ?.map(Number) ?? [];
    probe.remove();
    const [red = 255, green = 255, blue = 255, opacity = 1] = numbers;
    return [red, green, blue, opacity];
  };
}
