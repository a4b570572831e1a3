/** `getPerformance` with its observers, idle callbacks, and what an app says of its own speed. */
import type { Marks, PerformanceEntry } from '../support/marks';
import type { ApiContext, Implementations } from './context';
import { succeed } from './outcome';

const entryTypes = ['navigation', 'render', 'script', 'loadPackage'] as const;
/** How long an idle callback may take, milliseconds. */
const idleTime = 50;

export function performanceApis(context: ApiContext): Pick<Implementations, 'syncs' | 'calls'> {
  const { host, marks, reporter } = context;
  const idle = new Map<number, number>();
  let nextIdle = 1;
  const performance = Object.freeze({
    ...listOf(() => marks.entries()),
    createObserver: (callback: unknown) => observer(context, marks, callback),
    setBufferSize: (size: unknown) => {
      if (typeof size === 'number' && Number.isFinite(size)) marks.setSize(size);
    },
  });
  return {
    syncs: {
      getPerformance: () => performance,
      reportPerformance: () => undefined,
      requestIdleCallback: (callback: unknown, options?: { timeout?: number }) => {
        const id = nextIdle++;
        const asked = host.now();
        const run = () => {
          idle.delete(id);
          const began = host.now();
          const didTimeout = options?.timeout !== undefined && began - asked >= options.timeout;
          const timeRemaining = () => Math.max(0, idleTime - (host.now() - began));
          reporter.guard('requestIdleCallback', () =>
            (callback as (deadline: object) => void)({ didTimeout, timeRemaining }),
          );
        };
        idle.set(id, host.setTimer(run, 1));
        return id;
      },
      cancelIdleCallback: (id: number) => {
        const timer = idle.get(id);
        if (timer !== undefined) host.clearTimer(timer);
        idle.delete(id);
      },
    },
    calls: {
      // The shell always keeps a page frame booted.
      preloadWebview: (_args, settle) => settle(succeed()),
      preloadSkylineView: (_args, settle) => settle(succeed()),
    },
  };
}

function listOf(entries: () => readonly PerformanceEntry[]) {
  return {
    getEntries: () => [...entries()],
    getEntriesByType: (type: unknown) => entries().filter((entry) => entry.entryType === type),
    getEntriesByName: (name: unknown, type?: unknown) =>
      entries().filter((entry) => entry.name === name && (type === undefined || entry.entryType === type)),
  };
}

function observer({ reporter }: ApiContext, marks: Marks, callback: unknown): object {
  let stop: (() => void) | undefined;
  const disconnect = () => {
    stop?.();
    stop = undefined;
  };
  return Object.freeze({
    supportedEntryTypes: [...entryTypes],
    observe: (options: { entryTypes?: unknown; type?: unknown } | undefined) => {
      disconnect();
      const wanted = Array.isArray(options?.entryTypes) ? options.entryTypes.map(String) : [String(options?.type)];
      stop = marks.listen((entries) => {
        const fitting = entries.filter((entry) => wanted.includes(entry.entryType));
        if (fitting.length === 0 || typeof callback !== 'function') return;
        reporter.guard('performance observer', () => callback(Object.freeze(listOf(() => fitting))));
      });
    },
    disconnect,
  });
}
