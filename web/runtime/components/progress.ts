/** A progress bar, which may grow to its value over time. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component, part } from './component';
import { toPixels } from './properties';

const defaults = {
  percent: 0,
  showInfo: false,
  borderRadius: null as number | string | null,
  fontSize: null as number | string | null,
  strokeWidth: null as number | string | null,
  color: '#09bb07',
  activeColor: '',
  backgroundColor: '',
  active: false,
  activeMode: 'backwards',
  duration: 30,
};
type Values = typeof defaults;

export class Progress extends Component<Values> {
  readonly #bar = part('wx-progress-bar', this.host);
  readonly #inner = part('wx-progress-inner-bar', this.#bar);
  readonly #info = part('wx-progress-info', this.host);
  #shown = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.setAttribute('role', 'progressbar');
    host.setAttribute('aria-valuemin', '0');
    host.setAttribute('aria-valuemax', '100');
    this.update('color');
  }

  override connected(): void {
    this.#moveToPercent();
  }

  override disconnected(): void {
    clearInterval(this.#timer);
  }

  protected override update(name: keyof Values): void {
    const { borderRadius, fontSize, strokeWidth, color, activeColor, backgroundColor, showInfo } = this.values;
    if (name === 'percent' || name === 'active') {
      if (this.host.isConnected) this.#moveToPercent();
      return;
    }
    const radius = `${toPixels(borderRadius, 0)}px`;
    Object.assign(this.#bar.style, { height: `${toPixels(strokeWidth, 6)}px`, backgroundColor, borderRadius: radius });
    Object.assign(this.#inner.style, { backgroundColor: activeColor || color, borderRadius: radius });
    this.#info.style.fontSize = `${toPixels(fontSize, 16)}px`;
    this.#info.hidden = !showInfo;
  }

  #moveToPercent(): void {
    clearInterval(this.#timer);
    const target = Math.max(0, Math.min(100, this.values.percent));
    if (!this.values.active) {
      this.#show(target);
      return;
    }
    if (this.values.activeMode !== 'forwards' || this.#shown > target) this.#show(0);
    this.#timer = setInterval(
      () => {
        if (this.#shown + 1 <= target) return this.#show(this.#shown + 1);
        this.#show(target);
        clearInterval(this.#timer);
        this.emit('activeend', { curPercent: target });
      },
      Math.max(1, this.values.duration),
    );
  }

  #show(percent: number): void {
    this.#shown = percent;
    this.#inner.style.width = `${percent}%`;
    this.#info.textContent = `${percent}%`;
    this.host.setAttribute('aria-valuenow', String(percent));
  }
}
