/** A sheet that an app draws over its page: a mask, and content that rises from an edge while `show` is set. */
import type { ViewContext } from '../view/context';
import { reducedMotion } from '../view/motion';
import { standFor, type ViewNode } from '../view/node';
import { convertRpx } from '../view/style/text';
import { Component, part } from './component';

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

export class PageContainer extends Component<Values> {
  readonly #layer = part('mz-page-container', this.host);
  readonly #mask = part('mz-page-container-mask', this.#layer);
  readonly #content = part('mz-page-container-content', this.#layer);
  #shown = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    standFor(this.#layer, node);
    let pressed = false;
    this.#mask.addEventListener('pointerdown', () => {
      pressed = this.#shown;
    });
    // Not the click that follows the touch which opened it.
    this.#mask.addEventListener('click', () => {
      if (pressed) this.emit('clickoverlay');
      pressed = false;
    });
    this.#layer.dataset['position'] = defaults.position;
  }

  override get container(): Node {
    return this.#content;
  }

  override connected(): void {
    document.body.append(this.#layer);
    this.#follow();
  }

  override disconnected(): void {
    clearTimeout(this.#timer);
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

  #follow(): void {
    const { show, duration } = this.values;
    if (show === this.#shown) return;
    this.#shown = show;
    const [before, during, after] = show
      ? ['beforeenter', 'enter', 'afterenter']
      : ['beforeleave', 'leave', 'afterleave'];
    this.emit(before ?? '');
    void this.#layer.offsetHeight;
    this.#layer.classList.toggle('mz-open', show);
    this.emit(during ?? '');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.emit(after ?? ''), reducedMotion() ? 0 : duration);
  }
}
