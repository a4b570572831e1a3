/** The address of a page inside an app, as `navigateTo` and its relatives get it. */

export interface PageAddress {
  path: string;
  query: Record<string, string>;
}

/**
 * `../detail/index?id=3` seen from `pages/list/index` is `pages/detail/index` with `{ id: '3' }`. Paths that climb past
 * the root stop there, and a final `.html` is dropped, as the original host does. Values stay as written: the app
 * decodes what it encoded.
 */
export function resolvePageUrl(url: string, from: string): PageAddress {
  const [beforeFragment = ''] = url.split('#');
  const mark = beforeFragment.indexOf('?');
  const written = mark === -1 ? beforeFragment : beforeFragment.slice(0, mark);
  const segments = written.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const segment of written.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  const path = segments.join('/').replace(/\.html$/, '');
  return { path, query: mark === -1 ? {} : rawQuery(beforeFragment.slice(mark + 1)) };
}

function rawQuery(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals === -1 ? part : part.slice(0, equals);
    if (name !== '__proto__') query[name] = equals === -1 ? '' : part.slice(equals + 1);
  }
  return query;
}
