/**
 * Contexts as apps get them: objects of our own with the members of the browser's, so that nothing an app holds leads
 * to the browser's canvas, its constructors or what these inherit from. Canvases and images of ours among the
 * arguments are exchanged for what the browser draws.
 *
 * Nothing here calls a method that an app could have replaced, since that would hand it what is kept from it.
 */
import type { CanvasHost, ContextKind } from '../boot/canvas-host';
import { bitmapOf, isImage } from './image';
import { type CanvasNode, isCanvas, surfaceOf } from './node';

export type Mirror = (raw: object, node: CanvasNode) => object;

const { apply, ownKeys, getOwnPropertyDescriptor } = Reflect;
const { defineProperty } = Object;
const notReady = Symbol('picture that is not there yet');

/** Makes what wraps contexts of one kind, or undefined where the browser has none. */
export function mirrorOf(host: CanvasHost, kind: ContextKind): Mirror | undefined {
  const prototype = host.prototypes[kind];
  if (prototype === undefined) return undefined;
  const { wrap, members, rawOf } = makeClass();
  const names = ownKeys(prototype);
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as PropertyKey;
    const descriptor = getOwnPropertyDescriptor(prototype, name);
    if (descriptor === undefined || leadsOut(name)) continue;
    defineProperty(members, name, mirrored(name, descriptor, rawOf));
  }
  return wrap;
}

/** Members that are not mirrored; symbols only name the browser's class. */
function leadsOut(name: PropertyKey): boolean {
  return typeof name === 'symbol' || name === 'constructor' || name === 'canvas' || name === 'makeXRCompatible';
}

type RawOf = (context: object) => object;

function makeClass(): { wrap: Mirror; members: object; rawOf: RawOf } {
  let rawOf: RawOf = (context) => context;
  class Context {
    static {
      rawOf = (context) => (context as Context).#raw;
      Object.defineProperty(Context.prototype, 'constructor', { value: Object });
    }
    readonly #raw: object;
    readonly #node: CanvasNode;

    constructor(raw: object, node: CanvasNode) {
      this.#raw = raw;
      this.#node = node;
    }

    get canvas(): CanvasNode {
      return this.#node;
    }
  }
  return { wrap: (raw, node) => new Context(raw, node), members: Context.prototype, rawOf };
}

function mirrored(name: PropertyKey, descriptor: PropertyDescriptor, rawOf: RawOf): PropertyDescriptor {
  const { get, set, value } = descriptor;
  const shared = { enumerable: descriptor.enumerable ?? false, configurable: true };
  if (get !== undefined) {
    const read = function (this: object): unknown {
      return apply(get, rawOf(this), []);
    };
    if (set === undefined) return { ...shared, get: read };
    const write = function (this: object, given: unknown): void {
      apply(set, rawOf(this), [given]);
    };
    return { ...shared, get: read, set: write };
  }
  if (typeof value !== 'function') return { ...shared, value };
  return { ...shared, writable: true, value: method(name, value as Method, rawOf) };
}

type Method = (...args: unknown[]) => unknown;

function method(name: PropertyKey, original: Method, rawOf: RawOf): Method {
  if (name === 'getParameter') {
    return function (this: object, asked: unknown): unknown {
      const parameter = +(asked as number);
      return namesDevice(parameter) ? null : apply(original, rawOf(this), [parameter]);
    };
  }
  return function (this: object, ...args: unknown[]): unknown {
    for (let index = 0; index < args.length; index += 1) {
      const given = args[index];
      if (typeof given !== 'object' || given === null) continue;
      const drawn = drawable(given);
      // As with an image element of a page: nothing is drawn until it is there.
      if (drawn === notReady) return name === 'createPattern' ? null : undefined;
      args[index] = drawn;
    }
    return apply(original, rawOf(this), args);
  };
}

/** `UNMASKED_VENDOR_WEBGL` and `UNMASKED_RENDERER_WEBGL`: they would tell one user's device from another's. */
function namesDevice(parameter: number): boolean {
  return parameter === 0x9245 || parameter === 0x9246;
}

function drawable(given: object): unknown {
  if (isCanvas(given)) return surfaceOf(given);
  if (isImage(given)) return bitmapOf(given) ?? notReady;
  return given;
}
