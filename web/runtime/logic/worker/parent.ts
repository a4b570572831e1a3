/** `wx.createWorker`: one worker at a time, as the original has it, with modules of the app's `workers` folder. */
import type { ApiContext, Implementations } from '../api/context';
import { ApiFailure } from '../api/outcome';
import type { Port } from '../bridge/page-link';
import type { FromAppWorker, ToAppWorker } from './protocol';

type Listener = (detail: unknown) => void;

/** A worker that was started, and the way to end it. */
export interface StartedWorker {
  port: Port;
  terminate(): void;
}

/** Starts a worker from the runtime's own bundle, for scripts of the package. */
export type StartWorker = (scripts: Blob) => StartedWorker;

export function workerApis(context: ApiContext): Pick<Implementations, 'syncs'> {
  let running: AppWorker | undefined;
  return {
    syncs: {
      createWorker: (path: unknown, _options?: unknown) => {
        const { startWorker } = context.host;
        if (startWorker === undefined) throw new ApiFailure('createWorker:fail not supported on this host');
        if (running !== undefined) throw new ApiFailure('createWorker:fail exceed max concurrent workers limit');
        const entry = moduleName(path);
        const found = context.scriptsBeside(entry);
        if (found === undefined) throw new ApiFailure(`createWorker:fail "${entry}" is not in the workers' folder`);
        running = new AppWorker(startWorker(found.scripts), context, () => {
          running = undefined;
        });
        const { reporter } = context;
        const files = found.files.map(({ file, lines }) => ({ file, lines }));
        running.post({ k: 'start', files, entry, development: reporter.development });
        return running.api;
      },
    },
  };
}

function moduleName(path: unknown): string {
  const name = String(path).replace(/^\.?\/+/, '');
  return name.endsWith('.js') ? name : `${name.replace(/\.ts$/, '')}.js`;
}

class AppWorker {
  private readonly listeners = {
    message: new Set<Listener>(),
    error: new Set<Listener>(),
    killed: new Set<Listener>(),
  };
  private ended = false;

  constructor(
    private readonly started: StartedWorker,
    private readonly context: ApiContext,
    private readonly over: () => void,
  ) {
    started.port.onmessage = (event) => this.receive(event.data as FromAppWorker);
  }

  /** What the app holds. */
  readonly api = Object.freeze({
    postMessage: (data: unknown) => {
      if (this.ended) throw new ApiFailure('postMessage:fail the worker was terminated');
      this.post({ k: 'message', data });
    },
    terminate: () => this.terminate(),
    onMessage: (listener: unknown) => this.listen('message', listener),
    onError: (listener: unknown) => this.listen('error', listener),
    onProcessKilled: (listener: unknown) => this.listen('killed', listener),
    /** Frames of the camera stay with the page's element here. */
    getCameraFrameData: (): void =>
      this.context.reporter.warn('Worker.getCameraFrameData is not supported on this host'),
    testOnProcessKilled: () => {
      this.terminate();
      this.tell('killed', {});
    },
  });

  post(message: ToAppWorker): void {
    this.started.port.postMessage(message);
  }

  private listen(kind: keyof AppWorker['listeners'], listener: unknown): void {
    if (typeof listener === 'function') this.listeners[kind].add(listener as Listener);
  }

  private terminate(): void {
    if (this.ended) return;
    this.ended = true;
    this.started.port.onmessage = null;
    this.started.port.close();
    this.started.terminate();
    this.over();
  }

  private receive(message: FromAppWorker): void {
    const { reporter } = this.context;
    if (message.k === 'message') this.tell('message', message.data);
    else if (message.k === 'console') reporter.line(message.level, [`[worker] ${message.text}`], undefined);
    else {
      this.context.bridge.post({ k: 'error', message: `[worker] ${message.message}`, stack: message.stack });
      this.tell('error', { message: message.message, stack: message.stack });
    }
  }

  private tell(kind: keyof AppWorker['listeners'], detail: unknown): void {
    for (const listener of this.listeners[kind]) {
      this.context.reporter.guard(`worker ${kind}`, () => listener(detail));
    }
  }
}
