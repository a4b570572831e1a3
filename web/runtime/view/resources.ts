/**
 * Pictures, fonts and media of a page. The frame has no network of its own: a file of the package, a temporary file
 * or an address of a declared origin is asked for over the frame's port and comes back as a Blob or as a gate URL.
 * `data:` stays as it is. Anything else is dropped and reported once.
 */
import { type FrameToShell, type ShellToFrame, userRoot } from '../protocol';

export type ResourceKind = Extract<FrameToShell, { k: 'resolve' }>['kind'];
type Resolved = Extract<ShellToFrame, { k: 'resolved' }>;

export interface ResourceParts {
  send(message: FrameToShell): void;
  /** Path of the page, which relative addresses start from. */
  pagePath(): string;
}

interface Waiting {
  kind: ResourceKind;
  done(url: string): void;
  failed(reason: string): void;
}

/** Longer addresses are no addresses; the shell takes none that is longer. */
const longestAddress = 16_000;

export class ResourceRefused extends Error {
  constructor(
    readonly src: string,
    reason: string,
  ) {
    super(`${src.slice(0, 200)}: ${reason}`);
    this.name = 'ResourceRefused';
  }
}

export class Resources {
  readonly #known = new Map<string, string>();
  readonly #asked = new Map<string, Promise<string>>();
  readonly #waiting = new Map<number, Waiting>();
  /** Blobs that were asked for as data, until their text is read. */
  readonly #data = new Map<string, Blob>();
  readonly #reported = new Set<string>();
  #nextId = 1;

  constructor(private readonly parts: ResourceParts) {}

  /** The URL for a source that was resolved before or needs no asking; undefined where `resolve` has to ask. */
  ready(src: string, kind: ResourceKind): string | undefined {
    const address = this.address(src, kind);
    if (address.startsWith('data:')) return address;
    return this.#known.get(`${kind} ${address}`);
  }

  /** A URL that the frame's policy lets load. Rejects with `ResourceRefused`. */
  async resolve(src: string, kind: ResourceKind): Promise<string> {
    const address = this.address(src, kind);
    if (address === '') throw this.#refuse(src, 'it is neither a file of the app nor an address');
    if (address.startsWith('data:')) return address;
    const key = `${kind} ${address}`;
    let asked = this.#asked.get(key);
    if (asked === undefined) {
      asked = this.#ask(address, kind);
      this.#asked.set(key, asked);
      asked.then(
        // An app may write its user files anew under the same name.
        (url) => (address.startsWith(`${userRoot}/`) ? this.#asked.delete(key) : this.#known.set(key, url)),
        // A later try may succeed: the network may be back.
        () => this.#asked.delete(key),
      );
    }
    return asked;
  }

  /** Data of the runtime's own, as text. */
  async data(name: string): Promise<string> {
    return (await this.blob(name)).text();
  }

  /** A further script of the runtime, which is not in every page: what it exports. */
  async script(name: string): Promise<unknown> {
    const url = URL.createObjectURL(new Blob([await this.blob(name)], { type: 'text/javascript' }));
    const element = document.createElement('script');
    element.src = url;
    await new Promise<void>((resolve, reject) => {
      element.onload = () => resolve();
      element.onerror = () => reject(new Error(`the ${name} script did not run`));
      document.head.append(element);
    }).finally(() => URL.revokeObjectURL(url));
    return (globalThis as Record<string, unknown>)[`mezze_${name}`];
  }

  async blob(name: string): Promise<Blob> {
    const url = await this.#ask(`mezze:${name}`, 'data');
    const blob = this.#data.get(url);
    this.#data.delete(url);
    if (blob === undefined) throw this.#refuse(name, 'it did not come as data');
    return blob;
  }

  receive(message: Resolved): void {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    this.#waiting.delete(message.id);
    if ('blob' in message && waiting.kind === 'data') {
      const name = `data ${message.id}`;
      this.#data.set(name, message.blob);
      waiting.done(name);
    } else if ('blob' in message) waiting.done(URL.createObjectURL(message.blob));
    else if ('url' in message && /^(https?|blob):/.test(message.url)) waiting.done(message.url);
    else waiting.failed('error' in message ? message.error : 'the answer is no address');
  }

  /** Source as the shell is asked for it: `/path/in/package`, `https://…`, `wxfile://…`; empty where refused. */
  address(src: string, kind: ResourceKind): string {
    const trimmed = src.trim();
    if (trimmed === '') return '';
    if (/^data:/i.test(trimmed))
      return kind === 'image' && !/^data:image\//i.test(trimmed) ? '' : `data:${trimmed.slice(5)}`;
    if (trimmed.length > longestAddress) return '';
    if (trimmed.startsWith('//')) return `https:${trimmed}`;
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1]?.toLowerCase();
    if (scheme !== undefined) return carriedSchemes.has(scheme) ? trimmed : '';
    return packagePath(trimmed, this.parts.pagePath());
  }

  #ask(src: string, kind: ResourceKind): Promise<string> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { kind, done: resolve, failed: (reason) => reject(this.#refuse(src, reason)) });
      this.parts.send({ k: 'resolve', id, src, kind });
    });
  }

  #refuse(src: string, reason: string): ResourceRefused {
    const refused = new ResourceRefused(src, reason);
    if (!this.#reported.has(refused.message)) {
      this.#reported.add(refused.message);
      this.parts.send({ k: 'console', level: 'warn', text: `[resource] ${refused.message}` });
    }
    return refused;
  }
}

const carriedSchemes = new Set(['http', 'https', 'wxfile', 'cloud', 'mezze']);

/** Absolute path in the package; climbing past its root stops there, as the original host does. */
export function packagePath(src: string, from: string): string {
  const path = src.replace(/[?#].*$/s, '');
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const segment of path.split('/')) {
    if (segment === '..') parts.pop();
    else if (segment !== '' && segment !== '.') parts.push(segment);
  }
  return `/${parts.join('/')}`;
}
