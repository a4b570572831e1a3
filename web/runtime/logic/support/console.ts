/** The `console` that apps see: every line goes to the shell with the position it was written at. */
import type { LogicHost } from '../boot/host';
import type { Reporter } from './reporter';

export type AppConsole = Record<string, (...values: unknown[]) => void>;

export function createConsole(reporter: Reporter, host: LogicHost): AppConsole {
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  let indent = '';
  const write = (level: 'debug' | 'log' | 'info' | 'warn' | 'error', values: unknown[]) => {
    const stack = reporter.development ? new Error().stack : undefined;
    reporter.line(level, indent === '' ? values : [indent, ...values], stack);
  };
  const elapsed = (label: string) => `${label}: ${host.now() - (timers.get(label) ?? host.now())} ms`;
  return {
    debug: (...values) => write('debug', values),
    log: (...values) => write('log', values),
    info: (...values) => write('info', values),
    warn: (...values) => write('warn', values),
    error: (...values) => write('error', values),
    trace: (...values) => write('log', ['Trace:', ...values, new Error().stack]),
    dir: (value) => write('log', [value]),
    table: (value) => write('log', [value]),
    assert: (condition, ...values) => {
      if (!condition) write('error', ['Assertion failed:', ...values]);
    },
    group: (...values) => {
      if (values.length > 0) write('log', values);
      indent += '  ';
    },
    groupCollapsed: (...values) => {
      if (values.length > 0) write('log', values);
      indent += '  ';
    },
    groupEnd: () => {
      indent = indent.slice(2);
    },
    count: (label = 'default') => {
      const count = (counts.get(String(label)) ?? 0) + 1;
      counts.set(String(label), count);
      write('log', [`${String(label)}: ${count}`]);
    },
    countReset: (label = 'default') => void counts.delete(String(label)),
    time: (label = 'default') => void timers.set(String(label), host.now()),
    timeLog: (label = 'default', ...values) => write('log', [elapsed(String(label)), ...values]),
    timeEnd: (label = 'default') => {
      write('log', [elapsed(String(label))]);
      timers.delete(String(label));
    },
    clear: () => {},
  };
}
