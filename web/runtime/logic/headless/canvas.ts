/**
 * Canvases that draw nothing: contexts with every member that apps use, so that what draws runs to its end. Text has a
 * plausible width, pixels are empty, and WebGL says of itself that it is complete.
 */
import type { CanvasHost, ContextKind } from '../boot/canvas-host';
import { webglConstants, webglCounts, webglMethods, webglParameters } from './webgl';

type Members = Record<string, unknown>;

/** Width of a letter beside the font's size. */
const letterWidth = 0.5;
const frameLength = 16;

const drawing2d = [
  'arc', 'arcTo', 'beginPath', 'bezierCurveTo', 'clearRect', 'clip', 'closePath', 'drawFocusIfNeeded', 'drawImage',
  'ellipse', 'fill', 'fillRect', 'fillText', 'lineTo', 'moveTo', 'putImageData', 'quadraticCurveTo', 'rect', 'reset',
  'resetTransform', 'restore', 'rotate', 'roundRect', 'save', 'scale', 'setLineDash', 'setTransform', 'stroke',
  'strokeRect', 'strokeText', 'transform', 'translate',
]; // biome-ignore format: one list

const state2d: Members = {
  direction: 'inherit', fillStyle: '#000000', filter: 'none', font: '10px sans-serif', fontKerning: 'auto',
  globalAlpha: 1, globalCompositeOperation: 'source-over', imageSmoothingEnabled: true, imageSmoothingQuality: 'low',
  letterSpacing: '0px', lineCap: 'butt', lineDashOffset: 0, lineJoin: 'miter', lineWidth: 1, miterLimit: 10,
  shadowBlur: 0, shadowColor: 'rgba(0, 0, 0, 0)', shadowOffsetX: 0, shadowOffsetY: 0, strokeStyle: '#000000',
  textAlign: 'start', textBaseline: 'alphabetic', textRendering: 'auto', wordSpacing: '0px',
}; // biome-ignore format: one list

const gradient = () => ({ addColorStop: () => {} });

function answers2d(this: Members): void {}

/** Members that answer something. */
const answering2d: Members = {
  createLinearGradient: gradient,
  createRadialGradient: gradient,
  createConicGradient: gradient,
  createPattern: () => ({ setTransform: () => {} }),
  createImageData: (width: number, height: number) => pixels(width, height),
  getImageData: (_x: number, _y: number, width: number, height: number) => pixels(width, height),
  getLineDash: () => [],
  getTransform: () => ({ a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }),
  isContextLost: () => false,
  isPointInPath: () => false,
  isPointInStroke: () => false,
  getContextAttributes: () => ({ alpha: true }),
  measureText(this: Members, text: unknown) {
    const size = Number(/(\d+(?:\.\d+)?)px/.exec(String(this.font))?.[1] ?? 10);
    const width = String(text).length * size * letterWidth;
    return {
      width, actualBoundingBoxLeft: 0, actualBoundingBoxRight: width, actualBoundingBoxAscent: size * 0.8,
      actualBoundingBoxDescent: size * 0.2, fontBoundingBoxAscent: size * 0.8, fontBoundingBoxDescent: size * 0.2,
    }; // biome-ignore format: one object
  },
};

/** What every extension has that is asked for: three.js and its like look for these. */
const extension: Members = Object.fromEntries(
  [
    'bindVertexArrayOES', 'deleteVertexArrayOES', 'drawArraysInstancedANGLE', 'drawBuffersWEBGL',
    'drawElementsInstancedANGLE', 'isVertexArrayOES', 'loseContext', 'restoreContext', 'vertexAttribDivisorANGLE',
  ].map((name) => [name, () => {}]),
); // biome-ignore format: one list
extension.createVertexArrayOES = () => ({});

/** Methods of WebGL that make or ask something. */
const answeringWebgl: Members = {
  getExtension: () => extension,
  getSupportedExtensions: () => [],
  getContextAttributes: () => ({ alpha: true, antialias: true, depth: true, stencil: false }),
  getParameter: (name: number) => webglParameters[name] ?? 1024,
  getShaderParameter: () => true,
  // Programs are linked, and have nothing in them that could be asked for by its number.
  getProgramParameter: (_program: unknown, name: number) => (webglCounts.has(name) ? 0 : true),
  getShaderInfoLog: () => '',
  getProgramInfoLog: () => '',
  getShaderPrecisionFormat: () => ({ rangeMin: 127, rangeMax: 127, precision: 23 }),
  getAttribLocation: () => 0,
  getUniformLocation: () => ({}),
  getError: () => 0,
  checkFramebufferStatus: () => 0x8cd5,
  isContextLost: () => false,
};

function pixels(width: number, height: number): Members {
  const columns = Math.max(1, Math.min(4096, Math.abs(Math.trunc(Number(width)) || 1)));
  const rows = Math.max(1, Math.min(4096, Math.abs(Math.trunc(Number(height)) || 1)));
  return { width: columns, height: rows, data: new Uint8ClampedArray(columns * rows * 4) };
}

/** Accessors on the prototype, as a browser has them: the runtime mirrors those. */
function prototypeOf(state: Members, methods: Members): object {
  const prototype: object = {};
  const values = new WeakMap<object, Members>();
  const of = (context: object): Members => {
    let own = values.get(context);
    if (own === undefined) {
      own = { ...state };
      values.set(context, own);
    }
    return own;
  };
  for (const name of Object.keys(state)) {
    Object.defineProperty(prototype, name, {
      enumerable: true,
      configurable: true,
      get(this: object) {
        return of(this)[name];
      },
      set(this: object, value: unknown) {
        of(this)[name] = value;
      },
    });
  }
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, { value, writable: true, enumerable: true, configurable: true });
  }
  return prototype;
}

function webglPrototype(): object {
  const methods: Members = { ...answeringWebgl };
  for (const name of webglMethods) methods[name] ??= /^(?:create|fence)/.test(name) ? () => ({}) : () => {};
  const prototype = prototypeOf({ drawingBufferWidth: 300, drawingBufferHeight: 150 }, methods);
  for (const [name, value] of Object.entries(webglConstants))
    Object.defineProperty(prototype, name, { value, enumerable: true });
  return prototype;
}

/** What the host hands over for `canvas` of a page. */
export function blankCanvas(prototypes: CanvasHost['prototypes'], width: number, height: number): OffscreenCanvas {
  const contexts: Partial<Record<ContextKind, object>> = {};
  const canvas = {
    width,
    height,
    getContext(kind: ContextKind) {
      const [known] = Object.keys(contexts);
      const prototype = prototypes[kind];
      if (prototype === undefined || (known !== undefined && known !== kind)) return null;
      contexts[kind] ??= Object.create(prototype, { canvas: { value: canvas } }) as object;
      return contexts[kind];
    },
    convertToBlob: () => Promise.resolve({ size: 1024, type: 'image/png' }),
    transferToImageBitmap: () => ({ width: canvas.width, height: canvas.height, close: () => {} }),
  };
  return canvas as unknown as OffscreenCanvas;
}

export function blankCanvasHost(
  setTimer: (callback: () => void, milliseconds: number) => number,
  clearTimer: (timer: number) => void,
  now: () => number,
): CanvasHost {
  const drawing = Object.fromEntries(drawing2d.map((name) => [name, answers2d]));
  const webgl = webglPrototype();
  const prototypes = { '2d': prototypeOf(state2d, { ...answering2d, ...drawing }), webgl, webgl2: webgl };
  const path = Object.fromEntries(['addPath', ...drawing2d].map((name) => [name, answers2d]));
  return {
    makeCanvas: (width, height) => blankCanvas(prototypes, width, height),
    makeImageData: (width, height) => pixels(width, height) as unknown as ImageData,
    imageDataOf: (data, width) => ({ data, width, height: data.length / 4 / width }) as unknown as ImageData,
    makePath: () => ({ ...path }) as unknown as Path2D,
    prototypes,
    requestFrame: (callback) => setTimer(() => callback(now()), frameLength),
    cancelFrame: clearTimer,
  };
}
