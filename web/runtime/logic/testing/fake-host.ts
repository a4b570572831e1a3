/** A worker for tests: scripts run in the test's own realm, time is the test's to move. */
import { runInThisContext } from 'node:vm';
import type { CanvasHost } from '../boot/canvas-host';
import type { LogicHost } from '../boot/host';

const texts = new WeakMap<Blob, string>();

/** A Blob whose text the fake host can read at once. */
export function textBlob(text: string): Blob {
  const blob = new Blob([text]);
  texts.set(blob, text);
  return blob;
}

interface Pending {
  due: number;
  callback: () => void;
}

export class FakeHost implements LogicHost {
  time = 1_700_000_000_000;
  /** What scripts find as `__mezze__`. */
  entry: object = {};
  uncaught: (error: unknown, kind: 'error' | 'rejection') => void = () => {};
  canvas: CanvasHost | undefined;
  readonly console = { debug() {}, log() {}, info() {}, warn() {}, error() {} };
  private readonly timers = new Map<number, Pending>();
  private nextTimer = 1;
  private scripts = 0;

  setTimer(callback: () => void, milliseconds: number): number {
    const id = this.nextTimer++;
    this.timers.set(id, { due: this.time + milliseconds, callback });
    return id;
  }

  clearTimer(timer: number): void {
    this.timers.delete(timer);
  }

  queueMicrotask(callback: () => void): void {
    queueMicrotask(callback);
  }

  now(): number {
    return this.time;
  }

  runScript(script: Blob): string {
    this.scripts += 1;
    const url = `blob:null/${this.scripts}`;
    const run = runInThisContext(`(function (__mezze__) {${this.readText(script)}\n})`, { filename: url });
    (run as (entry: object) => void)(this.entry);
    return url;
  }

  partOfScript(script: Blob, ranges: readonly { start: number; lines: number }[]): Blob {
    const lines = this.readText(script).split('\n');
    return textBlob(`${ranges.flatMap(({ start, lines: count }) => lines.slice(start, start + count)).join('\n')}\n`);
  }

  readText(blob: Blob): string {
    return texts.get(blob) ?? '';
  }

  decodeText(bytes: ArrayBuffer): string {
    return new TextDecoder().decode(bytes);
  }

  encodeText(text: string): Uint8Array {
    return new TextEncoder().encode(text);
  }

  onUncaught(listener: (error: unknown, kind: 'error' | 'rejection') => void): void {
    this.uncaught = listener;
  }

  /** Lets time pass: due timers run in order. */
  pass(milliseconds: number): void {
    const until = this.time + milliseconds;
    for (;;) {
      const next = [...this.timers].filter(([, { due }]) => due <= until).sort(([, a], [, b]) => a.due - b.due)[0];
      if (next === undefined) break;
      this.timers.delete(next[0]);
      this.time = Math.max(this.time, next[1].due);
      next[1].callback();
    }
    this.time = until;
  }
}
