/** How attribute values become properties, as the dialect does it: `disabled="false"` is a text and so true. */

export function toBoolean(value: unknown): boolean {
  return Boolean(value);
}

/** Texts such as `20` and `20px` are numbers; anything else is the fallback. */
export function toNumber(value: unknown, fallback: number): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : fallback;
  if (typeof value === 'string') {
    const parsed = Number.parseFloat(value);
    return Number.isFinite(parsed) ? parsed : fallback;
  }
  return fallback;
}

export function toText(value: unknown, fallback: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'object') return fallback;
  return String(value);
}

/** The kinds of property that a default value stands for; null stands for any value. */
export type PropertyValues = Record<string, boolean | number | string | null>;

/** A value of the kind that the default has; undefined and null give the default. */
export function convert(value: unknown, fallback: boolean | number | string | null): unknown {
  if (value === undefined || value === null) return fallback;
  if (typeof fallback === 'boolean') return toBoolean(value);
  if (typeof fallback === 'number') return toNumber(value, fallback);
  if (typeof fallback === 'string') return toText(value, fallback);
  return value;
}

/** `20`, `20px` and `20rpx` as CSS pixels. */
export function toPixels(value: unknown, fallback: number): number {
  const number = toNumber(value, fallback);
  return typeof value === 'string' && /rpx\s*$/.test(value) ? (number * innerWidth) / 750 : number;
}
