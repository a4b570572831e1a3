/** Radio buttons and the group in which one of them is chosen. */
import type { ViewContext } from '../view/context';
import { type ViewNode, viewNodeOf } from '../view/node';
import { above, Choice, within } from './choice';
import { Component, part } from './component';

const defaults = { value: '', checked: false, disabled: false, color: '', name: '' };
type Values = typeof defaults;

export class Radio extends Choice<Values> {
  readonly #wrapper = part('wx-radio-wrapper', this.host);
  readonly #mark = part('wx-radio-input', this.#wrapper);
  readonly #content = part('mz-choice-content', this.#wrapper);

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults, 'radio');
    host.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.#group()?.chooseNext(this, step);
    });
  }

  override get container(): Node {
    return this.#content;
  }

  override connected(): void {
    super.connected();
    if (this.values.checked) this.#group()?.settle();
  }

  /** Chooses this one as the user would. */
  choose(): void {
    this.toggled();
    this.host.focus();
  }

  protected override update(name: keyof Values): void {
    super.update(name);
    // Before it stands in the page, others that are drawn with it may be chosen too.
    if (name === 'checked' && this.values.checked && this.host.isConnected) this.#group()?.only(this);
  }

  protected show(): void {
    const { checked, disabled, color } = this.values;
    this.#mark.classList.toggle('wx-radio-input-checked', checked);
    this.#mark.classList.toggle('wx-radio-input-disabled', disabled);
    this.#mark.style.setProperty('--mz-mark', color === '' ? '' : color);
  }

  protected toggled(): void {
    if (this.values.checked) return;
    this.setChecked(true);
    this.lastValueEvent = Math.max(this.lastValueEvent, this.context.events.model(this.node, 'checked', true));
    const group = this.#group();
    group?.only(this);
    group?.changed(this);
  }

  #group(): RadioGroup | null {
    return above(this.node, (component): component is RadioGroup => component instanceof RadioGroup);
  }
}

const groupDefaults = { name: '' };

export class RadioGroup extends Component<typeof groupDefaults> {
  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, groupDefaults);
    host.setAttribute('role', 'radiogroup');
  }

  get fieldName(): string {
    return this.values.name;
  }

  fieldValue(): string {
    return this.#radios().find((radio) => radio.values.checked)?.values.value ?? '';
  }

  resetField(): void {
    for (const radio of this.#radios()) radio.resetField();
  }

  /** Where several were drawn as chosen, the last one is, as in the original. */
  settle(): void {
    const last = this.#radios().findLast((radio) => radio.values.checked);
    if (last !== undefined) this.only(last);
  }

  only(chosen: Radio): void {
    for (const radio of this.#radios()) if (radio !== chosen && radio.values.checked) radio.setChecked(false);
  }

  changed(chosen: Radio): void {
    this.emitValue('value', chosen.values.value, 'change', { value: chosen.values.value });
  }

  chooseNext(from: Radio, step: number): void {
    const radios = this.#radios().filter((radio) => !radio.values.disabled);
    const at = radios.indexOf(from);
    radios[(at + step + radios.length) % radios.length]?.choose();
  }

  #radios(): Radio[] {
    return within(this.host, 'mz-radio', (element) => {
      const component: unknown = viewNodeOf(element)?.component;
      return component instanceof Radio ? component : null;
    });
  }
}
