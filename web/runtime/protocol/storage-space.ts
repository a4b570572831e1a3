/**
 * Spaces of an app's storage. What the app stores itself has no space; a plugin stores in one of its own, and so does the
 * runtime for the app (answers that are kept for a bad network). Each has the quota of an app.
 *
 * ```text
 * key                   the app's own
 * \u0001NAME\u0001key   of the space NAME
 * ```
 */

const mark = '\u0001';

/** How many spaces an app may have besides its own: logic is not trusted with more room than its plugins need. */
export const mostSpaces = 16;

export function spacePrefix(name: string): string {
  return name === '' ? '' : `${mark}${name}${mark}`;
}

/** The space that a key is in; empty for the app's own. */
export function spaceOf(key: string): string {
  return key.startsWith(mark) ? key.slice(1, Math.max(1, key.indexOf(mark, 1))) : '';
}
