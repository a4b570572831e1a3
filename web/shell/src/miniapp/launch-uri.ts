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
  /** Code of a link for testers; the shell's own, the app does not see it. */
  testCode?: string;
  /** A page by itself, as one shared with everyone opens: no sign-in, no way to other pages, storage of its own. */
  single?: boolean;
}

/** Name of the code in a link for testers. */
const testCodeName = 'mezze-test';
/** Name of what makes a link one to a page by itself. */
const singleName = 'mezze-page';

const address = /^(?:mezze:\/\/|(https?):\/\/([^/?#]*)\/)miniapp\/(.*)$/is;
const parts = /^([A-Za-z0-9._~-]+)(?:;version=([A-Za-z0-9._~-]*))?(?:\/([^?#]*))?(?:\?([^#]*))?(?:#.*)?$/is;
const controls = /\p{Cc}/u;

/** Understands an address of this host or of the `mezze` scheme; anything else is undefined. */
export function parseLaunchUri(text: string, host: string): LaunchTarget | undefined {
  if (controls.test(text)) return undefined;
  const [, scheme, authority, rest] = address.exec(text) ?? [];
  if (rest === undefined) return undefined;
  if (scheme !== undefined && !isHost(scheme.toLowerCase(), authority ?? '', host)) return undefined;
  return parseRest(rest);
}

/** The same for an address that the browser has taken apart already. */
export function parseParts(pathname: string, search: string): LaunchTarget | undefined {
  const prefix = '/miniapp/';
  if (pathname.slice(0, prefix.length).toLowerCase() !== prefix) return undefined;
  return parseRest(pathname.slice(prefix.length) + search);
}

/** Plain http only to this machine; never with a name or password in front. */
function isHost(scheme: string, authority: string, host: string): boolean {
  if (authority.includes('@') || !URL.canParse(`${scheme}://${authority}`)) return false;
  const url = new URL(`${scheme}://${authority}`);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.host !== '' && url.host === host && (scheme === 'https' || local);
}

function parseRest(rest: string): LaunchTarget | undefined {
  const [, id, version, written = '', search = ''] = parts.exec(rest) ?? [];
  if (id === undefined || /^\.+$/.test(id) || /^\.+$/.test(version ?? '')) return undefined;
  const { [testCodeName]: testCode, [singleName]: single, ...query } = parseQuery(search);
  let path = written === '' ? '' : decodePath(written);
  if (path === undefined) return undefined;
  // A tool may name the page by a query, so that it need not know how addresses are put together.
  if (path === '' && query.path !== undefined) {
    const [named = '', more = ''] = query.path.split('?');
    delete query.path;
    Object.assign(query, parseQuery(more));
    path = named.replace(/^\/+|\/+$/g, '');
    if (path !== '' && !path.split('/').every(isSegment)) return undefined;
  }
  return {
    appId: id.toLowerCase(),
    version: version === '' ? undefined : version?.toLowerCase(),
    path: path === '' ? undefined : path,
    query,
    ...(testCode === undefined || testCode === '' ? {} : { testCode }),
    ...(single === '1' ? { single: true } : {}),
  };
}

/** Decodes a path once, segment by segment; one that could be read in two ways is refused. */
function decodePath(written: string): string | undefined {
  const segments: string[] = [];
  for (const segment of written.split('/')) {
    let decoded: string;
    try {
      decoded = decodeURIComponent(segment);
    } catch {
      return undefined;
    }
    if (!isSegment(decoded)) return undefined;
    segments.push(decoded);
  }
  return segments.join('/');
}

function isSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[/\\%]/.test(segment) && !controls.test(segment);
}

export function printLaunchPath(target: LaunchTarget): string {
  const version = target.version === undefined ? '' : `;version=${target.version}`;
  const path = target.path === undefined ? '' : `/${target.path.split('/').map(encodeURIComponent).join('/')}`;
  const query = printQuery({ ...target.query, ...(target.single === true ? { [singleName]: '1' } : {}) });
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
