import { describe, expect, it } from 'vitest';
import { type PickerValues, pickerMode } from './modes';

const values = (given: Partial<PickerValues>): PickerValues => ({
  mode: 'selector',
  range: null,
  rangeKey: '',
  value: null,
  start: '',
  end: '',
  fields: 'day',
  customItem: '',
  level: 'region',
  ...given,
});
const mode = (given: Partial<PickerValues>) => pickerMode(values(given), false, null);

describe('selector', () => {
  it('shows texts or one member of objects, and answers with the row as text', () => {
    const picker = mode({ range: [{ name: 'a' }, { name: 'b' }], rangeKey: 'name', value: 1 });
    expect(picker.columns()).toEqual([['a', 'b']]);
    expect(picker.detail()).toEqual({ value: '1' });
  });

  it('bounds a row that does not exist', () => {
    expect(mode({ range: ['a', 'b'], value: 9 }).indexes).toEqual([1]);
    expect(mode({ mode: 'multiSelector', range: [['a'], ['b', 'c']], value: [3] }).indexes).toEqual([0, 0]);
  });
});

describe('time', () => {
  it('keeps within its bounds when the hour turns', () => {
    const picker = mode({ mode: 'time', start: '09:30', end: '11:15', value: '10:45' });
    expect(picker.columns()[0]).toEqual(['09', '10', '11']);
    picker.turned(0, 2);
    expect(picker.detail()).toEqual({ value: '11:15' });
    picker.turned(0, 0);
    expect(picker.detail()).toEqual({ value: '09:30' });
  });
});

describe('date', () => {
  it('shortens a day that the month does not have', () => {
    const picker = mode({ mode: 'date', value: '2024-01-31' });
    picker.turned(1, 1);
    expect(picker.detail()).toEqual({ value: '2024-02-29' });
    picker.turned(0, 2023 - 1900);
    expect(picker.detail()).toEqual({ value: '2023-02-28' });
  });

  it('shows as much as it is asked for', () => {
    expect(mode({ mode: 'date', value: '2024-05', fields: 'month' }).detail()).toEqual({ value: '2024-05' });
    expect(mode({ mode: 'date', value: '2024', fields: 'year' }).columns()).toHaveLength(1);
  });

  it('starts from today where the value is none', () => {
    const today = new Date();
    const text = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-');
    expect(mode({ mode: 'date', value: 'soon' }).detail()).toEqual({ value: text });
  });
});
