/** Addresses of the console: a path says the screen, the query what of it is shown. */
import { Observable } from '../../common/observable';

const base = '/console/';

class Router extends Observable {
  start(): void {
    window.addEventListener('popstate', () => this.changed());
    document.addEventListener('click', (event) => this.#clicked(event));
  }

  /** The path behind the console's own, without slashes at its ends. */
  get path(): string {
    return location.pathname.slice(base.length).replace(/\/+$/, '');
  }

  query(name: string): string {
    return new URLSearchParams(location.search).get(name) ?? '';
  }

  go(path: string): void {
    history.pushState(null, '', path);
    this.changed();
  }

  /** Keeps a choice in the address, so that it can be shared and survives a reload. */
  setQuery(name: string, value: string): void {
    const query = new URLSearchParams(location.search);
    if (value === '') query.delete(name);
    else query.set(name, value);
    const search = query.size === 0 ? '' : `?${query}`;
    history.replaceState(null, '', `${location.pathname}${search}`);
    this.changed();
  }

  #clicked(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const anchor = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (anchor === undefined || anchor.target !== '' || anchor.hasAttribute('download')) return;
    const url = new URL(anchor.href);
    if (url.origin !== location.origin || !url.pathname.startsWith(base) || url.hash !== '') return;
    event.preventDefault();
    this.go(`${url.pathname}${url.search}`);
  }
}

export const router = new Router();

/** The address of a place in the console; parts are encoded. */
export function to(...parts: string[]): string {
  return base + parts.map(encodeURIComponent).join('/');
}

/** The parts that `pattern` names, where `path` is of its form: `apps/:id`. */
export function match(pattern: string, path: string): string[] | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const values: string[] = [];
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) {
      const decoded = decode(value);
      if (decoded === undefined || decoded === '') return undefined;
      values.push(decoded);
    } else if (segment !== value) return undefined;
  }
  return values;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
