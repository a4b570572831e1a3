/** A switch, which may also look like a checkbox. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Choice } from './choice';
import { part } from './component';

const defaults = { value: '', checked: false, disabled: false, color: '', name: '', type: 'switch' };
type Values = typeof defaults;

export class Switch extends Choice<Values> {
  readonly #wrapper = part('wx-switch-wrapper', this.host);
  readonly #track = part('wx-switch-input', this.#wrapper);
  readonly #box = part('wx-checkbox-input', this.#wrapper);

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults, 'switch');
    this.#box.hidden = true;
  }

  get fieldName(): string {
    return this.values.name;
  }

  fieldValue(): boolean {
    return this.values.checked;
  }

  protected show(): void {
    const { checked, disabled, color, type } = this.values;
    const asBox = type === 'checkbox';
    this.#track.hidden = asBox;
    this.#box.hidden = !asBox;
    this.#track.classList.toggle('wx-switch-input-checked', checked);
    this.#track.classList.toggle('wx-switch-input-disabled', disabled);
    this.#track.style.backgroundColor = checked ? color : '';
    this.#track.style.borderColor = checked ? color : '';
    this.#box.classList.toggle('wx-checkbox-input-checked', checked);
    this.#box.classList.toggle('wx-checkbox-input-disabled', disabled);
    this.#box.style.color = color;
  }

  protected toggled(): void {
    this.setChecked(!this.values.checked);
    const { checked } = this.values;
    this.emitValue('checked', checked, 'change', { value: checked });
  }
}
