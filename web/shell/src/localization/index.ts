/** Texts of the shell. Both languages are written, and the compiler checks that neither lacks one. */
import { get, put } from '../device/database';
import { en, type TextKey } from './en';
import { zh } from './zh';

export type Locale = 'en' | 'zh';
export type { TextKey };

const tables: Record<Locale, Record<TextKey, string>> = { en, zh };
let current: Locale = preferred();
const listeners = new Set<() => void>();

function preferred(): Locale {
  const wanted = navigator.languages?.[0] ?? navigator.language ?? 'en';
  return wanted.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function locale(): Locale {
  return current;
}

/** Language as an `html lang` attribute has it. */
export function languageTag(): string {
  return current === 'zh' ? 'zh-Hans' : 'en';
}

export function text(key: TextKey, values: Record<string, string | number> = {}): string {
  return tables[current][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export async function loadLocale(): Promise<void> {
  const kept = await get('settings', 'locale').catch(() => undefined);
  if (kept === 'en' || kept === 'zh') current = kept;
  document.documentElement.lang = languageTag();
}

export async function setLocale(next: Locale): Promise<void> {
  current = next;
  document.documentElement.lang = languageTag();
  for (const listener of listeners) listener();
  await put('settings', 'locale', next);
}

export function onLocaleChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
