/** The sheet of a picker: a bar with cancel and done, and columns of texts that turn. */
import { part } from '../component';
import { Wheel } from './wheel';

export interface SheetParts {
  title: string;
  words: { cancel: string; done: string };
  /** A column came to rest on another row. */
  turned(column: number, index: number): void;
  done(): void;
  cancelled(): void;
}

interface Column {
  wheel: Wheel;
  content: HTMLElement;
  host: HTMLElement;
  rows: readonly string[];
}

export class PickerSheet {
  readonly element = part('mz-picker-sheet');
  readonly #columnsHost: HTMLElement;
  readonly #columns: Column[] = [];

  constructor(private readonly parts: SheetParts) {
    const bar = part('mz-picker-bar', this.element);
    const cancel = part('mz-picker-action', bar, 'button');
    cancel.textContent = parts.words.cancel;
    cancel.addEventListener('click', () => parts.cancelled());
    part('mz-picker-title', bar).textContent = parts.title;
    const done = part('mz-picker-action mz-picker-done', bar, 'button');
    done.textContent = parts.words.done;
    done.addEventListener('click', () => parts.done());
    this.#columnsHost = part('mz-picker-columns', this.element);
  }

  /** Shows columns; rows that did not change keep their place. */
  show(columns: readonly (readonly string[])[], indexes: readonly number[]): void {
    while (this.#columns.length > columns.length) this.#columns.pop()?.host.remove();
    columns.forEach((rows, index) => {
      const column = this.#columns[index] ?? this.#add(index);
      if (column.rows.length !== rows.length || column.rows.some((row, at) => row !== rows[at])) {
        column.rows = rows;
        column.content.replaceChildren(...rows.map((row) => rowOf(row)));
      }
      column.wheel.refresh();
      const wanted = indexes[index] ?? 0;
      if (column.wheel.index !== wanted) column.wheel.set(wanted, false);
      this.#mark(column);
    });
  }

  indexes(): number[] {
    return this.#columns.map((column) => column.wheel.index);
  }

  #add(index: number): Column {
    const host = part('mz-picker-column', this.#columnsHost);
    host.tabIndex = 0;
    host.setAttribute('role', 'listbox');
    const group = part('wx-picker-view-group', host);
    part('wx-picker-view-mask', group);
    const indicator = part('wx-picker-view-indicator', group);
    const content = part('wx-picker-view-content', group);
    const wheel = new Wheel(group, content, indicator, {
      passed: () => this.#mark(column),
      stopped: (row, changed) => changed && this.parts.turned(index, row),
    });
    host.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) wheel.step(step);
      else if (event.key === 'Enter') this.parts.done();
      else return;
      event.preventDefault();
    });
    const column: Column = { wheel, content, host, rows: [] };
    this.#columns.push(column);
    return column;
  }

  #mark(column: Column): void {
    for (const [index, row] of [...column.content.children].entries()) {
      row.setAttribute('aria-selected', String(index === column.wheel.index));
    }
  }
}

function rowOf(text: string): HTMLElement {
  const row = part('mz-picker-row');
  row.setAttribute('role', 'option');
  row.textContent = text;
  return row;
}
