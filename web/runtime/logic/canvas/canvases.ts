/**
 * The canvases of an app's pages. The first use of one asks the page's frame for its bitmap, which comes over the page
 * port for good; from then on the app draws without asking anyone.
 */
import type { Element } from 'glass-easel';
import type { OpenPage } from '../app/page';
import type { Pages } from '../app/pages';
import type { BackendElement } from '../backend/element';
import type { CanvasHost, ContextKind } from '../boot/canvas-host';
import { nodeOf } from '../components/instance';
import { selectAll } from '../components/select';
import type { Reporter } from '../support/reporter';
import { Frames } from './frames';
import { Held } from './held';
import type { ReadPicture } from './image';
import { type Mirror, mirrorOf } from './mirror';
import { CanvasNode, type NodeParts } from './node';
import { Surface } from './surface';

export class CanvasFailure extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Error';
  }
}

export class Canvases {
  private readonly surfaces = new WeakMap<BackendElement, Promise<Surface>>();
  private readonly mirrors = new Map<ContextKind, Mirror | undefined>();
  private readonly frames: Frames | undefined;

  constructor(
    readonly host: CanvasHost | undefined,
    private readonly pages: Pages,
    private readonly reporter: Reporter,
  ) {
    if (host !== undefined) this.frames = new Frames((callback) => host.requestFrame(callback), reporter);
  }

  /** A canvas that is on no page. */
  make(width: number, height: number): CanvasNode {
    const { host } = this;
    const parts = this.parts(undefined);
    if (host === undefined || parts === undefined) throw new CanvasFailure(cannotDraw);
    return new CanvasNode(new Held(host.makeCanvas(width, height)), parts);
  }

  /** The canvas of an element. Rejects where the element is no canvas or the browser can't draw one. */
  surfaceOf(element: Element, page: OpenPage): Promise<Surface> {
    const backend = element.getBackendElement() as BackendElement | null;
    if (backend === null || backend.tag !== 'canvas') return Promise.reject(new CanvasFailure('it is no canvas'));
    let surface = this.surfaces.get(backend);
    if (surface === undefined) {
      surface = this.takeOver(backend, page);
      this.surfaces.set(backend, surface);
      // A later try may succeed.
      surface.catch(() => this.surfaces.delete(backend));
    }
    return surface;
  }

  /** The canvas with this `canvas-id` or `id`, in a component or on the page that is shown. */
  find(canvasId: string, scope: unknown): Promise<Surface> {
    const component = nodeOf(scope) ?? this.pages.current?.component;
    const page = (component && this.pages.pageOf(component)) ?? this.pages.current;
    const element = selectAll(component, 'canvas').find(
      (candidate) =>
        (candidate.getBackendElement() as BackendElement | null)?.canvasId === canvasId || candidate.id === canvasId,
    );
    if (element === undefined || page === undefined) {
      return Promise.reject(new CanvasFailure(`there is no canvas "${canvasId}" in this page or component`));
    }
    return this.surfaceOf(element, page);
  }

  /** The frame says that a canvas has another size on the page. */
  resized(backend: BackendElement | undefined, detail: Record<string, unknown>): void {
    const surface = backend && this.surfaces.get(backend);
    surface?.then(
      (found) => found.resized(Number(detail.width) || 0, Number(detail.height) || 0),
      () => {},
    );
  }

  /** Reads a picture through the frame of the page that is shown. */
  async read(src: string): Promise<ReadPicture> {
    const page = this.pages.current;
    if (page === undefined) throw new CanvasFailure('there is no page yet to read a picture through');
    const answer = await page.backend.link.invoke(0, 'picture', [src]);
    const { bitmap, width, height } = (answer ?? {}) as Record<string, unknown>;
    if (!(bitmap instanceof Held)) throw new CanvasFailure('no picture came');
    return { bitmap: bitmap as Held<ImageBitmap>, width: Number(width) || 0, height: Number(height) || 0 };
  }

  hide(): void {
    this.frames?.hide();
  }

  show(): void {
    this.frames?.show();
  }

  private async takeOver(backend: BackendElement, page: OpenPage): Promise<Surface> {
    const parts = this.parts(page);
    if (parts === undefined) throw new CanvasFailure(cannotDraw);
    // The frame must have made the element: what draws it may still wait here.
    await new Promise<void>((drawn) => page.backend.render(() => drawn()));
    const answer = await page.backend.link.invoke(backend.id, 'canvas', []);
    const { canvas, width, height } = (answer ?? {}) as Record<string, unknown>;
    if (!(canvas instanceof Held)) throw new CanvasFailure('no canvas came');
    const size = { width: Number(width) || 0, height: Number(height) || 0 };
    const node = new CanvasNode(canvas as Held<OffscreenCanvas>, parts, size);
    return new Surface(node, size.width, size.height, () => page.backend.window.pixelRatio);
  }

  private parts(page: OpenPage | undefined): NodeParts | undefined {
    const { host, frames, reporter } = this;
    if (host === undefined || frames === undefined) return undefined;
    return {
      host,
      read: (src) => this.read(src),
      guard: (what, run) => reporter.guard(what, run),
      mirror: (kind) => this.mirror(host, kind),
      // A page that is gone draws no more, though its loop asks on.
      requestFrame: (callback) => (page?.backend.link.closed === true ? 0 : frames.request(callback)),
      cancelFrame: (frame) => frames.cancel(frame),
    };
  }

  private mirror(host: CanvasHost, kind: ContextKind): Mirror | undefined {
    if (!this.mirrors.has(kind)) this.mirrors.set(kind, mirrorOf(host, kind));
    return this.mirrors.get(kind);
  }
}

const cannotDraw = 'this browser can’t draw a canvas from a worker';
