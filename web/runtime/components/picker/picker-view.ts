/** A picker that stands in the page: columns of views that the app drew. */
import type { ViewContext } from '../../view/context';
import { type ViewNode, viewNodeOf } from '../../view/node';
import { convertRpx } from '../../view/style/text';
import { above } from '../choice';
import { Component, part } from '../component';
import { Wheel } from './wheel';

const defaults = {
  value: null as unknown as null,
  indicatorStyle: '',
  indicatorClass: '',
  maskStyle: '',
  maskClass: '',
  immediateChange: false,
  name: '',
};
type Values = typeof defaults;

export class PickerView extends Component<Values> {
  readonly #wrapper = part('wx-picker-view-wrapper', this.host);

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
  }

  override get container(): Node {
    return this.#wrapper;
  }

  get fieldName(): string {
    return this.values.name;
  }

  fieldValue(): number[] {
    return this.columns().map((column) => column.wheel.index);
  }

  resetField(): void {
    for (const column of this.columns()) column.wheel.set(0, false);
  }

  columns(): PickerViewColumn[] {
    return [...this.#wrapper.children].flatMap((element) => {
      const component: unknown = viewNodeOf(element)?.component;
      return component instanceof PickerViewColumn ? [component] : [];
    });
  }

  /** The row that the page wants in a column. */
  wanted(column: PickerViewColumn): number {
    const value: unknown = this.values.value;
    const index = this.columns().indexOf(column);
    const row: unknown = Array.isArray(value) ? value[index] : 0;
    return typeof row === 'number' ? row : 0;
  }

  picking(phase: 'pickstart' | 'pickend'): void {
    this.emit(phase);
  }

  /** With `immediate-change` the page learns of the row when the finger leaves, not when the wheel rests. */
  decided(column: PickerViewColumn, row: number): void {
    if (!this.values.immediateChange || row === this.wanted(column)) return;
    this.changed(this.columns().map((other) => (other === column ? row : other.wheel.index)));
  }

  rested(): void {
    const rows = this.fieldValue();
    const known: unknown = this.values.value;
    const told = Array.isArray(known) && rows.every((row, index) => row === known[index]);
    if (!this.values.immediateChange || !told) this.changed(rows);
  }

  changed(value: number[]): void {
    (this.values as Record<string, unknown>)['value'] = value;
    this.emitValue('value', value, 'change', { value });
  }

  override childrenChanged(): void {
    for (const column of this.columns()) column.dress();
  }

  protected override owns(name: string): boolean {
    return name === 'value';
  }

  protected override update(name: keyof Values): void {
    if (!this.host.isConnected) return;
    if (name === 'value') for (const column of this.columns()) column.wheel.set(this.wanted(column), false);
    else for (const column of this.columns()) column.dress();
  }
}

export class PickerViewColumn extends Component<Record<string, never>> {
  readonly #group = part('wx-picker-view-group', this.host);
  readonly #mask = part('wx-picker-view-mask', this.#group);
  readonly #indicator = part('wx-picker-view-indicator', this.#group);
  readonly #content = part('wx-picker-view-content', this.#group);
  readonly wheel: Wheel;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, {});
    host.setAttribute('role', 'listbox');
    host.tabIndex = 0;
    this.wheel = new Wheel(this.#group, this.#content, this.#indicator, {
      started: () => this.#view()?.picking('pickstart'),
      decided: (row) => this.#view()?.decided(this, row),
      stopped: (_index, changed) => {
        if (changed) this.#view()?.rested();
        this.#view()?.picking('pickend');
      },
    });
    host.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.wheel.step(step);
    });
  }

  override get container(): Node {
    return this.#content;
  }

  override connected(): void {
    this.dress();
    this.wheel.refresh();
    this.wheel.set(this.#view()?.wanted(this) ?? 0, false);
  }

  override childrenChanged(): void {
    this.wheel.refresh();
    const wanted = this.#view()?.wanted(this);
    if (wanted !== undefined && wanted !== this.wheel.index) this.wheel.set(wanted, false);
  }

  override resized(): void {
    this.wheel.refresh();
  }

  /** Puts on the styles and classes that the picker-view has for its columns. */
  dress(): void {
    const values = this.#view()?.values;
    if (values === undefined) return;
    this.#indicator.style.cssText = convertRpx(values.indicatorStyle);
    this.#indicator.className = `wx-picker-view-indicator ${values.indicatorClass}`;
    this.#mask.style.cssText = convertRpx(values.maskStyle);
    this.#mask.className = `wx-picker-view-mask ${values.maskClass}`;
    this.wheel.refresh();
  }

  #view(): PickerView | null {
    return above(this.node, (component): component is PickerView => component instanceof PickerView);
  }
}
