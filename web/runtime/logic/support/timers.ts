/**
 * The timers that apps see. They take functions only, report what these throw, and stand still while the app is in
 * the background: WeChat suspends an app 5 seconds after it was hidden.
 */
import type { LogicHost } from '../boot/host';
import type { Reporter } from './reporter';

interface Timer {
  run: () => void;
  /** Milliseconds between runs, or -1 for once. */
  every: number;
  due: number;
  handle: number;
}

const suspendAfter = 5000;

export class Timers {
  private nextId = 1;
  private readonly timers = new Map<number, Timer>();
  private suspended: { since: number } | undefined;
  private suspending: number | undefined;

  constructor(
    private readonly host: LogicHost,
    private readonly reporter: Reporter,
  ) {}

  /** The functions as an app calls them. */
  readonly functions = {
    setTimeout: (callback: unknown, milliseconds?: unknown, ...args: unknown[]) =>
      this.start('setTimeout', callback, milliseconds, false, args),
    setInterval: (callback: unknown, milliseconds?: unknown, ...args: unknown[]) =>
      this.start('setInterval', callback, milliseconds, true, args),
    clearTimeout: (id?: unknown) => this.stop(id),
    clearInterval: (id?: unknown) => this.stop(id),
  };

  private start(name: string, callback: unknown, milliseconds: unknown, repeat: boolean, args: unknown[]): number {
    if (typeof callback !== 'function') {
      throw new TypeError(`${name}: the first argument must be a function, got ${typeof callback}`);
    }
    const wait = Math.max(0, Number(milliseconds) || 0);
    const id = this.nextId++;
    const run = () => this.reporter.guard(name, () => callback(...args));
    const timer: Timer = { run, every: repeat ? Math.max(4, wait) : -1, due: this.host.now() + wait, handle: 0 };
    this.timers.set(id, timer);
    if (this.suspended === undefined) this.arm(id, timer);
    return id;
  }

  private stop(id: unknown): void {
    const timer = this.timers.get(Number(id));
    if (timer === undefined) return;
    this.timers.delete(Number(id));
    this.host.clearTimer(timer.handle);
  }

  private arm(id: number, timer: Timer): void {
    timer.handle = this.host.setTimer(() => this.fire(id, timer), Math.max(0, timer.due - this.host.now()));
  }

  private fire(id: number, timer: Timer): void {
    if (timer.every < 0) this.timers.delete(id);
    timer.run();
    if (timer.every < 0 || !this.timers.has(id) || this.suspended !== undefined) return;
    // An interval that fell behind does not catch up with a burst.
    timer.due = Math.max(timer.due + timer.every, this.host.now());
    this.arm(id, timer);
  }

  /** The app went to the background. */
  hide(): void {
    this.suspending ??= this.host.setTimer(() => this.suspend(), suspendAfter);
  }

  private suspend(): void {
    this.suspended = { since: this.host.now() };
    for (const timer of this.timers.values()) this.host.clearTimer(timer.handle);
  }

  /** The app came back: what was left of each wait goes on. */
  show(): void {
    if (this.suspending !== undefined) this.host.clearTimer(this.suspending);
    this.suspending = undefined;
    if (this.suspended === undefined) return;
    const away = this.host.now() - this.suspended.since;
    this.suspended = undefined;
    for (const [id, timer] of this.timers) {
      timer.due += away;
      this.arm(id, timer);
    }
  }
}
