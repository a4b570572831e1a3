/** Names of permissions and categories of data, in the user's language. */
import { locale, type TextKey, text } from '../localization';
import { permissionEn } from '../localization/permission/en';

function known(key: string): key is TextKey & keyof typeof permissionEn {
  return Object.hasOwn(permissionEn, key);
}

/** What a scope lets an app do, fitting "asks to …". */
export function scopeWords(scope: string): string {
  return known(scope) ? text(scope) : text('scope.other', { name: scope });
}

export function categoryWords(category: string): string {
  const key = `data.${category}`;
  return known(key) ? text(key) : text('data.other', { name: category });
}

/** Words for a scope or a `data.` name. */
export function permissionWords(permission: string): string {
  return permission.startsWith('data.') ? categoryWords(permission.slice('data.'.length)) : scopeWords(permission);
}

/** A time as people say it: today's by the clock, older ones by the date too. */
export function when(at: number): string {
  const date = new Date(at);
  const tag = locale() === 'zh' ? 'zh-Hans' : 'en';
  const today = date.toDateString() === new Date().toDateString();
  return today
    ? date.toLocaleTimeString(tag, { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleString(tag, { dateStyle: 'medium', timeStyle: 'short' });
}
