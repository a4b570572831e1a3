/** The app object and its lifecycle: `App`, `getApp`, `onLaunch`, `onShow`, `onHide`, `onError`, … */
import type { LaunchOptions } from '../../protocol/bridge-port';
import type { Reporter } from '../support/reporter';

export type AppObject = Record<string, unknown>;

type Listener = (detail: unknown) => void;

/** Lifecycle events that `wx.onXxx` listens to beside the app's own method. */
export type AppEventName = 'onAppShow' | 'onAppHide' | 'onError' | 'onUnhandledRejection' | 'onPageNotFound';

export class Application {
  private app: AppObject | undefined;
  private readonly early: AppObject = {};
  private readonly listeners = new Map<AppEventName, Set<Listener>>();
  /** What the app was opened with last, for `getEnterOptionsSync`. */
  entered: LaunchOptions;

  constructor(
    readonly launch: LaunchOptions,
    private readonly reporter: Reporter,
  ) {
    this.entered = launch;
    reporter.onError = (text) => this.emit('onError', text);
    reporter.onRejection = (reason) => this.emit('onUnhandledRejection', { reason, promise: undefined });
  }

  /** `App({…})`. What was put on `getApp({ allowDefault: true })` before is kept. */
  define(members: AppObject = {}): AppObject {
    if (this.app !== undefined) {
      this.reporter.warn('App() was called twice; the second call replaces the first');
    }
    this.app = Object.assign(this.early, members);
    return this.app;
  }

  /** `getApp()`: before `App` ran it is undefined, unless a default is allowed. */
  get(options?: { allowDefault?: boolean }): AppObject | undefined {
    return this.app ?? (options?.allowDefault === true ? this.early : undefined);
  }

  start(): void {
    if (this.app === undefined) this.define();
    this.call('onLaunch', { ...this.launch });
    this.show(this.launch);
  }

  show(options: LaunchOptions): void {
    this.entered = options;
    this.call('onShow', { ...options });
    this.notify('onAppShow', { ...options });
  }

  hide(): void {
    this.call('onHide');
    this.notify('onAppHide', undefined);
  }

  /** Whether someone handles the page that does not exist. */
  pageNotFound(detail: { path: string; query: Record<string, string>; isEntryPage: boolean }): boolean {
    const handled =
      typeof this.app?.onPageNotFound === 'function' || (this.listeners.get('onPageNotFound')?.size ?? 0) > 0;
    this.emit('onPageNotFound', detail);
    return handled;
  }

  /** Calls the app's method of that name and the listeners that were added with `wx`. */
  emit(name: AppEventName, detail: unknown): void {
    this.call(name, detail);
    this.notify(name, detail);
  }

  listen(name: AppEventName, listener: Listener): void {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners);
    listeners.add(listener);
  }

  unlisten(name: AppEventName, listener: Listener | undefined): void {
    if (listener === undefined) this.listeners.delete(name);
    else this.listeners.get(name)?.delete(listener);
  }

  private notify(name: AppEventName, detail: unknown): void {
    for (const listener of this.listeners.get(name) ?? []) this.reporter.guard(name, () => listener(detail));
  }

  private call(name: string, ...args: unknown[]): void {
    const method = this.app?.[name];
    if (typeof method === 'function') this.reporter.guard(`App ${name}`, () => method.apply(this.app, args));
  }
}
