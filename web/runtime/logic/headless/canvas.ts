/**
 * Canvases that draw nothing: contexts with every member that apps use, so that what draws runs to its end. Text has a
 * plausible width, pixels are empty, and WebGL says of itself that it is complete.
 */
import type { CanvasHost, ContextKind } from '../boot/canvas-host';

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

/** Methods of WebGL that make or ask something. */
const answeringWebgl: Members = {
  getExtension: () => null,
  getSupportedExtensions: () => [],
  getContextAttributes: () => ({ alpha: true, antialias: true, depth: true, stencil: false }),
  getParameter: () => 1024,
  getShaderParameter: () => true,
  getProgramParameter: () => true,
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
  for (const name of webglMethods) methods[name] ??= /^create/.test(name) ? () => ({}) : () => {};
  const prototype = prototypeOf({ drawingBufferWidth: 300, drawingBufferHeight: 150 }, methods);
  for (const [name, value] of Object.entries(webglConstants))
    Object.defineProperty(prototype, name, { value, enumerable: true });
  return prototype;
}

const webglMethods = [
  'activeTexture', 'attachShader', 'bindAttribLocation', 'bindBuffer', 'bindFramebuffer', 'bindRenderbuffer',
  'bindTexture', 'blendColor', 'blendEquation', 'blendEquationSeparate', 'blendFunc', 'blendFuncSeparate',
  'bufferData', 'bufferSubData', 'clear', 'clearColor', 'clearDepth', 'clearStencil', 'colorMask', 'compileShader',
  'compressedTexImage2D', 'copyTexImage2D', 'createBuffer', 'createFramebuffer', 'createProgram',
  'createRenderbuffer', 'createShader', 'createTexture', 'cullFace', 'deleteBuffer', 'deleteFramebuffer',
  'deleteProgram', 'deleteRenderbuffer', 'deleteShader', 'deleteTexture', 'depthFunc', 'depthMask', 'depthRange',
  'detachShader', 'disable', 'disableVertexAttribArray', 'drawArrays', 'drawElements', 'enable',
  'enableVertexAttribArray', 'finish', 'flush', 'framebufferRenderbuffer', 'framebufferTexture2D', 'frontFace',
  'generateMipmap', 'getActiveAttrib', 'getActiveUniform', 'hint', 'lineWidth', 'linkProgram', 'pixelStorei',
  'polygonOffset', 'readPixels', 'renderbufferStorage', 'scissor', 'shaderSource', 'stencilFunc',
  'stencilFuncSeparate', 'stencilMask', 'stencilMaskSeparate', 'stencilOp', 'stencilOpSeparate', 'texImage2D',
  'texParameterf', 'texParameteri', 'texSubImage2D', 'uniform1f', 'uniform1fv', 'uniform1i', 'uniform1iv',
  'uniform2f', 'uniform2fv', 'uniform2i', 'uniform3f', 'uniform3fv', 'uniform3i', 'uniform4f', 'uniform4fv',
  'uniform4i', 'uniformMatrix2fv', 'uniformMatrix3fv', 'uniformMatrix4fv', 'useProgram', 'validateProgram',
  'vertexAttrib1f', 'vertexAttrib4f', 'vertexAttribPointer', 'viewport',
]; // biome-ignore format: one list

/** The constants that code compares results with; the others only travel back to us. */
const webglConstants: Record<string, number> = {
  ARRAY_BUFFER: 0x8892, COLOR_BUFFER_BIT: 0x4000, COMPILE_STATUS: 0x8b81, DEPTH_BUFFER_BIT: 0x100, FLOAT: 0x1406,
  ELEMENT_ARRAY_BUFFER: 0x8893, FRAGMENT_SHADER: 0x8b30, FRAMEBUFFER: 0x8d40, FRAMEBUFFER_COMPLETE: 0x8cd5,
  LINK_STATUS: 0x8b82, NO_ERROR: 0, RGB: 0x1907, RGBA: 0x1908, STATIC_DRAW: 0x88e4, STENCIL_BUFFER_BIT: 0x400,
  TEXTURE_2D: 0xde1, TEXTURE0: 0x84c0, TRIANGLES: 4, TRIANGLE_STRIP: 5, UNSIGNED_BYTE: 0x1401, UNSIGNED_SHORT: 0x1403,
  VERSION: 0x1f02, VERTEX_SHADER: 0x8b31,
}; // biome-ignore format: one list

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
