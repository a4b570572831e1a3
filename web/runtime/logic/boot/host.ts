/**
 * What the logic runtime needs of the worker it runs in, captured once, before the worker's globals are cut.
 * The tests and the headless host hand in their own.
 */

import type { StartWorker } from '../worker/parent';
import { appWorkerBoot } from '../worker/protocol';
import { type CanvasHost, captureCanvas, captureFonts, type FontHost } from './canvas-host';
import { captureFiles, type FileHost } from './file-host';
import type { LineRange, Scripts } from './scripts';

export interface LogicHost {
  setTimer(callback: () => void, milliseconds: number): number;
  clearTimer(timer: number): void;
  queueMicrotask(callback: () => void): void;
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs a script that the shell sent, or a part of one, and returns the name it has in stack traces. */
  runScript(script: Blob): string;
  /** Lines of such a script, joined: the only way to a script that the shell did not send as it is. */
  partOfScript(script: Blob, ranges: readonly LineRange[]): Blob;
  readText(blob: Blob): string;
  /** UTF-8 both ways; malformed bytes become U+FFFD. */
  decodeText(bytes: ArrayBuffer): string;
  encodeText(text: string): Uint8Array;
  /** The worker's own console, for the browser's developer tools. */
  console: Pick<Console, 'debug' | 'log' | 'info' | 'warn' | 'error'>;
  /** Undefined where workers can't draw. */
  readonly canvas: CanvasHost | undefined;
  readonly fonts?: FontHost | undefined;
  /** Absent where there are no Blobs: files are kept in memory then. */
  readonly files?: FileHost;
  /** Bytes that nobody can guess; absent where the host has none. */
  randomBytes?(length: number): ArrayBuffer;
  /** Starts a worker of an app's own; absent where there are none. */
  readonly startWorker?: StartWorker;
  /** Errors and rejections that no one caught. */
  onUncaught(listener: (error: unknown, kind: 'error' | 'rejection') => void): void;
}

interface WorkerScope {
  setTimeout(callback: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
}

declare const FileReaderSync: { new (): { readAsText(blob: Blob): string } };

/**
 * Captures what the runtime needs from a dedicated worker. Functions are called by a captured `Reflect.apply`: by
 * `call`, an app that replaced that would see them.
 */
export function captureWorker(scripts: Scripts): LogicHost {
  const scope = globalThis as unknown as WorkerScope;
  const { apply } = Reflect;
  const { setTimeout, clearTimeout, addEventListener } = scope;
  const microtask = queueMicrotask;
  const reader = new FileReaderSync();
  const now = Date.now;
  const fillRandom = crypto.getRandomValues.bind(crypto);
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const { debug, log, info, warn, error } = console;
  return {
    setTimer: (callback, milliseconds) => apply(setTimeout, scope, [callback, milliseconds]),
    clearTimer: (timer) => apply(clearTimeout, scope, [timer]),
    queueMicrotask: (callback) => apply(microtask, scope, [callback]),
    now,
    runScript: (script) => scripts.run(script),
    partOfScript: (script, ranges) => scripts.part(script, ranges),
    readText: (blob) => reader.readAsText(blob),
    decodeText: (bytes) => decoder.decode(bytes),
    encodeText: (text) => encoder.encode(text),
    console: { debug, log, info, warn, error },
    canvas: captureCanvas(),
    files: captureFiles(),
    fonts: captureFonts(),
    randomBytes(length) {
      const bytes = new Uint8Array(length);
      // One call gives 64 KiB at most.
      for (let start = 0; start < length; start += 65_536) fillRandom(bytes.subarray(start, start + 65_536));
      return bytes.buffer;
    },
    startWorker: captureWorkers(scripts),
    onUncaught(listener) {
      addEventListener.call(scope, 'error', (event) => {
        const failure = event as ErrorEvent;
        event.preventDefault();
        listener(failure.error ?? failure.message, 'error');
      });
      addEventListener.call(scope, 'unhandledrejection', (event) => {
        event.preventDefault();
        listener((event as PromiseRejectionEvent).reason, 'rejection');
      });
    },
  };
}

/** Workers are made of the bundle that this one runs, which its own address names. */
function captureWorkers({ isAdmitted }: Scripts): StartWorker {
  const [AppWorker, Channel] = [Worker, MessageChannel];
  const bundle = location.href;
  return (code) => {
    if (!isAdmitted(code)) throw new TypeError('only scripts of the package are run');
    const { port1, port2 } = new Channel();
    const worker = new AppWorker(bundle);
    worker.postMessage({ k: appWorkerBoot, scripts: code }, [port2]);
    return { port: port1, terminate: () => worker.terminate() };
  };
}
