/** Where errors and console lines of the app end up: the shell, and the app's own `onError`. */
import type { LogicToShell } from '../../protocol/bridge-port';
import type { LogicHost } from '../boot/host';
import type { Positions } from '../modules/positions';
import { formatMessage, inspect } from './inspect';

type Level = Extract<LogicToShell, { k: 'console' }>['level'];

export class Reporter {
  /** Called with the text of every error of the app, for `App.onError` and `wx.onError`. */
  onError: (text: string, error: unknown) => void = () => {};
  onRejection: (reason: unknown, promise: unknown) => void = () => {};
  /** Whether the app runs for its maker. */
  development = false;
  private reporting = false;
  private readonly hinted = new Set<string>();

  constructor(
    private readonly post: (message: LogicToShell) => void,
    private readonly positions: Positions,
    private readonly host: LogicHost,
  ) {}

  /** Runs app code; an error in it is reported and must not stop the caller. */
  guard<T>(what: string, run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.error(error, what);
      return undefined;
    }
  }

  /** Reports an error that app code threw. `what` says in which callback. */
  error(error: unknown, what = ''): void {
    const { message, stack } = this.describe(error, what);
    this.send(message, stack);
    if (this.reporting) return;
    this.reporting = true;
    try {
      this.onError(`${message}\n${this.positions.translate(stack)}`, error);
    } catch (second) {
      const described = this.describe(second, 'onError');
      this.send(described.message, described.stack);
    } finally {
      this.reporting = false;
    }
  }

  rejection(reason: unknown): void {
    const { message, stack } = this.describe(reason, 'promise rejected');
    this.send(message, stack);
    this.guard('onUnhandledRejection', () => this.onRejection(reason, undefined));
  }

  private describe(error: unknown, what: string): { message: string; stack: string } {
    const text =
      error instanceof Error ? `${error.name}: ${error.message}` : typeof error === 'string' ? error : inspect(error);
    const stack = error instanceof Error ? (error.stack ?? text) : (new Error(text).stack ?? text);
    return { message: what === '' ? text : `${text} (${what})`, stack };
  }

  private send(message: string, stack: string): void {
    this.host.console.error(message, stack);
    const position = this.positions.first(stack);
    const report = { k: 'error', message, stack: this.positions.translate(stack) } as const;
    this.post(position === undefined ? report : { ...report, position });
  }

  /** A warning of the runtime's own. */
  warn(text: string): void {
    this.line('warn', [text], undefined);
  }

  /** A hint for the maker, in development only and once for each kind, whatever names and numbers are in it. */
  hint(text: string): void {
    const kind = text.replace(/"[^"]*"|\d+/g, '');
    if (!this.development || this.hinted.has(kind)) return;
    this.hinted.add(kind);
    this.warn(text);
  }

  line(level: Level, values: readonly unknown[], stack: string | undefined): void {
    this.host.console[level](...values);
    // Lines are the maker's: a released app's go no further than the browser's own console.
    if (!this.development) return;
    const position = stack === undefined ? undefined : this.positions.first(stack);
    const message = { k: 'console', level, text: this.positions.translate(formatMessage(values)) } as const;
    this.post(position === undefined ? message : { ...message, position });
  }
}
