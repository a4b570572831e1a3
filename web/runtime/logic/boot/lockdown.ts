/**
 * Cuts every global of the worker that is not on the allow list, those on the prototypes of the global scope too,
 * before the first line of an app runs. The frame's policy refuses the network anyway; this is the second wall,
 * and it is the only one against nested workers and BroadcastChannel.
 */

/** The language, and what the runtime puts back in its own form (timers, console, the WXS helpers). */
const language = [
  'globalThis', 'Infinity', 'NaN', 'undefined', 'isFinite', 'isNaN', 'parseFloat', 'parseInt',
  'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape',
  'Object', 'Function', 'Boolean', 'Symbol', 'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError',
  'SyntaxError', 'TypeError', 'URIError', 'SuppressedError', 'Number', 'BigInt', 'Math', 'Date', 'String', 'RegExp',
  'Array', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'BigInt64Array', 'BigUint64Array', 'Float16Array', 'Float32Array', 'Float64Array', 'Map', 'Set', 'WeakMap', 'WeakSet',
  'WeakRef', 'FinalizationRegistry', 'ArrayBuffer', 'DataView', 'JSON', 'Promise', 'Reflect', 'Proxy', 'Iterator',
  'Intl', 'Temporal',
]; // biome-ignore format: one list

export interface Lockdown {
  /** Names that could be neither deleted nor overwritten; empty in every engine we know. */
  left: string[];
}

/**
 * Cuts `scope`. `installed` are the runtime's own globals, which stay; they must be defined on the scope already.
 * Everything the runtime needs of the worker has to be captured before.
 */
export function cutGlobals(scope: object, installed: readonly string[]): Lockdown {
  const allowed = new Set<PropertyKey>([...language, ...installed]);
  const left: string[] = [];
  for (let level: object | null = scope; level !== null && level !== Object.prototype; ) {
    const above: object | null = Object.getPrototypeOf(level);
    for (const name of Reflect.ownKeys(level)) {
      if (level === scope && allowed.has(name)) continue;
      if (!cut(level, name)) left.push(String(name));
    }
    level = above;
  }
  tameFunctionConstructor(scope);
  pinStackTraces();
  return { left };
}

function cut(holder: object, name: PropertyKey): boolean {
  if (Reflect.deleteProperty(holder, name)) return true;
  // V8 keeps a few names (`TEMPORARY`, `PERSISTENT`) as constants without power.
  const descriptor = Reflect.getOwnPropertyDescriptor(holder, name);
  if (descriptor !== undefined && 'value' in descriptor && typeof descriptor.value !== 'object') {
    return typeof descriptor.value !== 'function';
  }
  return Reflect.set(holder, name, undefined);
}

/**
 * Libraries look for the global object with `Function('return this')()`, which the policy refuses with an error
 * that they don't expect. That one body is answered without compiling anything; any other goes on to be refused.
 */
function tameFunctionConstructor(scope: object): void {
  const original = Function;
  const tamed = function (this: unknown, ...parts: unknown[]): unknown {
    const body = String(parts.at(-1) ?? '').trim();
    if (/^return this;?$/.test(body) || body === '') return body === '' ? () => {} : () => scope;
    return Reflect.construct(original, parts);
  };
  Object.defineProperty(tamed, 'name', { value: 'Function' });
  Object.defineProperty(tamed, 'prototype', { value: original.prototype, writable: false });
  Object.defineProperty(original.prototype, 'constructor', { value: tamed, configurable: true, writable: true });
  Object.defineProperty(scope, 'Function', { value: tamed, configurable: true, writable: true });
}

/** `Error.prepareStackTrace` hands out call sites of the runtime: it stays unset, assignments are ignored. */
function pinStackTraces(): void {
  Object.defineProperty(Error, 'prepareStackTrace', { get: () => undefined, set: () => {}, configurable: false });
}
