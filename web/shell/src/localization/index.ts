/** Texts of the shell. Both languages are written, and the compiler checks that neither lacks one. */
import { changeLocale, fill, type Locale, locale, startLocale } from '../../../common/locale';
import { get, put } from '../device/database';
import { en, type TextKey } from './en';
import { zh } from './zh';

export { type Locale, languageTag, locale, onLocaleChange } from '../../../common/locale';
export type { TextKey };

const tables: Record<Locale, Record<TextKey, string>> = { en, zh };

export function text(key: TextKey, values: Record<string, string | number> = {}): string {
  return fill(tables[locale()][key], values);
}

export async function loadLocale(): Promise<void> {
  startLocale(await get('settings', 'locale').catch(() => undefined));
}

export async function setLocale(next: Locale): Promise<void> {
  changeLocale(next);
  await put('settings', 'locale', next);
}
