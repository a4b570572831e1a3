/**
 * Provinces, cities and districts of China: codes of six digits with their names, from `@vant/area-data` (MIT). The
 * shell keeps them; they come with the first picker that needs them.
 */
import type { PickerMode, PickerValues } from './modes';

export interface AreaList {
  province_list: Record<string, string>;
  city_list: Record<string, string>;
  county_list: Record<string, string>;
}

export function parseAreas(text: string): AreaList {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed === 'object' && parsed !== null && 'province_list' in parsed) return parsed as AreaList;
  throw new Error('the list of regions could not be read');
}

interface Region {
  code: string;
  name: string;
}

const depths: Record<string, number> = { province: 1, city: 2, region: 3, 'sub-district': 3 };

export class RegionMode implements PickerMode {
  indexes: number[] = [];
  readonly #depth: number;
  readonly #custom: string;

  constructor(
    values: PickerValues,
    private readonly areas: AreaList,
  ) {
    this.#depth = depths[values.level] ?? 3;
    this.#custom = values.customItem;
    const names: unknown[] = Array.isArray(values.value) ? values.value : [];
    for (let column = 0; column < this.#depth; column += 1) {
      const index = this.#regions(column).findIndex(
        ({ name, code }) => name === names[column] || code === names[column],
      );
      this.indexes.push(Math.max(0, index));
    }
  }

  columns(): string[][] {
    return this.indexes.map((_, column) => this.#regions(column).map(({ name }) => name));
  }

  turned(column: number, row: number): void {
    this.indexes[column] = row;
    for (let after = column + 1; after < this.#depth; after += 1) this.indexes[after] = 0;
  }

  detail(): Record<string, unknown> {
    const chosen = this.indexes.map((index, column) => this.#regions(column)[index] ?? { code: '', name: '' });
    return {
      value: chosen.map(({ name }) => name),
      code: chosen.map(({ code }) => code).filter((code) => code !== ''),
      postcode: chosen.at(-1)?.code ?? '',
    };
  }

  #regions(column: number): Region[] {
    const above = column === 0 ? null : this.#regions(column - 1)[this.indexes[column - 1] ?? 0];
    const custom = this.#custom === '' ? [] : [{ code: '', name: this.#custom }];
    // Below the app's own row ("all") there is nothing else to choose.
    if (above?.code === '') return custom;
    const list = [this.areas.province_list, this.areas.city_list, this.areas.county_list][column] ?? {};
    const prefix = above?.code.slice(0, column * 2) ?? '';
    const regions = Object.entries(list).flatMap(([code, name]) => (code.startsWith(prefix) ? [{ code, name }] : []));
    return [...custom, ...regions];
  }
}
