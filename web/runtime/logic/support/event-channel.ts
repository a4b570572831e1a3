/** The channel between a page and the one it opened, as `navigateTo`'s `events` and `getOpenerEventChannel` use it. */
import type { Reporter } from './reporter';

type Listener = (...args: unknown[]) => void;

export class EventChannel {
  private readonly listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  /** Emissions that no one has listened to yet: the opened page starts after the opener emits. */
  private waiting: { name: string; args: unknown[] }[] = [];
  private peer: EventChannel | undefined;

  private constructor(private readonly reporter: Reporter) {}

  /** Two ends of one channel: what one emits, the other hears. */
  static pair(reporter: Reporter): [EventChannel, EventChannel] {
    const left = new EventChannel(reporter);
    const right = new EventChannel(reporter);
    left.peer = right;
    right.peer = left;
    return [left, right];
  }

  on(name: string, listener: Listener): void {
    this.add(name, listener, false);
  }

  once(name: string, listener: Listener): void {
    this.add(name, listener, true);
  }

  off(name: string, listener?: Listener): void {
    const kept =
      listener === undefined ? [] : (this.listeners.get(name) ?? []).filter((one) => one.listener !== listener);
    this.listeners.set(name, kept);
  }

  emit(name: string, ...args: unknown[]): void {
    this.peer?.receive(name, args);
  }

  private add(name: string, listener: Listener, once: boolean): void {
    if (typeof listener !== 'function') return;
    const listeners = this.listeners.get(name) ?? [];
    this.listeners.set(name, [...listeners, { listener, once }]);
    const due = this.waiting.filter((entry) => entry.name === name);
    this.waiting = this.waiting.filter((entry) => entry.name !== name);
    for (const entry of due) this.receive(name, entry.args);
  }

  private receive(name: string, args: unknown[]): void {
    const listeners = this.listeners.get(name) ?? [];
    if (listeners.length === 0) {
      if (!this.listeners.has(name)) this.waiting.push({ name, args });
      return;
    }
    this.listeners.set(
      name,
      listeners.filter((one) => !one.once),
    );
    for (const { listener } of listeners) this.reporter.guard(`event channel "${name}"`, () => listener(...args));
  }
}
