/** Paths inside a package: no leading slash; a path that climbs past the root stays at the root, as WeChat has it. */

/** Where the compiler puts a plugin's files; a leading slash in them means this folder. */
const pluginRoot = '__plugin__/local';

/** Resolves `path` against the file `base` (`pages/a/a`); a leading slash means the package's root. */
export function resolvePath(base: string, path: string): string {
  const root = base.startsWith(`${pluginRoot}/`) ? pluginRoot.split('/') : [];
  const parts = path.startsWith('/') ? [...root] : base.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.splice(Math.max(root.length, parts.length - 1));
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Decodes one part of a query; a malformed escape is left as it is. */
export function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
