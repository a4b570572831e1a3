/**
 * A sheet that an app draws over its page: a mask, and content that comes from an edge while `show` is set. Going
 * back closes it before it closes the page.
 */
import type { ViewContext } from '../view/context';
import { reducedMotion } from '../view/motion';
import { standFor, type ViewNode } from '../view/node';
import { convertRpx } from '../view/style/text';
import { Component, part } from './component';
import { trackDrag } from './drag';
import { portals } from './portals';
import { flightsOf, launch } from './share-element';

const defaults = {
  show: false,
  duration: 300,
  zIndex: 100,
  overlay: true,
  position: 'bottom',
  round: false,
  closeOnSlideDown: false,
  overlayStyle: '',
  customStyle: '',
};
type Values = typeof defaults;

/** A sheet that was dragged down by this much, or this fast (CSS pixels a millisecond), closes. */
const closeAfter = 80;
const closeSpeed = 0.5;

export class PageContainer extends Component<Values> {
  readonly #layer = part('mz-page-container', this.host);
  readonly #mask = part('mz-page-container-mask', this.#layer);
  readonly #content = part('mz-page-container-content', this.#layer);
  #shown = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopListening: () => void = () => undefined;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    standFor(this.#layer, node);
    let pressed = false;
    this.#mask.addEventListener('pointerdown', () => {
      pressed = this.#shown;
    });
    // Not the click that follows the touch which opened it.
    this.#mask.addEventListener('click', () => {
      if (pressed) {
        this.emit('clickoverlay');
        this.#close();
      }
      pressed = false;
    });
    this.#layer.dataset['position'] = defaults.position;
    this.#layer.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#close();
    });
    this.#closeBySlide();
  }

  override get container(): Node {
    return this.#content;
  }

  override connected(): void {
    portals().append(this.#layer);
    this.#stopListening = this.context.services.listen(this.node, (name) => name === 'back' && this.#close());
    this.#follow();
  }

  override disconnected(): void {
    clearTimeout(this.#timer);
    this.#stopListening();
    if (this.#shown) this.#holdBack(false);
    this.#shown = false;
    this.#layer.classList.remove('mz-open');
    this.host.append(this.#layer);
  }

  protected override update(): void {
    const { values } = this;
    this.#layer.dataset['position'] = values.position;
    this.#layer.classList.toggle('mz-round', values.round);
    this.#layer.style.zIndex = String(values.zIndex);
    this.#layer.style.setProperty('--mz-duration', `${reducedMotion() ? 0 : values.duration}ms`);
    this.#mask.hidden = !values.overlay;
    this.#mask.style.cssText = convertRpx(values.overlayStyle);
    this.#content.style.cssText = convertRpx(values.customStyle);
    if (this.host.isConnected) this.#follow();
  }

  #closeBySlide(): void {
    const content = this.#content;
    trackDrag(content, {
      axis: 'y',
      accepts: (_x, y) =>
        y > 0 && this.values.closeOnSlideDown && this.values.position === 'bottom' && content.scrollTop <= 0,
      move: (_x, y) => {
        content.style.transition = 'none';
        content.style.transform = `translateY(${Math.max(0, y)}px)`;
      },
      end: (_x, velocity) => {
        const moved = new DOMMatrix(getComputedStyle(content).transform).m42;
        content.style.transition = '';
        content.style.transform = '';
        if (moved > closeAfter || velocity > closeSpeed) this.#close();
      },
    });
  }

  /** The user closes it: the page learns of it by the events, and by its binding where `show` has one. */
  #close(): void {
    if (!this.#shown) return;
    this.values.show = false;
    this.context.events.model(this.node, 'show', false);
    this.#follow();
  }

  #follow(): void {
    const { show, duration } = this.values;
    if (show === this.#shown) return;
    this.#shown = show;
    this.#holdBack(show);
    const [before, during, after] = show
      ? ['beforeenter', 'enter', 'afterenter']
      : ['beforeleave', 'leave', 'afterleave'];
    this.emit(before ?? '');
    void this.#layer.offsetHeight;
    const flights = show ? this.#whereItWillBe(() => flightsOf(this.#layer, true)) : flightsOf(this.#layer, false);
    this.#layer.classList.toggle('mz-open', show);
    launch(flights);
    this.emit(during ?? '');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.emit(after ?? ''), reducedMotion() ? 0 : duration);
  }

  /** Measures as if the sheet had come already. */
  #whereItWillBe<Measured>(measure: () => Measured): Measured {
    this.#content.style.transition = 'none';
    this.#layer.classList.add('mz-open');
    const measured = measure();
    this.#layer.classList.remove('mz-open');
    void this.#layer.offsetHeight;
    this.#content.style.transition = '';
    return measured;
  }

  #holdBack(held: boolean): void {
    this.context.services.ask(this.node, 'back.hold', { held }).catch(() => undefined);
  }
}
