/** Checkboxes and the group that reports which of them are ticked. */
import type { ViewContext } from '../view/context';
import { type ViewNode, viewNodeOf } from '../view/node';
import { above, Choice, within } from './choice';
import { Component, part } from './component';

const defaults = { value: '', checked: false, disabled: false, color: '', name: '' };
type Values = typeof defaults;

export class Checkbox extends Choice<Values> {
  readonly #wrapper = part('wx-checkbox-wrapper', this.host);
  readonly #box = part('wx-checkbox-input', this.#wrapper);
  readonly #content = part('mz-choice-content', this.#wrapper);

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults, 'checkbox');
  }

  override get container(): Node {
    return this.#content;
  }

  protected show(): void {
    const { checked, disabled, color } = this.values;
    this.#box.classList.toggle('wx-checkbox-input-checked', checked);
    this.#box.classList.toggle('wx-checkbox-input-disabled', disabled);
    this.#box.style.color = color;
  }

  protected toggled(): void {
    this.setChecked(!this.values.checked);
    this.lastValueEvent = Math.max(
      this.lastValueEvent,
      this.context.events.model(this.node, 'checked', this.values.checked),
    );
    above(this.node, (component): component is CheckboxGroup => component instanceof CheckboxGroup)?.changed();
  }
}

const groupDefaults = { name: '' };

export class CheckboxGroup extends Component<typeof groupDefaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, groupDefaults);
    host.setAttribute('role', 'group');
  }

  get fieldName(): string {
    return this.values.name;
  }

  fieldValue(): string[] {
    return this.#boxes().flatMap((box) => (box.values.checked ? [box.values.value] : []));
  }

  resetField(): void {
    for (const box of this.#boxes()) box.resetField();
  }

  changed(): void {
    this.emitValue('value', this.fieldValue(), 'change', { value: this.fieldValue() });
  }

  #boxes(): Checkbox[] {
    return within(this.host, 'mz-checkbox', (element) => {
      const component: unknown = viewNodeOf(element)?.component;
      return component instanceof Checkbox ? component : null;
    });
  }
}
