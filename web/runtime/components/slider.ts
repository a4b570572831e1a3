/** A slider: the value is the user's while a finger is on it. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Component, part } from './component';
import { trackDrag } from './drag';

const defaults = {
  min: 0,
  max: 100,
  step: 1,
  disabled: false,
  value: 0,
  color: '',
  selectedColor: '',
  activeColor: '',
  backgroundColor: '',
  blockSize: 28,
  blockColor: '#ffffff',
  showValue: false,
  name: '',
};
type Values = typeof defaults;

export class Slider extends Component<Values> {
  readonly #wrapper = part('wx-slider-wrapper', this.host);
  readonly #area = part('wx-slider-tap-area', this.#wrapper);
  readonly #track = part('wx-slider-handle-wrapper', this.#area);
  readonly #filled = part('wx-slider-track', this.#track);
  readonly #handle = part('wx-slider-handle', this.#track);
  readonly #number = part('wx-slider-value', this.#wrapper, 'span');
  #initial: number | null = null;
  #dragging = false;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.setAttribute('role', 'slider');
    host.tabIndex = 0;
    trackDrag(this.#area, {
      axis: 'x',
      accepts: () => !this.values.disabled,
      start: (x) => this.#follow(x),
      move: (_deltaX, _deltaY, x) => this.#follow(x),
      end: () => this.#settled(),
    });
    this.#area.addEventListener('click', (event) => {
      if (this.values.disabled || !event.isTrusted) return;
      if (this.#change(this.#valueAt(event.clientX))) this.#settled();
    });
    host.addEventListener('keydown', (event) => this.#key(event));
    this.#show();
  }

  get fieldName(): string {
    return this.values.name;
  }

  fieldValue(): number {
    return this.values.value;
  }

  resetField(): void {
    this.values.value = this.#initial ?? this.values.min;
    this.#show();
  }

  override connected(): void {
    this.#initial ??= this.values.value;
  }

  protected override owns(name: string): boolean {
    return name === 'value';
  }

  override write(name: string, value: unknown, lastEvent: number): void {
    // A value that arrives under a moving finger is older than the finger.
    if (name === 'value' && this.#dragging) return;
    super.write(name, value, lastEvent);
  }

  protected override update(): void {
    this.#show();
  }

  #follow(x: number): void {
    this.#dragging = true;
    if (this.#change(this.#valueAt(x)))
      this.context.events.coalesce(`changing ${this.node.id}`, () => this.#changing());
  }

  #changing(): number {
    const seq = this.context.events.component(this.node, 'changing', { value: this.values.value });
    this.lastValueEvent = Math.max(this.lastValueEvent, seq);
    return seq;
  }

  #settled(): void {
    this.#dragging = false;
    this.context.events.flush(`changing ${this.node.id}`);
    const { value } = this.values;
    this.emitValue('value', value, 'change', { value });
  }

  #change(value: number): boolean {
    if (value === this.values.value) return false;
    this.values.value = value;
    this.#show();
    return true;
  }

  #valueAt(x: number): number {
    const { min, max, step } = this.values;
    const rect = this.#track.getBoundingClientRect();
    const fromStart = this.#fromRight ? rect.right - x : x - rect.left;
    const share = Math.max(0, Math.min(1, fromStart / Math.max(1, rect.width)));
    const steps = Math.round((share * (max - min)) / (step > 0 ? step : 1));
    const decimals = (String(step).split('.')[1] ?? '').length;
    return Math.max(min, Math.min(max, Number((min + steps * (step > 0 ? step : 1)).toFixed(decimals))));
  }

  /** In a page that reads from the right, so does the slider. */
  get #fromRight(): boolean {
    return getComputedStyle(this.host).direction === 'rtl';
  }

  #key(event: KeyboardEvent): void {
    const sideways = this.#fromRight ? -1 : 1;
    const direction = { ArrowRight: sideways, ArrowUp: 1, ArrowLeft: -sideways, ArrowDown: -1 }[event.key];
    if (direction === undefined || this.values.disabled) return;
    event.preventDefault();
    const { min, max, step, value } = this.values;
    if (this.#change(Math.max(min, Math.min(max, value + direction * step)))) this.#settled();
  }

  #show(): void {
    const { min, max, value, showValue, blockColor, activeColor, selectedColor, backgroundColor, color } = this.values;
    const share = max > min ? Math.max(0, Math.min(1, (value - min) / (max - min))) * 100 : 0;
    const size = Math.max(12, Math.min(28, this.values.blockSize));
    this.#track.style.backgroundColor = backgroundColor || color;
    Object.assign(this.#filled.style, { width: `${share}%`, backgroundColor: activeColor || selectedColor });
    Object.assign(this.#handle.style, {
      insetInlineStart: `${share}%`,
      width: `${size}px`,
      height: `${size}px`,
      marginTop: `${-size / 2}px`,
      marginInlineStart: `${-size / 2}px`,
      backgroundColor: blockColor,
    });
    this.#number.hidden = !showValue;
    this.#number.textContent = String(value);
    for (const [name, text] of [
      ['valuemin', min],
      ['valuemax', max],
      ['valuenow', value],
    ] as const) {
      this.host.setAttribute(`aria-${name}`, String(text));
    }
    this.host.setAttribute('aria-disabled', String(this.values.disabled));
  }
}
