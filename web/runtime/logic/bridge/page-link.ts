/**
 * The logic side of one page port: posts batches, at most two unacknowledged, answers `invoke`, and hands events on.
 * Whatever a page frame sends is checked here; a page frame runs no app code, but a broken one must not break logic.
 */
import { limits } from '../../protocol/operations';
import type { LogicToView, ViewEvent, ViewToLogic } from '../../protocol/page-port';
import type { LogicHost } from '../boot/host';
import { holdHandedOver } from '../canvas/held';

export type PageMessage = Extract<ViewToLogic, { k: 'page' }>;

export interface PageListener {
  event(event: ViewEvent): void;
  page(message: PageMessage): void;
}

/** The part of a MessagePort that is used; tests put their own behind it. */
export interface Port {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  close(): void;
}

export class PageLink {
  private sequence = 0;
  private unacknowledged = 0;
  private nextInvocation = 1;
  closed = false;
  /** A part of the open batch is on its way, so its end has to follow, even an empty one. */
  partPosted = false;
  private readonly invocations = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
  private drawn: { sequence: number; callback: () => void }[] = [];
  private drainable: () => void = () => {};
  private hasOpenBatch: () => boolean = () => false;
  /** Invocations that wait for the open batch. */
  private held: LogicToView[] = [];

  constructor(
    private readonly port: Port,
    private readonly host: LogicHost,
    private readonly listener: PageListener,
  ) {
    port.onmessage = (event) => this.receive(event.data as ViewToLogic);
  }

  now(): number {
    return this.host.now();
  }

  queueMicrotask(callback: () => void): void {
    this.host.queueMicrotask(callback);
  }

  /** `callback` is called whenever a batch may be posted again; `pending` says whether one waits to be. */
  onDrainable(callback: () => void, pending: () => boolean): void {
    this.drainable = callback;
    this.hasOpenBatch = pending;
  }

  canPost(): boolean {
    return !this.closed && this.unacknowledged < limits.unacknowledgedBatches;
  }

  /** Every batch was acknowledged. */
  get isQuiet(): boolean {
    return this.unacknowledged === 0;
  }

  postOperations(ops: unknown[]): void {
    this.unacknowledged += 1;
    this.sequence += 1;
    this.partPosted = false;
    this.post({ k: 'ops', seq: this.sequence, ops });
    for (const message of this.held.splice(0)) this.post(message);
  }

  /** Posts the beginning of a batch that is still being recorded; `postOperations` posts its end. */
  postPart(ops: unknown[]): void {
    this.partPosted = true;
    this.post({ k: 'ops', seq: this.sequence + 1, ops, more: true });
  }

  /**
   * Calls back when everything recorded so far is drawn. `pending` says whether some of it waits in the open batch,
   * which will be the next one posted.
   */
  whenDrawn(pending: boolean, callback: () => void): void {
    if (this.closed) return;
    if (!pending && this.unacknowledged === 0) this.host.queueMicrotask(callback);
    else this.drawn.push({ sequence: pending ? this.sequence + 1 : this.sequence, callback });
  }

  invoke(node: number, method: string, args: unknown[]): Promise<unknown> {
    if (this.closed) return Promise.reject(new Error(`${method}: the page is closed`));
    const id = this.nextInvocation++;
    return new Promise((resolve, reject) => {
      this.invocations.set(id, { resolve, reject });
      // Posted behind the batch of this turn, whenever that may go, so that what was just set is measured.
      this.host.queueMicrotask(() => {
        const message = { k: 'invoke', id, node, method, args } as const;
        if (this.hasOpenBatch()) this.held.push(message);
        else this.post(message);
      });
    });
  }

  /** The frame may send the next event of a kind that repeats quickly. */
  seen(sequence: number): void {
    this.post({ k: 'seen', seq: sequence });
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.port.onmessage = null;
    this.port.close();
    this.drawn = [];
    this.held = [];
    for (const { reject } of this.invocations.values()) reject(new Error('the page is closed'));
    this.invocations.clear();
  }

  private post(message: LogicToView): void {
    if (!this.closed) this.port.postMessage(message);
  }

  private receive(message: ViewToLogic): void {
    if (typeof message !== 'object' || message === null) return;
    switch (message.k) {
      case 'ack':
        this.acknowledge(message.seq);
        break;
      case 'event':
        if (isViewEvent(message.event)) this.listener.event(message.event);
        break;
      case 'page':
        if (typeof message.detail === 'object' && message.detail !== null) this.listener.page(message);
        break;
      case 'result':
        this.settle(message);
        break;
      default:
    }
  }

  private acknowledge(sequence: number): void {
    if (this.unacknowledged === 0 || typeof sequence !== 'number') return;
    this.unacknowledged = Math.max(0, this.sequence - sequence);
    this.drainable();
    const due = this.drawn.filter((entry) => entry.sequence <= sequence);
    this.drawn = this.drawn.filter((entry) => entry.sequence > sequence);
    for (const { callback } of due) callback();
  }

  private settle(message: Extract<ViewToLogic, { k: 'result' }>): void {
    const invocation = this.invocations.get(message.id);
    if (invocation === undefined) return;
    this.invocations.delete(message.id);
    if (typeof message.error === 'string') invocation.reject(new Error(message.error));
    else invocation.resolve(holdHandedOver(message.value));
  }
}

function isViewEvent(event: unknown): event is ViewEvent {
  if (typeof event !== 'object' || event === null) return false;
  const { node, type, detail } = event as Partial<ViewEvent>;
  return Number.isInteger(node) && typeof type === 'string' && typeof detail === 'object' && detail !== null;
}
