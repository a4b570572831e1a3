/** The worker's place, taken by QuickJS: time, scripts and text come from the host in Rust. */
import type { LogicHost } from '../boot/host';
import { HeadlessBlob } from './blob';
import { blankCanvasHost } from './canvas';
import { defineLazily } from './lazy-modules';
import type { Native } from './native';
import { decodeText, encodeText } from './text';

export interface HeadlessHost extends LogicHost {
  fire(timer: number): void;
  rejected(reason: unknown): void;
}

export function headlessHost(native: Native): HeadlessHost {
  const timers = new Map<number, () => void>();
  const then = Promise.prototype.then;
  const settled = Promise.resolve();
  let uncaught: (error: unknown, kind: 'error' | 'rejection') => void = () => {};
  let made = 0;
  const silent = () => {};
  const setTimer = (callback: () => void, milliseconds: number) => {
    const timer = native.setTimer(milliseconds);
    timers.set(timer, callback);
    return timer;
  };
  const clearTimer = (timer: number) => {
    timers.delete(timer);
    native.clearTimer(timer);
  };
  return {
    setTimer,
    clearTimer,
    fire(timer) {
      const callback = timers.get(timer);
      timers.delete(timer);
      callback?.();
    },
    queueMicrotask: (callback) => void then.call(settled, callback),
    now: () => native.now(),
    runScript(script) {
      const { name, own } = script as unknown as HeadlessBlob;
      if (own !== undefined) native.runText(name, own);
      else if (!defineLazily(name, native.text(name), native)) native.run(name);
      return name;
    },
    partOfScript(script, ranges) {
      made += 1;
      const { name, own } = script as unknown as HeadlessBlob;
      const lines = (own ?? native.text(name)).split('\n');
      const text = `${ranges.flatMap(({ start, lines: count }) => lines.slice(start, start + count)).join('\n')}\n`;
      return new HeadlessBlob(`mezze-package:made/${made}`, text.length, text) as unknown as Blob;
    },
    readText(blob) {
      const { name, own } = blob as unknown as HeadlessBlob;
      return own ?? native.text(name);
    },
    decodeText,
    encodeText,
    randomBytes: (length) => Uint8Array.from({ length }, () => Math.trunc(native.random() * 256)).buffer,
    // A worker of an app's own is started and never answers: its code is not run here.
    startWorker: () => ({ port: { onmessage: null, postMessage: silent, close: silent }, terminate: silent }),
    console: { debug: silent, log: silent, info: silent, warn: silent, error: silent },
    canvas: blankCanvasHost(setTimer, clearTimer, () => native.now()),
    onUncaught: (listener) => {
      uncaught = listener;
    },
    rejected: (reason) => uncaught(reason, 'rejection'),
  };
}
