/** A picker: whatever is inside it opens a sheet with columns when it is tapped. */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component } from '../component';
import { type PickerMode, pickerMode } from './modes';
import { type AreaList, parseAreas } from './region';
import { PickerSheet } from './sheet';

const defaults = {
  headerText: '',
  mode: 'selector',
  disabled: false,
  range: null as unknown as null,
  rangeKey: '',
  value: null as unknown as null,
  start: '',
  end: '',
  fields: 'day',
  customItem: '',
  level: 'region',
  name: '',
};
type Values = typeof defaults;

/** Read once for all pickers of the page. */
let areas: AreaList | null = null;

const words = { en: { cancel: 'Cancel', done: 'Done' }, zh: { cancel: '取消', done: '确定' } };

export class Picker extends Component<Values> {
  #open: { sheet: PickerSheet; mode: PickerMode; close: () => void } | null = null;
  #initial: unknown;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    host.setAttribute('role', 'button');
    host.setAttribute('aria-haspopup', 'dialog');
    host.tabIndex = 0;
  }

  get fieldName(): string {
    return this.values.name;
  }

  fieldValue(): unknown {
    return this.values.value ?? (this.values.mode === 'selector' ? 0 : null);
  }

  resetField(): void {
    (this.values as Record<string, unknown>)['value'] = this.#initial ?? null;
  }

  override connected(): void {
    this.#initial ??= this.values.value;
  }

  override disconnected(): void {
    this.#open?.close();
    this.#open = null;
  }

  override activate(): boolean {
    if (!this.values.disabled && this.#open === null) void this.#prepare();
    return true;
  }

  protected override owns(name: string): boolean {
    return name === 'value';
  }

  protected override update(name: keyof Values): void {
    if (name === 'disabled') {
      this.host.tabIndex = this.values.disabled ? -1 : 0;
      return;
    }
    // An app fills the second column when the first has turned.
    if (this.#open === null || (name !== 'range' && name !== 'value')) return;
    const turned = this.#open.sheet.indexes();
    this.#open.mode = pickerMode(this.values, this.#chinese, areas);
    if (name === 'range')
      this.#open.mode.indexes = this.#open.mode.indexes.map((index, column) => turned[column] ?? index);
    this.#refresh();
  }

  get #chinese(): boolean {
    return this.context.locale.toLowerCase().startsWith('zh');
  }

  async #prepare(): Promise<void> {
    if (this.values.mode === 'region' && areas === null) {
      try {
        areas = parseAreas(await this.context.resources.data('regions'));
      } catch (error) {
        this.context.warn(`picker: ${String(error)}`);
        this.emit('cancel');
        return;
      }
    }
    if (this.#open === null && this.host.isConnected) this.#show();
  }

  #show(): void {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const sheet = new PickerSheet({
      title: this.values.headerText,
      words: this.#chinese ? words.zh : words.en,
      turned: (column, row) => this.#turned(column, row),
      done: () => this.#done(),
      cancelled: () => this.#cancelled(),
    });
    const close = this.context.overlay.show(sheet.element, () => {
      this.#open = null;
      this.emit('cancel');
    });
    this.#open = { sheet, mode: pickerMode(this.values, this.#chinese, areas), close };
    this.#refresh();
  }

  #refresh(): void {
    if (this.#open === null) return;
    const { sheet, mode } = this.#open;
    const columns = mode.columns();
    mode.indexes = mode.indexes.map((index, column) =>
      Math.max(0, Math.min(index, (columns[column]?.length ?? 1) - 1)),
    );
    sheet.show(columns, mode.indexes);
  }

  #turned(column: number, row: number): void {
    this.#open?.mode.turned(column, row);
    this.#refresh();
    if (this.values.mode === 'multiSelector') this.emit('columnchange', { column, value: row });
  }

  #done(): void {
    const open = this.#open;
    if (open === null) return;
    // A wheel that still turns counts with the row that is under the mark.
    open.sheet.indexes().forEach((index, column) => {
      if (index !== open.mode.indexes[column]) open.mode.turned(column, index);
    });
    open.close();
    this.#open = null;
    const detail = open.mode.detail();
    (this.values as Record<string, unknown>)['value'] = detail['value'];
    this.emitValue('value', detail['value'], 'change', detail);
  }

  #cancelled(): void {
    this.#open?.close();
    this.#open = null;
    this.emit('cancel');
  }
}
