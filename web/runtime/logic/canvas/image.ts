/** What `createImage` gives: an image as pages know it, read by the page's frame and kept here as a bitmap. */
import { type Held, open } from './held';

export interface ReadPicture {
  bitmap: Held<ImageBitmap>;
  width: number;
  height: number;
}

export interface ImageParts {
  read(src: string): Promise<ReadPicture>;
  /** Runs a callback of the app; an error in it is reported. */
  guard(what: string, run: () => void): void;
}

/** The bitmap to draw, or null while there is none. */
export let bitmapOf: (image: CanvasImage) => ImageBitmap | null;
/** Settles when the picture is there or has failed. */
export let settled: (image: CanvasImage) => Promise<void>;
export let isImage: (value: object) => value is CanvasImage;

type Listener = ((event: object) => void) | null;

export class CanvasImage {
  static {
    bitmapOf = (image) => (image.#picture === undefined ? null : open(image.#picture.bitmap));
    settled = (image) => image.#settled;
    isImage = (value): value is CanvasImage => #picture in value;
  }

  onload: Listener = null;
  onerror: Listener = null;
  #picture: ReadPicture | undefined;
  #src = '';
  #width: number | undefined;
  #height: number | undefined;
  #reading = false;
  #settled: Promise<void> = Promise.resolve();
  readonly #parts: ImageParts;

  constructor(parts: ImageParts) {
    this.#parts = parts;
  }

  get src(): string {
    return this.#src;
  }

  set src(value: unknown) {
    const src = String(value ?? '');
    this.#src = src;
    this.#picture = undefined;
    this.#reading = src !== '';
    if (src === '') return;
    this.#settled = this.#parts.read(src).then(
      (picture) => {
        if (this.#src !== src || !this.#reading) return;
        this.#picture = picture;
        this.#ended(this.onload, 'load', {});
      },
      (reason: unknown) => {
        if (this.#src !== src || !this.#reading) return;
        const errMsg = `createImage:fail ${reason instanceof Error ? reason.message : String(reason)}`;
        this.#ended(this.onerror, 'error', { errMsg });
      },
    );
  }

  #ended(listener: Listener, type: string, detail: object): void {
    this.#reading = false;
    if (typeof listener !== 'function') return;
    this.#parts.guard(`image ${type}`, () => listener.call(this, { type, target: this, ...detail }));
  }

  get complete(): boolean {
    return !this.#reading;
  }

  get naturalWidth(): number {
    return this.#picture?.width ?? 0;
  }

  get naturalHeight(): number {
    return this.#picture?.height ?? 0;
  }

  get width(): number {
    return this.#width ?? this.naturalWidth;
  }

  set width(value: unknown) {
    this.#width = Number(value) || 0;
  }

  get height(): number {
    return this.#height ?? this.naturalHeight;
  }

  set height(value: unknown) {
    this.#height = Number(value) || 0;
  }
}
