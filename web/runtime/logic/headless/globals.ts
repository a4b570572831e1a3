/**
 * Makes the engine's globals what they are in the worker: time and chance are the host's, so that two runs are alike,
 * and text is never compiled, which the worker's policy refuses too.
 */
import { installLastMatch } from './last-match';
import type { Native } from './native';

export function prepareGlobals(native: Native): void {
  installClock(native);
  Math.random = () => native.random();
  refuseCompilation();
  installLastMatch();
}

function installClock(native: Native): void {
  const System = Date;
  const Clock = function (this: unknown, ...parts: unknown[]): unknown {
    if (new.target === undefined) return new System(native.now()).toString();
    return Reflect.construct(System, parts.length === 0 ? [native.now()] : parts, new.target);
  };
  Object.defineProperties(Clock, {
    prototype: { value: System.prototype, writable: false },
    name: { value: 'Date' },
    length: { value: 7 },
    now: { value: () => native.now(), writable: true, configurable: true },
    parse: { value: System.parse, writable: true, configurable: true },
    UTC: { value: System.UTC, writable: true, configurable: true },
  });
  Object.defineProperty(System.prototype, 'constructor', { value: Clock, writable: true, configurable: true });
  Object.defineProperty(globalThis, 'Date', { value: Clock, writable: true, configurable: true });
}

/** `Function`, and the constructors that only a function of their kind leads to. */
function refuseCompilation(): void {
  const kinds: object[] = [
    () => {},
    async () => {},
    function* () {},
    async function* () {},
  ]; // biome-ignore format: one list
  for (const kind of kinds) {
    const prototype = Object.getPrototypeOf(kind) as { constructor: { name: string } };
    const { name } = prototype.constructor;
    const refusing = refusal(name);
    Object.defineProperty(refusing, 'name', { value: name });
    Object.defineProperty(refusing, 'prototype', { value: prototype, writable: false });
    Object.defineProperty(prototype, 'constructor', { value: refusing, configurable: true });
    if (name === 'Function') {
      Object.defineProperty(globalThis, name, { value: refusing, writable: true, configurable: true });
    }
  }
}

/** A constructor, unlike an arrow function: libraries call it with `new`. */
function refusal(name: string): () => never {
  function refuse(): never {
    throw new EvalError(`${name}: a mini app can't make code from text`);
  }
  return refuse;
}
