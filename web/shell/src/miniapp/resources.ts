/** What a page frame may show: files of the package, temporary files, and remote URLs of declared origins. */
import { type AppConfig, locate } from '../../../runtime/protocol';
import type { OpenedPackage } from '../package/opened';
import { AppFiles } from './files';
import type { Gate } from './gate';
import { mediaType } from './media-type';
import { runtimeData } from './runtime-data';

export type Content = { blob: Blob } | { error: string };
export type Resolution = Content | { url: string };
export type ResourceKind = 'image' | 'media' | 'font' | 'style' | 'data';

/** A file may be named to a page a moment before logic's word of it arrives: the two go by ports of their own. */
const patience = 60;

export class Resources {
  readonly #blobs = new Map<string, Promise<Blob>>();

  constructor(
    private readonly opened: OpenedPackage,
    private readonly config: AppConfig,
    private readonly gate: Gate,
    private readonly files: AppFiles,
  ) {}

  async resolve(src: string, kind: ResourceKind): Promise<Resolution> {
    if (kind === 'data') return runtimeData(src);
    if (AppFiles.owns(src)) return this.#own(src);
    if (isRemote(src)) return this.#remote(src.startsWith('//') ? `https:${src}` : src, kind);
    if (/^[a-z][a-z0-9+.-]*:/i.test(src)) return { error: `${src.slice(0, 80)} has a scheme that is not allowed` };
    return this.#file(src);
  }

  /** Keeps a Blob for as long as the app runs and names it. */
  addTemporary(blob: Blob, extension: string): string {
    return this.files.addTemporary(blob, extension);
  }

  /** A file as an API argument names it: temporary, saved, of the user's, or of the package. */
  async file(path: string): Promise<Blob | undefined> {
    if (isRemote(path)) return undefined;
    const resolution = await this.resolve(path, 'media');
    return 'blob' in resolution ? resolution.blob : undefined;
  }

  /** A picture or medium from wherever it is: a file, a `data:` URL, or a declared origin, fetched through the gate. */
  async content(src: string): Promise<Content> {
    if (/^data:/i.test(src)) return dataUrl(src);
    const resolution = await this.resolve(src, 'media');
    return 'url' in resolution ? this.#fetch(resolution.url) : resolution;
  }

  clear(): void {
    this.#blobs.clear();
  }

  async #own(src: string): Promise<Resolution> {
    let blob = this.files.find(src);
    if (blob === undefined) {
      await new Promise((resolve) => setTimeout(resolve, patience));
      blob = this.files.find(src);
    }
    return blob === undefined ? { error: `${src.slice(0, 200)} is no file of this app` } : { blob };
  }

  async #file(src: string): Promise<Resolution> {
    const path = locate(decodePath(src.split(/[?#]/)[0] ?? ''))?.path ?? '';
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

  async #fetch(url: string): Promise<Content> {
    try {
      const response = await fetch(url, { credentials: 'omit' });
      return response.ok ? { blob: await response.blob() } : { error: `the gate answered ${response.status}` };
    } catch (failure) {
      return { error: `the gate was not reached: ${String(failure)}` };
    }
  }
}

/** A `data:` URL as a Blob; the shell's policy lets nothing fetch it. */
function dataUrl(src: string): Content {
  const [, type = '', base64, body = ''] = /^data:([^,;]*(?:;[^,;]+=[^,;]*)*)(;base64)?,([\s\S]*)$/i.exec(src) ?? [];
  try {
    const text = base64 === undefined ? decodeURIComponent(body) : atob(decodeURIComponent(body));
    const part = base64 === undefined ? text : Uint8Array.from(text, (character) => character.charCodeAt(0));
    return { blob: new Blob([part], { type }) };
  } catch {
    return { error: 'the data: URL is not well formed' };
  }
}

function isRemote(src: string): boolean {
  return /^(https?:)?\/\//i.test(src);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
