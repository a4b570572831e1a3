/** What canvases need of the worker, captured before its globals are cut. */

/** The prototypes that contexts of an app are modelled on, by the name that `getContext` takes. */
export type ContextKind = '2d' | 'webgl' | 'webgl2';

/** Fonts that canvases of this worker draw with. */
export interface FontHost {
  add(family: string, data: ArrayBuffer, descriptors: FontFaceDescriptors): Promise<void>;
}

export interface CanvasHost {
  makeCanvas(width: number, height: number): OffscreenCanvas;
  makeImageData(width: number, height: number): ImageData;
  imageDataOf(data: Uint8ClampedArray, width: number): ImageData;
  makePath(path?: Path2D | string): Path2D;
  prototypes: Partial<Record<ContextKind, object>>;
  requestFrame(callback: (time: number) => void): number;
  cancelFrame(frame: number): void;
}

/** Undefined in an engine whose workers have no fonts of their own. */
export function captureFonts(): FontHost | undefined {
  const { fonts, FontFace: Face } = globalThis as { fonts?: FontFaceSet; FontFace?: typeof FontFace };
  if (fonts === undefined || Face === undefined) return undefined;
  const { add } = fonts;
  const { load } = Face.prototype;
  return {
    async add(family, data, descriptors) {
      const face = new Face(family, data, descriptors);
      await load.call(face);
      add.call(fonts, face);
    },
  };
}

interface FrameScope {
  requestAnimationFrame?(callback: (time: number) => void): number;
  cancelAnimationFrame?(frame: number): void;
  setTimeout(callback: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
  WebGLRenderingContext?: { prototype: object };
  WebGL2RenderingContext?: { prototype: object };
}

const frameLength = 16;

/** Undefined in an engine whose workers can't draw. */
export function captureCanvas(): CanvasHost | undefined {
  if (typeof OffscreenCanvas !== 'function' || typeof OffscreenCanvasRenderingContext2D !== 'function')
    return undefined;
  const Surface = OffscreenCanvas;
  const Pixels = ImageData;
  const Path = Path2D;
  const prototypes: CanvasHost['prototypes'] = { '2d': OffscreenCanvasRenderingContext2D.prototype };
  const scope = globalThis as unknown as FrameScope;
  if (scope.WebGLRenderingContext !== undefined) prototypes.webgl = scope.WebGLRenderingContext.prototype;
  if (scope.WebGL2RenderingContext !== undefined) prototypes.webgl2 = scope.WebGL2RenderingContext.prototype;
  return {
    makeCanvas: (width, height) => new Surface(width, height),
    makeImageData: (width, height) => new Pixels(width, height),
    imageDataOf: (data, width) => new Pixels(data as Uint8ClampedArray<ArrayBuffer>, width),
    makePath: (path) => (path === undefined ? new Path() : new Path(path)),
    prototypes,
    ...captureFrames(scope),
  };
}

function captureFrames(scope: FrameScope): Pick<CanvasHost, 'requestFrame' | 'cancelFrame'> {
  const { requestAnimationFrame, cancelAnimationFrame, setTimeout, clearTimeout } = scope;
  const now = Date.now;
  if (requestAnimationFrame === undefined || cancelAnimationFrame === undefined) {
    return {
      requestFrame: (callback) => setTimeout.call(scope, () => callback(now()), frameLength),
      cancelFrame: (frame) => clearTimeout.call(scope, frame),
    };
  }
  return {
    requestFrame: (callback) => requestAnimationFrame.call(scope, callback),
    cancelFrame: (frame) => cancelAnimationFrame.call(scope, frame),
  };
}
