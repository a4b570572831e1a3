/** What an app may use by the way it was opened, in the original's words. */

/** A page by itself, as one that was shared with everyone opens (web/shell/src/miniapp/single-page.ts). */
const singlePage = 1154;

export function apiCategory(scene: number): 'default' | 'browseOnly' {
  return scene === singlePage ? 'browseOnly' : 'default';
}
