/** Numbers and times as people read them. */
import { languageTag } from '../../../common/locale';

/** A time in seconds since 1970, to the minute. */
export function time(seconds: number): string {
  return new Intl.DateTimeFormat(languageTag(), { dateStyle: 'medium', timeStyle: 'short' }).format(seconds * 1000);
}

const units = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
] as const;

/** How long ago or from now: `3 hours ago`. */
export function fromNow(seconds: number, now = Date.now() / 1000): string {
  const words = new Intl.RelativeTimeFormat(languageTag(), { numeric: 'auto' });
  const distance = seconds - now;
  for (const [size, unit] of units) {
    if (Math.abs(distance) >= size) return words.format(Math.trunc(distance / size), unit);
  }
  return words.format(0, 'minute');
}

/** Bytes in the unit that fits: `1.4 MiB`. */
export function size(bytes: number): string {
  const number = new Intl.NumberFormat(languageTag(), { maximumFractionDigits: 1 });
  if (bytes < 1024) return `${number.format(bytes)} B`;
  if (bytes < 1024 * 1024) return `${number.format(bytes / 1024)} KiB`;
  return `${number.format(bytes / 1024 / 1024)} MiB`;
}

/** `+1.2 KiB`, `−340 B`. */
export function growth(before: number, after: number): string {
  if (after === before) return '±0';
  return `${after > before ? '+' : '−'}${size(Math.abs(after - before))}`;
}

/** A share of the users, given in percent. */
export function percent(share: number): string {
  return new Intl.NumberFormat(languageTag(), { style: 'percent', maximumFractionDigits: 2 }).format(share / 100);
}
