/**
 * Launch URIs: W3C MiniApp Addressing, `https://HOST/miniapp/ID[;version=V][/PATH][?QUERY][#FRAGMENT]` and
 * `mezze://miniapp/…`. Ids and versions are case-insensitive and of unreserved characters.
 */
export interface LaunchTarget {
  appId: string;
  version: string | undefined;
  /** Page path without a leading slash; undefined means the app's entry page. */
  path: string | undefined;
  query: Record<string, string>;
}

const identified = /^\/miniapp\/([A-Za-z0-9._~-]+)(?:;version=([A-Za-z0-9._~-]+))?(?:\/([^?#]*))?$/;

/** Understands an address of this host or of the `mezze` scheme; anything else is undefined. */
export function parseLaunchUri(text: string, host: string): LaunchTarget | undefined {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return undefined;
  }
  if (url.protocol === 'mezze:')
    return parseParts(
      text
        .trim()
        .replace(/^mezze:\/*/, '/')
        .replace(/[?#].*$/s, ''),
      url.search,
    );
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.host !== host) return undefined;
  return parseParts(url.pathname, url.search);
}

export function parseParts(pathname: string, search: string): LaunchTarget | undefined {
  const match = identified.exec(pathname);
  const [, id, version, path] = match ?? [];
  if (id === undefined) return undefined;
  const query = parseQuery(search.slice(1));
  let page = decode(path ?? '').replace(/^\/+|\/+$/g, '');
  // A tool may name the page by a query, so that it need not know how addresses are put together.
  if (page === '' && query.path !== undefined) {
    const [named = '', rest = ''] = query.path.split('?');
    delete query.path;
    Object.assign(query, parseQuery(rest));
    page = named.replace(/^\/+|\/+$/g, '');
  }
  return { appId: id.toLowerCase(), version: version?.toLowerCase(), path: page === '' ? undefined : page, query };
}

export function printLaunchPath(target: LaunchTarget): string {
  const version = target.version === undefined ? '' : `;version=${target.version}`;
  const path = target.path === undefined ? '' : `/${target.path.split('/').map(encodeURIComponent).join('/')}`;
  const query = printQuery(target.query);
  return `/miniapp/${target.appId}${version}${path}${query === '' ? '' : `?${query}`}`;
}

export function parseQuery(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decode(equals === -1 ? part : part.slice(0, equals));
    if (name !== '__proto__') query[name] = equals === -1 ? '' : decode(part.slice(equals + 1));
  }
  return query;
}

export function printQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

/** Percent signs that encode nothing stay as they are. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
