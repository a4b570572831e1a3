/**
 * What each mode of a picker shows and answers. A mode turns the picker's properties into columns of texts with a row
 * chosen in each, follows the user from column to column, and gives the value of `change`.
 */
import { type AreaList, RegionMode } from './region';

export interface PickerValues {
  mode: string;
  range: unknown;
  rangeKey: string;
  value: unknown;
  start: string;
  end: string;
  fields: string;
  customItem: string;
  level: string;
}

export interface PickerMode {
  columns(): string[][];
  indexes: number[];
  /** A column rests on another row; the columns after it may change. */
  turned(column: number, row: number): void;
  /** `detail` of `change`. */
  detail(): Record<string, unknown>;
}

/** `areas` is there for the mode `region`. */
export function pickerMode(values: PickerValues, chinese: boolean, areas: AreaList | null): PickerMode {
  if (values.mode === 'time') return new TimeMode(values);
  if (values.mode === 'date') return new DateMode(values, chinese);
  if (values.mode === 'region' && areas !== null) return new RegionMode(values, areas);
  return new ListMode(values);
}

/** More rows than anyone turns through. */
const longestColumn = 5000;

/** `selector` and `multiSelector`: rows are the app's. */
class ListMode implements PickerMode {
  indexes: number[];

  constructor(private readonly values: PickerValues) {
    const { mode, value } = values;
    const rows = mode === 'multiSelector' ? (Array.isArray(value) ? value : []) : [value];
    this.indexes = this.columns().map((column, index) => clamp(wholeNumber(rows[index]), 0, column.length - 1));
  }

  columns(): string[][] {
    const { mode, range } = this.values;
    const lists = mode === 'multiSelector' ? (Array.isArray(range) ? range : []) : [range];
    return lists.map((list: unknown) =>
      Array.isArray(list) ? list.slice(0, longestColumn).map((row) => this.#text(row)) : [],
    );
  }

  turned(column: number, row: number): void {
    this.indexes[column] = row;
  }

  detail(): Record<string, unknown> {
    return { value: this.values.mode === 'multiSelector' ? [...this.indexes] : String(this.indexes[0] ?? 0) };
  }

  #text(row: unknown): string {
    const { rangeKey } = this.values;
    const shown: unknown =
      typeof row === 'object' && row !== null && rangeKey !== '' ? (row as Record<string, unknown>)[rangeKey] : row;
    return typeof shown === 'object' ? '' : String(shown ?? '');
  }
}

class TimeMode implements PickerMode {
  indexes: number[];
  readonly #start: number;
  readonly #end: number;

  constructor(values: PickerValues) {
    this.#start = minutesOf(values.start) ?? 0;
    this.#end = Math.max(this.#start, minutesOf(values.end) ?? 24 * 60 - 1);
    const now = new Date();
    const wanted = minutesOf(values.value) ?? now.getHours() * 60 + now.getMinutes();
    const time = clamp(wanted, this.#start, this.#end);
    const hour = Math.floor(time / 60);
    this.indexes = [hour - Math.floor(this.#start / 60), (time % 60) - this.#firstMinute(hour)];
  }

  columns(): string[][] {
    const hour = this.#hour();
    const lastMinute = hour === Math.floor(this.#end / 60) ? this.#end % 60 : 59;
    return [
      count(Math.floor(this.#start / 60), Math.floor(this.#end / 60)),
      count(this.#firstMinute(hour), lastMinute),
    ].map((column) => column.map(twoDigits));
  }

  turned(column: number, row: number): void {
    const minute = this.#firstMinute(this.#hour()) + (this.indexes[1] ?? 0);
    this.indexes[column] = row;
    if (column !== 0) return;
    const rows = this.columns()[1] ?? [];
    this.indexes[1] = clamp(minute - this.#firstMinute(this.#hour()), 0, rows.length - 1);
  }

  detail(): Record<string, unknown> {
    const [hours, minutes] = this.columns();
    return { value: `${hours?.[this.indexes[0] ?? 0] ?? '00'}:${minutes?.[this.indexes[1] ?? 0] ?? '00'}` };
  }

  #hour(): number {
    return Math.floor(this.#start / 60) + (this.indexes[0] ?? 0);
  }

  #firstMinute(hour: number): number {
    return hour === Math.floor(this.#start / 60) ? this.#start % 60 : 0;
  }
}

type Day = [year: number, month: number, day: number];

class DateMode implements PickerMode {
  indexes: number[] = [];
  readonly #start: Day;
  readonly #end: Day;
  readonly #depth: number;
  #chosen: Day;

  constructor(
    values: PickerValues,
    private readonly chinese: boolean,
  ) {
    const now = new Date();
    this.#start = dayOf(values.start) ?? [1900, 1, 1];
    this.#end = dayOf(values.end) ?? [2099, 12, 31];
    this.#depth = values.fields === 'year' ? 1 : values.fields === 'month' ? 2 : 3;
    this.#chosen = dayOf(values.value) ?? [now.getFullYear(), now.getMonth() + 1, now.getDate()];
    this.#choose(this.#chosen);
  }

  columns(): string[][] {
    const units = this.chinese ? ['年', '月', '日'] : ['', '', ''];
    return [0, 1, 2].slice(0, this.#depth).map((column) => {
      const [first, last] = this.#bounds(column);
      return count(first, last).map((value) => (column === 0 ? String(value) : twoDigits(value)) + units[column]);
    });
  }

  turned(column: number, row: number): void {
    const [first] = this.#bounds(column);
    const chosen: Day = [...this.#chosen];
    chosen[column] = first + row;
    this.#choose(chosen);
  }

  detail(): Record<string, unknown> {
    const [year, month, day] = this.#chosen;
    return { value: [String(year), twoDigits(month), twoDigits(day)].slice(0, this.#depth).join('-') };
  }

  /** Takes a day, moved to the nearest that is allowed: years first, then months, then days. */
  #choose(day: Day): void {
    this.#chosen = day;
    this.indexes = [];
    for (let column = 0; column < 3; column += 1) {
      const [first, last] = this.#bounds(column);
      const value = clamp(this.#chosen[column] ?? first, first, last);
      this.#chosen[column] = value;
      if (column < this.#depth) this.indexes.push(value - first);
    }
  }

  #bounds(column: number): [first: number, last: number] {
    const [year, month] = this.#chosen;
    if (column === 0) return [this.#start[0], Math.max(this.#start[0], this.#end[0])];
    const inFirstYear = year === this.#start[0];
    const inLastYear = year === this.#end[0];
    if (column === 1) return [inFirstYear ? this.#start[1] : 1, inLastYear ? this.#end[1] : 12];
    const daysInMonth = new Date(year, month, 0).getDate();
    return [
      inFirstYear && month === this.#start[1] ? this.#start[2] : 1,
      inLastYear && month === this.#end[1] ? Math.min(this.#end[2], daysInMonth) : daysInMonth,
    ];
  }
}

function minutesOf(value: unknown): number | null {
  const match = typeof value === 'string' ? /^(\d{1,2}):(\d{1,2})/.exec(value) : null;
  return match === null ? null : clamp(Number(match[1]), 0, 23) * 60 + clamp(Number(match[2]), 0, 59);
}

function dayOf(value: unknown): Day | null {
  const match = typeof value === 'string' ? /^(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?/.exec(value) : null;
  return match === null
    ? null
    : [Number(match[1]), clamp(Number(match[2] ?? 1), 1, 12), clamp(Number(match[3] ?? 1), 1, 31)];
}

function count(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function wholeNumber(value: unknown): number {
  const number = Number(value);
  return Number.isFinite(number) ? Math.trunc(number) : 0;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
