/** The worker's end of the port to the shell: calls with their results, tasks, and the events the shell sends. */
import type { LogicToShell, ShellToLogic } from '../../protocol/bridge-port';
import type { Port } from './page-link';

export interface CallFailure {
  errMsg: string;
  errno?: number;
  /** Of Bluetooth, NFC, Wi-Fi and a few more. */
  errCode?: number;
  [detail: string]: unknown;
}

/** What a call of the shell came back with; never both. */
export type CallResult = { ok: true; value: Record<string, unknown> } | { ok: false; failure: CallFailure };

export type TaskListener = (name: string, detail: Record<string, unknown>) => void;
type Settle = (result: CallResult) => void;

export class Bridge {
  private nextId = 1;
  private readonly calls = new Map<number, { api: string; settle: Settle }>();
  private readonly tasks = new Map<number, TaskListener>();
  private readonly events = new Map<string, Set<(detail: unknown) => void>>();
  /** What has to be said to the shell before a call, such as files that the call may name. */
  beforeCall: () => void = () => {};

  constructor(
    private readonly port: Port,
    private readonly control: (message: ShellToLogic, ports: readonly MessagePort[]) => void,
  ) {
    port.onmessage = (event) => this.receive(event.data as ShellToLogic, event.ports ?? []);
  }

  post(message: LogicToShell, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer);
  }

  /** Starts a call and returns its id, which is also the number of the task that it may make. */
  call(
    api: string,
    args: Record<string, unknown>,
    pageId: number,
    settle: Settle,
    gesture: string | undefined = undefined,
  ): number {
    this.beforeCall();
    const id = this.nextId++;
    this.calls.set(id, { api, settle });
    const message = { k: 'call', id, api, args, pageId } as const;
    try {
      this.post(gesture === undefined ? message : { ...message, gesture });
    } catch (error) {
      this.calls.delete(id);
      const reason = error instanceof Error ? error.message : String(error);
      settle({ ok: false, failure: { errMsg: `${api}:fail ${reason}` } });
    }
    return id;
  }

  /** Listens to the events of a task until `endTask`. */
  listenToTask(task: number, listener: TaskListener): void {
    this.tasks.set(task, listener);
  }

  endTask(task: number): void {
    this.tasks.delete(task);
  }

  messageTask(task: number, method: string, args: Record<string, unknown>): void {
    this.post({ k: 'task', task, method, args });
  }

  onEvent(name: string, listener: (detail: unknown) => void): () => void {
    const listeners = this.events.get(name) ?? new Set();
    this.events.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  private receive(message: ShellToLogic, ports: readonly MessagePort[]): void {
    switch (message.k) {
      case 'result':
        this.settle(message);
        break;
      case 'event':
        this.dispatch(message);
        break;
      default:
        this.control(message, ports);
    }
  }

  private settle(message: Extract<ShellToLogic, { k: 'result' }>): void {
    const call = this.calls.get(message.id);
    if (call === undefined) return;
    this.calls.delete(message.id);
    if (message.ok) {
      call.settle({ ok: true, value: message.value ?? {} });
      return;
    }
    const failure: CallFailure = { ...message.details, errMsg: message.errMsg || `${call.api}:fail` };
    if (message.errno !== undefined) failure.errno = message.errno;
    call.settle({ ok: false, failure });
  }

  private dispatch(message: Extract<ShellToLogic, { k: 'event' }>): void {
    if (message.name === 'ping') {
      const { sequence } = (message.detail ?? {}) as { sequence?: unknown };
      this.post({ k: 'call', id: 0, api: 'pong', args: { sequence }, pageId: 0 });
      return;
    }
    if (message.task !== undefined) {
      this.tasks.get(message.task)?.(message.name, (message.detail ?? {}) as Record<string, unknown>);
      return;
    }
    this.emit(message.name, message.detail);
  }

  /** Tells the listeners of an event; some events the worker knows of itself. */
  emit(name: string, detail: unknown): void {
    for (const listener of this.events.get(name) ?? []) listener(detail);
  }
}
