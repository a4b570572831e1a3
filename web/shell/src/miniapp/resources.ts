/** What a page frame may show: files of the package, temporary files, and remote URLs of declared origins. */
import type { AppConfig } from '../../../runtime/protocol';
import type { OpenedPackage } from '../package/opened';
import type { Gate } from './gate';
import { mediaType } from './media-type';

export type Resolution = { blob: Blob } | { url: string } | { error: string };
export type ResourceKind = 'image' | 'media' | 'font' | 'style' | 'data';

const temporaryPrefix = 'wxfile://tmp_';

export class Resources {
  readonly #blobs = new Map<string, Promise<Blob>>();
  readonly #temporary = new Map<string, Blob>();

  constructor(
    private readonly opened: OpenedPackage,
    private readonly config: AppConfig,
    private readonly gate: Gate,
  ) {}

  async resolve(src: string, kind: ResourceKind): Promise<Resolution> {
    if (kind === 'data') return src === 'mezze:regions' ? regions() : { error: `${src.slice(0, 80)} is not kept here` };
    if (src.startsWith(temporaryPrefix)) {
      const blob = this.#temporary.get(src);
      return blob === undefined ? { error: `${src} is no temporary file of this app` } : { blob };
    }
    if (/^(https?:)?\/\//i.test(src)) return this.#remote(src.startsWith('//') ? `https:${src}` : src, kind);
    if (/^[a-z][a-z0-9+.-]*:/i.test(src)) return { error: `${src.slice(0, 80)} has a scheme that is not allowed` };
    return this.#file(src);
  }

  /** Keeps a Blob for as long as the app runs and names it. */
  addTemporary(blob: Blob, extension: string): string {
    const name = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0'));
    const path = `${temporaryPrefix}${name.join('')}${extension === '' ? '' : `.${extension}`}`;
    this.#temporary.set(path, blob);
    return path;
  }

  /** A file as an API argument names it: temporary, or of the package. */
  async file(path: string): Promise<Blob | undefined> {
    const resolution = await this.resolve(path, 'media');
    return 'blob' in resolution ? resolution.blob : undefined;
  }

  clear(): void {
    this.#blobs.clear();
    this.#temporary.clear();
  }

  async #file(src: string): Promise<Resolution> {
    const path = decodePath(src.split(/[?#]/)[0] ?? '').replace(/^\/+/, '');
    const entry = [`file/${path}`, `file/${src.replace(/^\/+/, '')}`].find((candidate) => this.opened.has(candidate));
    if (entry === undefined) return { error: `${path} is not in the package` };
    let blob = this.#blobs.get(entry);
    if (blob === undefined) {
      blob = this.opened
        .read([entry])
        .then(([bytes]) => new Blob(bytes === undefined ? [] : [bytes], { type: mediaType(path) }));
      this.#blobs.set(entry, blob);
      blob.catch(() => this.#blobs.delete(entry));
    }
    return { blob: await blob };
  }

  async #remote(src: string, kind: ResourceKind): Promise<Resolution> {
    let url: URL;
    try {
      url = new URL(src);
    } catch {
      return { error: `${src.slice(0, 80)} is not a URL` };
    }
    const { media } = this.config.origins;
    if (!media.includes('*') && !media.includes(url.origin)) {
      return { error: `${url.origin} is not declared for media; declared are ${media.join(', ') || 'none'}` };
    }
    const signed = await this.gate.mediaUrl(url.href);
    if (signed === undefined) return { error: `${url.origin} can't be reached: no access to the gate` };
    // Fonts and style sheets have to be Blobs: the frame's policy knows no other source for them.
    return kind === 'font' || kind === 'style' ? this.#fetch(signed) : { url: signed };
  }

  async #fetch(url: string): Promise<Resolution> {
    try {
      const response = await fetch(url, { credentials: 'omit' });
      return response.ok ? { blob: await response.blob() } : { error: `the gate answered ${response.status}` };
    } catch (failure) {
      return { error: `the gate was not reached: ${String(failure)}` };
    }
  }
}

/** The region picker's data: too large to be in every page frame, so it is loaded with the first such picker. */
async function regions(): Promise<Resolution> {
  const { areaList } = await import('@vant/area-data');
  return { blob: new Blob([JSON.stringify(areaList)], { type: 'application/json' }) };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
