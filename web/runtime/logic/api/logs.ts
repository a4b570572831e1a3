/** Log managers: what an app writes goes where its console lines go, within the limits of the original. */
import type { ApiContext } from './context';

type Level = 'debug' | 'log' | 'info' | 'warn' | 'error';
type Write = (...values: unknown[]) => void;

/** One page's realtime log: so many lines, so many characters. */
const mostLines = 200;
const mostSize = 5 * 1024;

export function logManager({ reporter }: ApiContext): Readonly<Record<Level, Write>> {
  const write =
    (level: Level): Write =>
    (...values) =>
      reporter.line(level, values, new Error().stack);
  const [debug, log, info, warn, error] = (['debug', 'log', 'info', 'warn', 'error'] as const).map(write) as [
    Write,
    Write,
    Write,
    Write,
    Write,
  ];
  return Object.freeze({ debug, log, info, warn, error });
}

export function realtimeLogManager(context: ApiContext): object {
  const filters = new Set<string>();
  let [lines, size] = [0, 0];
  const write =
    (level: Level, tag?: string): Write =>
    (...values) => {
      if (lines >= mostLines || size >= mostSize) return;
      lines += 1;
      size += values.reduce<number>((total, value) => total + String(value).length, 0);
      context.reporter.line(level, tag === undefined ? values : [`[${tag}]`, ...values], new Error().stack);
    };
  const filter = {
    setFilterMsg: (message: unknown) => {
      filters.clear();
      filters.add(String(message));
    },
    addFilterMsg: (message: unknown) => void filters.add(String(message)),
  };
  return Object.freeze({
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    ...filter,
    in: () => undefined,
    tag: (name: unknown) =>
      Object.freeze({
        info: write('info', String(name)),
        warn: write('warn', String(name)),
        error: write('error', String(name)),
        ...filter,
      }),
    getCurrentState: () => ({ size, maxSize: mostSize, logCount: lines, maxLogCount: mostLines }),
  });
}
