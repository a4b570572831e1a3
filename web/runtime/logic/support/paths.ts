/** Paths inside a package: no leading slash; a path that climbs past the root stays at the root, as WeChat has it. */

/** Resolves `path` against the file `base` (`pages/a/a`); a leading slash means the package's root. */
export function resolvePath(base: string, path: string): string {
  const parts = path.startsWith('/') ? [] : base.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
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
