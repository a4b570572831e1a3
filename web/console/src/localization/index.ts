/** Texts of the console, each area's two languages side by side; the compiler checks that neither lacks one. */
import { changeLocale, fill, type Locale, locale, startLocale } from '../../../common/locale';
import { appEn, appZh } from './app';
import { frameEn, frameZh } from './frame';
import { operatorEn, operatorZh } from './operator';
import { peopleEn, peopleZh } from './people';
import { problemEn, problemZh } from './problems';
import { releaseEn, releaseZh } from './release';
import { reportEn, reportZh } from './report';
import { reviewEn, reviewZh } from './review';

const en = { ...frameEn, ...appEn, ...releaseEn, ...reviewEn, ...peopleEn, ...operatorEn, ...reportEn, ...problemEn };
export type TextKey = keyof typeof en;
const zh: Record<TextKey, string> = {
  ...frameZh,
  ...appZh,
  ...releaseZh,
  ...reviewZh,
  ...peopleZh,
  ...operatorZh,
  ...reportZh,
  ...problemZh,
};
const tables: Record<Locale, Record<TextKey, string>> = { en, zh };
const kept = 'mezze-console-locale';

export function text(key: TextKey, values: Record<string, string | number> = {}): string {
  return fill(tables[locale()][key], values);
}

/** A text whose key is put together, such as a state's; `otherwise` where there is none. */
export function textOr(key: string, otherwise: string): string {
  const table: Record<string, string> = tables[locale()];
  return table[key] ?? otherwise;
}

export function loadLocale(): void {
  startLocale(localStorage.getItem(kept));
}

export function setLocale(next: Locale): void {
  localStorage.setItem(kept, next);
  changeLocale(next);
}
