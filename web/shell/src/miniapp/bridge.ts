/**
 * Carries out what an app's logic asks. Nothing that comes over the port is trusted: messages are checked here,
 * arguments by the catalog, and each call by its handler. An API without a handler fails in the dialect's shape.
 */
import { safeParse } from 'valibot';
import type { ShellToLogic } from '../../../runtime/protocol';
import { checkArguments, specificationOf } from '../apis/arguments';
import { frontOnly } from '../apis/front-only';
import { handlers } from '../apis/handlers';
import { needsGesture, runtimeCalls } from '../apis/runtime-calls';
import type { Granted } from '../permission/gate';
import { ApiFailure } from './failure';
import { type LogicMessage, logicMessageSchema } from './messages';
import type { MiniApp } from './mini-app';
import type { Page } from './page';
import { notOnSinglePage } from './single-page';

export interface CallContext {
  app: MiniApp;
  /** The calling page, or the one in front where the call came from none. */
  page: Page | undefined;
  /** Number of the call, and of the task that it starts. */
  id: number;
  api: string;
  /** Proof that the user or the operator allows it; there for every API with a scope or a gated category of data. */
  granted: Granted | undefined;
  /** The token of the tap that led to the call, for calls that check it themselves. */
  gesture?: string | undefined;
}

/** A running task takes messages until it ends. */
export type TaskHandler = (method: string, args: Record<string, unknown>) => void;

const mostCalls = 1000;

export class Bridge {
  readonly #tasks = new Map<number, TaskHandler>();
  #running = 0;

  constructor(private readonly app: MiniApp) {}

  receive(message: unknown): void {
    const parsed = safeParse(logicMessageSchema, message);
    if (!parsed.success) {
      this.app.violated('message', `logic sent what it may not: ${parsed.issues[0].message}`);
      return;
    }
    this.#dispatch(parsed.output);
  }

  addTask(id: number, handler: TaskHandler): () => void {
    this.#tasks.set(id, handler);
    return () => this.#tasks.delete(id);
  }

  event(name: string, detail: unknown, task?: number): void {
    this.app.post({ k: 'event', name, detail, ...(task === undefined ? {} : { task }) });
  }

  /** Ends every task; a closed app has no more sockets. */
  close(): void {
    for (const handler of this.#tasks.values()) handler('close', {});
    this.#tasks.clear();
  }

  #dispatch(message: LogicMessage): void {
    switch (message.k) {
      case 'call':
        if (message.api === 'pong') this.app.watchdog.answered(message.args.sequence);
        else void this.#call(message);
        break;
      case 'task':
        this.#tasks.get(message.task)?.(message.method, message.args);
        break;
      case 'storage':
        this.app.storage.change(message);
        break;
      case 'file':
        this.app.files.change(message);
        break;
      case 'page.ready':
        this.app.pageReady(message.pageId, message.path);
        break;
      case 'page.failed':
        this.app.pageFailed(message.pageId, message.path, message.message);
        break;
      case 'console':
        this.app.consoleLine('logic', message.level, message.text, message.position);
        break;
      case 'error':
        this.app.uncaught('logic', message.message, message.stack, message.position);
        break;
      case 'ready':
        this.app.logicReady();
        break;
      case 'booted':
        break;
    }
  }

  async #call(message: Extract<LogicMessage, { k: 'call' }>): Promise<void> {
    const { id, api } = message;
    if (this.#running >= mostCalls) {
      this.#answer({ k: 'result', id, ok: false, errMsg: `${api}:fail too many calls at once` });
      return;
    }
    this.#running += 1;
    try {
      const value = await this.#carryOut(message);
      this.#answer({ k: 'result', id, ok: true, value });
    } catch (failure) {
      const reason = failure instanceof ApiFailure ? failure.reason : `internal error: ${String(failure)}`;
      const errno = failure instanceof ApiFailure ? failure.errno : undefined;
      const errMsg = `${api}:fail ${reason}`;
      const details =
        failure instanceof ApiFailure && failure.details !== undefined ? { details: failure.details } : {};
      this.#answer({ k: 'result', id, ok: false, errMsg, ...(errno === undefined ? {} : { errno }), ...details });
    } finally {
      this.#running -= 1;
    }
  }

  async #carryOut(message: Extract<LogicMessage, { k: 'call' }>): Promise<Record<string, unknown>> {
    const { api } = message;
    const specification = specificationOf(api);
    const table = Object.hasOwn(handlers, api) ? handlers : runtimeCalls;
    const handler = Object.hasOwn(table, api) ? table[api] : undefined;
    if (handler === undefined) throw new ApiFailure('not supported on this host');
    if (this.app.single && notOnSinglePage.has(api)) throw new ApiFailure('can not be used in single page mode');
    const args = specification === undefined ? message.args : checkArguments(specification, message.args);
    if (
      (specification?.gesture === true || needsGesture.has(api)) &&
      !(await this.app.gestures.take(message.gesture))
    ) {
      throw new ApiFailure('can only be invoked by user TAP gesture.');
    }
    if (!this.app.inFront && frontOnly.has(api)) throw new ApiFailure('the mini program is in the background');
    const { scope, dataCategory: category } = specification ?? {};
    const granted = await this.app.permission.require({ api, scope, category });
    const page = this.app.stack.find(message.pageId) ?? this.app.stack.current;
    const { gesture } = message;
    const value = await handler({ app: this.app, page, id: message.id, api, granted, gesture }, args);
    return isRecord(value) ? value : {};
  }

  #answer(message: ShellToLogic): void {
    this.app.post(message);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
