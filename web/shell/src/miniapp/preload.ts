/** `preloadRule` of app.json: subpackages that are fetched when a page is entered, before anyone opens them. */
import type { AppConfig } from '../../../runtime/protocol';

/** WeChat's name for the main package, which an independent subpackage may preload. */
const mainPackage = '__APP__';

/** Roots to fetch on entering `path`; a rule for `wifi`, which is the usual one, waits for such a network. */
export function preloadRoots(
  { preloadRule, packages }: Pick<AppConfig, 'preloadRule' | 'packages'>,
  path: string,
  networkType: string,
): string[] {
  const rule = preloadRule[path];
  const allowed = networkType !== 'none' && (rule?.network === 'all' || networkType === 'wifi');
  if (rule === undefined || !allowed) return [];
  return rule.packages.flatMap((wanted) => packageRoot(packages, wanted) ?? []);
}

/** A subpackage by its root or name. */
export function packageRoot(packages: AppConfig['packages'], wanted: string): string | undefined {
  if (wanted === mainPackage) return '';
  const trimmed = wanted.replace(/^\/+|\/+$/g, '');
  return packages.find(({ root, name }) => root !== '' && (root === trimmed || name === wanted))?.root;
}
