/** The canvas that a selector query or `createOffscreenCanvas` gives an app. */
import type { CanvasHost, ContextKind } from '../boot/canvas-host';
import { dataUrl } from './data-url';
import { type Held, open } from './held';
import { CanvasImage, type ImageParts } from './image';
import type { Mirror } from './mirror';

export interface NodeParts extends ImageParts {
  host: CanvasHost;
  mirror(kind: ContextKind): Mirror | undefined;
  requestFrame(callback: (time: number) => void): number;
  cancelFrame(frame: number): void;
}

/** For the runtime only: the browser's canvas, and its 2D context as the browser has it. */
export let surfaceOf: (node: CanvasNode) => OffscreenCanvas;
export let drawingContext: (node: CanvasNode) => OffscreenCanvasRenderingContext2D | null;
export let isCanvas: (value: object) => value is CanvasNode;

const kinds: Record<string, ContextKind> = {
  '2d': '2d',
  webgl: 'webgl',
  'experimental-webgl': 'webgl',
  webgl2: 'webgl2',
};

export class CanvasNode {
  static {
    surfaceOf = (node) => node.#surface;
    isCanvas = (value): value is CanvasNode => #surface in value;
    drawingContext = (node) => node.#surface.getContext('2d');
    // An app could make canvases of nothing with it.
    Object.defineProperty(CanvasNode.prototype, 'constructor', { value: Object });
  }

  readonly #surface: OffscreenCanvas;
  readonly #parts: NodeParts;
  #kind: ContextKind | undefined;
  #context: object | null = null;
  #sized = false;
  readonly #onPage: { width: number; height: number } | undefined;

  /** `onPage` is the size of the canvas's element, CSS pixels. */
  constructor(surface: Held<OffscreenCanvas>, parts: NodeParts, onPage?: { width: number; height: number }) {
    this.#surface = open(surface);
    this.#parts = parts;
    this.#onPage = onPage;
  }

  get width(): number {
    return this.#surface.width;
  }

  /** Pixels of the bitmap: an app multiplies by `pixelRatio` itself. */
  set width(value: unknown) {
    this.#sized = true;
    this.#surface.width = length(value);
  }

  get height(): number {
    return this.#surface.height;
  }

  set height(value: unknown) {
    this.#sized = true;
    this.#surface.height = length(value);
  }

  getContext(type: unknown, attributes?: object): object | null {
    const name = String(type);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) return null;
    if (this.#kind !== undefined) return this.#kind === kind ? this.#context : null;
    const mirror = this.#parts.mirror(kind);
    if (kind !== '2d') this.#fitPage();
    const raw = mirror === undefined ? null : this.#surface.getContext(kind, attributes);
    if (mirror === undefined || raw === null) return null;
    this.#kind = kind;
    this.#context = mirror(raw, this);
    return this.#context;
  }

  /** A WebGL canvas that the app gave no size has the one that it has on the page, as in WeChat; a 2D one has not. */
  #fitPage(): void {
    if (this.#sized || this.#onPage === undefined) return;
    this.#surface.width = length(this.#onPage.width);
    this.#surface.height = length(this.#onPage.height);
  }

  createImage(): CanvasImage {
    return new CanvasImage(this.#parts);
  }

  createImageData(width: unknown = this.width, height: unknown = this.height): ImageData {
    return this.#parts.host.makeImageData(Number(width), Number(height));
  }

  createPath2D(path?: Path2D | string): Path2D {
    return this.#parts.host.makePath(path);
  }

  requestAnimationFrame(callback: unknown): number {
    if (typeof callback !== 'function') throw new TypeError('requestAnimationFrame: the argument must be a function');
    return this.#parts.requestFrame(callback as (time: number) => void);
  }

  cancelAnimationFrame(frame: unknown): void {
    this.#parts.cancelFrame(Number(frame));
  }

  /** A PNG, whatever is asked for. */
  toDataURL(): string {
    const { width, height } = this.#surface;
    if (width === 0 || height === 0) return dataUrl(new Uint8ClampedArray(), width, height);
    // A copy has a 2D context, whichever this canvas has.
    const copy = this.#parts.host.makeCanvas(width, height).getContext('2d');
    if (copy === null) throw new Error('Canvas.toDataURL:fail nothing can be drawn on this host');
    copy.drawImage(this.#surface, 0, 0);
    return dataUrl(copy.getImageData(0, 0, width, height).data, width, height);
  }
}

function length(value: unknown): number {
  const number = Math.floor(Number(value));
  return Number.isFinite(number) && number > 0 ? number : 0;
}
