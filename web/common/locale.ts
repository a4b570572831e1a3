/** Which of the two languages is shown, and who draws again when it changes. Where the choice is kept is the page's business. */
export type Locale = 'en' | 'zh';

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

/** The kept choice, if it is one; else what the browser prefers stays. */
export function startLocale(kept: unknown): void {
  if (kept === 'en' || kept === 'zh') current = kept;
  document.documentElement.lang = languageTag();
}

export function changeLocale(next: Locale): void {
  current = next;
  document.documentElement.lang = languageTag();
  for (const listener of listeners) listener();
}

export function onLocaleChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A text of a table, with `{name}` replaced by values. */
export function fill(pattern: string, values: Record<string, string | number>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
