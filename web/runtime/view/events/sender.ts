/**
 * Sends events to the logic side: numbers them, keeps what real use repeats quickly to one in flight, and issues the
 * single-use tokens that prove a trusted gesture to the shell.
 */
import type { FrameToShell, TouchPoint, ViewEvent, ViewToLogic } from '../../protocol';
import { ownEvents } from '../../protocol';
import type { ViewNode } from '../node';
import type { ListenerTable } from './listeners';

export interface EventExtras {
  touches?: TouchPoint[];
  changedTouches?: TouchPoint[];
  gesture?: string;
}

/** After this long without `seen` the next one goes out anyway, so that a busy logic side is not cut off. */
const inFlightLimit = 250;

interface Repeated {
  seq: number;
  sentAt: number;
  next: (() => number) | null;
}

export class EventSender {
  readonly #repeated = new Map<string, Repeated>();
  readonly #startedAt = performance.now();
  #seq = 0;
  #logicSaysSeen = false;
  #frameRequested = false;

  constructor(
    private readonly toLogic: (message: ViewToLogic) => void,
    private readonly toShell: (message: FrameToShell) => void,
    readonly listeners: ListenerTable,
  ) {}

  /** Sends an event whatever is listened to; gives its number. */
  send(node: ViewNode, type: string, detail: Record<string, unknown>, extras: EventExtras = {}): number {
    const event: ViewEvent = {
      node: node.id,
      type,
      detail,
      timeStamp: Math.round(performance.now() - this.#startedAt),
      seq: ++this.#seq,
      ...extras,
    };
    const origin = extras.changedTouches === undefined ? undefined : node.component?.touchOrigin;
    if (origin) {
      event.touches = (extras.touches ?? []).map((point) => within(point, origin));
      event.changedTouches = (extras.changedTouches ?? []).map((point) => within(point, origin));
    }
    const element = node.element;
    if (extras.changedTouches !== undefined && element !== null) {
      const rect = element.getBoundingClientRect();
      event.offset = { left: Math.round(rect.left + scrollX), top: Math.round(rect.top + scrollY) };
    }
    this.toLogic({ k: 'event', event });
    return event.seq;
  }

  /** An event that does not bubble: sent if the node itself listens. Gives its number, 0 if it was not sent. */
  component(node: ViewNode, type: string, detail: Record<string, unknown>, extras: EventExtras = {}): number {
    return this.listeners.has(node, type) ? this.send(node, type, detail, extras) : 0;
  }

  /** For a worklet function that the page gave the node (`worklet:onscrollupdate`), named without `worklet:`. */
  worklet(node: ViewNode, name: string, detail: Record<string, unknown>): number {
    return this.component(node, `${ownEvents.workletPrefix}${name}`, detail);
  }

  /** A new value for a two-way binding. */
  model(node: ViewNode, name: string, value: unknown): number {
    return node.models?.has(name) ? this.send(node, `${ownEvents.modelPrefix}${name}`, { value }) : 0;
  }

  page(type: 'reachBottom' | 'pullDownRefresh' | 'resize' | 'scroll', detail: Record<string, unknown>): number {
    this.toLogic({ k: 'page', type, detail, seq: ++this.#seq });
    return this.#seq;
  }

  /** At most one in flight; of those that come meanwhile, only the last is sent. `send` is called when it may. */
  coalesce(key: string, send: () => number): void {
    const entry = this.#repeated.get(key);
    if (entry === undefined) {
      this.#repeated.set(key, { seq: send(), sentAt: performance.now(), next: null });
    } else {
      entry.next = send;
    }
    this.#watch();
  }

  /** Sends what is waiting before an event that has to come after it (a touchend after its touchmoves). */
  flush(key: string): void {
    const entry = this.#repeated.get(key);
    this.#repeated.delete(key);
    entry?.next?.();
  }

  seen(seq: number): void {
    this.#logicSaysSeen = true;
    for (const [key, entry] of this.#repeated) if (entry.seq <= seq) this.#advance(key, entry);
  }

  /** A token for a trusted event; the shell learns of it over its own port, the logic side in the event. */
  gesture(event: Event | null, node: ViewNode, type: string, openType?: string): string | undefined {
    if (event === null || !event.isTrusted) return undefined;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const token = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    this.toShell({ k: 'gesture', token, node: node.id, type, ...(openType === undefined ? {} : { openType }) });
    return token;
  }

  #advance(key: string, entry: Repeated): void {
    if (entry.next === null) {
      this.#repeated.delete(key);
      return;
    }
    const send = entry.next;
    entry.next = null;
    entry.sentAt = performance.now();
    entry.seq = send();
  }

  #watch(): void {
    if (this.#frameRequested || this.#repeated.size === 0) return;
    this.#frameRequested = true;
    requestAnimationFrame(() => {
      this.#frameRequested = false;
      const now = performance.now();
      for (const [key, entry] of this.#repeated) {
        if (!this.#logicSaysSeen || now - entry.sentAt > inFlightLimit) this.#advance(key, entry);
      }
      this.#watch();
    });
  }
}

/** A touch as a canvas tells it: with its distance from the canvas's own corner. */
function within(point: TouchPoint, origin: { left: number; top: number }): TouchPoint {
  return { ...point, x: point.clientX - origin.left, y: point.clientY - origin.top };
}
