/** `createCacheManager`, and its place in the way of requests. */
import { type ApiContext, type CallImplementation, callingPage, type Implementations } from '../context';
import { type Arguments, type Settle, withoutFunctions } from '../outcome';
import type { Storage } from '../storage';
import { KeptAnswers } from './kept';
import { CacheManager, type Send } from './manager';

/** Calls whose answers a manager may keep. */
const keptCalls = ['login', 'checkSession', 'getSetting'] as const;

export class RequestCache {
  private manager: CacheManager | undefined;
  private network: { isConnected: boolean; weakNet: boolean };

  constructor(
    private readonly context: ApiContext,
    /** Made on first use: an app without a manager has no second space. */
    private readonly storage: () => Storage,
  ) {
    this.network = { isConnected: context.snapshot.network.isConnected, weakNet: false };
    context.bridge.onEvent('network.change', (detail) => this.changed(detail));
    context.bridge.onEvent('network.weak', (detail) => this.changed(detail));
  }

  apis(): Pick<Implementations, 'calls' | 'syncs'> {
    const { bridge } = this.context;
    const call =
      (api: string): CallImplementation =>
      (args, settle) => {
        const send = (done: Settle) => void bridge.call(api, withoutFunctions(args), callingPage(this.context), done);
        if (this.manager === undefined) send(settle);
        else this.manager.call(api, settle, send);
      };
    return {
      calls: Object.fromEntries(keptCalls.map((api) => [api, call(api)])),
      // Made once: whoever asks again gets the same one.
      syncs: { createCacheManager: (options?: Arguments) => (this.manager ??= this.make(options ?? {})) },
    };
  }

  /** A request goes through the manager, where there is one. */
  request(args: Arguments, settle: Settle, send: (args: Arguments, settle: Settle) => object): object {
    const { manager } = this;
    if (manager === undefined) return send(args, settle);
    const task = new LateTask();
    const answered = manager.request(args, settle, ((given, done) => {
      const made = send(given, done);
      task.found(made);
      return made;
    }) as Send);
    task.abort = () => answered.abort?.();
    return task;
  }

  private get weak(): boolean {
    return this.network.weakNet || !this.network.isConnected;
  }

  private make(options: Arguments): CacheManager {
    const now = () => this.context.host.now();
    const kept = new KeptAnswers(this.storage(), now);
    return new CacheManager({ kept, reporter: this.context.reporter, now, weak: () => this.weak }, options);
  }

  private changed(detail: unknown): void {
    const before = this.weak;
    this.network = { ...this.network, ...(detail as object) };
    if (this.weak !== before) this.manager?.networkChanged(this.weak);
  }
}

/** Stands for a request's task from its start on; the real one may come later, or never. */
class LateTask {
  abort = (): void => {};
  private task: Record<string, unknown> | undefined;
  private readonly waiting: [string, unknown[]][] = [];
  readonly onHeadersReceived = this.handsOn('onHeadersReceived');
  readonly offHeadersReceived = this.handsOn('offHeadersReceived');
  readonly onChunkReceived = this.handsOn('onChunkReceived');
  readonly offChunkReceived = this.handsOn('offChunkReceived');

  found(task: object): void {
    this.task = task as Record<string, unknown>;
    for (const [method, values] of this.waiting.splice(0)) this.pass(method, values);
  }

  private handsOn(method: string): (...values: unknown[]) => void {
    return (...values) => {
      if (this.task === undefined) this.waiting.push([method, values]);
      else this.pass(method, values);
    };
  }

  private pass(method: string, values: unknown[]): void {
    const run = this.task?.[method];
    if (typeof run === 'function') run(...values);
  }
}
